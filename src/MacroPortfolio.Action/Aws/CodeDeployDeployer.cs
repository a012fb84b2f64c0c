using Amazon.CodeDeploy;
using Amazon.CodeDeploy.Model;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using Revision = MacroPortfolio.Core.Inputs.Revision;
using Target = MacroPortfolio.Core.Releases.Target;

namespace MacroPortfolio.Action.Aws;

/// <summary>CodeDeploy, as the thing that deploys.</summary>
/// <param name="creator">A client that never sends a request again: CreateDeployment has no idempotency token.</param>
/// <param name="contains">Whether a commit descends from another; null when that cannot be found out.</param>
internal sealed class CodeDeployDeployer(
    IAmazonCodeDeploy client, IAmazonCodeDeploy creator, CodeDeployReader reader, CodeDeployPermissions permissions, Func<Revision.GitHub, Revision.GitHub, CancellationToken, Task<bool?>> contains) : IDeployer
{
    /// <summary>Far beyond CodeDeploy's quota for a deployment; a list that goes on behind it never ends.</summary>
    private const int MostTargets = 10_000;

    public Task<IReadOnlyList<PastDeployment>> HistoryAsync(ApplicationName application, DeploymentGroupName group, CancellationToken ct) => reader.RecentAsync(group, ct);

    public async Task<bool?> ContainsAsync(Revision revision, Revision other, CancellationToken ct) => (revision, other) switch
    {
        _ when revision.SameAs(other) => true,
        (Revision.GitHub one, Revision.GitHub two) when string.Equals(one.Repository.Value, two.Repository.Value, StringComparison.OrdinalIgnoreCase) => await contains(one, two, ct),
        _ => null,
    };

    public async Task<DeploymentId> StartAsync(ApplicationName application, GroupPlan group)
    {
        var request = new CreateDeploymentRequest
        {
            ApplicationName = application.Value,
            DeploymentGroupName = group.Group.Value,
            Revision = Translation.ToLocation(group.Revision),
            DeploymentConfigName = group.Settings.Config,
            Description = group.Description,
            FileExistsBehavior = group.Settings.FileExists is { } behavior ? FileExistsBehavior.FindValue(behavior) : null,
            IgnoreApplicationStopFailures = group.Settings.IgnoreApplicationStopFailures ? true : null,
            UpdateOutdatedInstancesOnly = group.Settings.UpdateOutdatedInstancesOnly ? true : null,
            AutoRollbackConfiguration = Translation.ToConfiguration(group.Settings.AutoRollback),
        };
        try
        {
            var answer = await creator.CreateDeploymentAsync(request, CancellationToken.None);
            return DeploymentId.TryParse(answer.DeploymentId ?? "", out var id)
                ? id
                : throw new UnansweredException($"CodeDeploy took the request to create the deployment to {group.Group} and answered without an id.", new InvalidDataException(answer.DeploymentId));
        }
        catch (UnansweredException)
        {
            throw;
        }
        catch (AmazonCodeDeployException ex) when (ex.ErrorCode == "DeploymentLimitExceededException")
        {
            throw new BusyException($"{group.Group} is busy: {ex.Message}", ex);
        }
        catch (Exception ex)
        {
            var said = AwsErrors.Translate(
                ex,
                $"create the deployment to {group.Group}",
                permissions.OnGroup(application, group.Group, "CreateDeployment"),
                permissions.OnConfig(group.Settings.Config ?? group.State.Health.Config, "GetDeploymentConfig"),
                permissions.OnApplication(application, "RegisterApplicationRevision", "GetApplicationRevision"));
            throw said is TransientException && !AwsErrors.IsUndone(ex) ? new UnansweredException(said.Message, ex) : said;
        }
    }

    public async Task<IReadOnlyList<Observation>> ObserveAsync(IReadOnlyList<DeploymentId> ids, CancellationToken ct)
    {
        if (ids is [{ } only])
        {
            try
            {
                var answer = await client.GetDeploymentAsync(new GetDeploymentRequest { DeploymentId = only.Value }, ct);
                var seen = Translation.ToObservation(answer.DeploymentInfo ?? throw Empty("GetDeployment"));
                return seen.Id == only ? [seen] : throw new TransientException($"CodeDeploy was asked for {only} and answered with {seen.Id}.", new InvalidDataException());
            }
            catch (AmazonCodeDeployException ex) when (ex.ErrorCode == "DeploymentDoesNotExistException")
            {
                return [];
            }
            catch (Exception ex)
            {
                throw Watching(ex, permissions.OnAnyGroup("GetDeployment"));
            }
        }

        try
        {
            var answers = await Task.WhenAll(ids.Chunk(CodeDeployReader.BatchLimit).Select(chunk =>
                client.BatchGetDeploymentsAsync(new BatchGetDeploymentsRequest { DeploymentIds = [.. chunk.Select(id => id.Value)] }, ct)));
            return [.. answers.SelectMany(answer => answer.DeploymentsInfo ?? throw Empty("BatchGetDeployments")).Select(Translation.ToObservation).Where(seen => ids.Contains(seen.Id)).DistinctBy(seen => seen.Id)];
        }
        catch (Exception ex)
        {
            throw Watching(ex, permissions.OnAnyGroup("BatchGetDeployments"));
        }
    }

    public async Task<IReadOnlyList<Target>> TargetsAsync(DeploymentId id, bool failedOnly, CancellationToken ct)
    {
        try
        {
            var ids = new List<string>();
            string? next = null;
            var pages = 0;
            do
            {
                var page = await client.ListDeploymentTargetsAsync(
                    new ListDeploymentTargetsRequest
                    {
                        DeploymentId = id.Value,
                        TargetFilters = failedOnly ? new() { ["TargetStatus"] = ["Failed"] } : null,
                        NextToken = next,
                    },
                    ct);
                ids.AddRange((page.TargetIds ?? []).OfType<string>());
                next = page.NextToken;
            }
            while (!string.IsNullOrEmpty(next) && ids.Count < MostTargets && ++pages < MostTargets);

            var targets = new List<Target>();
            foreach (var chunk in ids.Chunk(CodeDeployReader.BatchLimit))
            {
                var answer = await client.BatchGetDeploymentTargetsAsync(new BatchGetDeploymentTargetsRequest { DeploymentId = id.Value, TargetIds = [.. chunk] }, ct);
                targets.AddRange((answer.DeploymentTargets ?? []).Select(target => target?.InstanceTarget).OfType<InstanceTarget>().Select(Translation.ToTarget));
            }

            return targets;
        }
        catch (AmazonCodeDeployException ex) when (ex.ErrorCode == "DeploymentNotStartedException")
        {
            return [];
        }
        catch (Exception ex)
        {
            throw Watching(ex, CodeDeployPermissions.Anywhere("ListDeploymentTargets", "BatchGetDeploymentTargets"));
        }
    }

    public async Task<string> StopAsync(DeploymentId id, bool rollBack, CancellationToken ct)
    {
        try
        {
            var answer = await client.StopDeploymentAsync(new StopDeploymentRequest { DeploymentId = id.Value, AutoRollbackEnabled = rollBack ? true : null }, ct);
            return answer.Status?.Value ?? "no status";
        }
        catch (AmazonCodeDeployException ex) when (ex.ErrorCode == "DeploymentAlreadyCompletedException")
        {
            return "it had ended already";
        }
        catch (Exception ex)
        {
            throw AwsErrors.Translate(ex, $"stop deployment {id}", CodeDeployPermissions.Anywhere("StopDeployment"));
        }
    }

    /// <summary>As behind a proxy that answers for the service. It says nothing of the deployment.</summary>
    private static TransientException Empty(string operation) => new($"CodeDeploy answered {operation} with nothing in it.", new InvalidDataException(operation));

    private static Exception Watching(Exception ex, Permission needed) => AwsErrors.Translate(ex, "watch the deployment", needed);
}
