using Amazon.CodeDeploy.Model;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using NodaTime;
using Target = MacroPortfolio.Core.Releases.Target;

namespace MacroPortfolio.Action.Aws;

/// <summary>CodeDeploy's vocabulary into ours and back. It stops here; what is not known is kept as unknown.</summary>
internal static class Translation
{
    public static RevisionLocation ToLocation(Core.Inputs.Revision revision) => revision switch
    {
        Core.Inputs.Revision.GitHub hub => new RevisionLocation
        {
            RevisionType = "GitHub",
            GitHubLocation = new GitHubLocation { Repository = hub.Repository.Value, CommitId = hub.Id.Value },
        },
        Core.Inputs.Revision.S3 s3 => new RevisionLocation
        {
            RevisionType = "S3",
            S3Location = new S3Location { Bucket = s3.Bucket, Key = s3.Key, BundleType = s3.BundleType, Version = s3.Version, ETag = s3.ETag },
        },
        _ => throw new DeployException(Outcome.Failed, $"{revision.Label} cannot be deployed to EC2.", "Give a commit or an object in S3."),
    };

    public static Core.Inputs.Revision ToRevision(RevisionLocation? location) => location switch
    {
        { GitHubLocation: { } hub } when RepositoryName.TryParse(hub.Repository ?? "", out var repository) && CommitId.TryParse(hub.CommitId ?? "", out var commit) =>
            new Core.Inputs.Revision.GitHub(repository, commit),
        { S3Location: { Bucket: { } bucket, Key: { } key } s3 } => new Core.Inputs.Revision.S3(bucket, key, s3.BundleType?.Value ?? "zip", s3.Version, s3.ETag),
        _ => new Core.Inputs.Revision.Unrecognised(location?.RevisionType?.Value ?? "nothing"),
    };

    public static PastDeployment ToPast(DeploymentInfo? info) => info?.DeploymentId is not { Length: > 0 } id ? throw Incomplete : new(
        new DeploymentId(id),
        new DeploymentGroupName(info.DeploymentGroupName ?? "unknown"),
        ToRevision(info.Revision),
        Phases.Of(info.Status?.Value),
        info.Status?.Value ?? "unknown",
        ToInstant(info.CreateTime),
        ToInstant(info.CompleteTime),
        ToCounts(info.DeploymentOverview),
        info.Creator?.Value ?? "unknown",
        info.Description);

    /// <summary>What cannot be read may be readable at the next look.</summary>
    public static Observation ToObservation(DeploymentInfo? info) => info?.DeploymentId is not { Length: > 0 } id ? throw new TransientException(Incomplete.Message, Incomplete) : new(
        new DeploymentId(id),
        Phases.Of(info.Status?.Value),
        info.Status?.Value ?? "unknown",
        ToCounts(info.DeploymentOverview),
        info.ErrorInformation is { } error ? new DeploymentError(error.Code?.Value ?? "unknown", error.Message ?? "") : null,
        ToRevision(info.Revision),
        ToInstant(info.CreateTime),
        ToInstant(info.StartTime),
        ToInstant(info.CompleteTime),
        Events(info.AutoRollbackConfiguration),
        info.RollbackInfo?.RollbackDeploymentId is { Length: > 0 } rollback ? new DeploymentId(rollback) : null,
        info.RollbackInfo?.RollbackMessage);

    public static Target ToTarget(InstanceTarget target) => new(
        target.TargetId ?? "unknown",
        target.Status?.Value ?? "Unknown",
        [.. (target.LifecycleEvents ?? []).OfType<LifecycleEvent>().Select(step => new TargetEvent(
            step.LifecycleEventName ?? "unknown",
            step.Status?.Value ?? "Unknown",
            ToInstant(step.StartTime),
            ToInstant(step.EndTime),
            step.Diagnostics is { } why ? new EventDiagnostics(why.ErrorCode?.Value ?? "", why.ScriptName ?? "", why.Message ?? "", why.LogTail ?? "") : null))]);

    public static Fleet ToFleet(DeploymentGroupInfo? info)
    {
        if (info is null)
        {
            throw Incomplete;
        }

        var balancers = info.LoadBalancerInfo is { } load && info.DeploymentStyle?.DeploymentOption?.Value == "WITH_TRAFFIC_CONTROL"
            ? (load.TargetGroupInfoList ?? []).Select(group => group?.Name).Concat((load.ElbInfoList ?? []).Select(balancer => balancer?.Name))
            : [];
        var ready = info.BlueGreenDeploymentConfiguration?.DeploymentReadyOption;
        return new Fleet(
            [.. balancers.OfType<string>()],
            [.. (info.AutoScalingGroups ?? []).Select(group => group?.Name).OfType<string>()],
            info.OutdatedInstancesStrategy?.Value != "IGNORE",
            info.DeploymentStyle?.DeploymentType?.Value == "BLUE_GREEN" ? new BlueGreen(ready?.ActionOnTimeout?.Value == "STOP_DEPLOYMENT", ready?.WaitTimeInMinutes ?? 0) : null);
    }

    /// <summary>The events at which CodeDeploy rolls back; none when it is not enabled.</summary>
    public static IReadOnlyList<string> Events(AutoRollbackConfiguration? configuration) =>
        configuration is { Enabled: true, Events: { } events } ? [.. events.OfType<string>()] : [];

    public static AutoRollbackConfiguration? ToConfiguration(AutoRollback rollback) => rollback switch
    {
        AutoRollback.Off => new AutoRollbackConfiguration { Enabled = false, Events = [] },
        AutoRollback.At at => new AutoRollbackConfiguration { Enabled = true, Events = [.. at.Events] },
        _ => null,
    };

    private static DeployException Incomplete => new(Outcome.Failed, "CodeDeploy answered without what was asked for, or without its name.", "Run again; if it stays so, something between this program and AWS changes answers.");

    private static Counts? ToCounts(DeploymentOverview? overview) => overview is null
        ? null
        : new Counts(overview.Pending ?? 0, overview.InProgress ?? 0, overview.Succeeded ?? 0, overview.Failed ?? 0, overview.Skipped ?? 0, overview.Ready ?? 0);

    private static Instant? ToInstant(DateTime? time) => time is { } known ? Instant.FromDateTimeUtc(known.ToUniversalTime()) : null;
}
