using System.Text.Json;
using Amazon.CodeDeploy.Model;

namespace Amazon.CodeDeploy.Wire;

/// <summary>The members of every request, in the order of their names.</summary>
internal static class RequestBodies
{
    public static void Members(Utf8JsonWriter json, CreateDeploymentRequest request)
    {
        json.Text("applicationName", request.ApplicationName);
        json.Member("autoRollbackConfiguration", request.AutoRollbackConfiguration, Members);
        json.Text("deploymentConfigName", request.DeploymentConfigName);
        json.Text("deploymentGroupName", request.DeploymentGroupName);
        json.Text("deploymentMode", request.DeploymentMode);
        json.Text("description", request.Description);
        json.Text("fileExistsBehavior", request.FileExistsBehavior);
        json.Flag("ignoreApplicationStopFailures", request.IgnoreApplicationStopFailures);
        json.Member("overrideAlarmConfiguration", request.OverrideAlarmConfiguration, Members);
        json.Member("revision", request.Revision, Members);
        json.Member("targetInstances", request.TargetInstances, Members);
        json.Flag("updateOutdatedInstancesOnly", request.UpdateOutdatedInstancesOnly);
    }

    public static void Members(Utf8JsonWriter json, GetDeploymentRequest request) => json.Text("deploymentId", request.DeploymentId);

    public static void Members(Utf8JsonWriter json, BatchGetDeploymentsRequest request) => json.Texts("deploymentIds", request.DeploymentIds);

    public static void Members(Utf8JsonWriter json, ListDeploymentsRequest request)
    {
        json.Text("applicationName", request.ApplicationName);
        json.Member("createTimeRange", request.CreateTimeRange, Members);
        json.Text("deploymentGroupName", request.DeploymentGroupName);
        json.Text("externalId", request.ExternalId);
        json.Texts("includeOnlyStatuses", request.IncludeOnlyStatuses);
        json.Text("nextToken", request.NextToken);
    }

    public static void Members(Utf8JsonWriter json, StopDeploymentRequest request)
    {
        json.Flag("autoRollbackEnabled", request.AutoRollbackEnabled);
        json.Text("deploymentId", request.DeploymentId);
    }

    public static void Members(Utf8JsonWriter json, ContinueDeploymentRequest request)
    {
        json.Text("deploymentId", request.DeploymentId);
        json.Text("deploymentWaitType", request.DeploymentWaitType);
    }

    public static void Members(Utf8JsonWriter json, ListDeploymentTargetsRequest request)
    {
        json.Text("deploymentId", request.DeploymentId);
        json.Text("nextToken", request.NextToken);
        json.Map("targetFilters", request.TargetFilters);
    }

    public static void Members(Utf8JsonWriter json, BatchGetDeploymentTargetsRequest request)
    {
        json.Text("deploymentId", request.DeploymentId);
        json.Texts("targetIds", request.TargetIds);
    }

    public static void Members(Utf8JsonWriter json, GetDeploymentGroupRequest request)
    {
        json.Text("applicationName", request.ApplicationName);
        json.Text("deploymentGroupName", request.DeploymentGroupName);
    }

    public static void Members(Utf8JsonWriter json, BatchGetDeploymentGroupsRequest request)
    {
        json.Text("applicationName", request.ApplicationName);
        json.Texts("deploymentGroupNames", request.DeploymentGroupNames);
    }

    public static void Members(Utf8JsonWriter json, ListDeploymentGroupsRequest request)
    {
        json.Text("applicationName", request.ApplicationName);
        json.Text("nextToken", request.NextToken);
    }

    public static void Members(Utf8JsonWriter json, GetApplicationRequest request) => json.Text("applicationName", request.ApplicationName);

    public static void Members(Utf8JsonWriter json, GetDeploymentConfigRequest request) => json.Text("deploymentConfigName", request.DeploymentConfigName);

    public static void Members(Utf8JsonWriter json, RegisterApplicationRevisionRequest request)
    {
        json.Text("applicationName", request.ApplicationName);
        json.Text("description", request.Description);
        json.Member("revision", request.Revision, Members);
    }

    public static void Members(Utf8JsonWriter json, GetApplicationRevisionRequest request)
    {
        json.Text("applicationName", request.ApplicationName);
        json.Member("revision", request.Revision, Members);
    }

    private static void Members(Utf8JsonWriter json, RevisionLocation revision)
    {
        json.Member("appSpecContent", revision.AppSpecContent, Members);
        json.Member("gitHubLocation", revision.GitHubLocation, Members);
        json.Text("revisionType", revision.RevisionType);
        json.Member("s3Location", revision.S3Location, Members);
        json.Member("string", revision.String, Members);
    }

    private static void Members(Utf8JsonWriter json, AppSpecContent appSpec)
    {
        json.Text("content", appSpec.Content);
        json.Text("sha256", appSpec.Sha256);
    }

    private static void Members(Utf8JsonWriter json, GitHubLocation location)
    {
        json.Text("commitId", location.CommitId);
        json.Text("repository", location.Repository);
    }

    private static void Members(Utf8JsonWriter json, S3Location location)
    {
        json.Text("bucket", location.Bucket);
        json.Text("bundleType", location.BundleType);
        json.Text("eTag", location.ETag);
        json.Text("key", location.Key);
        json.Text("version", location.Version);
    }

#pragma warning disable CS0618 // obsolete, and still accepted by the service
    private static void Members(Utf8JsonWriter json, RawString text)
#pragma warning restore CS0618
    {
        json.Text("content", text.Content);
        json.Text("sha256", text.Sha256);
    }

    private static void Members(Utf8JsonWriter json, AutoRollbackConfiguration rollback)
    {
        json.Flag("enabled", rollback.Enabled);
        json.Texts("events", rollback.Events);
    }

    private static void Members(Utf8JsonWriter json, AlarmConfiguration configuration)
    {
        json.Members("alarms", configuration.Alarms, Members);
        json.Flag("enabled", configuration.Enabled);
        json.Flag("ignorePollAlarmFailure", configuration.IgnorePollAlarmFailure);
    }

    private static void Members(Utf8JsonWriter json, Alarm alarm) => json.Text("name", alarm.Name);

    private static void Members(Utf8JsonWriter json, TargetInstances targets)
    {
        json.Texts("autoScalingGroups", targets.AutoScalingGroups);
        json.Member("ec2TagSet", targets.Ec2TagSet, Members);
        json.Members("tagFilters", targets.TagFilters, Members);
    }

    private static void Members(Utf8JsonWriter json, EC2TagSet set) =>
        json.List("ec2TagSetList", set.Ec2TagSetList, static (json, filters) => json.Array(filters, static (json, filter) => json.Object(filter, Members)));

    private static void Members(Utf8JsonWriter json, EC2TagFilter filter)
    {
        json.Text("Key", filter.Key);
        json.Text("Type", filter.Type);
        json.Text("Value", filter.Value);
    }

    private static void Members(Utf8JsonWriter json, TimeRange range)
    {
        json.Moment("end", range.End);
        json.Moment("start", range.Start);
    }
}
