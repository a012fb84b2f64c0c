namespace MacroPortfolio.Core.Reporting;

/// <summary>Hands each event to each reporter in order. A reporter may fail; the deployment does not fail because of it.</summary>
public sealed class ReporterGroup(IReadOnlyList<IReporter> reporters, Func<string, Task> warn) : IReporter
{
    public async Task ReportAsync(RunEvent happened, CancellationToken ct)
    {
        foreach (var reporter in reporters)
        {
            try
            {
                await reporter.ReportAsync(happened, ct);
            }
            catch (Exception ex)
            {
                await warn($"{reporter.GetType().Name} could not report: {(ex is OperationCanceledException ? "it took too long" : ex.Message)}. The deployment is not affected.");
            }
        }
    }
}
