using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>
/// Every secret of a run is looked for everywhere that a run leaves something: both streams, the runner's files, the workspace, the temporary folders, HOME, the
/// instances, and all that was sent but for what carries it by design. It is found as the data of the commands that hide it, and nowhere else.
/// </summary>
public sealed class CanaryTests(Cloud cloud) : IClassFixture<Cloud>
{
    private const string HookSecret = "hook-pa55:word/with+some&signs=é\"<x>\\y";

    [Theory]
    [InlineData("v1", 0)]
    [InlineData("broken", 1)]
    [InlineData("hostile", 1)]
    public async Task After_a_deployment_that_succeeds_or_fails(string commit, int exit)
    {
        using var recorder = new Recorder(cloud);
        var job = recorder.Before(await JobAsync(commit));

        var step = await job.RunAsync("deploy", "--deployment-group", "gray", "--result-file", "result.json");

        step.ExitCode.Should().Be(exit, "{0}", step);
        Search(job, recorder, step).Secrets.Should().HaveCount(6, "two tokens of the job, the ID token, and three of the session");
    }

    [Fact]
    public async Task After_a_watch_with_many_sessions_none_of_which_was_used_when_it_was_over()
    {
        using var recorder = new Recorder(cloud) { SessionsLast = TimeSpan.FromSeconds(9) };
        var application = cloud.TakeApplication();
        var job = recorder.Before(await JobAsync("held", application));

        var running = job.Start("deploy", "--deployment-group", "gray");
        await cloud.UntilAsync(() => recorder.Passages.Count(passage => passage.Answer.Contains("<SessionToken>", StringComparison.Ordinal)) > 3, "there are four sessions");
        cloud.Release(application);
        var step = await running.EndAsync();

        (step.ExitCode, recorder.Late, step.Creates.Count).Should().Be((0, 0, 1), "{0}", step);
        step.Log.Masked.Where(value => value.StartsWith("ASIA", StringComparison.Ordinal)).Should().HaveCountGreaterThan(3).And.OnlyHaveUniqueItems();
        step.Log.Masked.Where(value => value.StartsWith("eyJ", StringComparison.Ordinal)).Should().HaveCountGreaterThan(3).And.OnlyHaveUniqueItems("each session has a token of its own");
        Search(job, recorder, step);
    }

    [Fact]
    public async Task After_a_watch_whose_sessions_end_before_their_time()
    {
        using var recorder = new Recorder(cloud) { SessionsLast = TimeSpan.FromSeconds(4), SaysTheEnd = false };
        var application = cloud.TakeApplication();
        var job = recorder.Before(await JobAsync("held", application));

        var running = job.Start("deploy", "--deployment-group", "gray");
        await cloud.UntilAsync(() => recorder.Late > 1, "two sessions have ended");
        cloud.Release(application);
        var step = await running.EndAsync();

        (step.ExitCode, step.Creates.Count).Should().Be((0, 1), "{0}", step);
        step.Log.Warnings.Should().BeEmpty();
        step.Output.Should().NotContain("xpired");
        Search(job, recorder, step);
    }

    [Fact]
    public async Task After_a_role_that_was_refused()
    {
        using var recorder = new Recorder(cloud);
        var job = recorder.Before((await cloud.JobAsync("v1", "staging")).For(cloud.Plain)).With("RUNNER_DEBUG", "1").With("ACTIONS_STEP_DEBUG", "true");

        var step = await job.RunAsync("deploy", "--deployment-group", "gray");

        step.ExitCode.Should().Be(4, "{0}", step);
        Search(job, recorder, step).Secrets.Values.Should().Contain("ID token");
    }

    [Fact]
    public async Task After_a_job_that_was_cancelled()
    {
        using var recorder = new Recorder(cloud);
        var application = cloud.TakeApplication();
        var job = recorder.Before(await JobAsync("held", application));
        var running = job.Start("deploy", "--deployment-group", "gray");
        await cloud.RequestAsync("GetDeployment", _ => true);

        await running.SignalAsync("INT");
        var step = await running.EndAsync();

        step.ExitCode.Should().Be(130, "{0}", step);
        Search(job, recorder, step);
        cloud.Release(application);
    }

    [Fact]
    public async Task After_bad_input()
    {
        using var recorder = new Recorder(cloud);
        var job = recorder.Before(await JobAsync("v1")).Input("timeout", "soon").Input("revision", "nonsense");

        var step = await job.RunAsync("deploy", "--deployment-group", "gray");

        step.ExitCode.Should().Be(2, "{0}", step);
        Search(job, recorder, step);
    }

    [Fact]
    public async Task After_a_log_that_cannot_be_written()
    {
        using var recorder = new Recorder(cloud);
        var job = recorder.Before(await JobAsync("v1"));

        // Nothing can be said on such a standard output, and what is deployed does not hang on what is said.
        var script = $"ulimit -c unlimited; exec \"$0\" \"$@\" > /dev/full";
        var step = await job.RunThroughAsync("bash", "-c", script, Programs.MacroPortfolio, "deploy", "--deployment-group", "gray");

        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        Search(job, recorder, step);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("")]
    public async Task After_AWS_has_answered_with_all_that_was_signed(string inActions)
    {
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html: the answer to a wrong signature has the canonical request in it.
        using var recorder = new Recorder(cloud)
        {
            Instead = asked => asked.SecurityToken.Length == 0 ? null
                : (403, $$"""{ "__type": "InvalidSignatureException", "message": "The Canonical String should have been 'POST\n/\nx-amz-security-token:{{asked.SecurityToken}}\n{{Uri.EscapeDataString(asked.SecurityToken)}}'" }"""),
        };
        var job = recorder.Before(await JobAsync("v1")).With("GITHUB_ACTIONS", inActions);
        if (inActions.Length == 0)
        {
            job = job.With("AWS_ACCESS_KEY_ID", World.AccessKey).With("AWS_SECRET_ACCESS_KEY", World.SecretKey).Without("ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN").Input("role-to-assume", World.LaptopRole);
        }

        var step = await job.RunAsync("deploy", "--deployment-group", "gray", "--result-file", "result.json");

        step.ExitCode.Should().Be(4, "{0}", step);
        step.Output.Should().Contain("x-amz-security-token:***");
        Search(job, recorder, step).Secrets.Values.Should().Contain("SessionToken");
    }

    [Fact]
    public async Task What_a_script_prints_is_said_where_the_runner_hides_it_and_so_that_it_can()
    {
        using var recorder = new Recorder(cloud);
        var application = cloud.TakeApplication();
        var job = recorder.Before(await JobAsync("telltale", application));
        var workflows = new Canaries();
        workflows.Add("script's secret", HookSecret);

        var step = await job.RunAsync("deploy", "--deployment-group", "gray");

        step.ExitCode.Should().Be(1, "{0}", step);
        step.Output.Should().Contain(HookSecret, "the script's own words are what people need");
        workflows.Masked(step.Output).Should().NotContainAny("pa55", "signs=");
        workflows.Masked(step.Summary).Should().NotContainAny("pa55", "signs=");
        recorder.Passages.Where(passage => passage.Path.Contains("/comments", StringComparison.Ordinal) && passage.Method != "GET").Should().NotBeEmpty("the change has a comment");
        recorder.Passages.SelectMany(passage => workflows.In(passage.Path, passage.Body)).Should().BeEmpty("nobody hides it in a comment");
    }

    private async Task<Job> JobAsync(string commit, Application? application = null) =>
        (await cloud.JobAsync(commit)).For(application ?? cloud.TakeApplication()).With("RUNNER_DEBUG", "1").With("ACTIONS_STEP_DEBUG", "true").With("ACTIONS_RUNNER_DEBUG", "true");

    private Canaries Search(Job job, Recorder recorder, StepResult step)
    {
        var canaries = Canaries.Of(job, recorder);
        var inActions = job.Environment.GetValueOrDefault("GITHUB_ACTIONS") == "true";
        var masks = canaries.Secrets.Keys.Select(value => $"::add-mask::{value}").ToHashSet();
        var shown = string.Join('\n', step.Output.Split('\n').Where(line => !(inActions && masks.Contains(line))));
        string[] folders = ["GITHUB_WORKSPACE", "RUNNER_TEMP", "HOME", "TMPDIR"];
        string[] files = ["GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_PATH"];

        string[] found =
        [
            .. canaries.In("standard output", shown),
            .. canaries.In("standard error", step.Errors),
            .. canaries.In("the summary", step.Summary),
            .. step.Outputs.Concat(step.State).SelectMany(pair => canaries.In(pair.Key, pair.Value)),
            .. folders.Where(job.Environment.ContainsKey).SelectMany(name => canaries.InFiles(job[name])),
            .. files.Where(job.Environment.ContainsKey).SelectMany(name => canaries.InFiles(Path.GetDirectoryName(job[name])!)),
            .. canaries.InFiles(Path.Combine(cloud.StateFolder, "instances")),
            .. recorder.Passages.SelectMany(passage => canaries.In($"{passage.Method} {passage.Path}", $"{passage.Path}\n{passage.Head}\n{(passage.CarriesToken ? "" : passage.Body)}")),
        ];

        found.Should().BeEmpty();
        step.Output.Split('\n').TakeWhile(line => line.StartsWith("::add-mask::", StringComparison.Ordinal)).Count()
            .Should().BeGreaterThanOrEqualTo(inActions && step.ExitCode is not 2 && step.Output.Length > 0 ? 2 : 0, "what could hold a secret is said after it is hidden");
        return canaries;
    }
}
