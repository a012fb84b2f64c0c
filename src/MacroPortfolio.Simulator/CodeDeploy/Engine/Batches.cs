using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Takes instances through a leg, as many at a time as there is room for.</summary>
public sealed class Batches(Account account, InstanceRun instanceRun, TimeProvider time)
{
    /// <param name="room">How many can be worked on at a time as things stand; asked with the account's gate held. Where it is 0 the rest is skipped.</param>
    public async Task RunAsync(Deployment deployment, Leg leg, IEnumerable<Target> targets, Func<int> room, CancellationToken ct)
    {
        var waiting = new Queue<Target>(targets);
        var busy = new List<Task>();
        while (true)
        {
            while (busy.Count < Room(room) && waiting.TryDequeue(out var next))
                busy.Add(instanceRun.RunAsync(next, leg, deployment, ct));
            if (busy.Count == 0)
                break;
            var ended = await Task.WhenAny(busy);
            busy.Remove(ended);
            await ended;
        }

        if (waiting.Count == 0)
            return;
        lock (account.Gate)
            deployment.SkipPending(time.GetUtcNow());
    }

    private int Room(Func<int> room)
    {
        lock (account.Gate)
            return room();
    }
}
