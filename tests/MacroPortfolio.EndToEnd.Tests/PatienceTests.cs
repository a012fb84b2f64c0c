using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>Services that fail for a while: the outcome is the truth, and there is one deployment.</summary>
public sealed class PatienceTests(PatienceTests.RoomyCloud cloud) : IClassFixture<PatienceTests.RoomyCloud>
{
    public sealed class RoomyCloud() : Cloud(40);

    /// <summary>Whatever the run asks is struck once, so that every operation meets it.</summary>
    [Theory]
    [InlineData("throttled")]
    [InlineData("status", 500)]
    [InlineData("status", 502)]
    [InlineData("status", 503)]
    [InlineData("refused")]
    [InlineData("reset-after-read")]
    [InlineData("answer-lost")]
    [InlineData("truncated")]
    [InlineData("halved")]
    [InlineData("empty")]
    public async Task Every_request_to_AWS_that_fails_once_is_made_good(string kind, int? status = null)
    {
        var application = cloud.TakeApplication();
        var operations = await OperationsAsync();

        await cloud.FaultsAsync([.. operations.Select(asked => Fault(asked.Service, asked.Operation, kind, 1, status))]);
        var step = await RunAsync(application, "v2");
        await cloud.ClearFaultsAsync();

        operations.Should().HaveCountGreaterThan(7);
        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        await ShouldHaveOneAsync(application, step);
    }

    [Theory]
    [InlineData("throttled")]
    [InlineData("status", 503)]
    [InlineData("reset-after-read")]
    public async Task CodeDeploy_that_fails_for_a_while_is_waited_for(string kind, int? status = null)
    {
        var application = cloud.TakeApplication();

        await cloud.FaultsAsync(
            Fault("codedeploy", "CreateDeployment", kind, 3, status), Fault("codedeploy", "GetDeployment", kind, 7, status), Fault("codedeploy", "ListDeployments", kind, 7, status));
        var step = await RunAsync(application, "v2");
        await cloud.ClearFaultsAsync();

        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        step.Log.Text.Should().Contain("sking again");
        await ShouldHaveOneAsync(application, step);
    }

    [Fact]
    public async Task A_created_deployment_whose_answer_is_lost_every_time_is_found()
    {
        var application = cloud.TakeApplication();

        await cloud.FaultsAsync(Fault("codedeploy", "CreateDeployment", "answer-lost"));
        var step = await RunAsync(application, "v2");
        await cloud.ClearFaultsAsync();

        (step.ExitCode, step.Outcome, step.Creates.Count).Should().Be((0, "succeeded", 1), "{0}", step);
        await ShouldHaveOneAsync(application, step);
    }

    [Fact]
    public async Task GitHub_that_fails_fails_no_deployment()
    {
        var application = cloud.TakeApplication();

        await cloud.FaultsAsync(new JsonObject { ["service"] = "github", ["kind"] = "status", ["status"] = 502 });
        var step = await RunAsync(application, "v2");
        await cloud.ClearFaultsAsync();

        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        step.Log.Warnings.Select(warning => warning.Data).Should().HaveCount(2).And.ContainMatch("*comment could not be written*").And.ContainMatch("*could not be written to GitHub's deployments*");
    }

    [Fact]
    public async Task A_status_that_nobody_knows_is_shown_and_is_no_success()
    {
        var application = cloud.TakeApplication();
        using var door = new Door(cloud) { Twist = ("Succeeded", "Excellent") };

        var step = await door.Of((await cloud.JobAsync("v2")).For(application)).RunAsync("deploy", "--deployment-group", "gray", "--timeout", "3s", "--comment", "false");

        (step.ExitCode, step.Outcome, step.Outputs["status"]).Should().Be((3, "still-running", "Excellent"), "{0}", step);
        step.Log.Text.Should().Contain("Excellent").And.NotContain("ucceeded");
    }

    [Theory]
    [InlineData("GetDeployment", "DeploymentDoesNotExistException", "no longer knows the deployment")]
    [InlineData("CreateDeployment", "DeploymentGroupDoesNotExistException", "gray")]
    public async Task What_disappears_in_the_middle_is_told(string operation, string error, string words)
    {
        var application = cloud.TakeApplication();

        await cloud.FaultsAsync(new JsonObject { ["service"] = "codedeploy", ["operation"] = operation, ["kind"] = "error", ["error"] = error });
        var step = await RunAsync(application, "v2", "--comment", "false");
        await cloud.ClearFaultsAsync();

        (step.ExitCode, step.Outcome).Should().Be((1, "failed"), "{0}", step);
        step.Log.Errors.Should().Contain(problem => problem.Data.Contains(words), "{0}", step);
    }

    [Fact]
    public async Task A_group_that_is_deleted_while_a_run_waits_for_it_is_told()
    {
        var application = cloud.TakeApplication();
        var laptop = new Laptop(cloud);
        await laptop.DeployAsync(application, "gray", "held");
        using var door = new Door(cloud);
        var step = door.Of((await cloud.JobAsync("v2")).For(application)).Start("deploy", "--deployment-group", "gray", "--comment", "false");
        await door.AskedAsync("GetDeployment");

        await laptop.CodeDeployAsync("DeleteDeploymentGroup", new() { ["applicationName"] = application.Name, ["deploymentGroupName"] = "gray" });
        cloud.Release(application);
        var ended = await step.EndAsync();

        (ended.ExitCode, ended.Outcome).Should().Be((1, "failed"), "{0}", ended);
        ended.Log.Errors.Should().ContainSingle("{0}", ended).Which.Data.Should().Contain("gray");
        door.Asked.Count(point => point.Operation == "CreateDeployment").Should().BeLessThan(2);
    }

    /// <summary>What a run that nobody disturbs asks of AWS.</summary>
    private async Task<IReadOnlyList<(string Service, string Operation)>> OperationsAsync()
    {
        var step = await RunAsync(cloud.TakeApplication(), "v1");
        return [.. step.Requests.Where(request => request.Service is "oidc" or "sts" or "codedeploy").Select(request => (request.Service, request.Operation)).Distinct()];
    }

    private async Task<StepResult> RunAsync(Application application, string commit, params string[] words) =>
        await (await cloud.JobAsync(new JsonObject { ["sha"] = commit, ["environment"] = "gray" })).For(application).RunAsync(["deploy", "--deployment-group", "gray", .. words]);

    private async Task ShouldHaveOneAsync(Application application, StepResult step)
    {
        var deployment = (await new Laptop(cloud).DeploymentsAsync(application, "gray")).Should().ContainSingle("{0}", step).Subject;
        (deployment["deploymentId"]!.ToString(), deployment["status"]!.ToString()).Should().Be((step.DeploymentId, "Succeeded"));
    }

    private static JsonObject Fault(string service, string operation, string kind, int? times = null, int? status = null)
    {
        var fault = new JsonObject { ["service"] = service, ["operation"] = operation, ["kind"] = kind };
        if (times is { } limit)
        {
            fault["times"] = limit;
        }

        if (status is { } code)
        {
            fault["status"] = code;
        }

        return fault;
    }
}
