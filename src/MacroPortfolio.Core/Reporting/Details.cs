using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Reporting;

/// <summary>How <see cref="DeployException.Details"/> look: a group of the log, and a block of the summary, from which both can be copied.</summary>
public static class Details
{
    private const string Title = "What was refused, and how to mend it";

    public static IReadOnlyList<LogLine> InLog(IReadOnlyList<string> details) =>
        details.Count == 0 ? [] : [new LogLine.Open(Title), new LogLine.Verbatim(details), new LogLine.Close()];

    public static string InMarkdown(IReadOnlyList<string> details) =>
        details.Count == 0 ? "" : $"### {Title}\n\n{Markdown.Block(details.Select(PlainText.Line))}\n\n";
}
