using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Takes instances through a leg, so many at a time, and none more once a deployment may not go on.</summary>
public sealed class Batches(Account account, InstanceRun instanceRun, TimeProvider time)
{
    /// <param name="goesOn">Asked after each instance, with the account's gate held.</param>
    public async Task RunAsync(Deployment deployment, Leg leg, IEnumerable<Target> targets, int atOnce, Func<bool> goesOn, CancellationToken ct)
    {
        var waiting = new Queue<Target>(targets);
        var busy = new List<Task>();
        while (true)
        {
            while (busy.Count < atOnce && waiting.TryDequeue(out var next))
                busy.Add(instanceRun.RunAsync(next, leg, deployment, ct));
            if (busy.Count == 0)
                return;
            var ended = await Task.WhenAny(busy);
            busy.Remove(ended);
            await ended;
            lock (account.Gate)
            {
                if (goesOn())
                    continue;
                deployment.SkipPending(time.GetUtcNow());
                waiting.Clear();
            }
        }
    }
}
