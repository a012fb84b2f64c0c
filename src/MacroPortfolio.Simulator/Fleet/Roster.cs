using MacroPortfolio.Simulator.Faults;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Fleet;

public enum InstanceState
{
    /// <summary>Not launched yet: nobody knows of it.</summary>
    Absent,
    Running,
    Terminated,
}

/// <summary>What becomes of instances while the simulator runs, beside what their agents do: they come, go, change their Auto Scaling group, fall silent.</summary>
public sealed class Roster
{
    /// <summary>The tag that Amazon EC2 Auto Scaling gives to its instances.</summary>
    public const string AutoScalingTag = "aws:autoscaling:groupName";

    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> autoScalingGroups = new(StringComparer.Ordinal);

    private readonly FaultPlan faults;

    /// <param name="world">The instances' account as a world of its own.</param>
    /// <param name="faults">Null: nothing goes wrong but what the hosts themselves do wrong.</param>
    public Roster(WorldFile world, IReadOnlyList<IHost> hosts, FaultPlan? faults = null)
    {
        this.faults = faults ?? new(new());
        Account = world.Account;
        var worlds = world.Instances.ToDictionary(instance => instance.Id, StringComparer.Ordinal);
        foreach (var host in hosts)
            entries.Add(host.Id, new(host, worlds.GetValueOrDefault(host.Id) ?? new() { Id = host.Id }));
    }

    /// <summary>Whose instances these are.</summary>
    public string Account { get; }

    /// <summary>The instances that run now, in the order of the world.</summary>
    public IReadOnlyList<IHost> Running => [.. Known.Where(known => known.State == InstanceState.Running).Select(known => known.Host)];

    /// <summary>All that were ever launched.</summary>
    public IReadOnlyList<(IHost Host, InstanceState State)> Known
    {
        get
        {
            lock (gate)
                return [.. entries.Values.Where(entry => entry.State != InstanceState.Absent).Select(entry => (entry.Host, entry.State))];
        }
    }

    public bool HasAutoScalingGroup(string? name)
    {
        lock (gate)
            return name is not null && (autoScalingGroups.Contains(name) || entries.Values.Any(entry => entry.AutoScalingGroup == name));
    }

    /// <summary>An Auto Scaling group that the world's file knows nothing of. It has no instance yet.</summary>
    /// <returns>The spare instances that it could launch: those of no group.</returns>
    public IReadOnlyList<string> AddAutoScalingGroup(string name)
    {
        lock (gate)
        {
            autoScalingGroups.Add(name);
            return [.. entries.Values.Where(entry => entry is { State: InstanceState.Absent, World.Spare: true, AutoScalingGroup: null }).Select(entry => entry.Host.Id)];
        }
    }

    /// <summary>It is gone, and its instances with it.</summary>
    public void RemoveAutoScalingGroup(string name)
    {
        IReadOnlyList<string> members;
        lock (gate)
        {
            autoScalingGroups.Remove(name);
            members = [.. entries.Values.Where(entry => entry.State == InstanceState.Running && entry.AutoScalingGroup == name).Select(entry => entry.Host.Id)];
        }

        foreach (var id in members)
            Terminate(id);
    }

    public bool Has(string id) => entries.ContainsKey(id);

    /// <summary>Tags as EC2 tells them.</summary>
    public IReadOnlyDictionary<string, string> Tags(IHost host)
    {
        lock (gate)
        {
            return entries[host.Id].AutoScalingGroup is { } group
                ? new Dictionary<string, string>(host.Tags) { [AutoScalingTag] = group }
                : host.Tags;
        }
    }

    public string? AutoScalingGroup(IHost host) => Tags(host).GetValueOrDefault(AutoScalingTag);

    /// <summary>Instances that wait in the wings of an Auto Scaling group.</summary>
    public IReadOnlyList<IHost> Spares(IEnumerable<string> autoScalingGroups)
    {
        lock (gate)
        {
            return [.. entries.Values
                .Where(entry => entry is { State: InstanceState.Absent, World.Spare: true, AutoScalingGroup: { } group } && autoScalingGroups.Contains(group))
                .Select(entry => entry.Host)];
        }
    }

    /// <summary>The instance if it was not there and now is. One that was terminated stays so.</summary>
    /// <param name="autoScalingGroup">The one that launches it, where that is not the one of the world.</param>
    public IHost? Launch(string id, string? autoScalingGroup = null)
    {
        lock (gate)
        {
            var entry = entries[id];
            if (entry.State != InstanceState.Absent)
                return null;
            entry.State = InstanceState.Running;
            entry.AutoScalingGroup = autoScalingGroup ?? entry.AutoScalingGroup;
            return entry.Host;
        }
    }

    public void Terminate(string id)
    {
        Entry entry;
        lock (gate)
        {
            entry = entries[id];
            entry.State = InstanceState.Terminated;
        }

        entry.Gone.Cancel();
    }

    /// <summary>Cancelled when the instance is terminated.</summary>
    public CancellationToken Gone(string id) => entries[id].Gone.Token;

    /// <summary>Whether the agent takes the event. One that has fallen silent takes nothing any more, and neither does a terminated instance.</summary>
    /// <param name="fault">What goes wrong when it does.</param>
    public bool TakesEvent(IHost host, string lifecycleEvent, out FaultWorld? fault)
    {
        lock (gate)
        {
            var entry = entries[host.Id];
            entry.IsSilent |= entry.World.AgentSilentFrom == lifecycleEvent;
            fault = entry is { IsSilent: false, State: InstanceState.Running } ? faults.Strike(host.Id, Tags(host), lifecycleEvent) : null;
            entry.IsSilent |= fault?.Kind == FaultKind.AgentSilent;
            return entry is { IsSilent: false, State: InstanceState.Running };
        }
    }

    public void Silence(string id, bool silent)
    {
        lock (gate)
            entries[id].IsSilent = silent;
    }

    private sealed class Entry(IHost host, InstanceWorld world)
    {
        public IHost Host { get; } = host;
        public InstanceWorld World { get; } = world;
        public InstanceState State { get; set; } =
            world is { Spare: false, JoinsAfterSeconds: null, JoinsAtDeployment: null } ? InstanceState.Running : InstanceState.Absent;
        public string? AutoScalingGroup { get; set; } = world.AutoScalingGroup;
        public bool IsSilent { get; set; } = world.Agent == "silent";
        public CancellationTokenSource Gone { get; } = new();
    }
}
