using Amazon.CodeDeploy.Model;
using Amazon.CodeDeploy.Tests.Server;

namespace Amazon.CodeDeploy.Tests;

/// <summary>Answers are read leniently, and nothing in them is made up.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData("1700000000", 0)]
    [InlineData("1700000000.5", 500)]
    [InlineData("1.7E9", 0)]
    [InlineData("\"2023-11-14T22:13:20Z\"", 0)]
    public async Task A_time_is_read_in_each_of_its_forms(string time, int milliseconds)
    {
        var info = await InfoAsync($$"""{"createTime":{{time}}}""");

        info.CreateTime.Should().Be(new DateTime(2023, 11, 14, 22, 13, 20, milliseconds, DateTimeKind.Utc)).And.BeIn(DateTimeKind.Utc);
    }

    [Fact]
    public async Task A_status_of_tomorrow_is_kept()
    {
        var info = await InfoAsync("""{"status":"Teleporting","errorInformation":{"code":"NEW_REASON"}}""");

        info.Status.Value.Should().Be("Teleporting");
        info.ErrorInformation.Code.Should().Be(new ErrorCode("NEW_REASON"));
        (info.Status == DeploymentStatus.Succeeded).Should().BeFalse();
    }

    [Fact]
    public async Task Null_and_absent_are_null_and_an_empty_list_is_empty()
    {
        var info = await InfoAsync(
            """{"status":null,"description":null,"rollbackInfo":null,"createTime":null,"deploymentStatusMessages":[],"loadBalancerInfo":{}}""");

        info.Status.Should().BeNull();
        info.Description.Should().BeNull();
        info.RollbackInfo.Should().BeNull();
        info.CreateTime.Should().BeNull();
        info.DeploymentOverview.Should().BeNull();
        info.IgnoreApplicationStopFailures.Should().BeNull();
        info.DeploymentStatusMessages.Should().BeEmpty();
        info.LoadBalancerInfo.Should().BeEquivalentTo(new LoadBalancerInfo());
    }

    [Fact]
    public async Task Numbers_and_flags_may_come_as_text()
    {
        var info = await InfoAsync("""{"ignoreApplicationStopFailures":"true","deploymentOverview":{"Failed":"3","Succeeded":4}}""");

        info.IgnoreApplicationStopFailures.Should().BeTrue();
        info.DeploymentOverview.Failed.Should().Be(3);
        info.DeploymentOverview.Succeeded.Should().Be(4);
    }

    [Fact]
    public async Task Text_is_read_as_it_was_meant()
    {
        var info = await InfoAsync("""{"description":"h\u00E9llo \u201Cquote\u0022 \ud83d\ude00 <b>&'"}""");

        info.Description.Should().Be("héllo “quote\" 😀 <b>&'");
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_content()
    {
        await using var server = new RawServer(Answer.Json("\uFEFF" + """{"deploymentId":"d-1"}"""));
        using var client = Some.Client(server);

        var response = await client.CreateDeploymentAsync(new CreateDeploymentRequest());

        response.DeploymentId.Should().Be("d-1");
    }

    [Fact]
    public async Task A_long_log_and_a_thousand_targets_are_read_whole()
    {
        var log = new string('x', 100_000);
        var targets = string.Join(',', Enumerable.Range(0, 1000).Select(i =>
            $$$"""{"instanceTarget":{"targetId":"i-{{{i}}}","lifecycleEvents":[{"diagnostics":{"logTail":"{{{(i == 999 ? log : "")}}}"}}]}}"""));
        await using var server = new RawServer(Answer.Json($$"""{"deploymentTargets":[{{targets}}]}"""));
        using var client = Some.Client(server);

        var response = await client.BatchGetDeploymentTargetsAsync(new BatchGetDeploymentTargetsRequest());

        response.DeploymentTargets.Select(target => target.InstanceTarget.TargetId).Should().Equal(Enumerable.Range(0, 1000).Select(i => $"i-{i}"));
        response.DeploymentTargets[^1].InstanceTarget.LifecycleEvents.Single().Diagnostics.LogTail.Should().Be(log);
    }

    private static async Task<DeploymentInfo> InfoAsync(string json)
    {
        await using var server = new RawServer(Answer.Json($$"""{"deploymentInfo":{{json}}}"""));
        using var client = Some.Client(server);
        return (await client.GetDeploymentAsync(new GetDeploymentRequest())).DeploymentInfo;
    }
}
