namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>What a world has in store, each thing at its moment: after a time, or a time after the n-th deployment began.</summary>
public sealed class Agenda(TimeProvider time) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<ITimer> timers = [];
    private readonly List<(int Deployment, TimeSpan Delay, Action Happen)> waiting = [];

    /// <param name="seconds">After the start of the simulator, or after the deployment began.</param>
    /// <param name="deployment">The number of a deployment, counted from 1.</param>
    public void Add(double? seconds, int? deployment, Action happen)
    {
        var delay = TimeSpan.FromSeconds(seconds ?? 0);
        if (deployment is { } number)
            waiting.Add((number, delay, happen));
        else
            Schedule(delay, happen);
    }

    public void Began(int deployment)
    {
        foreach (var (_, delay, happen) in waiting.Where(item => item.Deployment == deployment))
            Schedule(delay, happen);
    }

    public async ValueTask DisposeAsync()
    {
        ITimer[] all;
        lock (gate)
            all = [.. timers];
        foreach (var timer in all)
            await timer.DisposeAsync();
    }

    private void Schedule(TimeSpan delay, Action happen)
    {
        lock (gate)
            timers.Add(time.CreateTimer(_ => happen(), null, delay, Timeout.InfiniteTimeSpan));
    }
}
