using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Faults;

/// <summary>The faults of a world and those that were added while it ran. A request goes down the list until one strikes it; what comes after does not see it.</summary>
public sealed class FaultPlan : IDisposable
{
    private readonly Lock gate = new();
    private readonly WorldFile world;
    private IReadOnlyList<PlannedFault> faults = [];
    private int last;

    public FaultPlan(WorldFile world)
    {
        this.world = world;
        foreach (var fault in world.Faults)
            Add(fault);
    }

    public bool IsEmpty => All.Count == 0;

    public IReadOnlyList<PlannedFault> All
    {
        get
        {
            lock (gate)
                return faults;
        }
    }

    /// <summary>The fault that strikes the request; null: none does.</summary>
    public PlannedFault? Strike(string service, string operation) => All.FirstOrDefault(planned =>
        planned.Fault is { Instance: null, Tag: null } fault && (fault.Service ?? service) == service && (fault.Operation ?? operation) == operation && planned.Strikes());

    /// <summary>The fault that strikes the instance in the lifecycle event; null: none does.</summary>
    public FaultWorld? Strike(string instance, IReadOnlyDictionary<string, string> tags, string lifecycleEvent) => All.FirstOrDefault(planned =>
        planned.Fault is { Instance: not null } or { Tag: not null } && Fits(planned.Fault, instance, tags, lifecycleEvent) && planned.Strikes())?.Fault;

    /// <exception cref="WorldException">It is no fault that this world can have.</exception>
    public PlannedFault Add(JsonNode? json) => Add(WorldReader.ParseFault(json, world));

    public PlannedFault? Find(string id) => All.FirstOrDefault(planned => planned.Id.ToString() == id);

    public void Remove(IReadOnlyList<PlannedFault> ended)
    {
        lock (gate)
            faults = [.. faults.Except(ended)];
        foreach (var planned in ended)
            planned.End();
    }

    public void Dispose() => Remove(All);

    private static bool Fits(FaultWorld fault, string instance, IReadOnlyDictionary<string, string> tags, string lifecycleEvent) =>
        (fault.Instance ?? instance) == instance
        && (fault.Tag is not { } tag || tags.Any(one => $"{one.Key}={one.Value}" == tag))
        && (fault.Event ?? lifecycleEvent) == lifecycleEvent
        && (fault.Kind != FaultKind.DiskFull || FaultKind.WhereDisksAreWritten.Contains(lifecycleEvent));

    private PlannedFault Add(FaultWorld fault)
    {
        lock (gate)
        {
            var planned = new PlannedFault(++last, fault, new Chance(world.Seed, $"fault/{last}"));
            faults = [.. faults, planned];
            return planned;
        }
    }
}
