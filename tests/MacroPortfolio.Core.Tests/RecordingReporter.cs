using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests;

/// <summary>Keeps every event and the second at which it came.</summary>
internal sealed class RecordingReporter(TimeProvider time) : IReporter
{
    private readonly DateTimeOffset began = time.GetUtcNow();

    public List<(double Second, RunEvent Event)> Said { get; } = [];

    public IEnumerable<T> Of<T>() where T : RunEvent => Said.Select(entry => entry.Event).OfType<T>();

    public Task ReportAsync(RunEvent happened, CancellationToken ct)
    {
        Said.Add(((time.GetUtcNow() - began).TotalSeconds, happened));
        return Task.CompletedTask;
    }
}
