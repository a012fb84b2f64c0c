using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Takes instances through a leg, so many at a time, and none more once there is no room for another.</summary>
public sealed class Batches(Account account, InstanceRun instanceRun, TimeProvider time)
{
    /// <param name="room">How many can be under way now; asked before each instance, with the account's gate held. 0 leaves those that wait where they are.</param>
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
