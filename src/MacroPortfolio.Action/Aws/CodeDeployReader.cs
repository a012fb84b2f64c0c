using Amazon.CodeDeploy;
using Amazon.CodeDeploy.Model;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Aws;

/// <summary>Reads what a plan needs to know of an application. Independent reads go out together: a run creates its deployment within six round trips.</summary>
internal sealed class CodeDeployReader(IAmazonCodeDeploy client, ApplicationName application, CodeDeployPermissions permissions)
{
    /// <summary>The model's limit for BatchGetDeployments and BatchGetDeploymentTargets.</summary>
    public const int BatchLimit = 25;

    /// <summary>CodeDeploy's quota for an application; a list that goes on behind it never ends.</summary>
    private const int MostGroups = 1_000;

    /// <param name="config">A deployment config that the run uses instead of each group's own.</param>
    public Task<GroupState[]> GroupsAsync(IReadOnlyList<DeploymentGroupName> groups, string? config, CancellationToken ct) =>
        Task.WhenAll(groups.Select(group => GroupAsync(group, config, ct)));

    /// <summary>The group with its deployments, newest first, as far back as one page of CodeDeploy's list goes.</summary>
    public async Task<GroupHistory> HistoryAsync(DeploymentGroupName group, CancellationToken ct)
    {
        var state = GroupAsync(group, null, ct);
        var ids = await Call(
            () => client.ListDeploymentsAsync(new ListDeploymentsRequest { ApplicationName = application.Value, DeploymentGroupName = group.Value }, ct),
            $"list the deployments of {group}",
            permissions.OnGroup(application, group, "ListDeployments"));
        var deployments = await DeploymentsAsync([.. (ids.Deployments ?? []).OfType<string>()], ct);
        return new GroupHistory(await state, [.. deployments.OrderByDescending(past => past.Created)]);
    }

    public async Task<PastDeployment> DeploymentAsync(DeploymentId id, CancellationToken ct)
    {
        var answer = await Call(
            () => client.GetDeploymentAsync(new GetDeploymentRequest { DeploymentId = id.Value }, ct),
            $"read deployment {id}",
            permissions.OnGroup(application, null, "GetDeployment"));
        return Translation.ToPast(answer.DeploymentInfo);
    }

    /// <summary>What every group of the application runs, in stage order, other groups after them.</summary>
    public async Task<IReadOnlyList<StageNow>> StagesAsync(CancellationToken ct)
    {
        var names = new List<string>();
        ListDeploymentGroupsResponse page;
        string? next = null;
        var pages = 0;
        do
        {
            page = await Call(
                () => client.ListDeploymentGroupsAsync(new ListDeploymentGroupsRequest { ApplicationName = application.Value, NextToken = next }, ct),
                $"list the deployment groups of {application}",
                permissions.OnApplication(application, "ListDeploymentGroups"));
            names.AddRange((page.DeploymentGroups ?? []).OfType<string>());
            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next) && names.Count < MostGroups && ++pages < MostGroups);

        var infos = (await Task.WhenAll(names.Chunk(BatchLimit).Select(chunk => Call(
            () => client.BatchGetDeploymentGroupsAsync(new BatchGetDeploymentGroupsRequest { ApplicationName = application.Value, DeploymentGroupNames = [.. chunk] }, ct),
            $"read the deployment groups of {application}",
            permissions.OnGroup(application, null, "BatchGetDeploymentGroups"))))).SelectMany(answer => answer.DeploymentGroupsInfo ?? []).Where(info => info?.DeploymentGroupName is not null).ToList();
        var last = (await DeploymentsAsync([.. infos.SelectMany(LastIds).Distinct()], ct)).ToDictionary(past => past.Id.Value);
        return
        [
            .. infos.OrderBy(info => StageOrder(info.DeploymentGroupName)).ThenBy(info => info.DeploymentGroupName, StringComparer.Ordinal).Select(info => new StageNow(
                new DeploymentGroupName(info.DeploymentGroupName),
                last.GetValueOrDefault(info.LastAttemptedDeployment?.DeploymentId ?? ""),
                last.GetValueOrDefault(info.LastSuccessfulDeployment?.DeploymentId ?? ""))),
        ];
    }

    private async Task<GroupState> GroupAsync(DeploymentGroupName group, string? config, CancellationToken ct)
    {
        var answer = await Call(
            () => client.GetDeploymentGroupAsync(new GetDeploymentGroupRequest { ApplicationName = application.Value, DeploymentGroupName = group.Value }, ct),
            $"read deployment group {group} of {application}",
            permissions.OnGroup(application, group, "GetDeploymentGroup"));
        var info = answer.DeploymentGroupInfo;
        var fleet = Translation.ToFleet(info);
        if (info.ComputePlatform?.Value is { } platform and not "Server")
        {
            throw new DeployException(Outcome.BadInput, $"{application}/{group} deploys to {platform}, and this action deploys to EC2 only.", "Use an application whose compute platform is EC2/On-premises.");
        }

        var health = HealthAsync(config ?? info.DeploymentConfigName ?? "CodeDeployDefault.OneAtATime", ct);
        var past = (await DeploymentsAsync([.. LastIds(info)], ct)).ToDictionary(deployment => deployment.Id.Value);
        return new GroupState(
            group,
            await health,
            Translation.Events(info.AutoRollbackConfiguration),
            past.GetValueOrDefault(info.LastAttemptedDeployment?.DeploymentId ?? ""),
            past.GetValueOrDefault(info.LastSuccessfulDeployment?.DeploymentId ?? ""))
        {
            Fleet = fleet,
        };
    }

    private async Task<HealthRule> HealthAsync(string config, CancellationToken ct)
    {
        var answer = await Call(
            () => client.GetDeploymentConfigAsync(new GetDeploymentConfigRequest { DeploymentConfigName = config }, ct),
            $"read deployment config {config}",
            permissions.OnConfig(config, "GetDeploymentConfig"));
        var minimum = answer.DeploymentConfigInfo?.MinimumHealthyHosts;
        return new HealthRule(config, minimum?.Type?.Value, minimum?.Value);
    }

    private async Task<IReadOnlyList<PastDeployment>> DeploymentsAsync(IReadOnlyList<string> ids, CancellationToken ct)
    {
        var answers = await Task.WhenAll(ids.Chunk(BatchLimit).Select(chunk => Call(
            () => client.BatchGetDeploymentsAsync(new BatchGetDeploymentsRequest { DeploymentIds = [.. chunk] }, ct),
            "read earlier deployments",
            permissions.OnGroup(application, null, "BatchGetDeployments"))));
        return [.. answers.SelectMany(answer => answer.DeploymentsInfo ?? []).Select(Translation.ToPast).DistinctBy(past => past.Id)];
    }

    private static IEnumerable<string> LastIds(DeploymentGroupInfo info) =>
        new[] { info.LastAttemptedDeployment?.DeploymentId, info.LastSuccessfulDeployment?.DeploymentId }.OfType<string>().Distinct();

    private static int StageOrder(string group) => Planner.DefaultStages.ToList().FindIndex(stage => stage.Value == group) is var at and >= 0 ? at : int.MaxValue;

    /// <summary>A read before anything was created: what is merely unreachable after the SDK's own tries ends the run.</summary>
    private static async Task<T> Call<T>(Func<Task<T>> call, string doing, Permission needed)
    {
        try
        {
            return await call();
        }
        catch (Exception ex) when (AwsErrors.Translate(ex, doing, needed) is var said && said != ex)
        {
            throw said is TransientException ? new DeployException(Outcome.Failed, said.Message, "Nothing was created; run again.", ex) : said;
        }
    }
}
