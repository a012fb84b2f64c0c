using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Reporters;

internal sealed class LogReporter(Log log) : IReporter
{
    public async Task ReportAsync(RunEvent happened, CancellationToken ct)
    {
        foreach (var line in LogLine.Of(happened))
        {
            await log.WriteAsync(line);
        }
    }
}
