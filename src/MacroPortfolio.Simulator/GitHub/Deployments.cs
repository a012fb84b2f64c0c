using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <param name="State">error, failure, inactive, in_progress, queued, pending or success.</param>
public sealed record DeploymentStatus(
    long Id, string State, string Description, string Environment, string EnvironmentUrl, string LogUrl, string Creator, DateTimeOffset Created);

/// <summary>A deployment as GitHub records it; it deploys nothing.</summary>
/// <param name="OriginalEnvironment">As it was created; a status may name another one.</param>
/// <param name="Statuses">Oldest first.</param>
public sealed record Deployment(
    long Id, string Sha, string Ref, string Task, JsonNode? Payload, string OriginalEnvironment, string Environment, string? Description,
    bool Transient, bool Production, string Creator, DateTimeOffset Created, DateTimeOffset Updated, IReadOnlyList<DeploymentStatus> Statuses)
{
    /// <summary>Null: nobody has said yet.</summary>
    public string? State => Statuses.Count == 0 ? null : Statuses[^1].State;

    /// <summary>Whether it may be what the environment runs: nobody has said otherwise.</summary>
    public bool Active => State is null or "success";
}

/// <summary>The deployments of a repository. https://docs.github.com/rest/deployments</summary>
public sealed class Deployments(TimeProvider time, Func<long> nextId)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, Deployment> deployments = [];

    public IReadOnlyList<Deployment> All()
    {
        lock (gate)
            return [.. deployments.Values];
    }

    public Deployment? Find(long id)
    {
        lock (gate)
            return deployments.GetValueOrDefault(id);
    }

    /// <param name="draft">With neither id nor times.</param>
    public Deployment Add(Deployment draft)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var deployment = draft with { Id = nextId(), Created = now, Updated = now };
            return deployments[deployment.Id] = deployment;
        }
    }

    /// <param name="autoInactive">A success makes the environment's earlier successes inactive, save in production and in transient environments.</param>
    public DeploymentStatus? AddStatus(long id, DeploymentStatus draft, bool autoInactive)
    {
        lock (gate)
        {
            if (!deployments.ContainsKey(id))
                return null;
            var added = Append(id, draft);
            if (!autoInactive || draft.State != "success")
                return added;

            var inactive = draft with { State = "inactive", Description = "", Environment = added.Environment, EnvironmentUrl = "", LogUrl = "" };
            foreach (var earlier in deployments.Values.Where(other => other.Id < id && Superseded(other, added.Environment)).ToList())
                Append(earlier.Id, inactive);
            return added;
        }
    }

    /// <summary>False: it is active and not the only one.</summary>
    public bool Delete(long id)
    {
        lock (gate)
        {
            if (deployments[id].Active && deployments.Count > 1)
                return false;
            deployments.Remove(id);
            return true;
        }
    }

    private static bool Superseded(Deployment other, string environment) =>
        other is { State: "success", Transient: false, Production: false } && other.Environment == environment;

    private DeploymentStatus Append(long id, DeploymentStatus draft)
    {
        var deployment = deployments[id];
        var status = draft with { Id = nextId(), Created = time.GetUtcNow() };
        deployments[id] = deployment with { Environment = status.Environment, Updated = status.Created, Statuses = [.. deployment.Statuses, status] };
        return status;
    }
}
