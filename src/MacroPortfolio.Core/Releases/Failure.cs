using System.Globalization;
using System.Text.RegularExpressions;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Releases;

/// <summary>Instances of a deployment that failed in the same way. All texts are the instances' own and untrusted.</summary>
/// <param name="Status">CodeDeploy's word for the instances.</param>
/// <param name="Event">The lifecycle event; null where CodeDeploy names none.</param>
/// <param name="Script">As the AppSpec file names it; empty where none ran.</param>
/// <param name="ErrorCode">The agent's code, such as <c>ScriptFailed</c>; empty where CodeDeploy gives no diagnostics.</param>
/// <param name="Instances">Never empty.</param>
/// <param name="Tail">The most telling last words of the instances' scripts; empty where there are none.</param>
public sealed record Failure(string Status, string? Event, string Script, string ErrorCode, string Message, IReadOnlyList<string> Instances, string Tail)
{
    /// <summary><c>failed in ValidateService: scripts/validate.sh, ScriptFailed</c>.</summary>
    public string How => Event is null
        ? $"ended as {Status}, and CodeDeploy names no event that failed"
        : $"failed in {Event}{(Script.Length > 0 ? $": {Script}" : "")}{(ErrorCode.Length > 0 ? $", {ErrorCode}" : "")}";

    /// <summary>The line of the script at which a shell says that it happened; null where the last words name none.</summary>
    public int? Line => Script.Length > 0 && Failures.ShellLine().Matches(Tail).LastOrDefault(match => match.Groups["name"].Value == Script[(Script.LastIndexOf('/') + 1)..]) is { } match
        && int.TryParse(match.Groups["line"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null;

    /// <summary>True when both are of the same cause, on whatever instances.</summary>
    public bool SameCause(Failure other) => (Status, Event, Script, ErrorCode, Message) == (other.Status, other.Event, other.Script, other.ErrorCode, other.Message);
}

public static partial class Failures
{
    /// <summary>Of an instance's words. The agent sends 2,048 letters of a script's output; of more, the end is what tells.</summary>
    private const int Longest = 16_384;

    /// <summary>
    /// What went wrong, the commonest cause first. An instance of which CodeDeploy knows nothing any more has gone wrong, too; one that was interrupted by
    /// the stop of its deployment counts as failed at CodeDeploy, but nothing went wrong on it.
    /// </summary>
    /// <param name="phase">Of the deployment, as it was seen last.</param>
    public static IReadOnlyList<Failure> Of(IReadOnlyList<Target> targets, Phase? phase = null) =>
    [
        .. targets.Where(target => target.Status == "Unknown" || (target.Status == "Failed" && (phase is not Phase.Stopped || target.FailedEvent is not null)))
            .GroupBy(target => (
                target.Status,
                target.FailedEvent?.Name,
                Script: target.FailedEvent?.Diagnostics?.ScriptName ?? "",
                ErrorCode: target.FailedEvent?.Diagnostics?.ErrorCode ?? "",
                Message: InBundle(target.FailedEvent?.Diagnostics?.Message ?? "")))
            .Select(same => new Failure(
                same.Key.Status,
                same.Key.Name,
                same.Key.Script,
                same.Key.ErrorCode,
                same.Key.Message,
                [.. same.Select(target => target.Id)],
                InBundle(MostTelling(same.Select(target => target.FailedEvent?.Diagnostics?.LogTail ?? "")))))
            .OrderByDescending(failure => failure.Instances.Count),
    ];

    /// <summary>Without the agent's folder before each path of the bundle, which is long, tells nothing, and pushes what does out of sight.</summary>
    private static string InBundle(string text) => AgentFolder().Replace(PlainText.Last(text, Longest), "");

    /// <summary>The tail with the most lines that speak of trouble; of equals the first.</summary>
    private static string MostTelling(IEnumerable<string> tails) => tails.Select(tail => PlainText.Last(tail, Longest)).MaxBy(tail => Trouble().Count(tail)) ?? "";

    [GeneratedRegex(@"/[^\s:'""]{0,200}/deployment-root/[^/\s]{1,100}/[^/\s]{1,100}/deployment-archive/")]
    private static partial Regex AgentFolder();

    /// <summary><c>scripts/start.sh: line 8: brotli: command not found</c>, as bash begins its complaints; other shells leave out the word.</summary>
    [GeneratedRegex(@"(?<name>[^/\s\]]+): (line )?(?<line>[0-9]{1,6}): ")]
    internal static partial Regex ShellLine();

    /// <summary>Lines that the agent marks as errors, and the words by which programs say that something is wrong.</summary>
    [GeneratedRegex(@"^\[stderr\].*\S|\b(error|fatal|failed|exception|denied|refused|not found|no such|cannot|panic)\b", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Trouble();
}
