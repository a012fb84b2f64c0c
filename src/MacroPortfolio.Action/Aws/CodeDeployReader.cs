using System.Collections.Concurrent;
using Amazon.CodeDeploy;
using Amazon.CodeDeploy.Model;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Action.Aws;

/// <summary>Reads what a plan needs to know of an application. Independent reads go out together: a run creates its deployment within six round trips.</summary>
/// <param name="patience">With services that cannot answer; a report has none.</param>
internal sealed class CodeDeployReader(IAmazonCodeDeploy client, ApplicationName application, CodeDeployPermissions permissions, Patience patience)
{
    /// <summary>The model's limit for BatchGetDeployments and BatchGetDeploymentTargets.</summary>
    public const int BatchLimit = 25;

    /// <summary>CodeDeploy's quota for an application; a list that goes on behind it never ends.</summary>
    private const int MostGroups = 1_000;

    /// <summary>What is over stays as it is, and a run looks at its groups more than once.</summary>
    private readonly ConcurrentDictionary<string, PastDeployment> ended = new();

    /// <param name="config">A deployment config that the run uses instead of each group's own.</param>
    public Task<GroupHistory[]> GroupsAsync(IReadOnlyList<DeploymentGroupName> groups, string? config, CancellationToken ct) =>
        Task.WhenAll(groups.Select(group => GroupAsync(group, config, RecentAsync, ct)));

    /// <summary>The group with its deployments, newest first, as far back as one page of CodeDeploy's list goes.</summary>
    /// <param name="config">A deployment config that the run uses instead of the group's own.</param>
    public Task<GroupHistory> HistoryAsync(DeploymentGroupName group, string? config, CancellationToken ct) => GroupAsync(group, config, PageAsync, ct);

    /// <summary>
    /// The group's last deployments, newest first. CodeDeploy lists the newest first, as far as is known, but does not promise it: where the first of the list
    /// are not in that order the whole page is read.
    /// </summary>
    /// <exception cref="TransientException">Looking again may help.</exception>
    public async Task<IReadOnlyList<PastDeployment>> RecentAsync(DeploymentGroupName group, CancellationToken ct)
    {
        var ids = await ListAsync(group, ct);
        var first = await DeploymentsAsync([.. ids.Take(BatchLimit)], ct);
        var listed = first.ToDictionary(past => past.Id.Value);
        var times = ids.Take(BatchLimit).Select(id => listed.GetValueOrDefault(id)?.Created).OfType<Instant>().ToList();
        var ordered = times.Zip(times.Skip(1)).All(pair => pair.First >= pair.Second);
        return NewestFirst(ordered ? first : [.. first, .. await DeploymentsAsync([.. ids.Skip(BatchLimit)], ct)]);
    }

    public async Task<PastDeployment> DeploymentAsync(DeploymentId id, CancellationToken ct)
    {
        var answer = await Call(
            () => client.GetDeploymentAsync(new GetDeploymentRequest { DeploymentId = id.Value }, ct),
            $"read deployment {id}",
            permissions.OnGroup(application, null, "GetDeployment"),
            ct);
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
                permissions.OnApplication(application, "ListDeploymentGroups"),
                ct);
            names.AddRange((page.DeploymentGroups ?? []).OfType<string>());
            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next) && names.Count < MostGroups && ++pages < MostGroups);

        var infos = (await Task.WhenAll(names.Chunk(BatchLimit).Select(chunk => Call(
            () => client.BatchGetDeploymentGroupsAsync(new BatchGetDeploymentGroupsRequest { ApplicationName = application.Value, DeploymentGroupNames = [.. chunk] }, ct),
            $"read the deployment groups of {application}",
            permissions.OnGroup(application, null, "BatchGetDeploymentGroups"),
            ct)))).SelectMany(answer => answer.DeploymentGroupsInfo ?? []).Where(info => info?.DeploymentGroupName is not null).ToList();
        var last = (await Patiently(() => DeploymentsAsync([.. infos.SelectMany(LastIds).Distinct()], ct), ct)).ToDictionary(past => past.Id.Value);
        return
        [
            .. infos.OrderBy(info => StageOrder(info.DeploymentGroupName)).ThenBy(info => info.DeploymentGroupName, StringComparer.Ordinal).Select(info => new StageNow(
                new DeploymentGroupName(info.DeploymentGroupName),
                last.GetValueOrDefault(info.LastAttemptedDeployment?.DeploymentId ?? ""),
                last.GetValueOrDefault(info.LastSuccessfulDeployment?.DeploymentId ?? ""))),
        ];
    }

    private async Task<IReadOnlyList<PastDeployment>> PageAsync(DeploymentGroupName group, CancellationToken ct) => NewestFirst(await DeploymentsAsync(await ListAsync(group, ct), ct));

    private async Task<List<string>> ListAsync(DeploymentGroupName group, CancellationToken ct)
    {
        var page = await Once(
            () => client.ListDeploymentsAsync(new ListDeploymentsRequest { ApplicationName = application.Value, DeploymentGroupName = group.Value }, ct),
            $"list the deployments of {group}",
            permissions.OnGroup(application, group, "ListDeployments"));
        return [.. (page.Deployments ?? []).OfType<string>()];
    }

    private async Task<GroupHistory> GroupAsync(
        DeploymentGroupName group, string? config, Func<DeploymentGroupName, CancellationToken, Task<IReadOnlyList<PastDeployment>>> deployments, CancellationToken ct)
    {
        var known = Patiently(() => deployments(group, ct), ct);
        var answer = await Call(
            () => client.GetDeploymentGroupAsync(new GetDeploymentGroupRequest { ApplicationName = application.Value, DeploymentGroupName = group.Value }, ct),
            $"read deployment group {group} of {application}",
            permissions.OnGroup(application, group, "GetDeploymentGroup"),
            ct);
        var info = answer.DeploymentGroupInfo;
        var fleet = Translation.ToFleet(info);
        if (info.ComputePlatform?.Value is { } platform and not "Server")
        {
            throw new DeployException(Outcome.BadInput, $"{application}/{group} deploys to {platform}, and this action deploys to EC2 only.", "Use an application whose compute platform is EC2/On-premises.");
        }

        var health = HealthAsync(config ?? info.DeploymentConfigName ?? "CodeDeployDefault.OneAtATime", ct);
        var recent = (await known).ToDictionary(deployment => deployment.Id.Value);
        foreach (var older in await Patiently(() => DeploymentsAsync([.. LastIds(info).Where(id => !recent.ContainsKey(id))], ct), ct))
        {
            recent.Add(older.Id.Value, older);
        }

        var state = new GroupState(
            group,
            await health,
            Translation.Events(info.AutoRollbackConfiguration),
            recent.GetValueOrDefault(info.LastAttemptedDeployment?.DeploymentId ?? ""),
            recent.GetValueOrDefault(info.LastSuccessfulDeployment?.DeploymentId ?? ""))
        {
            Fleet = fleet,
        };
        return new GroupHistory(state, NewestFirst(recent.Values));
    }

    private async Task<HealthRule> HealthAsync(string config, CancellationToken ct)
    {
        var answer = await Call(
            () => client.GetDeploymentConfigAsync(new GetDeploymentConfigRequest { DeploymentConfigName = config }, ct),
            $"read deployment config {config}",
            permissions.OnConfig(config, "GetDeploymentConfig"),
            ct);
        var minimum = answer.DeploymentConfigInfo?.MinimumHealthyHosts;
        return new HealthRule(config, minimum?.Type?.Value, minimum?.Value);
    }

    private async Task<IReadOnlyList<PastDeployment>> DeploymentsAsync(IReadOnlyList<string> ids, CancellationToken ct)
    {
        var answers = await Task.WhenAll(ids.Where(id => !ended.ContainsKey(id)).Chunk(BatchLimit).Select(chunk => Once(
            () => client.BatchGetDeploymentsAsync(new BatchGetDeploymentsRequest { DeploymentIds = [.. chunk] }, ct),
            "read earlier deployments",
            permissions.OnGroup(application, null, "BatchGetDeployments"))));
        var read = answers.SelectMany(answer => answer.DeploymentsInfo ?? []).Select(Translation.ToPast).ToList();
        IReadOnlyList<PastDeployment> all = [.. ids.Select(id => ended.GetValueOrDefault(id)).OfType<PastDeployment>(), .. read];
        foreach (var past in read.Where(past => past.Phase.IsOver() && past.Ended is not null))
        {
            ended[past.Id.Value] = past;
        }

        return [.. all.DistinctBy(past => past.Id)];
    }

    private static IReadOnlyList<PastDeployment> NewestFirst(IEnumerable<PastDeployment> deployments) => [.. deployments.OrderByDescending(past => past.Created)];

    private static IEnumerable<string> LastIds(DeploymentGroupInfo info) =>
        new[] { info.LastAttemptedDeployment?.DeploymentId, info.LastSuccessfulDeployment?.DeploymentId }.OfType<string>().Distinct();

    private static int StageOrder(string group) => ReleaseFile.None.Stages.ToList().FindIndex(stage => stage.Name.Value == group) is var at and >= 0 ? at : int.MaxValue;

    private Task<T> Call<T>(Func<Task<T>> call, string doing, Permission needed, CancellationToken ct) => Patiently(() => Once(call, doing, needed), ct);

    /// <summary>A read before anything was created: what cannot be reached for some minutes ends the run.</summary>
    private async Task<T> Patiently<T>(Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await patience.AskAsync(call, "Asking again; nothing was created yet.", ct);
        }
        catch (TransientException ex)
        {
            throw new DeployException(Outcome.Failed, ex.Message, "Nothing was created; run again.", ex);
        }
    }

    private static async Task<T> Once<T>(Func<Task<T>> call, string doing, Permission needed)
    {
        try
        {
            return await call();
        }
        catch (Exception ex) when (AwsErrors.Translate(ex, doing, needed) is var said && said != ex)
        {
            throw said;
        }
    }
}
