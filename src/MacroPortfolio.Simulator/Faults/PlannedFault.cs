using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Faults;

/// <summary>A fault with what has become of it: whom it has met, whom it has struck, whom it holds.</summary>
public sealed class PlannedFault(int id, FaultWorld fault, Chance chance)
{
    private readonly Lock gate = new();
    private readonly List<TaskCompletionSource> held = [];
    private TaskCompletionSource someone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int matched;
    private int struck;
    private bool isOver;

    public int Id { get; } = id;

    public FaultWorld Fault { get; } = fault;

    /// <summary>Counts a request or event that fits, and says whether it is struck.</summary>
    public bool Strikes()
    {
        lock (gate)
        {
            matched++;
            if (matched <= Fault.After || struck >= (Fault.Times ?? int.MaxValue) || chance.Fraction() >= Fault.Probability)
                return false;
            struck++;
            return true;
        }
    }

    /// <summary>Returns when what is held is released.</summary>
    public Task HoldAsync()
    {
        lock (gate)
        {
            if (isOver)
                return Task.CompletedTask;
            var one = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            held.Add(one);
            someone.TrySetResult();
            return one.Task;
        }
    }

    /// <summary>Returns when somebody is held, or nobody ever will be any more.</summary>
    public Task HeldAsync()
    {
        lock (gate)
            return someone.Task;
    }

    public void Release()
    {
        lock (gate)
        {
            foreach (var one in held)
                one.TrySetResult();
            held.Clear();
            if (!isOver)
                someone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>It strikes no more, and lets go.</summary>
    public void End()
    {
        lock (gate)
        {
            isOver = true;
            someone.TrySetResult();
            Release();
        }
    }

    public JsonObject Describe()
    {
        lock (gate)
        {
            var described = new JsonObject { ["id"] = Id, ["matched"] = matched, ["struck"] = struck, ["held"] = held.Count };
            foreach (var (key, value) in WorldReader.Write(Fault))
                described[key] = value?.DeepClone();
            return described;
        }
    }
}
