using MacroPortfolio.Simulator.CodeDeploy.Engine;
using MacroPortfolio.Simulator.CodeDeploy.Operations;
using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.CodeDeploy;

/// <summary>AWS CodeDeploy for EC2, over JSON 1.1. Deployments go on while it answers, and end with it.</summary>
public sealed class CodeDeployService : IService, IAsyncDisposable
{
    private readonly IGuard guard;
    private readonly Account account;
    private readonly Ids requestIds;
    private readonly Agenda agenda;
    private readonly DeploymentEngine engine;
    private readonly ApplicationOperations applications;
    private readonly GroupOperations groups;
    private readonly ConfigOperations configs;
    private readonly RevisionOperations revisions;
    private readonly DeploymentOperations deployments;
    private readonly TargetOperations targets;
    private readonly TagOperations tags;

    public CodeDeployService(WorldFile world, Roster roster, IGuard guard, TimeProvider time, CodeDeploySettings? settings = null)
    {
        settings ??= CodeDeploySettings.Of(world.CodeDeploy);
        this.guard = guard;
        account = new(world, time);

        // Their own, so that how often clients ask does not change what deployments are called.
        requestIds = new(~world.Seed);
        agenda = new(time);
        engine = new(account, roster, agenda, settings, time);
        var scaling = new Scaling(account, roster, engine, time);
        Control = new(roster, scaling, engine);
        scaling.Plan(world, agenda);
        foreach (var alarm in world.CodeDeploy.Alarms)
            agenda.Add(alarm.AfterSeconds, alarm.AtDeployment, () => engine.SetAlarm(alarm.Name, alarm.State == "ALARM"));
        var paging = new Paging(settings.PageSize);
        applications = new(account, paging, time);
        groups = new(account, roster, paging);
        configs = new(account, paging, time);
        revisions = new(account, paging, time);
        deployments = new(account, roster, engine, paging, time);
        targets = new(account, paging);
        tags = new(account);
    }

    public string Name => "codedeploy";

    public WorldControl Control { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<DeploymentView> Deployments
    {
        get
        {
            lock (account.Gate)
                return [.. account.Deployments.Select(View)];
        }
    }

    public void Describe(Exchange exchange)
    {
        exchange.Operation = JsonProtocol.Operation(exchange.Http.Request);
        exchange.Request = JsonProtocol.Peek(exchange.Body);
    }

    public Task AnswerAsync(Exchange exchange, CancellationToken ct) => WriteAsync(exchange.Http.Response, Answer(exchange, exchange.Http.Response), ct);

    public Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct) =>
        WriteAsync(exchange.Http.Response, Refuse(exchange.Http.Response, refusal), ct);

    public async ValueTask DisposeAsync()
    {
        await agenda.DisposeAsync();
        await engine.DisposeAsync();
    }

    private async Task WriteAsync(HttpResponse response, byte[] body, CancellationToken ct)
    {
        response.Headers["x-amzn-RequestId"] = requestIds.Resource();
        response.ContentType = JsonProtocol.ContentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, ct);
    }

    private static byte[] Refuse(HttpResponse response, ServiceError error)
    {
        response.StatusCode = error.Status;
        response.Headers["x-amzn-ErrorType"] = error.Code;
        return JsonProtocol.Write(error);
    }

    private byte[] Answer(Exchange exchange, HttpResponse response)
    {
        try
        {
            exchange.Operation = JsonProtocol.Operation(exchange.Http.Request);
            var operation = Route(exchange.Operation);
            var principal = guard.Authenticate(exchange, Name);
            exchange.Principal = principal.Arn;
            var request = JsonProtocol.Parse(exchange.Body);
            exchange.Request = request;
            var call = new ApiCall(exchange.Operation, request, principal, guard);
            lock (account.Gate)
                return JsonProtocol.Write(operation(call));
        }
        catch (AwsException ex)
        {
            return Refuse(response, ex.Error);
        }
    }

    private Func<ApiCall, object> Route(string operation) => operation switch
    {
        "CreateApplication" => applications.Create,
        "DeleteApplication" => applications.Delete,
        "GetApplication" => applications.Get,
        "BatchGetApplications" => applications.BatchGet,
        "ListApplications" => applications.List,
        "CreateDeploymentGroup" => groups.Create,
        "UpdateDeploymentGroup" => groups.Update,
        "DeleteDeploymentGroup" => groups.Delete,
        "GetDeploymentGroup" => groups.Get,
        "BatchGetDeploymentGroups" => groups.BatchGet,
        "ListDeploymentGroups" => groups.List,
        "CreateDeploymentConfig" => configs.Create,
        "DeleteDeploymentConfig" => configs.Delete,
        "GetDeploymentConfig" => configs.Get,
        "ListDeploymentConfigs" => configs.List,
        "RegisterApplicationRevision" => revisions.Register,
        "GetApplicationRevision" => revisions.Get,
        "BatchGetApplicationRevisions" => revisions.BatchGet,
        "ListApplicationRevisions" => revisions.List,
        "CreateDeployment" => deployments.Create,
        "GetDeployment" => deployments.Get,
        "BatchGetDeployments" => deployments.BatchGet,
        "ListDeployments" => deployments.List,
        "StopDeployment" => deployments.Stop,
        "ContinueDeployment" => deployments.Continue,
        "SkipWaitTimeForInstanceTermination" => deployments.SkipWait,
        "ListDeploymentTargets" => targets.List,
        "BatchGetDeploymentTargets" => targets.BatchGet,
        "GetDeploymentTarget" => targets.Get,
        "ListDeploymentInstances" => targets.ListInstances,
        "BatchGetDeploymentInstances" => targets.BatchGetInstances,
        "GetDeploymentInstance" => targets.GetInstance,
        "ListTagsForResource" => tags.List,
        "TagResource" => tags.Add,
        "UntagResource" => tags.Remove,
        _ when KnownOperations.NotSimulated.Contains(operation) => throw Fault.NotSimulated($"the operation {operation}"),
        _ => throw Fault.Of("UnknownOperation", $"CodeDeploy has no operation '{operation}'."),
    };

    private static DeploymentView View(Deployment deployment) => new(
        deployment.Id,
        deployment.Group.Application.Name,
        deployment.Group.Name,
        deployment.Revision.GitHubLocation?.CommitId ?? deployment.Revision.S3Location?.Key ?? "",
        deployment.Status.ToString(),
        deployment.CreateTime,
        deployment.CompleteTime);
}
