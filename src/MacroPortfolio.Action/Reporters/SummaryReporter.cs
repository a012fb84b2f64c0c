using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Reporters;

/// <summary>The job summary, written once at the end: GitHub shows it when the step has ended.</summary>
internal sealed class SummaryReporter(string? file, Func<string, string> hide) : IReporter
{
    public Task ReportAsync(RunEvent happened, CancellationToken ct) => happened is RunEvent.Ended ended
        ? FileCommands.AppendAsync(file, hide(SummaryMarkdown.Render(ended.Report)), CancellationToken.None)
        : Task.CompletedTask;
}
