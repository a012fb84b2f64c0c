using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>Which commit a run is about, and whose pull request is told: by the event that started it. All of GitHub's examples of events are tried in tests/foreign/events.</summary>
public sealed class EventTests(Cloud cloud) : IClassFixture<Cloud>
{
    private static int files;

    [Fact]
    public async Task A_review_deploys_the_pull_requests_head_and_tells_that_pull_request()
    {
        var application = cloud.TakeApplication();
        var job = (await cloud.JobAsync("feature", "gray", "--event", "pull_request", "--ref", "refs/pull/14/merge")).With("GITHUB_EVENT_NAME", "pull_request_review");

        var step = await job.For(application).RunAsync("deploy", "--deployment-group", "gray");

        (step.ExitCode, step.Outputs["revision"]).Should().Be((0, cloud.Revision("feature")), "{0}", step);
        (await ToldAsync(application)).Should().Equal(14);
        step.Requests.Of("GET /repos/{owner}/{repo}/commits/{ref}/pulls").Should().BeEmpty("the event has said which one it is");
    }

    [Fact]
    public async Task After_a_workflow_of_the_default_branch_the_commit_that_it_ran_on_is_deployed()
    {
        var application = cloud.TakeApplication();
        var job = await EventAsync("v3", "workflow_run", Run("v2", "main"));

        var step = await job.For(application).RunAsync("deploy", "--deployment-group", "gray");

        (step.ExitCode, step.Outputs["revision"]).Should().Be((0, cloud.Revision("v2")), "{0}", step);
        (await ToldAsync(application)).Should().Equal(12);
    }

    [Theory]
    [InlineData("deploy", "--deployment-group", "gray")]
    [InlineData("gray")]
    [InlineData("promote", "--revision", "github")]
    [InlineData("rollback", "--to", "github")]
    public async Task After_a_workflow_of_another_branch_nothing_is_deployed_unless_it_is_named(params string[] words)
    {
        var job = await EventAsync("v3", "workflow_run", Run("feature", "feature"));

        var step = await job.For(cloud.Plain).RunAsync(words);

        (step.ExitCode, step.Outcome).Should().Be((2, "bad-input"), "{0}", step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().ContainAll("'feature'", cloud.Revision("feature"), "refs/heads/main");
        step.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_comment_on_a_pull_request_deploys_what_is_named_and_tells_that_pull_request()
    {
        var application = cloud.TakeApplication();
        var job = (await EventAsync("v3", "issue_comment", new JsonObject
        {
            ["issue"] = new JsonObject { ["number"] = 14, ["pull_request"] = new JsonObject() },
            ["comment"] = new JsonObject { ["body"] = "/deploy" },
        })).For(application);

        var unnamed = await job.RunAsync("deploy", "--deployment-group", "gray");
        var named = await job.RunAsync("deploy", "--deployment-group", "gray", "--revision", cloud.Revision("feature"));

        (unnamed.ExitCode, named.ExitCode).Should().Be((2, 0), "{0}", named);
        unnamed.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain("pull request #14");
        (await ToldAsync(application)).Should().Equal(14);
    }

    [Fact]
    public async Task A_run_on_one_pull_request_that_deploys_anothers_commit_tells_the_other()
    {
        var application = cloud.TakeApplication();
        var job = await cloud.JobAsync("feature", "gray", "--event", "pull_request", "--ref", "refs/pull/14/merge");

        var step = await job.For(application).RunAsync("deploy", "--deployment-group", "gray", "--revision", cloud.Revision("v2"));

        step.ExitCode.Should().Be(0, "{0}", step);
        (await ToldAsync(application)).Should().Equal(12);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{ "pull_request": { "head": { "sha": "$(id)\n::error::x" } } }""")]
    public async Task An_event_that_cannot_be_read_is_one_word_and_no_guess(string payload)
    {
        var job = (await cloud.JobAsync("feature", "gray", "--event", "pull_request", "--ref", "refs/pull/14/merge")).For(cloud.Plain);
        var file = $"{job["GITHUB_EVENT_PATH"]}.{Interlocked.Increment(ref files)}";
        await File.WriteAllTextAsync(file, payload);

        var step = await job.With("GITHUB_EVENT_PATH", file).RunAsync("deploy", "--deployment-group", "gray");

        (step.ExitCode, step.Outcome).Should().Be((2, "bad-input"), "{0}", step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain("pull_request");
        step.Requests.Should().BeEmpty();
        step.Errors.Should().BeEmpty();
    }

    private JsonObject Run(string commit, string branch) => new()
    {
        ["workflow_run"] = new JsonObject
        {
            ["head_sha"] = cloud.Commit(commit),
            ["head_branch"] = branch,
            ["head_repository"] = new JsonObject { ["full_name"] = World.Repository },
            ["pull_requests"] = new JsonArray(),
        },
    };

    private async Task<Job> EventAsync(string commit, string name, JsonObject payload)
    {
        var job = await cloud.JobAsync(commit, "gray", "--event", name, "--ref", "refs/heads/main");
        await File.WriteAllTextAsync(job["GITHUB_EVENT_PATH"], payload.ToJsonString());
        return job;
    }

    /// <summary>The pull requests that have the application's comment.</summary>
    private async Task<IReadOnlyList<int>> ToldAsync(Application application)
    {
        var told = new List<int>();
        foreach (var number in new[] { 12, 13, 14, 15 })
        {
            var comments = await GitHub.SendAsync(cloud.FirstJob, HttpMethod.Get, $"issues/{number}/comments?per_page=100");
            told.AddRange(comments.ToJsonString().Contains($"comment for {application.Name} ") ? [number] : []);
        }

        return told;
    }
}
