using System.Text;
using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Action.Yaml;
using MacroPortfolio.Core.Planning.AppSpec;
using MacroPortfolio.Core.Releases;
using Octokit;

namespace MacroPortfolio.Action.Bundles;

/// <summary>The AppSpec of a revision that is not deployed yet, and what is wrong with it.</summary>
internal static class AppSpecReading
{
    /// <summary>Of a script, enough for its first line.</summary>
    private const int LongestLine = 512;

    private const int LargestAppSpec = 1 << 20;

    private const int MostTold = 20;

    public static IReadOnlyList<AppSpecFinding> Of(BundleTree tree)
    {
        var places = tree.Entries.Where(entry => entry.Kind != FileKind.Folder).ToDictionary(entry => entry.Path, entry => entry.Place);
        var listing = new BundleListing(
            tree.Entries.Select(EntryOf),
            path => places.TryGetValue(path, out var place) ? FirstLine(place) : null,
            tree.LeftOut.ToDictionary(left => left.Key, left => $"{left.Value.Text} ({left.Value.File}:{left.Value.Line})"));
        return AppSpecCheck.Of(listing.AppSpec is { } path && places.TryGetValue(path, out var place) ? new AppSpecFile(path, YamlText.Read(Text(path, place))) : null, listing);
    }

    /// <summary>Null where GitHub cannot tell, which holds nothing up: the agent will.</summary>
    public static async Task<IReadOnlyList<AppSpecFinding>?> OfAsync(GitHubApi github, Core.Inputs.Revision.GitHub revision, CancellationToken ct)
    {
        try
        {
            var file = github.FileAsync(revision.Repository, revision.Id, BundleListing.AppSpecName, ct);
            var listing = await github.TreeAsync(revision.Repository, revision.Id, ct) is { } tree ? new BundleListing(tree.Select(EntryOf).OfType<BundleEntry>(), _ => null) : null;
            var text = await file;
            if (text is null && listing?.AppSpec is { } other)
            {
                text = await github.FileAsync(revision.Repository, revision.Id, other, ct);
                return text is null ? null : AppSpecCheck.Of(new AppSpecFile(other, YamlText.Read(text)), listing);
            }

            return AppSpecCheck.Of(text is null ? null : new AppSpecFile(BundleListing.AppSpecName, YamlText.Read(text)), listing);
        }
        catch (Exception ex) when (ex is ApiException or HttpRequestException or TimeoutException or FormatException)
        {
            return null;
        }
    }

    /// <summary>What the agent would refuse for certain ends the run before anything is created.</summary>
    public static void Demand(Core.Inputs.Revision revision, IReadOnlyList<AppSpecFinding> findings)
    {
        var errors = findings.Where(finding => finding.Severity == AppSpecSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            throw new DeployException(
                Outcome.BadInput,
                $"The AppSpec of {revision.Label} would fail on every instance: {Words(errors[0])}{(errors.Count > 1 ? $", and {errors.Count - 1} more" : "")}.",
                $"{Sentence(errors[0].Fix)} All that was found is in the log and in the summary.")
            {
                Details = [.. findings.Take(MostTold).SelectMany(Lines)],
            };
        }
    }

    /// <summary><c>appspec.yml:7:5: the script 'x' is not in the revision</c>.</summary>
    public static string Words(AppSpecFinding finding) => $"{finding.File}:{finding.Line}:{finding.Column}: {finding.What}";

    public static string Sentence(string words) => words.Length == 0 ? "" : $"{char.ToUpperInvariant(words[0])}{words[1..].TrimEnd('.')}.";

    public static string When(AppSpecStage stage) => stage switch
    {
        AppSpecStage.Parse => "when the agent reads it",
        AppSpecStage.Install => "at Install",
        _ => "when the hook runs",
    };

    private static IEnumerable<string> Lines(AppSpecFinding finding) =>
    [
        $"{(finding.Severity == AppSpecSeverity.Error ? "error" : "warning")} {Words(finding)} ({When(finding.Stage)})",
        $"  {finding.Fix}",
    ];

    private static BundleEntry EntryOf(TreeEntry entry) => entry.Kind switch
    {
        FileKind.Link => new BundleEntry.Link(entry.Path, entry.Target!),
        FileKind.Folder => new BundleEntry.Folder(entry.Path.TrimEnd('/')),
        _ => new BundleEntry.File(entry.Path, entry.IsExecutable, entry.Size),
    };

    private static BundleEntry? EntryOf(TreeEntryAnswer entry) => entry switch
    {
        { Path: null } => null,
        { Mode: "040000" or "160000" } => new BundleEntry.Folder(entry.Path),
        // Where it leads the tree does not say.
        { Mode: "120000" } => new BundleEntry.File(entry.Path),
        _ => new BundleEntry.File(entry.Path, entry.Mode == "100755", entry.Size),
    };

    private static string Text(string path, string place)
    {
        try
        {
            using var file = File.OpenRead(place);
            var bytes = new byte[Math.Min(file.Length, LargestAppSpec)];
            file.ReadExactly(bytes);
            return Encoding.UTF8.GetString(bytes);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new DeployException(Outcome.BadInput, $"'{path}' cannot be read: {ex.Message}", "Put a file that this job may read in its place.", ex);
        }
    }

    private static string? FirstLine(string place)
    {
        try
        {
            using var file = File.OpenRead(place);
            var bytes = new byte[LongestLine];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var text = Encoding.UTF8.GetString(bytes, 0, read);
            return text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? text[..(end + 1)] : text;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
