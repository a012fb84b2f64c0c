using System.Collections.Concurrent;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace MacroPortfolio.Core.Tests;

/// <summary>A run on a clock that is moved by hand: hours pass in no time, and in every run alike.</summary>
internal sealed class Rehearsal
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(0.5);

    public Rehearsal()
    {
        Deployer = new ScriptedDeployer(Clock);
        Reporter = new RecordingReporter(Clock);
        Began = Clock.GetUtcNow();
    }

    public FakeTimeProvider Clock { get; } = new(Some.Noon.ToDateTimeOffset());
    public ScriptedDeployer Deployer { get; }
    public RecordingReporter Reporter { get; }
    public ScriptedGates Gates { get; } = new();
    public DateTimeOffset Began { get; }

    /// <summary>The words of the events so far, as the log would have them.</summary>
    public IEnumerable<string> Log => Reporter.Said.SelectMany(entry => LogLine.Of(entry.Event)).Select(line => line switch
    {
        LogLine.Text text => text.Words,
        LogLine.Open open => open.Title,
        LogLine.Quote quote => quote.Words,
        LogLine.Problem problem => problem.Words,
        _ => "",
    });

    /// <param name="killAfterSeconds">After this the runner may kill the process; it asks it to end before.</param>
    public RunReport Run(Plan plan, double? cancelAfterSeconds = null, IReporter? reporter = null, double? killAfterSeconds = null)
    {
        using var last = (killAfterSeconds ?? cancelAfterSeconds + 9.5) is { } kill ? new CancellationTokenSource(TimeSpan.FromSeconds(kill), Clock) : new CancellationTokenSource();
        using var stop = cancelAfterSeconds is { } seconds ? new CancellationTokenSource(TimeSpan.FromSeconds(seconds), Clock) : new CancellationTokenSource();
        if (cancelAfterSeconds == 0)
        {
            stop.Cancel();
        }

        return ToItsEnd(() => new DeployRun(Deployer, Gates, reporter ?? Reporter, Clock, new Random(7)).RunAsync(plan, new Stopping(stop.Token, last.Token)));
    }

    private RunReport ToItsEnd(Func<Task<RunReport>> begin)
    {
        var (before, turns) = (SynchronizationContext.Current, new Turns());
        SynchronizationContext.SetSynchronizationContext(turns);
        try
        {
            var run = begin();
            for (turns.Take(); !run.IsCompleted && Clock.GetUtcNow() - Began < TimeSpan.FromHours(13); turns.Take())
            {
                Clock.Advance(Tick);
            }

            run.IsCompleted.Should().BeTrue("a run ends within its time-out, 12 hours at most");
            return run.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Everything that a tick has set free takes its turn before the next tick, on the test's own thread: nothing races with the clock.</summary>
    private sealed class Turns : SynchronizationContext
    {
        private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> waiting = [];

        public override void Post(SendOrPostCallback d, object? state) => waiting.Enqueue((d, state));

        public void Take()
        {
            while (waiting.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }
        }
    }
}
