using MacroPortfolio.EndToEnd.Tests.Harness;
using MacroPortfolio.EndToEnd.Tests.Metadata;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>The environment as the runner really passes it to a container action: every declared input is there, an empty one where neither the workflow nor the action says anything.</summary>
public sealed class RunnerEnvironmentTests(Cloud cloud) : IClassFixture<Cloud>
{
    /// <summary>https://github.com/actions/runner/blob/v2.336.0/src/Runner.Worker/GitHubContext.cs</summary>
    private static readonly string[] Allowed =
    [
        "ACTION", "ACTION_PATH", "ACTION_REF", "ACTION_REPOSITORY", "ACTOR", "ACTOR_ID", "API_URL", "ARTIFACTS", "BASE_REF", "ENV", "EVENT_NAME", "EVENT_PATH", "GRAPHQL_URL", "HEAD_REF", "JOB",
        "OUTPUT", "PATH", "REF", "REF_NAME", "REF_PROTECTED", "REF_TYPE", "REPOSITORY", "REPOSITORY_ID", "REPOSITORY_OWNER", "REPOSITORY_OWNER_ID", "RETENTION_DAYS", "RUN_ATTEMPT", "RUN_ID",
        "RUN_NUMBER", "SERVER_URL", "SHA", "STATE", "STEP_SUMMARY", "TRIGGERING_ACTOR", "WORKFLOW", "WORKFLOW_REF", "WORKFLOW_SHA", "WORKSPACE",
    ];

    [Fact]
    public async Task Every_verb_takes_empty_inputs_for_inputs_that_are_not_given()
    {
        var application = cloud.TakeApplication();
        (string Verb, string Commit, string Given)[] runs =
        [
            ("deploy", "v1", "deployment-group=gray\nstable"),
            ("gray", "v2", ""),
            ("promote", "v3", ""),
            ("rollback", "v3", "reason=it is slow"),
            ("status", "v3", ""),
        ];

        foreach (var (verb, commit, given) in runs)
        {
            var step = await AsTheRunner(await cloud.JobAsync(commit, "production"), verb, application, given).RunAsync(verb);

            (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0} {1}", verb, step);
            step.Log.Errors.Concat(step.Log.Warnings).Should().BeEmpty();
            step.Errors.Should().BeEmpty();
        }
    }

    [Fact]
    public async Task A_required_input_that_is_empty_is_missing()
    {
        var step = await AsTheRunner(cloud.FirstJob, "deploy", cloud.Plain, "").Input("application", "").RunAsync("deploy");

        (step.ExitCode, step.Outcome).Should().Be((2, "bad-input"), "{0}", step);
        step.Log.Errors.Select(error => error.Data).Should().HaveCount(2).And.OnlyContain(error => error.Contains("is missing"));
    }

    /// <param name="given">What the workflow's <c>with:</c> says besides the application and the role, as <c>name=value</c>.</param>
    private static Job AsTheRunner(Job job, string verb, Application application, string given)
    {
        foreach (var name in Allowed.Select(name => $"GITHUB_{name}").Where(name => !job.Environment.ContainsKey(name)))
        {
            job = job.With(name, "");
        }

        foreach (var (name, input) in Repository.ReadYaml(Repository.PathOfAction(verb))["inputs"].Pairs)
        {
            job = name == "github-token" ? job : job.Input(name, input["default"].Text ?? "");
        }

        // A proxy that nobody answers at, and the addresses that are reached without it.
        foreach (var name in new[] { "HTTP_PROXY", "HTTPS_PROXY" })
        {
            job = job.With(name, "http://127.0.0.1:9").With(name.ToLowerInvariant(), "http://127.0.0.1:9");
        }

        job = job.With("NO_PROXY", "127.0.0.1,localhost").With("no_proxy", "127.0.0.1,localhost").With("RUNNER_DEBUG", "1").For(application, World.ProductionRole);
        return given.Split('=', 2) is [var more, var value] ? job.Input(more, value) : job;
    }
}
