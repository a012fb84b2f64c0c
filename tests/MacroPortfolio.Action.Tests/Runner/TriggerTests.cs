using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Action.Tests.Runner;

public sealed class TriggerTests : IDisposable
{
    private const string Tip = "1111111111111111111111111111111111111111";
    private const string Head = "2222222222222222222222222222222222222222";
    private const string Merge = "3333333333333333333333333333333333333333";
    private const string Here = """{ "full_name": "acme/site", "url": "https://api.github.com/repos/acme/site" }""";
    private const string Fork = """{ "full_name": "mallory/site", "url": "https://api.github.com/repos/mallory/site" }""";

    private readonly string folder = Directory.CreateTempSubdirectory("trigger-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("push")]
    [InlineData("workflow_dispatch")]
    [InlineData("release")]
    [InlineData("deployment")]
    [InlineData("an_event_of_next_year")]
    public void Most_events_mean_GITHUB_SHA_whatever_their_payload_says(string name)
    {
        var trigger = Of(name, $$"""{ "pull_request": { "number": 5, "head": { "sha": "{{Head}}" } }, "sha": "{{Head}}" }""");

        (trigger.Commit, trigger.Pulls.Count).Should().Be((new CommitId(Tip), 0));
    }

    [Theory]
    [InlineData("pull_request")]
    [InlineData("pull_request_target")]
    [InlineData("pull_request_review")]
    [InlineData("pull_request_review_comment")]
    public void On_a_pull_request_its_head_is_meant_and_not_the_merge_that_GitHub_makes_up(string name)
    {
        var trigger = Of(name, Pull(Here, Here));

        trigger.Commit.Should().Be(new CommitId(Head));
        trigger.Pulls.Should().ContainSingle(pull => pull.Number == 5).Which.Commits.Should().Equal(new CommitId(Head));
    }

    [Theory]
    [InlineData("\"merged\": true")]
    [InlineData("\"merged_at\": \"2026-10-01T00:00:00Z\"")]
    public void Of_a_merged_pull_request_what_the_base_branch_got_is_meant(string merged)
    {
        var trigger = Of("pull_request", Pull(Here, Fork, merged));

        trigger.Commit.Should().Be(new CommitId(Merge));
        trigger.Pulls.Single().Commits.Should().Equal(new CommitId(Head), new CommitId(Merge));
    }

    [Fact]
    public void A_forks_head_is_meant_where_the_event_brings_no_rights()
    {
        var trigger = Of("pull_request", Pull(Here, Fork));

        (trigger.Commit, trigger.Pulls.Single().Number).Should().Be((new CommitId(Head), 5));
    }

    [Theory]
    [InlineData(Fork, "another repository (mallory/site)")]
    [InlineData("null", "another repository:")]
    [InlineData("""{ "full_name": "<img src=x>" }""", "another repository:")]
    [InlineData("""{ "full_name": "mallory/site", "url": "https://api.github.com/repos/acme/site" }""", "another repository (mallory/site)")]
    public void A_forks_head_is_not_meant_where_the_event_has_the_rights_of_this_repository(string repository, string words)
    {
        var trigger = Of("pull_request_target", Pull(Here, repository));

        trigger.Commit.Should().BeNull();
        trigger.Doubt.Should().Contain(words).And.Contain($"github:{Head}").And.Contain("#5");
        trigger.Pulls.Single().Commits.Should().Equal(new CommitId(Head));
    }

    [Fact]
    public void A_pull_request_of_another_repository_is_not_ours() => Of("pull_request", Pull(Fork, Fork)).Pulls.Should().BeEmpty();

    [Theory]
    [InlineData("workflow_run", "\"head_branch\": \"main\"")]
    [InlineData("check_suite", "\"head_branch\": \"main\"")]
    [InlineData("check_run", "\"check_suite\": { \"head_branch\": \"main\" }")]
    public void A_check_of_the_default_branch_means_the_commit_that_it_was_about(string name, string branch)
    {
        var trigger = Of(name, $$"""{ "{{name}}": { "head_sha": "{{Head}}", {{branch}}, "head_repository": {{Here}}, "pull_requests": [] } }""");

        trigger.Commit.Should().Be(new CommitId(Head), "{0}", trigger.Doubt);
    }

    [Theory]
    [InlineData("\"head_branch\": \"feature\"", Here, "'feature'")]
    [InlineData("\"head_branch\": null", Here, "no branch")]
    [InlineData("\"head_branch\": \"main\"", Fork, "another repository (mallory/site)")]
    [InlineData("\"head_branch\": \"main\"", "null", "another repository, and")]
    public void A_check_of_any_other_commit_means_none_for_certain(string branch, string repository, string words)
    {
        var trigger = Of("workflow_run", $$"""{ "workflow_run": { "head_sha": "{{Head}}", {{branch}}, "head_repository": {{repository}} } }""");

        trigger.Commit.Should().BeNull();
        trigger.Doubt.Should().Contain(words).And.Contain($"github:{Head}").And.Contain("${{ github.sha }}").And.Contain("refs/heads/main");
    }

    [Fact]
    public void Of_a_checks_pull_requests_those_of_this_repository_count()
    {
        var trigger = Of("workflow_run", $$"""
            { "workflow_run": { "head_sha": "{{Tip}}", "head_branch": "main", "head_repository": {{Here}}, "pull_requests": [
              { "number": 7, "head": { "sha": "{{Tip}}" }, "base": { "repo": { "url": "https://api.github.com/repos/ACME/site" } } },
              { "number": 8, "head": { "sha": "{{Tip}}" }, "base": { "repo": {{Fork}} } },
              { "number": 9, "head": { "sha": "main" }, "base": { "repo": {{Here}} } },
              { "number": -1, "head": { "sha": "{{Tip}}" }, "base": { "repo": {{Here}} } },
              null, 5, "x" ] } }
            """);

        trigger.Pulls.Select(pull => pull.Number).Should().Equal(7);
    }

    [Theory]
    [InlineData("main", true)]
    [InlineData("feature", false)]
    public void A_status_means_its_commit_where_the_default_branch_has_it(string branch, bool meant) =>
        Of("status", $$"""{ "sha": "{{Head}}", "branches": [{ "name": "{{branch}}" }] }""").Commit.Should().Be(meant ? new CommitId(Head) : null);

    [Fact]
    public void A_comment_on_a_pull_request_does_not_say_which_commit_is_meant()
    {
        var trigger = Of("issue_comment", """{ "issue": { "number": 5, "pull_request": { "url": "x" } }, "comment": { "body": "/deploy" } }""");

        trigger.Commit.Should().BeNull();
        trigger.Doubt.Should().Contain("#5");
        trigger.Pulls.Should().ContainSingle(pull => pull.Number == 5 && pull.Commits.Count == 0);
        Of("issue_comment", """{ "issue": { "number": 5 } }""").Commit.Should().Be(new CommitId(Tip));
    }

    [Theory]
    [InlineData("refs/heads/gh-readonly-queue/main/pr-104-3333333333333333333333333333333333333333", 104)]
    [InlineData("refs/heads/gh-readonly-queue/release/2.0/pr-7-3333333333333333333333333333333333333333", 7)]
    [InlineData("refs/heads/pr-104-3333333333333333333333333333333333333333", null)]
    [InlineData("refs/heads/gh-readonly-queue/main/pr-99999999999999999999-3333333333333333333333333333333333333333", null)]
    public void A_merge_queues_branch_names_its_pull_request(string branch, int? number)
    {
        var trigger = Of("merge_group", $$"""{ "merge_group": { "head_sha": "{{Head}}", "head_ref": "{{branch}}" } }""");

        trigger.Commit.Should().Be(new CommitId(Tip));
        trigger.Pulls.Select(pull => (int?)pull.Number).Should().Equal(number is null ? [] : [number]);
    }

    [Theory]
    [InlineData("pull_request", "{}")]
    [InlineData("pull_request", """{ "pull_request": [] }""")]
    [InlineData("pull_request", """{ "pull_request": { "head": { "sha": "main" } } }""")]
    [InlineData("pull_request", """{ "pull_request": { "head": { "sha": "\ud800" } } }""")]
    [InlineData("pull_request", "[]")]
    [InlineData("pull_request_review", "")]
    [InlineData("workflow_run", "not json")]
    [InlineData("workflow_run", """{ "workflow_run": { "head_sha": 5 } }""")]
    [InlineData("status", "{}")]
    [InlineData("check_run", "\0\u0001")]
    public void Where_the_payload_does_not_tell_no_commit_is_guessed(string name, string payload)
    {
        var trigger = Of(name, payload);

        trigger.Commit.Should().BeNull();
        trigger.Doubt.Should().Contain(name).And.EndWith(".");
    }

    [Fact]
    public void A_payload_that_is_missing_huge_deep_or_no_file_is_said()
    {
        var huge = Path.Combine(folder, "huge.json");
        File.WriteAllText(huge, $"{{ \"a\": \"{new string('x', 26 * 1024 * 1024)}\" }}");
        var deep = Path.Combine(folder, "deep.json");
        File.WriteAllText(deep, new string('[', 100_000));

        EventFile.Read(null).Problem.Should().Contain("GITHUB_EVENT_PATH is not set");
        EventFile.Read(Path.Combine(folder, "none.json")).Problem.Should().Contain("none.json could not be read");
        EventFile.Read(folder).Problem.Should().Contain("could not be read");
        EventFile.Read(huge).Problem.Should().Contain("larger than 25 MB");
        EventFile.Read("/dev/zero").Problem.Should().Contain("larger than 25 MB");
        EventFile.Read(deep).Problem.Should().Contain("no JSON");
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000")]
    [InlineData("main")]
    [InlineData(null)]
    public void What_is_no_commit_is_none(string? sha) => Trigger.Of("push", new RepositoryName("acme/site"), "refs/heads/main", sha, () => throw new InvalidOperationException()).Commit.Should().BeNull();

    private Trigger Of(string name, string payload)
    {
        var file = Path.Combine(folder, "event.json");
        File.WriteAllText(file, payload);
        return Trigger.Of(name, new RepositoryName("acme/site"), "refs/heads/main", Tip, () => EventFile.Read(file));
    }

    private static string Pull(string into, string from, string more = "\"merged\": false") =>
        $$"""{ "pull_request": { "number": 5, "merge_commit_sha": "{{Merge}}", "head": { "sha": "{{Head}}", "repo": {{from}} }, "base": { "repo": {{into}} }, {{more}} } }""";
}
