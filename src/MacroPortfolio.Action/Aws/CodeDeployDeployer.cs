using Amazon.CodeDeploy;
using Amazon.CodeDeploy.Model;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using Target = MacroPortfolio.Core.Releases.Target;

namespace MacroPortfolio.Action.Aws;

/// <summary>CodeDeploy, as the thing that deploys.</summary>
/// <param name="creator">A client that never sends a request again: CreateDeployment has no idempotency token.</param>
internal sealed class CodeDeployDeployer(IAmazonCodeDeploy client, IAmazonCodeDeploy creator, CodeDeployPermissions permissions, TimeProvider time) : IDeployer
{
    /// <summary>Far beyond CodeDeploy's quota for a deployment; a list that goes on behind it never ends.</summary>
    private const int MostTargets = 10_000;

    public async Task<DeploymentId> StartAsync(ApplicationName application, GroupPlan group)
    {
        var began = time.GetUtcNow().UtcDateTime;
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
            return (await creator.CreateDeploymentAsync(request, CancellationToken.None)).DeploymentId is { Length: > 0 } id ? new DeploymentId(id) : throw new IOException("the answer names no deployment");
        }
        catch (Exception ex)
        {
            var said = AwsErrors.Translate(
                ex,
                $"create the deployment to {group.Group}",
                permissions.OnGroup(application, group.Group, "CreateDeployment"),
                permissions.OnConfig(group.Settings.Config ?? group.State.Health.Config, "GetDeploymentConfig"),
                permissions.OnApplication(application, "RegisterApplicationRevision", "GetApplicationRevision"));
            if (said is not TransientException)
            {
                throw said;
            }

            // The request may have been carried out although its answer was lost: the marker tells.
            return await FindAsync(application, group, began) ?? throw new DeployException(
                Outcome.Failed,
                $"{said.Message} No deployment described '{group.Description}' was found afterwards, so most likely none was created, but that is not certain.",
                "Look at the group's deployments, then run again.",
                ex);
        }
    }

    public async Task<IReadOnlyList<Observation>> ObserveAsync(IReadOnlyList<DeploymentId> ids, CancellationToken ct)
    {
        if (ids is [{ } only])
        {
            try
            {
                var seen = Translation.ToObservation((await client.GetDeploymentAsync(new GetDeploymentRequest { DeploymentId = only.Value }, ct)).DeploymentInfo);
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
            return [.. answers.SelectMany(answer => answer.DeploymentsInfo ?? []).Select(Translation.ToObservation).Where(seen => ids.Contains(seen.Id)).DistinctBy(seen => seen.Id)];
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

    /// <summary>Our own deployment among the group's since <paramref name="began"/>; null when it is not there or cannot be looked for.</summary>
    private async Task<DeploymentId?> FindAsync(ApplicationName application, GroupPlan group, DateTime began)
    {
        try
        {
            var recent = await client.ListDeploymentsAsync(new ListDeploymentsRequest
            {
                ApplicationName = application.Value,
                DeploymentGroupName = group.Group.Value,
                CreateTimeRange = new TimeRange { Start = began.AddMinutes(-5) },
            });
            var ids = (recent.Deployments ?? []).Take(CodeDeployReader.BatchLimit).ToList();
            var infos = ids.Count == 0 ? [] : (await client.BatchGetDeploymentsAsync(new BatchGetDeploymentsRequest { DeploymentIds = ids })).DeploymentsInfo ?? [];
            return infos.FirstOrDefault(info => info?.DeploymentId is not null && info.Description == group.Description && info.DeploymentId != group.State.LastAttempted?.Id.Value) is { } own ? new DeploymentId(own.DeploymentId) : null;
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            return null;
        }
    }

    private static Exception Watching(Exception ex, Permission needed) => AwsErrors.Translate(ex, "watch the deployment", needed);
}
