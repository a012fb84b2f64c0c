using MacroPortfolio.EndToEnd.Tests.Harness;
using MacroPortfolio.EndToEnd.Tests.Metadata;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>The first thing in the README, run by the runner's rules with what it says and nothing more.</summary>
public sealed class SmallestUseTests(Cloud cloud) : IClassFixture<Cloud>
{
    private readonly Yaml action = Repository.ReadYaml("action.yml");

    [Fact]
    public async Task It_deploys_without_a_checkout()
    {
        var job = await JobAsync();

        var step = await job.RunAsync([.. action["runs"]["args"].Items.Select(word => word.Text!)]);

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Requests.Where(request => request.Service != "github").Select(request => request.Operation).Should().ContainInOrder(
            "GET /_actions/idtoken/{run}/{attempt}", "AssumeRoleWithWebIdentity", "GetDeploymentGroup", "CreateDeployment", "GetDeployment");
        step.Requests.Should().OnlyContain(request => request.Status == 200 || request.Service == "github");
        cloud.Plain.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v1"));
        cloud.Plain.Stable.Should().OnlyContain(instance => cloud.PageOf(instance) == null);
        ShouldHaveOutputs(step);
    }

    private void ShouldHaveOutputs(StepResult step)
    {
        step.Outputs.Keys.Should().BeEquivalentTo(
            "outcome", "deployment-id", "deployment-ids", "revision", "previous-revision", "status", "console-url", "duration-seconds", "failed-instances",
            "result");
        step.Outcome.Should().Be("succeeded");
        step.DeploymentId.Should().MatchRegex("^d-[A-Z0-9]{9}$");
        step.Outputs["deployment-ids"].Should().Be(step.DeploymentId);
        step.Outputs["revision"].Should().Be(cloud.Revision("v1"));
        step.Outputs["previous-revision"].Should().BeEmpty();
        step.Outputs["status"].Should().Be("Succeeded");
        step.Outputs["console-url"].Should().Be(
            $"https://{World.Region}.console.aws.amazon.com/codesuite/codedeploy/deployments/{step.DeploymentId}?region={World.Region}");
        step.Outputs["duration-seconds"].Should().MatchRegex("^[0-9]+$");
        step.Outputs["failed-instances"].Should().Be("0");
        step.Outputs["result"].Should().NotContain("\n");
        (step.Record["outcome"]!.ToString(), step.Record["exitCode"]!.GetValue<int>(), step.Record["schema"]!.GetValue<int>()).Should().Be(("succeeded", 0, 1));
        step.State["settled"].Should().Be("succeeded", "the post stage has nothing to do then");
        step.Errors.Should().BeEmpty();
    }

    /// <summary>The job that the workflow describes: its permissions, its environment, its inputs with the action's defaults, and an empty workspace.</summary>
    private async Task<Job> JobAsync()
    {
        var workflow = Repository.ReadYaml("workflows/smallest.yml");
        var described = workflow["jobs"]["deploy"];
        var permissions = described["permissions"];
        permissions.Keys.Should().BeEquivalentTo("id-token", "contents");
        var job = await cloud.JobAsync(
            "v1", "gray", "--id-token", permissions["id-token"].Text!, "--token-permissions", $"contents={permissions["contents"].Text}");
        job = job.With("GITHUB_WORKSPACE", Directory.CreateDirectory(Path.Combine(job["RUNNER_WORKSPACE"], "empty")).FullName);
        job = workflow["env"].Pairs.Aggregate(job, (given, variable) => given.With(variable.Key, variable.Value.Text!));
        job = action["inputs"].Pairs.Aggregate(job, (given, input) => given.Input(input.Key, Value(input.Value["default"].Text ?? "", job)));
        return described["steps"].Items.Single()["with"].Pairs.Aggregate(job, (given, input) => given.Input(input.Key, Value(input.Value.Text!, job)));
    }

    /// <summary>The two expressions that are used, as GitHub evaluates them.</summary>
    private static string Value(string text, Job job) => text
        .Replace("${{ secrets.IAMROLE_GITHUB_ARN }}", World.GrayRole, StringComparison.Ordinal)
        .Replace("${{ github.token }}", job.GitHubToken, StringComparison.Ordinal);
}
