using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Tests;

/// <summary>One look at a deployment: what is seen, or what goes wrong. <see cref="Gone"/> sees nothing.</summary>
internal readonly record struct Look(Observation? Seen, Exception? Trouble)
{
    public static Look Gone => default;

    public static implicit operator Look(Observation seen) => new(seen, null);
    public static implicit operator Look(Exception trouble) => new(null, trouble);
}

/// <summary>
/// Plays a script for each deployment, a step a look; the last step stays. For the group <c>gray</c> it creates <c>d-GRAY00000</c>. It writes down what it was asked and when,
/// and knows nothing that the script does not say.
/// </summary>
internal sealed class ScriptedDeployer(TimeProvider time) : IDeployer
{
    private readonly Dictionary<DeploymentId, Queue<Look>> scripts = [];
    private readonly Dictionary<DeploymentId, IReadOnlyList<Target>> instances = [];
    private readonly List<(DateTimeOffset At, string What)> asked = [];

    public IEnumerable<string> Asked => asked.Select(question => question.What);

    /// <summary>What the group's list says, a look each; the last stays.</summary>
    public Queue<Func<IReadOnlyList<PastDeployment>>> Histories { get; } = [];

    /// <summary>Whether one revision contains another.</summary>
    public Func<Revision, Revision, bool?> Contains { get; set; } = (_, _) => null;

    public Func<GroupPlan, Task<DeploymentId>> Create { get; set; } = group => Task.FromResult(IdFor(group.Group.Value));

    public Func<DeploymentId, CancellationToken, Task<string>> Stop { get; set; } = (_, _) => Task.FromResult("Pending");

    /// <summary>What goes wrong when instances are asked for, if anything.</summary>
    public Exception? TargetTrouble { get; set; }

    public static DeploymentId IdFor(string group) => new($"d-{group.ToUpperInvariant().PadRight(9, '0')}");

    public ScriptedDeployer Play(string id, params Look[] looks)
    {
        scripts[new DeploymentId(id)] = new Queue<Look>(looks);
        return this;
    }

    public ScriptedDeployer With(string id, params Target[] targets)
    {
        instances[new DeploymentId(id)] = targets;
        return this;
    }

    public IReadOnlyList<double> SecondsOf(string question, DateTimeOffset since) =>
        [.. asked.Where(entry => entry.What.StartsWith(question, StringComparison.Ordinal)).Select(entry => (entry.At - since).TotalSeconds)];

    public ScriptedDeployer List(params PastDeployment[] newestFirst)
    {
        Histories.Enqueue(() => newestFirst);
        return this;
    }

    public async Task<IReadOnlyList<PastDeployment>> HistoryAsync(ApplicationName application, DeploymentGroupName group, CancellationToken ct)
    {
        Note($"list {group}");
        ct.ThrowIfCancellationRequested();
        await Task.CompletedTask;
        return Histories.Count switch
        {
            0 => [],
            1 => Histories.Peek()(),
            _ => Histories.Dequeue()(),
        };
    }

    public Task<bool?> ContainsAsync(Revision revision, Revision other, CancellationToken ct)
    {
        Note($"compare {revision.Label} {other.Label}");
        return Task.FromResult(Contains(revision, other));
    }

    public Task<DeploymentId> StartAsync(ApplicationName application, GroupPlan group)
    {
        Note($"create {group.Group}");
        return Create(group);
    }

    public Task<IReadOnlyList<Observation>> ObserveAsync(IReadOnlyList<DeploymentId> ids, CancellationToken ct)
    {
        Note($"observe {string.Join(' ', ids)}");
        ct.ThrowIfCancellationRequested();
        var looks = ids.Select(id => scripts[id] is { Count: > 1 } script ? script.Dequeue() : scripts[id].Peek()).ToList();
        return looks.Select(look => look.Trouble).FirstOrDefault(trouble => trouble is not null) is { } trouble
            ? Task.FromException<IReadOnlyList<Observation>>(trouble)
            : Task.FromResult<IReadOnlyList<Observation>>([.. looks.Select(look => look.Seen).OfType<Observation>()]);
    }

    public Task<IReadOnlyList<Target>> TargetsAsync(DeploymentId id, bool failedOnly, CancellationToken ct)
    {
        Note($"{(failedOnly ? "failed" : "all")} instances of {id}");
        ct.ThrowIfCancellationRequested();
        return TargetTrouble is { } trouble
            ? Task.FromException<IReadOnlyList<Target>>(trouble)
            : Task.FromResult<IReadOnlyList<Target>>([.. instances.GetValueOrDefault(id, []).Where(target => !failedOnly || target.Status == "Failed")]);
    }

    public Task<string> StopAsync(DeploymentId id, bool rollBack, CancellationToken ct)
    {
        Note($"stop {id}{(rollBack ? " and roll back" : "")}");
        return Stop(id, ct);
    }

    private void Note(string what) => asked.Add((time.GetUtcNow(), what));
}
