using System.Collections.Concurrent;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace MacroPortfolio.Bench.Watching;

/// <summary>A watched deployment: when it was over, when the run was, and when the status was asked for.</summary>
internal sealed record Watch(double Ended, double Returned, IReadOnlyList<double> Looks)
{
    public double Lag => Returned - Ended;

    /// <summary>The most looks of any minute that lies between the two seconds.</summary>
    public int Busiest(double from, double to)
    {
        var within = Looks.Where(look => look >= from && look < to).ToList();
        return within.Count == 0 ? 0 : within.Max(first => within.Count(look => look >= first && look < first + 60));
    }
}

/// <summary>The real loop over a modelled fleet, on a clock moved by hand: hours pass in no time, and in every run alike.</summary>
internal static class Rehearsal
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(0.25);
    private static readonly RegionName Region = new("eu-west-1");
    private static readonly Revision Revision = new Revision.GitHub(new RepositoryName("acme/site"), new CommitId(new string('a', 40)));

    public static Watch Watch(ModelFleet fleet)
    {
        var clock = new FakeTimeProvider();
        var began = clock.GetUtcNow();
        double Seconds() => (clock.GetUtcNow() - began).TotalSeconds;
        var deployer = new ModelDeployer(fleet, Seconds);
        var state = new GroupState(new DeploymentGroupName("gray"), new HealthRule("CodeDeployDefault.AllAtOnce", "HOST_COUNT", 0), [], null, null);
        var plan = new Plan(
            "deploy",
            "arn:aws:sts::123456789012:assumed-role/deploy/bench",
            Region,
            new ApplicationName("site"),
            StartSettings.Default,
            new WatchSettings(true, Duration.FromHours(12), FailureAllowance.None, OnCancel.Leave),
            [new GroupPlan(state, Revision, null, DeploymentSettings.Default, "bench", null)]);

        var (before, turns) = (SynchronizationContext.Current, new Turns());
        SynchronizationContext.SetSynchronizationContext(turns);
        try
        {
            var run = new DeployRun(deployer, new NoGates(), new Silence(), clock, new Random(7)).RunAsync(plan, new Stopping(CancellationToken.None, CancellationToken.None));
            for (turns.Take(); !run.IsCompleted; turns.Take())
            {
                clock.Advance(Tick);
            }

            run.GetAwaiter().GetResult();
            return new Watch(fleet.Over, Seconds(), deployer.Looks);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private sealed class ModelDeployer(ModelFleet fleet, Func<double> now) : IDeployer
    {
        private static readonly DeploymentId Id = new("d-BENCH0000");

        public List<double> Looks { get; } = [];

        public Task<IReadOnlyList<PastDeployment>> HistoryAsync(ApplicationName application, DeploymentGroupName group, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<PastDeployment>>([]);

        public Task<bool?> ContainsAsync(Revision revision, Revision other, CancellationToken ct) => Task.FromResult<bool?>(revision == other);

        public Task<DeploymentId> StartAsync(ApplicationName application, GroupPlan group) => Task.FromResult(Id);

        public Task<IReadOnlyList<Observation>> ObserveAsync(IReadOnlyList<DeploymentId> ids, CancellationToken ct)
        {
            Looks.Add(now());
            var phase = fleet.PhaseAt(now());
            return Task.FromResult<IReadOnlyList<Observation>>([new Observation(Id, phase, phase.ToString(), fleet.CountsAt(now()), null, Revision, null, null, null, [], null, null)]);
        }

        public Task<IReadOnlyList<Target>> TargetsAsync(DeploymentId id, bool failedOnly, CancellationToken ct) => Task.FromResult<IReadOnlyList<Target>>([]);

        public Task<string> StopAsync(DeploymentId id, bool rollBack, CancellationToken ct) => Task.FromResult("Succeeded");
    }

    /// <summary>What is watched here has none.</summary>
    private sealed class NoGates : IGateSource
    {
        public Task<Probe> ProbeAsync(Uri url, string? body, CancellationToken ct) => throw new NotSupportedException(url.AbsoluteUri);

        public Task<IReadOnlyList<CheckRun>?> CheckRunsAsync(Revision revision, IReadOnlyList<string> names, CancellationToken ct) => throw new NotSupportedException(revision.Label);
    }

    private sealed class Silence : IReporter
    {
        public Task ReportAsync(RunEvent happened, CancellationToken ct) => Task.CompletedTask;
    }

    /// <summary>What a tick sets free takes its turn before the next tick, on this thread: nothing races with the clock.</summary>
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
