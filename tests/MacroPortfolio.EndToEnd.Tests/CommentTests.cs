using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>The one comment that follows a change on its pull request.</summary>
public sealed class CommentTests(Cloud cloud) : IClassFixture<Cloud>
{
    [Fact]
    public async Task One_comment_follows_the_change_through_gray_promotion_and_rollback()
    {
        var application = cloud.TakeApplication();
        var first = await (await cloud.JobAsync("v1")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--deployment-group", "stable");
        var none = await CommentsAsync(12, application);

        var gray = await (await cloud.JobAsync("v2")).For(application).RunAsync("gray", "--environment-url", "https://gray.acme.example/");
        var inGray = await CommentsAsync(12, application);
        var production = await cloud.JobAsync("v3", "production");
        var promote = await production.For(application, World.ProductionRole).RunAsync("promote");
        var promoted = await CommentsAsync(12, application);
        var rollback = await production.For(application, World.ProductionRole).RunAsync("rollback");
        var rolledBack = await CommentsAsync(12, application);

        new[] { first, gray, promote, rollback }.Should().OnlyContain(step => step.ExitCode == 0 && step.Log.Warnings.Count == 0, "{0}", rollback);
        none.Should().BeEmpty("v1 came with no pull request");
        inGray.Should().ContainSingle().Which.Body.Should().ContainAll("https://gray.acme.example/", $"{cloud.Commit("v2")[..7]} is in gray", "stable runs");
        promoted.Should().ContainSingle().Which.Body.Should().Contain("is in gray and stable");
        rolledBack.Should().ContainSingle().Which.Body.Should().Contain("rolled back");
        inGray.Concat(promoted).Concat(rolledBack).Select(comment => comment.Id).Distinct().Should().ContainSingle();
        (await CommentsAsync(13, application)).Should().BeEmpty("v3 was not deployed though the jobs ran at it");
    }

    [Fact]
    public async Task An_open_pull_request_is_found_by_the_pushed_commit()
    {
        var application = cloud.TakeApplication();

        var step = await (await cloud.JobAsync("feature")).For(application).RunAsync("deploy", "--deployment-group", "gray");

        step.ExitCode.Should().Be(0, "{0}", step);
        (await CommentsAsync(14, application)).Should().ContainSingle().Which.Body.Should().Contain(cloud.Commit("feature")[..7]);
    }

    [Fact]
    public async Task In_a_pull_requests_run_its_head_is_deployed_and_not_the_merge_that_GitHub_makes_up()
    {
        var application = cloud.TakeApplication();
        var job = await cloud.JobAsync("feature", "gray", "--event", "pull_request", "--ref", "refs/pull/14/merge");

        var step = await job.For(application).RunAsync("deploy", "--deployment-group", "gray");

        job.Sha.Should().NotBe(cloud.Commit("feature"));
        (step.ExitCode, step.Outputs["revision"]).Should().Be((0, cloud.Revision("feature")), "{0}", step);
        (await CommentsAsync(14, application)).Should().ContainSingle().Which.Body.Should().Contain("is in gray");
    }

    [Fact]
    public async Task A_failure_is_told_without_the_instances_words()
    {
        var application = cloud.TakeApplication();

        var step = await (await cloud.JobAsync("broken")).For(application).RunAsync("deploy", "--deployment-group", "gray");

        step.ExitCode.Should().Be(1, "{0}", step);
        (await CommentsAsync(15, application)).Should().ContainSingle().Which.Body.Should().Contain("failed").And.NotContain("the feed is stale");
    }

    [Fact]
    public async Task A_missing_permission_is_one_warning()
    {
        var job = await cloud.JobAsync("v2", "gray", "--token-permissions", "contents=read,deployments=write");

        var step = await job.For(cloud.TakeApplication()).RunAsync("deploy", "--deployment-group", "gray");

        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        step.Log.Warnings.Should().ContainSingle().Which.Data.Should().Contain("pull-requests: write").And.Contain("comment: false");
        step.Log.Text.Should().Contain("Add duration buckets to the risk view", "the title may be read");
    }

    [Fact]
    public async Task A_permission_to_read_alone_is_one_warning_too()
    {
        var application = cloud.TakeApplication();
        var job = await cloud.JobAsync("v2", "gray", "--token-permissions", "contents=read,pull-requests=read,deployments=write");

        var step = await job.For(application).RunAsync("deploy", "--deployment-group", "gray");

        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        step.Log.Warnings.Should().ContainSingle().Which.Data.Should().Contain("pull-requests: write");
        (await CommentsAsync(12, application)).Should().BeEmpty();
    }

    [Fact]
    public async Task Where_none_is_wanted_pull_requests_are_not_asked_for()
    {
        var step = await (await cloud.JobAsync("v2")).For(cloud.TakeApplication()).RunAsync("deploy", "--deployment-group", "gray", "--comment", "false");

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Requests.To("github").Select(request => request.Operation).Where(operation => !operation.Contains("/deployments", StringComparison.Ordinal)).Should().BeEquivalentTo(
            "GET /repos/{owner}/{repo}/commits/{ref}", "GET /repos/{owner}/{repo}/git/trees/{tree_sha}", "GET /repos/{owner}/{repo}/contents/{path}");
        step.Log.Warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task A_persons_comment_with_the_marker_is_left_alone()
    {
        var application = cloud.TakeApplication();
        var job = (await cloud.JobAsync("v2")).For(application);
        var words = $"{MarkerOf(application)}\nThis is mine.";
        var persons = await PostAsync(12, words);
        using var gitHub = new PersonsGitHub(cloud, persons);

        var first = await job.With("GITHUB_API_URL", gitHub.Url).RunAsync("deploy", "--deployment-group", "gray");
        var second = await job.With("GITHUB_API_URL", gitHub.Url).RunAsync("deploy", "--deployment-group", "gray");

        (first.ExitCode, second.ExitCode).Should().Be((0, 0), "{0}", first);
        var comments = await CommentsAsync(12, application);
        comments.Should().HaveCount(2, "the person's and ours, which the second run found again");
        comments.Single(comment => comment.Id == persons).Body.Should().Be(words);
        comments.Single(comment => comment.Id != persons).Body.Should().Contain("is in gray");
    }

    private static string MarkerOf(Application application) => $"<!-- macro-portfolio-action comment for {application.Name} -->";

    private async Task<IReadOnlyList<Comment>> CommentsAsync(int pull, Application application) =>
        [.. (await GitHub.SendAsync(cloud.FirstJob, HttpMethod.Get, $"issues/{pull}/comments?per_page=100")).AsArray()
            .Select(comment => new Comment(comment!["id"]!.GetValue<long>(), comment["body"]!.ToString()))
            .Where(comment => comment.Body.StartsWith(MarkerOf(application), StringComparison.Ordinal))];

    private async Task<long> PostAsync(int pull, string body) =>
        (await GitHub.SendAsync(cloud.FirstJob, HttpMethod.Post, $"issues/{pull}/comments", new JsonObject { ["body"] = body }))["id"]!.GetValue<long>();

    private sealed record Comment(long Id, string Body);
}
