using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.CodeDeploy.Validation;

namespace MacroPortfolio.Simulator.CodeDeploy.Operations;

/// <summary>Instances of deployments, in the present operations and in the deprecated ones that old clients call.</summary>
public sealed class TargetOperations(Account account, Paging paging)
{
    private static readonly string[] Statuses = ["Pending", "InProgress", "Succeeded", "Failed", "Skipped", "Unknown", "Ready"];

    public object List(ApiCall call)
    {
        var request = call.Read<ListDeploymentTargetsRequest>();
        var deployment = Started(call, request.DeploymentId, Arns.Everything);
        var filters = request.TargetFilters ?? new Dictionary<string, IReadOnlyList<string?>?>();
        foreach (var name in filters.Keys)
            Values.OneOf(name, "InvalidTargetFilterName", "TargetStatus", "ServerInstanceLabel");

        var (ids, next) = Page(deployment, filters.GetValueOrDefault("TargetStatus"), filters.GetValueOrDefault("ServerInstanceLabel"), request.NextToken);
        return new ListDeploymentTargetsResponse(ids, next);
    }

    public object BatchGet(ApiCall call)
    {
        var request = call.Read<BatchGetDeploymentTargetsRequest>();
        var ids = Values.Batch(request.TargetIds, 25, "DeploymentTargetIdRequired", Names.TargetId);
        var deployment = Started(call, request.DeploymentId, Arns.Everything);

        return new BatchGetDeploymentTargetsResponse([.. ids.Select(id => Render.Target(account, deployment, Target(deployment, id)))]);
    }

    public object Get(ApiCall call)
    {
        var request = call.Read<GetDeploymentTargetRequest>();
        var id = Names.TargetId(request.TargetId);
        var deployment = Started(call, request.DeploymentId, Arns.Everything);

        return new GetDeploymentTargetResponse(Render.Target(account, deployment, Target(deployment, id)));
    }

    public object ListInstances(ApiCall call)
    {
        var request = call.Read<ListDeploymentInstancesRequest>();
        var deployment = Started(call, request.DeploymentId);

        var (ids, next) = Page(deployment, request.InstanceStatusFilter, request.InstanceTypeFilter, request.NextToken);
        return new ListDeploymentInstancesResponse(ids, next);
    }

    public object BatchGetInstances(ApiCall call)
    {
        var request = call.Read<BatchGetDeploymentInstancesRequest>();
        var ids = Values.Batch(request.InstanceIds, 25, "InstanceIdRequired", id => id ?? "");
        var deployment = Find(call, request.DeploymentId);

        return new BatchGetDeploymentInstancesResponse(
            [.. deployment.Targets.Where(target => ids.Contains(target.Host.Id)).Select(target => Render.Summary(account, deployment, target))],
            ids.All(id => deployment.Targets.Any(target => target.Host.Id == id)) ? null : "Some of the instances do not belong to the deployment.");
    }

    public object GetInstance(ApiCall call)
    {
        var request = call.Read<GetDeploymentInstanceRequest>();
        if (string.IsNullOrEmpty(request.InstanceId))
            throw Fault.Of("InstanceIdRequired", "The instance ID is required.");
        var deployment = Find(call, request.DeploymentId);

        var target = deployment.Targets.FirstOrDefault(target => target.Host.Id == request.InstanceId)
            ?? throw Fault.Of("InstanceDoesNotExist", $"The instance {request.InstanceId} does not belong to the deployment {deployment.Id}");
        return new GetDeploymentInstanceResponse(Render.Summary(account, deployment, target));
    }

    /// <summary>For the operations that know nothing before the deployment has started.</summary>
    private Deployment Started(ApiCall call, string? deploymentId, string? resource = null) =>
        Find(call, deploymentId, resource) is { HasStarted: true } deployment
            ? deployment
            : throw Fault.Of("DeploymentNotStarted", $"The deployment {deploymentId} has not started yet");

    /// <param name="resource">What IAM is asked about; the deployment's group unless told otherwise.</param>
    private Deployment Find(ApiCall call, string? deploymentId, string? resource = null)
    {
        var id = Names.DeploymentId(deploymentId);
        account.TryDeployment(id, out var deployment);
        call.Demand(resource ?? (deployment is null ? account.Arns.AnyDeploymentGroup : account.ArnOf(deployment.Group)));
        return deployment ?? throw Fault.Of("DeploymentDoesNotExist", $"The deployment {id} could not be found");
    }

    private (IReadOnlyList<string> Ids, string? NextToken) Page(
        Deployment deployment, IReadOnlyList<string?>? statuses, IReadOnlyList<string?>? labels, string? token)
    {
        Values.AllOf(statuses, "InvalidInstanceStatus", Statuses);
        if (labels is { Count: > 0 } && !deployment.Traffic.IsBlueGreen)
        {
            throw Fault.Of(
                "InvalidDeploymentInstanceType",
                "An instance type was specified for an in-place deployment. Instance types are supported for blue/green deployments only.");
        }

        Values.AllOf(labels, "InvalidInstanceType", State.Target.Original, State.Target.Replacement);
        var wanted = deployment.Targets.Where(target =>
            (statuses is null or { Count: 0 } || statuses.Contains(target.Status.ToString())) &&
            (labels is null or { Count: 0 } || labels.Contains(target.Label)));
        return paging.Page($"targets {deployment.Id}", wanted.Select(target => target.Host.Id).Order(StringComparer.Ordinal), id => id, token);
    }

    private static Target Target(Deployment deployment, string id) =>
        deployment.Targets.FirstOrDefault(target => target.Host.Id == id)
        ?? throw Fault.Of("DeploymentTargetDoesNotExist", $"The target {id} does not belong to the deployment {deployment.Id}");
}
