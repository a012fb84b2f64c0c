using System.Net;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.GitHub;

public sealed class PullTests : IDisposable
{
    private readonly GitFolder git = new();

    public void Dispose() => git.Dispose();

    private static PullWorld Pull(int number, string head, string state, string into = "main") =>
        new() { Number = number, Title = $"Pull {number}", Head = head, Base = into, State = state, Labels = ["risk-management"] };

    private static async Task<IReadOnlyList<string?>> OfAsync(GitHubApi github, string sha) => (await github.GetAsync($"/commits/{sha}/pulls")).Each("number");

    [Fact]
    public async Task A_commit_of_a_merged_branch_leads_to_its_pull_request_and_to_no_later_one()
    {
        var start = git.Commit("Start");
        git.Run("checkout", "--quiet", "-b", "one");
        var one = git.Commit("One", "one");
        git.Run("checkout", "--quiet", "main");
        var direct = git.Commit("Direct push");
        var firstMerge = git.Merge("one", "Take one");
        git.Run("checkout", "--quiet", "-b", "two");
        var two = git.Commit("Two", "two");
        git.Run("checkout", "--quiet", "main");
        var secondMerge = git.Merge("two", "Take two");
        var later = git.Commit("Later");
        await using var github = await GitHubApi.StartAsync(git, [Pull(1, "one", "merged"), Pull(2, "two", "merged")]);

        (await OfAsync(github, one)).Should().Equal("1");
        (await OfAsync(github, firstMerge)).Should().Equal("1");
        (await OfAsync(github, two)).Should().Equal("2");
        (await OfAsync(github, secondMerge)).Should().Equal("2");
        (await OfAsync(github, start)).Should().BeEmpty();
        (await OfAsync(github, direct)).Should().BeEmpty();
        (await OfAsync(github, later)).Should().BeEmpty();
        github.Last.Operation.Should().Be("GET /repos/{owner}/{repo}/commits/{ref}/pulls");
    }

    [Fact]
    public async Task A_squashed_pull_request_is_known_by_its_number_in_the_subject()
    {
        git.Commit("Start");
        git.Run("checkout", "--quiet", "-b", "topic");
        var topic = git.Commit("Work in progress", "topic");
        git.Run("checkout", "--quiet", "main");
        var squashed = git.Commit("Add duration buckets (#12)", "topic");
        var next = git.Commit("Revert \"Add duration buckets (#12)\" (#13)");
        await using var github = await GitHubApi.StartAsync(git, [Pull(12, "topic", "merged"), Pull(13, "gone", "merged"), Pull(1, "gone", "merged")]);

        (await OfAsync(github, squashed)).Should().Equal("12");
        (await OfAsync(github, topic)).Should().Equal("12");
        (await OfAsync(github, next)).Should().Equal("13");
        (await github.GetAsync("/pulls/12"))["merge_commit_sha"].Should().Be(squashed);
    }

    [Fact]
    public async Task Pull_requests_merged_without_a_merge_commit_divide_the_line_among_them()
    {
        var first = git.Commit("First");
        var second = git.Commit("Second");
        git.Run("branch", "one");
        var third = git.Commit("Third");
        var fourth = git.Commit("Fourth");
        git.Run("branch", "two");
        var fifth = git.Commit("Fifth");
        await using var github = await GitHubApi.StartAsync(git, [Pull(1, "one", "merged"), Pull(2, "two", "merged")]);

        (await OfAsync(github, first)).Should().Equal("1");
        (await OfAsync(github, second)).Should().Equal("1");
        (await OfAsync(github, third)).Should().Equal("2");
        (await OfAsync(github, fourth)).Should().Equal("2");
        (await OfAsync(github, fifth)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_merged_pull_request_whose_head_is_the_branch_itself_has_all_of_it()
    {
        var first = git.Commit("First");
        await using var github = await GitHubApi.StartAsync(git, [Pull(12, "main", "merged")]);

        (await OfAsync(github, first)).Should().Equal("12");
        var second = git.Commit("Second");
        (await OfAsync(github, second)).Should().Equal("12");
        (await OfAsync(github, "main")).Should().Equal("12");
    }

    [Fact]
    public async Task A_commit_that_is_not_on_the_default_branch_leads_to_all_that_propose_it()
    {
        var start = git.Commit("Start");
        git.Run("checkout", "--quiet", "-b", "topic");
        var topic = git.Commit("Topic");
        git.Run("checkout", "--quiet", "-b", "stacked");
        var stacked = git.Commit("Stacked");
        await using var github = await GitHubApi.StartAsync(
            git, [Pull(1, "topic", "open"), Pull(2, "topic", "closed"), Pull(3, "stacked", "open", into: "topic"), Pull(4, "gone", "open")]);

        (await OfAsync(github, topic)).Should().Equal("2", "1");
        (await OfAsync(github, stacked)).Should().Equal("3");
        (await OfAsync(github, start)).Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_commit_has_no_list()
    {
        git.Commit("Start");
        await using var github = await GitHubApi.StartAsync(git);

        var answer = await github.GetAsync($"/commits/{new string('0', 40)}/pulls");

        answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        answer.Message.Should().Be($"No commit found for SHA: {new string('0', 40)}");
    }

    [Fact]
    public async Task A_pull_request_is_told_with_its_ends_and_its_size()
    {
        var start = git.Commit("Start");
        git.Run("checkout", "--quiet", "-b", "topic");
        git.Commit("Work", "topic.html", "one\ntwo\n");
        var topic = git.Commit("More work", "topic.html", "one\ntwo\nthree\n");
        await using var github = await GitHubApi.StartAsync(git, [Pull(7, "topic", "open")]);
        github.Site.Comments.Add(7, "lee", "Looks good");

        var pull = await github.GetAsync("/pulls/7");
        var listed = (await github.GetAsync($"/commits/{topic}/pulls")).Json[0]!.AsObject();
        var missing = await github.GetAsync("/pulls/8");

        pull["number"].Should().Be("7");
        pull["title"].Should().Be("Pull 7");
        pull["state"].Should().Be("open");
        pull["merged"].Should().Be("false");
        pull["merged_at"].Should().BeNull();
        pull["closed_at"].Should().BeNull();
        pull["user", "login"].Should().Be("dana");
        pull["head", "ref"].Should().Be("topic");
        pull["head", "sha"].Should().Be(topic);
        pull["head", "label"].Should().Be("acme:topic");
        pull["head", "repo", "full_name"].Should().Be("acme/site");
        pull["base", "sha"].Should().Be(start);
        pull["commits"].Should().Be("2");
        pull["additions"].Should().Be("3");
        pull["changed_files"].Should().Be("1");
        pull["comments"].Should().Be("1");
        pull.Each("name", "labels").Should().Equal("risk-management");
        pull["html_url"].Should().Be($"{github.Html}/acme/site/pull/7");
        listed.Should().NotContainKey("merged").And.ContainKey("merged_at");
        missing.Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_merged_pull_request_is_closed_and_says_when_and_by_which_commit()
    {
        var start = git.Commit("Start");
        git.Run("checkout", "--quiet", "-b", "topic");
        git.Commit("Work", "topic.html", "one\n");
        git.Run("checkout", "--quiet", "main");
        var merge = git.Merge("topic", "Merge pull request #7 from acme/topic");
        git.Commit("Later");
        await using var github = await GitHubApi.StartAsync(git, [Pull(7, "topic", "merged"), Pull(8, "topic", "closed")]);

        var merged = await github.GetAsync("/pulls/7");
        var closed = await github.GetAsync("/pulls/8");

        merged["state"].Should().Be("closed");
        merged["merged"].Should().Be("true");
        merged["merge_commit_sha"].Should().Be(merge);
        merged["merged_at"].Should().Be((await github.GetAsync($"/commits/{merge}"))["commit", "committer", "date"]);
        merged["closed_at"].Should().Be(merged["merged_at"]);
        merged["base", "sha"].Should().Be(start);
        closed["state"].Should().Be("closed");
        closed["merged"].Should().Be("false");
        closed["merged_at"].Should().BeNull();
        closed["closed_at"].Should().NotBeNull();
    }
}
