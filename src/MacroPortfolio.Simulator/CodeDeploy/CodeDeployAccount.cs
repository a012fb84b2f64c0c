using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.CodeDeploy.Engine;
using MacroPortfolio.Simulator.CodeDeploy.Operations;
using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.CodeDeploy;

/// <summary>CodeDeploy in one account: what there is, what runs, and the operations on it.</summary>
public sealed class CodeDeployAccount : IAsyncDisposable
{
    private readonly Account account;
    private readonly Agenda agenda;
    private readonly DeploymentEngine engine;
    private readonly ApplicationOperations applications;
    private readonly GroupOperations groups;
    private readonly ConfigOperations configs;
    private readonly RevisionOperations revisions;
    private readonly DeploymentOperations deployments;
    private readonly TargetOperations targets;
    private readonly TagOperations tags;

    /// <param name="world">The account as a world of its own.</param>
    public CodeDeployAccount(WorldFile world, Roster roster, TimeProvider time, CodeDeploySettings settings)
    {
        Id = world.Account;
        Roster = roster;
        account = new(world, time);
        agenda = new(time);
        engine = new(account, roster, agenda, settings, time);
        Scaling = new(account, roster, engine, time);
        Scaling.Plan(world, agenda);
        foreach (var alarm in world.CodeDeploy.Alarms)
            agenda.Add(alarm.AfterSeconds, alarm.AtDeployment, () => engine.SetAlarm(alarm.Name, alarm.State));
        var paging = new Paging(settings.PageSize);
        applications = new(account, paging, time);
        groups = new(account, roster, paging);
        configs = new(account, paging, time);
        revisions = new(account, paging, time);
        deployments = new(account, roster, engine, paging, time);
        targets = new(account, paging);
        tags = new(account);
    }

    public string Id { get; }

    public Roster Roster { get; }

    public Scaling Scaling { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<DeploymentView> Deployments
    {
        get
        {
            lock (account.Gate)
                return [.. account.Deployments.Select(View)];
        }
    }

    /// <summary>The alarms that anybody has named, by name: groups that watch them, the world, or who set them.</summary>
    public IReadOnlyList<AlarmView> Alarms
    {
        get
        {
            lock (account.Gate)
            {
                var watched = account.Applications.Values.SelectMany(application => application.Groups.Values)
                    .SelectMany(group => group.Alarms?.Alarms ?? []).Select(alarm => alarm?.Name).OfType<string>();
                return [.. account.Alarms.All.Concat(watched.Select(account.Alarms.Of)).DistinctBy(alarm => alarm.Name).OrderBy(alarm => alarm.Name, StringComparer.Ordinal)];
            }
        }
    }

    /// <param name="state">OK, ALARM or INSUFFICIENT_DATA.</param>
    public void SetAlarm(string name, string state) => engine.SetAlarm(name, state);

    public byte[] Answer(string operation, JsonObject request, Principal principal, IGuard guard)
    {
        var answer = Route(operation);
        lock (account.Gate)
            return JsonProtocol.Write(answer(new ApiCall(operation, request, principal, guard, account.Tags)));
    }

    public async ValueTask DisposeAsync()
    {
        await agenda.DisposeAsync();
        await engine.DisposeAsync();
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
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "CodeDeploy does not answer it here."),
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
