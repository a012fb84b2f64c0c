using MacroPortfolio.Action.Aws;
using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using Octokit;

namespace MacroPortfolio.Action.Reporters;

/// <summary>
/// Keeps a GitHub Deployment for each group that has an environment: in progress as soon as CodeDeploy has the deployment, then what became of it. Before that it brings
/// up to date what runs have left that did not live to do it. It is written beside the run, which never waits for it but at its end.
/// </summary>
internal sealed class RecordReporter(
    GitHubApi github, CodeDeployReader reader, RepositoryName repository, ApplicationName application, string verb, RunnerEnvironment runner, Log log, TimeProvider time) : IReporter
{
    /// <summary>By so much records may delay the end of a run, whatever GitHub does.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>What is begun beside the run.</summary>
    private static readonly TimeSpan BeginLimit = TimeSpan.FromSeconds(30);

    /// <summary>Of earlier records so many are looked at: each costs a request, and a run has twenty.</summary>
    private const int MostLooks = 4;

    /// <summary>A commit may have been deployed to an environment by several jobs; the newest is this one's.</summary>
    private const int MostJobs = 2;

    private const int MostStatuses = 10;

    /// <summary>An environment may be that of many applications.</summary>
    private const int MostPages = 3;

    private readonly Dictionary<DeploymentGroupName, Task<Kept>> begun = [];
    private readonly HashSet<DeploymentGroupName> others = [];
    private FailureAllowance maxFailed = FailureAllowance.None;

    public async Task ReportAsync(RunEvent happened, CancellationToken ct)
    {
        switch (happened)
        {
            case RunEvent.Planned { Plan: var plan }:
                maxFailed = plan.Watch.MaxFailed;
                break;

            case RunEvent.Started { Group: { Environment: { } stage } group, Id: var id }:
                begun[group.Group] = BeginBesideAsync(group, stage, id);
                break;

            case RunEvent.Attached { Group: { Environment: { } stage } group, To.Id: var id, Ours: true }:
                begun[group.Group] = BeginBesideAsync(group, stage, id);
                break;

            case RunEvent.Attached { Group: var group }:
                others.Add(group.Group);
                break;

            case RunEvent.Ended { Report: var report }:
                await EndAsync(report, ct);
                break;
        }
    }

    private async Task EndAsync(RunReport report, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        string? trouble = null;
        foreach (var result in report.Groups)
        {
            try
            {
                await EndAsync(result, either.Token);
            }
            catch (ApiException ex)
            {
                trouble ??= $"{GitHubApi.Words(ex).TrimEnd('.', ' ')}. {(ex is ForbiddenException && !GitHubApi.IsAboutRate(ex) ? "Give the job 'permissions: deployments: write'." : "The next run brings it up to date.")}";
            }
            catch (Exception ex) when (ex is HttpRequestException or TimeoutException)
            {
                trouble ??= $"{ex.Message.TrimEnd('.', ' ')}. The next run brings it up to date.";
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                trouble ??= $"it took longer than {Limit.TotalSeconds:0} s. The next run brings it up to date.";
            }
        }

        if (trouble is not null)
        {
            await log.WarnAsync($"What became of the deployment could not be written to GitHub's deployments: {trouble}");
        }
    }

    private async Task EndAsync(GroupResult result, CancellationToken ct)
    {
        // Of what was never created there is something to tell only where it could not be, or is no longer to be.
        if (result.Plan is not { Environment: { } stage } group || others.Contains(group.Group) || RecordStates.Of(result.Outcome) is not { } state
            || (result.Id is null && state is not (RecordState.Failure or RecordState.Inactive)))
        {
            return;
        }

        var kept = await BegunAsync(group, stage, result.Id, ct);
        if (kept.Id is { } own && kept.State != state.Word())
        {
            await SetAsync(own, state, result.Reason, stage, ct);
        }

        if (kept.Id is null)
        {
            await log.SayAsync($"The deployment that this job's own 'environment: {stage.Name}' made at GitHub is the record of {group.Group}; no second one is made.");
        }

        if (await kept.Live.WaitAsync(ct) is { } replaced && state == RecordState.Success)
        {
            await SetAsync(replaced, RecordState.Inactive, $"Replaced by {group.Revision.Label}.", null, ct);
        }
    }

    /// <summary>What was begun beside the run; once more from the start where that failed and GitHub may be back by now.</summary>
    private async Task<Kept> BegunAsync(GroupPlan group, StageEnvironment stage, DeploymentId? id, CancellationToken ct)
    {
        try
        {
            if (begun.TryGetValue(group.Group, out var beside))
            {
                return await beside.WaitAsync(ct);
            }
        }
        catch (Exception ex) when (ex is HttpRequestException or TimeoutException or ApiException and not ForbiddenException || (ex is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // It is begun again.
        }

        return await BeginAsync(group, stage, id, ct);
    }

    private async Task<Kept> BeginBesideAsync(GroupPlan group, StageEnvironment stage, DeploymentId id)
    {
        using var late = new CancellationTokenSource(BeginLimit, time);
        return await BeginAsync(group, stage, id, late.Token);
    }

    /// <summary>Finds the record of the deployment, or makes it, and settles what earlier runs have left of theirs.</summary>
    /// <param name="id">Null where it could not be created.</param>
    private async Task<Kept> BeginAsync(GroupPlan group, StageEnvironment stage, DeploymentId? id, CancellationToken ct)
    {
        var (ours, foreign) = await LookAsync(group, stage, ct);
        if (id is { } known && ours.FirstOrDefault(one => one.Record.IsOf(known)) is { } own)
        {
            return new Kept(own.Id, await StateAsync(own.Id, ct), SettleBesideAsync(group, [.. ours.Where(one => one.Id < own.Id)]));
        }

        if (await IsJobsAsync(foreign, ct))
        {
            return new Kept(null, null, SettleBesideAsync(group, ours));
        }

        var made = await github.CreateDeploymentAsync(repository, BodyOf(group, stage, id), ct);
        if (id is null)
        {
            return new Kept(made, null, SettleBesideAsync(group, ours));
        }

        await SetAsync(made, RecordState.InProgress, $"{verb} of {group.Revision.Label} to {group.Group} is under way.", stage, ct);
        return new Kept(made, RecordState.InProgress.Word(), SettleBesideAsync(group, ours));
    }

    /// <summary>The group's records, as far back as its last success if that can be reached, and what of the environment is not ours at all.</summary>
    private async Task<(IReadOnlyList<Known> Ours, IReadOnlyList<DeploymentAnswer> Foreign)> LookAsync(GroupPlan group, StageEnvironment stage, CancellationToken ct)
    {
        var (ours, foreign) = (new List<Known>(), new List<DeploymentAnswer>());
        for (var page = 1; page <= MostPages; page++)
        {
            var there = await github.DeploymentsAsync(repository, stage.Name, page, ct);
            foreach (var one in there)
            {
                switch (one.Payload is { } payload ? ReleaseRecord.Read(payload) : null)
                {
                    case null:
                        foreign.Add(one);
                        break;

                    case var record when record.IsOf(application, stage, group.Group):
                        ours.Add(new Known(one.Id, record));
                        break;
                }
            }

            if (there.Count < GitHubApi.PageSize || ours.Exists(one => IsOfLastGood(one, group)))
            {
                break;
            }
        }

        return (ours, foreign);
    }

    /// <summary>What a run has taken back to without a record of its own is found by its revision.</summary>
    private static bool IsOfLastGood(Known one, GroupPlan group) => group.State.LastSuccessful is { } last && (one.Record.IsOf(last.Id) || one.Record.Release == last.Revision.Text);

    private DeploymentBody BodyOf(GroupPlan group, StageEnvironment stage, DeploymentId? id)
    {
        var from = group.Revision.From is { } origin && string.Equals(origin.Repository.Value, repository.Value, StringComparison.OrdinalIgnoreCase) ? origin.Id : runner.Commit;
        var run = new RecordedRun(runner.Actor, runner.TriggeringActor, runner.RunUrl, runner.RunAttempt);
        var record = ReleaseRecord.Of(application, verb, group, stage, id is { } created ? [created] : [], [], run, log.Hide);
        var words = ReleaseRecord.Description(log.Hide($"{verb} {application} to {group.Group}: {group.Revision.Label}"));
        return new DeploymentBody(from?.Value ?? runner.Sha, "deploy", false, [], record.ToPayload(), stage.Name, words, false, stage.IsProduction);
    }

    /// <summary>Whether this job's <c>environment:</c> has made a deployment itself: it is of the run's commit, and a status of it leads to this run.</summary>
    private async Task<bool> IsJobsAsync(IEnumerable<DeploymentAnswer> foreign, CancellationToken ct)
    {
        foreach (var one in foreign.Where(one => one.Sha is { } sha && (sha == runner.Sha || sha == runner.Commit?.Value)).Take(MostJobs))
        {
            if ((await github.DeploymentStatusesAsync(repository, one.Id, MostStatuses, ct)).Any(status => status.LogUrl?.Contains($"/actions/runs/{runner.RunId}/", StringComparison.Ordinal) is true))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<long?> SettleBesideAsync(GroupPlan group, IReadOnlyList<Known> earlier)
    {
        using var late = new CancellationTokenSource(BeginLimit, time);
        return await SettleAsync(group, earlier, late.Token);
    }

    /// <summary>
    /// Of the group's earlier records the newest, and the one of its last success, wherever that is by now. Those that are not over are told what CodeDeploy says of them,
    /// and of those that succeeded the last stays.
    /// </summary>
    /// <returns>The one that succeeded last and was not made inactive since.</returns>
    private async Task<long?> SettleAsync(GroupPlan group, IReadOnlyList<Known> earlier, CancellationToken ct)
    {
        long? live = null;
        foreach (var one in earlier.OrderByDescending(one => IsOfLastGood(one, group)).ThenByDescending(one => one.Id).Take(MostLooks).OrderByDescending(one => one.Id).ToList())
        {
            var state = await StateAsync(one.Id, ct);
            if (state is null or "in_progress" or "queued" or "pending" && await FateAsync(one.Record, ct) is var (fate, words))
            {
                await SetAsync(one.Id, fate, words, null, ct);
                state = fate.Word();
            }

            if (state != RecordState.Success.Word())
            {
                continue;
            }

            if (live is null)
            {
                live = one.Id;
            }
            else
            {
                await SetAsync(one.Id, RecordState.Inactive, "Replaced by a later deployment.", null, ct);
            }
        }

        return live;
    }

    /// <summary>Null where it is not over, or nobody knows.</summary>
    private async Task<(RecordState State, string Words)?> FateAsync(ReleaseRecord record, CancellationToken ct)
    {
        if (record.Deployments is not [.., var last])
        {
            return (RecordState.Failure, "It could not be created.");
        }

        try
        {
            return DeploymentId.TryParse(last ?? "", out var id) && await reader.DeploymentAsync(id, ct) is var past && RecordStates.Of(past, maxFailed) is { } state
                ? (state, $"The run ended before {id} did; CodeDeploy says that it is {past.Status}.")
                : null;
        }
        catch (Exception ex) when (ex is DeployException or TransientException)
        {
            return null;
        }
    }

    private async Task<string?> StateAsync(long id, CancellationToken ct) => await github.DeploymentStatusesAsync(repository, id, 1, ct) is [var newest, ..] ? newest.State : null;

    /// <param name="stage">Where the group can be tried; null: nothing new is said of that.</param>
    private Task SetAsync(long id, RecordState state, string words, StageEnvironment? stage, CancellationToken ct) => github.SetDeploymentStatusAsync(
        repository,
        id,
        new DeploymentStatusBody(state.Word(), runner.RunUrl, ReleaseRecord.Description(log.Hide(words)), stage?.Url?.AbsoluteUri, false),
        ct);

    private sealed record Known(long Id, ReleaseRecord Record);

    /// <summary>The record of a deployment under way.</summary>
    /// <param name="Id">Null where none is kept, because the one that the job's environment made is the record.</param>
    /// <param name="State">As it was found or made; null: nobody has said yet.</param>
    /// <param name="Live">The record that this one replaces if it succeeds.</param>
    private sealed record Kept(long? Id, string? State, Task<long?> Live);
}
