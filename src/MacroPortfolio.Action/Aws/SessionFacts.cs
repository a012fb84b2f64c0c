using System.Text;
using System.Text.RegularExpressions;
using MacroPortfolio.Action.Runner;

namespace MacroPortfolio.Action.Aws;

/// <summary>
/// Who is behind a session, as the target account's trust policies and audit log see it. Values are cleaned to what STS takes; a name such as dependabot[bot] is not.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
/// </summary>
/// <param name="Tags">Keys and values, none of them empty.</param>
/// <param name="SourceIdentity">Whoever started the run; null where nobody is known.</param>
internal sealed partial record SessionFacts(IReadOnlyList<(string Key, string Value)> Tags, string? SourceIdentity)
{
    /// <summary>What a trust policy must allow beside sts:AssumeRole.</summary>
    public static IReadOnlyList<string> Actions => ["sts:TagSession", "sts:SetSourceIdentity"];

    /// <param name="claims">Of the job's token: the environment is nowhere else.</param>
    public static SessionFacts Of(RunnerEnvironment runner, TokenClaims claims)
    {
        (string Key, string? Value)[] known =
        [
            ("Repository", runner.Repository?.Value),
            ("Commit", runner.Commit?.Value),
            ("RunId", runner.RunId > 0 ? $"{runner.RunId}" : null),
            ("Actor", runner.Actor),
            ("Environment", claims["environment"]),
            ("Workflow", runner.Workflow),
        ];
        return new SessionFacts(
            [.. known.Where(tag => tag.Value is not null).Select(tag => (tag.Key, Cut(NoTag().Replace(tag.Value!, "_"), 256))).Where(tag => tag.Item2.Length > 0)],
            runner.Actor is { } actor ? Cut(NoIdentity().Replace(actor, "_"), 64).PadRight(2, '_') : null);
    }

    /// <summary>A letter of two halves is not cut in two.</summary>
    private static string Cut(string text, int length)
    {
        var cut = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (cut.Length + rune.Utf16SequenceLength > length)
            {
                break;
            }

            cut.Append(rune.ToString());
        }

        return cut.ToString();
    }

    [GeneratedRegex(@"[^\p{L}\p{Z}\p{N}_.:/=+\-@]")]
    private static partial Regex NoTag();

    [GeneratedRegex(@"[^A-Za-z0-9_+=,.@\-]")]
    private static partial Regex NoIdentity();
}
