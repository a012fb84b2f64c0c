using Amazon.CodeDeploy.Model;
using Amazon.CodeDeploy.Tests.Server;

namespace Amazon.CodeDeploy.Tests;

public sealed class RequestBodyTests
{
    private static readonly RevisionLocation Commit = new()
    {
        RevisionType = RevisionLocationType.GitHub,
        GitHubLocation = new GitHubLocation { Repository = "octo/app", CommitId = "6dcb09b5b57875f334f61aebed695e2e4193db5e" },
    };

    [Fact]
    public Task CreateDeployment_of_a_commit() => Sends(
        client => client.CreateDeploymentAsync(new CreateDeploymentRequest
        {
            ApplicationName = "my-app",
            DeploymentGroupName = "production",
            DeploymentConfigName = "CodeDeployDefault.OneAtATime",
            Description = "Deploy octo/app@6dcb09b (run 42)",
            Revision = Commit,
            AutoRollbackConfiguration = new AutoRollbackConfiguration
            {
                Enabled = true,
                Events = [AutoRollbackEvent.DEPLOYMENT_FAILURE, AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST],
            },
        }),
        """
        {"applicationName":"my-app","autoRollbackConfiguration":{"enabled":true,"events":["DEPLOYMENT_FAILURE","DEPLOYMENT_STOP_ON_REQUEST"]},
        "deploymentConfigName":"CodeDeployDefault.OneAtATime","deploymentGroupName":"production","description":"Deploy octo/app@6dcb09b (run 42)",
        "revision":{"gitHubLocation":{"commitId":"6dcb09b5b57875f334f61aebed695e2e4193db5e","repository":"octo/app"},"revisionType":"GitHub"}}
        """);

    [Fact]
    public Task CreateDeployment_of_a_bundle_to_chosen_instances() => Sends(
        client => client.CreateDeploymentAsync(new CreateDeploymentRequest
        {
            Revision = new RevisionLocation
            {
                RevisionType = RevisionLocationType.S3,
                S3Location = new S3Location { Bucket = "b", Key = "k.zip", BundleType = BundleType.Zip, Version = "v1", ETag = "\"abc\"" },
            },
            FileExistsBehavior = FileExistsBehavior.OVERWRITE,
            IgnoreApplicationStopFailures = false,
            UpdateOutdatedInstancesOnly = true,
            OverrideAlarmConfiguration = new AlarmConfiguration { Alarms = [new Alarm { Name = "a1" }], Enabled = true, IgnorePollAlarmFailure = false },
            TargetInstances = new TargetInstances
            {
                AutoScalingGroups = ["asg"],
                Ec2TagSet = new EC2TagSet { Ec2TagSetList = [[new EC2TagFilter { Key = "a" }], [new EC2TagFilter { Key = "b" }]] },
                TagFilters = [new EC2TagFilter { Key = "k", Value = "v", Type = EC2TagFilterType.KEY_AND_VALUE }],
            },
        }),
        """
        {"fileExistsBehavior":"OVERWRITE","ignoreApplicationStopFailures":false,
        "overrideAlarmConfiguration":{"alarms":[{"name":"a1"}],"enabled":true,"ignorePollAlarmFailure":false},
        "revision":{"revisionType":"S3","s3Location":{"bucket":"b","bundleType":"zip","eTag":"\u0022abc\u0022","key":"k.zip","version":"v1"}},
        "targetInstances":{"autoScalingGroups":["asg"],"ec2TagSet":{"ec2TagSetList":[[{"Key":"a"}],[{"Key":"b"}]]},
        "tagFilters":[{"Key":"k","Type":"KEY_AND_VALUE","Value":"v"}]},"updateOutdatedInstancesOnly":true}
        """);

    [Fact]
    public Task CreateDeployment_of_an_AppSpec() => Sends(
        client => client.CreateDeploymentAsync(new CreateDeploymentRequest
        {
            Revision = new RevisionLocation
            {
                RevisionType = RevisionLocationType.AppSpecContent,
                AppSpecContent = new AppSpecContent { Content = "version: 0.0\n", Sha256 = "deadbeef" },
            },
        }),
        """{"revision":{"appSpecContent":{"content":"version: 0.0\n","sha256":"deadbeef"},"revisionType":"AppSpecContent"}}""");

    [Fact]
    public Task What_is_null_is_left_out() => Sends(client => client.CreateDeploymentAsync(new CreateDeploymentRequest()), "{}");

    [Fact]
    public Task What_is_empty_is_sent() => Sends(
        client => client.CreateDeploymentAsync(new CreateDeploymentRequest
        {
            Description = "",
            AutoRollbackConfiguration = new AutoRollbackConfiguration { Enabled = false, Events = [] },
            TargetInstances = new TargetInstances(),
        }),
        """{"autoRollbackConfiguration":{"enabled":false,"events":[]},"description":"","targetInstances":{}}""");

    [Fact]
    public Task Text_that_is_not_plain_is_escaped() => Sends(
        client => client.CreateDeploymentAsync(new CreateDeploymentRequest { Description = "héllo “quote\" <b>&'+` \\ / \t\n\u2028 😀" }),
        """{"description":"h\u00E9llo \u201Cquote\u0022 \u003Cb\u003E\u0026\u0027\u002B\u0060 \\ / \t\n\u2028 \uD83D\uDE00"}""");

    [Fact]
    public Task GetDeployment() => Sends(
        client => client.GetDeploymentAsync(new GetDeploymentRequest { DeploymentId = "d-ABCDEF123" }),
        """{"deploymentId":"d-ABCDEF123"}""");

    [Fact]
    public Task BatchGetDeployments() => Sends(
        client => client.BatchGetDeploymentsAsync(new BatchGetDeploymentsRequest { DeploymentIds = ["d-1", "d-2"] }),
        """{"deploymentIds":["d-1","d-2"]}""");

    [Fact]
    public Task ListDeployments_within_a_time_range_in_whole_seconds() => Sends(
        client => client.ListDeploymentsAsync(new ListDeploymentsRequest
        {
            ApplicationName = "my-app",
            DeploymentGroupName = "production",
            ExternalId = "stack",
            IncludeOnlyStatuses = [DeploymentStatus.Created, DeploymentStatus.Queued, "InProgress"],
            CreateTimeRange = new TimeRange
            {
                Start = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc),
                End = new DateTime(2026, 1, 2, 4, 0, 0, 321, DateTimeKind.Utc),
            },
            NextToken = "p2",
        }),
        """
        {"applicationName":"my-app","createTimeRange":{"end":1767326400,"start":1767323046},"deploymentGroupName":"production","externalId":"stack",
        "includeOnlyStatuses":["Created","Queued","InProgress"],"nextToken":"p2"}
        """);

    [Fact]
    public Task StopDeployment() => Sends(
        client => client.StopDeploymentAsync(new StopDeploymentRequest { DeploymentId = "d-ABCDEF123", AutoRollbackEnabled = true }),
        """{"autoRollbackEnabled":true,"deploymentId":"d-ABCDEF123"}""");

    [Fact]
    public Task ContinueDeployment() => Sends(
        client => client.ContinueDeploymentAsync(
            new ContinueDeploymentRequest { DeploymentId = "d-ABCDEF123", DeploymentWaitType = DeploymentWaitType.READY_WAIT }),
        """{"deploymentId":"d-ABCDEF123","deploymentWaitType":"READY_WAIT"}""");

    [Fact]
    public Task ListDeploymentTargets_with_its_filters_in_the_order_given() => Sends(
        client => client.ListDeploymentTargetsAsync(new ListDeploymentTargetsRequest
        {
            DeploymentId = "d-ABCDEF123",
            NextToken = "tok+/=",
            TargetFilters = new() { [TargetFilterName.TargetStatus] = ["Failed", "InProgress"], [TargetFilterName.ServerInstanceLabel] = ["Blue"] },
        }),
        """{"deploymentId":"d-ABCDEF123","nextToken":"tok\u002B/=","targetFilters":{"TargetStatus":["Failed","InProgress"],"ServerInstanceLabel":["Blue"]}}""");

    [Fact]
    public Task BatchGetDeploymentTargets() => Sends(
        client => client.BatchGetDeploymentTargetsAsync(new BatchGetDeploymentTargetsRequest { DeploymentId = "d-ABCDEF123", TargetIds = ["i-1", "i-2"] }),
        """{"deploymentId":"d-ABCDEF123","targetIds":["i-1","i-2"]}""");

    [Fact]
    public Task GetDeploymentGroup() => Sends(
        client => client.GetDeploymentGroupAsync(new GetDeploymentGroupRequest { ApplicationName = "my-app", DeploymentGroupName = "production" }),
        """{"applicationName":"my-app","deploymentGroupName":"production"}""");

    [Fact]
    public Task BatchGetDeploymentGroups() => Sends(
        client => client.BatchGetDeploymentGroupsAsync(new BatchGetDeploymentGroupsRequest { ApplicationName = "my-app", DeploymentGroupNames = ["a", "b"] }),
        """{"applicationName":"my-app","deploymentGroupNames":["a","b"]}""");

    [Fact]
    public Task ListDeploymentGroups() => Sends(
        client => client.ListDeploymentGroupsAsync(new ListDeploymentGroupsRequest { ApplicationName = "my-app", NextToken = "p2" }),
        """{"applicationName":"my-app","nextToken":"p2"}""");

    [Fact]
    public Task GetApplication() => Sends(
        client => client.GetApplicationAsync(new GetApplicationRequest { ApplicationName = "my-app" }),
        """{"applicationName":"my-app"}""");

    [Fact]
    public Task GetDeploymentConfig() => Sends(
        client => client.GetDeploymentConfigAsync(new GetDeploymentConfigRequest { DeploymentConfigName = "CodeDeployDefault.OneAtATime" }),
        """{"deploymentConfigName":"CodeDeployDefault.OneAtATime"}""");

    [Fact]
    public Task RegisterApplicationRevision() => Sends(
        client => client.RegisterApplicationRevisionAsync(
            new RegisterApplicationRevisionRequest { ApplicationName = "my-app", Description = "rev", Revision = Commit }),
        """
        {"applicationName":"my-app","description":"rev",
        "revision":{"gitHubLocation":{"commitId":"6dcb09b5b57875f334f61aebed695e2e4193db5e","repository":"octo/app"},"revisionType":"GitHub"}}
        """);

    [Fact]
    public Task GetApplicationRevision() => Sends(
        client => client.GetApplicationRevisionAsync(new GetApplicationRevisionRequest { ApplicationName = "my-app", Revision = Commit }),
        """
        {"applicationName":"my-app",
        "revision":{"gitHubLocation":{"commitId":"6dcb09b5b57875f334f61aebed695e2e4193db5e","repository":"octo/app"},"revisionType":"GitHub"}}
        """);

    /// <summary>The lines of the body are there to be read; on the wire it is one.</summary>
    private static async Task Sends(Func<IAmazonCodeDeploy, Task> call, string body)
    {
        await using var server = new RawServer(Answer.Json("{}"));
        using var client = Some.Client(server);

        await call(client);

        server.Requests.Should().ContainSingle().Which.Body.Should().Be(body.ReplaceLineEndings(""));
    }
}
