using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Reporters;

internal sealed class LogReporter(Log log) : IReporter
{
    private readonly HashSet<LogLine.Quote> quoted = [];

    public async Task ReportAsync(RunEvent happened, CancellationToken ct)
    {
        foreach (var line in LogLine.Of(happened))
        {
            // The report at the end tells failures again; words that were shown when they came are not shown twice.
            if (line is not LogLine.Quote quote || quoted.Add(quote))
            {
                await log.WriteAsync(line);
            }
        }
    }
}
