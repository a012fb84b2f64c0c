using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>A dry run reads, and tells what the run would do; it writes nothing but the runner's own files.</summary>
public sealed class DryRunTests(Cloud cloud) : IClassFixture<Cloud>
{
    private static readonly string[] Reads = ["GET ", "Get", "List", "BatchGet", "AssumeRole"];

    [Fact]
    public async Task No_verb_writes_and_each_tells_the_requests_that_it_would_send()
    {
        var application = cloud.TakeApplication();
        await RunAsync("v1", application, "deploy", "--deployment-group", "gray", "--deployment-group", "stable");
        (string Commit, string[] Words)[] runs =
        [
            ("v2", ["deploy", "--deployment-group", "gray", "--deployment-group", "stable", .. EveryOption]),
            ("v3", ["gray"]),
            ("v3", ["promote"]),
            ("v3", ["rollback", "--reason", "it's `slow` on $HOME"]),
        ];

        foreach (var (commit, words) in runs)
        {
            var job = (await cloud.JobAsync(commit, "production")).For(application, World.ProductionRole);
            var dry = await job.RunAsync([.. words, "--dry-run"]);
            var real = await job.RunAsync(words);

            (dry.ExitCode, dry.Outcome, real.ExitCode).Should().Be((0, "planned", 0), "{0}{1}", dry, real);
            dry.Requests.Should().OnlyContain(request => Reads.Any(read => request.Operation.StartsWith(read, StringComparison.Ordinal)));
            dry.Log.Errors.Concat(dry.Log.Warnings).Should().BeEmpty();
            var requests = await Task.WhenAll(dry.Record["deployments"]!.AsArray().Select(deployment => RequestOfAsync(deployment!["command"]!.ToString())));
            real.Creates.Should().HaveSameCount(requests).And.NotBeEmpty();
            real.Creates.Zip(requests).Should().OnlyContain(pair => JsonNode.DeepEquals(pair.First.Request, pair.Second), "{0} {1}", words[0], string.Join('\n', real.Creates.Zip(requests)));
        }
    }

    [Fact]
    public async Task It_says_on_which_pull_requests_the_comment_would_be_kept_and_keeps_none()
    {
        var application = cloud.TakeApplication();

        var step = await (await cloud.JobAsync("v2")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--dry-run");

        (step.ExitCode, step.Outcome).Should().Be((0, "planned"), "{0}", step);
        step.Log.Text.Should().Contain("The comment would be kept on pull request #12.");
        step.Record["pullRequests"]!.AsArray().Select(number => (int)number!).Should().Equal(12);
        (await GitHub.SendAsync(cloud.FirstJob, HttpMethod.Get, "issues/12/comments?per_page=100")).ToJsonString().Should().NotContain($"comment for {application.Name} ");
    }

    [Fact]
    public async Task The_command_can_be_copied_from_the_log_and_from_the_summary()
    {
        var step = await (await cloud.JobAsync("v2")).For(cloud.TakeApplication()).RunAsync("gray", "--dry-run");

        var command = step.Record["deployments"]![0]!["command"]!.ToString();
        step.Output.Should().Contain("::group::The same with the aws CLI (for bash, with the credentials of the same role)\n").And.Contain($"\n{command}\n");
        step.Log.Shown.Where(line => line.Length > 0).Should().EndWith(command.Split('\n'), "nothing else stands behind it");
        step.Summary.Should().Contain($"```text\n{command}\n```");
    }

    [Fact]
    public async Task What_would_be_held_is_said_and_has_no_command()
    {
        var step = await (await cloud.JobAsync("v2", "production")).For(cloud.TakeApplication(), World.ProductionRole).RunAsync("promote", "--dry-run");

        (step.ExitCode, step.Outcome).Should().Be((5, "held"), "{0}", step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().StartWith("Dry run: this would be held, and nothing created. gray has no deployment");
        step.Output.Should().NotContain("aws deploy");
        step.Creates.Should().BeEmpty();
    }

    [Fact]
    public async Task What_would_be_refused_is_said()
    {
        var step = await (await cloud.JobAsync("v2", "production")).For(cloud.TakeApplication(), World.ProductionRole).RunAsync("rollback", "--dry-run");

        (step.ExitCode, step.Outcome).Should().Be((1, "failed"), "{0}", step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().StartWith("Dry run: this would fail, and nothing be created. No stage has a deployment");
    }

    [Fact]
    public async Task What_would_be_stopped_goes_on_and_the_command_stops_it()
    {
        var application = cloud.TakeApplication();
        await RunAsync("v1", application, "gray");
        var held = await (await cloud.JobAsync("held")).For(application).RunAsync("gray", "--timeout", "1s");

        var step = await (await cloud.JobAsync("v1")).For(application).RunAsync("rollback", "--stage", "gray", "--dry-run");
        cloud.Release(application);

        (held.ExitCode, step.ExitCode, step.Outcome).Should().Be((3, 0, "planned"), "{0}", step);
        step.Requests.Of("StopDeployment").Should().BeEmpty();
        step.Record["deployments"]![0]!["command"]!.ToString().Should().StartWith($"aws deploy stop-deployment \\\n  --region {World.Region} \\\n  --deployment-id {held.DeploymentId}\naws deploy wait deployment-successful ");
    }

    [Fact]
    public async Task A_deployment_that_exists_is_shown_and_not_watched()
    {
        var application = cloud.TakeApplication();
        var first = await RunAsync("v1", application, "gray");

        var step = await (await cloud.JobAsync("v1")).For(application).RunAsync("deploy", "--deployment-id", first.DeploymentId, "--dry-run");

        (step.ExitCode, step.Outcome).Should().Be((0, "planned"), "{0}", step);
        step.Record["reason"]!.ToString().Should().StartWith($"Nothing would be created: {first.DeploymentId} exists already and would be watched.");
        step.Record["deployments"]![0]!["command"]!.ToString().Should().Be($"aws deploy get-deployment \\\n  --region {World.Region} \\\n  --deployment-id {first.DeploymentId}");
    }

    [Fact]
    public async Task Status_takes_it_and_writes_nothing_as_ever()
    {
        var step = await cloud.FirstJob.For(cloud.Plain, World.StatusRole).RunAsync("status", "--dry-run");

        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
    }

    private static string[] EveryOption =>
    [
        "--description", "Ω 'quoted' \"twice\" $(id) `id` \\ !\n::error::second ##[error]line", "--deployment-config", "CodeDeployDefault.OneAtATime", "--file-exists-behavior", "OVERWRITE",
        "--ignore-application-stop-failures", "--update-outdated-instances-only", "--auto-rollback", "DEPLOYMENT_FAILURE\nDEPLOYMENT_STOP_ON_ALARM",
    ];

    private async Task<StepResult> RunAsync(string commit, Application application, params string[] words)
    {
        var step = await (await cloud.JobAsync(commit)).For(application).RunAsync([.. words, "--comment", "false"]);
        step.ExitCode.Should().Be(0, "{0}", step);
        return step;
    }

    /// <summary>The request that the aws CLI would send for a command, as bash hands its words over. That the CLI itself does so is held by tests/foreign/dry-run.</summary>
    private static async Task<JsonObject> RequestOfAsync(string command)
    {
        var words = (await Shell.RunAsync("/", $"aws() {{ printf '%s\\0' \"$@\"; }}\n{command}\n", "bash", "-s")).Split('\0')[..^1];
        words[..2].Should().Equal("deploy", "create-deployment");
        var request = new JsonObject();
        for (var at = 2; at < words.Length; at++)
        {
            var name = System.Text.RegularExpressions.Regex.Replace(words[at][2..], "-(.)", match => match.Groups[1].Value.ToUpperInvariant());
            JsonNode? value = at + 1 == words.Length || words[at + 1].StartsWith("--", StringComparison.Ordinal) ? true : words[++at];
            if (name != "region")
            {
                request[name] = name is "revision" or "autoRollbackConfiguration" ? JsonNode.Parse(value!.ToString()) : value;
            }
        }

        return request;
    }
}
