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

    public RunReport Run(Plan plan, double? cancelAfterSeconds = null, IReporter? reporter = null)
    {
        using var stop = cancelAfterSeconds is { } seconds ? new CancellationTokenSource(TimeSpan.FromSeconds(seconds), Clock) : new CancellationTokenSource();
        if (cancelAfterSeconds == 0)
        {
            stop.Cancel();
        }

        return ToItsEnd(() => new DeployRun(Deployer, reporter ?? Reporter, Clock).RunAsync(plan, stop.Token));
    }

    /// <summary>Without the test's own context every continuation runs inside the tick that sets it free, so nothing races with the clock.</summary>
    private RunReport ToItsEnd(Func<Task<RunReport>> begin)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var run = begin();
            while (!run.IsCompleted && Clock.GetUtcNow() - Began < TimeSpan.FromHours(13))
            {
                Clock.Advance(Tick);
            }

            run.IsCompleted.Should().BeTrue("a run ends within its time-out, 12 hours at most");
            return run.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
