using System.Net;
using MacroPortfolio.Simulator.GitHub;

namespace MacroPortfolio.Simulator.Tests.GitHub;

public sealed class CheckTests : IDisposable
{
    private readonly GitFolder git = new();

    public void Dispose() => git.Dispose();

    [Fact]
    public async Task The_newest_run_of_each_name_is_listed()
    {
        var sha = git.Commit("Start");
        await using var github = await GitHubApi.StartAsync(git);
        var now = github.Time.GetUtcNow();
        github.Site.CheckRuns.Put(new CheckRun(sha, "tests", "completed", "failure", now, now));
        github.Site.CheckRuns.Put(new CheckRun(sha, "lint", "queued", null, null, null));
        github.Site.CheckRuns.Put(new CheckRun(sha, "tests", "completed", "success", now, now.AddMinutes(2)));

        var latest = await github.GetAsync("/commits/main/check-runs");
        var all = await github.GetAsync("/commits/main/check-runs?filter=all&check_name=tests");
        var completed = await github.GetAsync("/commits/main/check-runs?status=completed&per_page=1");

        latest["total_count"].Should().Be("2");
        latest.Each("name", "check_runs").Should().Equal("tests", "lint");
        latest.Each("conclusion", "check_runs").Should().Equal("success", null);
        latest.Each("started_at", "check_runs").Should().Equal("2026-10-01T09:30:00Z", null);
        latest.Each("head_sha", "check_runs").Should().AllBe(sha);
        all.Each("conclusion", "check_runs").Should().Equal("success", "failure");
        completed.Each("name", "check_runs").Should().Equal("tests");
        github.Last.Operation.Should().Be("GET /repos/{owner}/{repo}/commits/{ref}/check-runs");
    }

    [Fact]
    public async Task A_commit_without_checks_has_an_empty_list_and_an_unknown_one_none()
    {
        git.Commit("Start");
        await using var github = await GitHubApi.StartAsync(git);

        (await github.GetAsync("/commits/main/check-runs"))["total_count"].Should().Be("0");
        (await github.GetAsync("/commits/none/check-runs")).Status.Should().Be(HttpStatusCode.UnprocessableEntity);
    }
}
