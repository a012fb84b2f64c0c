using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Reporters;

/// <summary>Adds to a report that something broke whom to turn to. It is asked for only then, and a cancelled job has no time to ask.</summary>
internal sealed class ContactReporter(IReporter others, Func<CancellationToken, Task<ServiceContact?>> contact) : IReporter
{
    public async Task ReportAsync(RunEvent happened, CancellationToken ct) => await others.ReportAsync(
        happened is RunEvent.Ended { Report: { Outcome: Outcome.Failed or Outcome.RolledBack or Outcome.StillRunning or Outcome.NoAccess } report }
            ? new RunEvent.Ended(report with { Service = await contact(ct) })
            : happened,
        ct);
}
