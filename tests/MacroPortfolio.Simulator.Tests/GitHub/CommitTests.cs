using System.Net;
using System.Text;

namespace MacroPortfolio.Simulator.Tests.GitHub;

public sealed class CommitTests : IDisposable
{
    private readonly GitFolder git = new();

    public void Dispose() => git.Dispose();

    [Fact]
    public async Task A_commit_is_what_git_says_of_it()
    {
        var first = git.Commit("First page", "site/index.html", "one\ntwo\n");
        git.Run("mv", "site/index.html", "site/home.html");
        var second = git.Commit("Move the page\n\nIt is the home now.", "new.txt", "new\n");
        await using var github = await GitHubApi.StartAsync(git);

        var commit = await github.GetAsync($"/commits/{second}");

        commit["sha"].Should().Be(second);
        commit["commit", "message"].Should().Be("Move the page\n\nIt is the home now.");
        commit["commit", "author", "name"].Should().Be("Dana");
        commit["commit", "author", "date"].Should().MatchRegex("^2026-09-01T04:0[0-9]:00Z$", "times are in UTC");
        commit["commit", "committer", "email"].Should().Be("lee@example.com");
        commit["commit", "tree", "sha"].Should().Be(git.Sha("HEAD^{tree}"));
        commit["author", "login"].Should().Be("dana");
        commit["committer"].Should().BeNull("no account has that address");
        commit.Json["parents"]!.AsArray().Select(parent => parent!["sha"]!.ToString()).Should().Equal(first);
        commit["html_url"].Should().Be($"{github.Html}/acme/site/commit/{second}");
        commit.Each("filename", "files").Should().Equal("new.txt", "site/home.html");
        commit.Each("status", "files").Should().Equal("added", "renamed");
        commit.Each("previous_filename", "files").Should().Equal(null, "site/index.html");
        commit["stats", "additions"].Should().Be("1");
        github.Last.Operation.Should().Be("GET /repos/{owner}/{repo}/commits/{ref}");
    }

    [Fact]
    public async Task The_first_commit_has_files_and_no_parents()
    {
        var first = git.Commit("First page", "index.html", "one\ntwo\n");
        await using var github = await GitHubApi.StartAsync(git);

        var commit = await github.GetAsync($"/commits/{first}");

        commit.Json["parents"]!.AsArray().Should().BeEmpty();
        commit.Each("additions", "files").Should().Equal("2");
    }

    [Fact]
    public async Task A_commit_is_found_by_every_name_that_GitHub_takes()
    {
        var sha = git.Commit("First page");
        git.Run("tag", "--annotate", "--message", "one", "v1");
        git.Run("branch", "feature/x");
        await using var github = await GitHubApi.StartAsync(git);

        foreach (var name in new[] { sha, sha[..7], "main", "HEAD", "v1", "feature/x", "feature%2Fx", "heads/main", "tags/v1", "refs/heads/main" })
            (await github.GetAsync($"/commits/{name}"))["sha"].Should().Be(sha, name);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000")]
    [InlineData("none")]
    [InlineData("main~0")]
    [InlineData("main%5E0")]
    [InlineData("main@%7B0%7D")]
    [InlineData("--all")]
    [InlineData("main%0Amain")]
    public async Task What_names_no_commit_is_422(string name)
    {
        git.Commit("First page");
        await using var github = await GitHubApi.StartAsync(git);

        var answer = await github.GetAsync($"/commits/{name}");

        answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        answer.Message.Should().Be($"No commit found for SHA: {Uri.UnescapeDataString(name)}");
        answer["documentation_url"].Should().Be("https://docs.github.com/rest/commits/commits#get-a-commit");
    }

    [Fact]
    public async Task A_branch_that_moves_is_followed()
    {
        git.Commit("First page");
        await using var github = await GitHubApi.StartAsync(git);
        var before = await github.GetAsync("/commits/main");

        var second = git.Commit("Second page");
        var after = await github.GetAsync("/commits/main");

        before["commit", "message"].Should().Be("First page");
        after["sha"].Should().Be(second);
    }

    [Fact]
    public async Task A_bare_repository_serves_as_well_and_one_without_git_is_empty()
    {
        var sha = git.Commit("First page");
        using var bare = new GitFolder();
        bare.Run("fetch", "--quiet", git.Folder, "main:refs/heads/copy");
        await using var github = await GitHubApi.StartAsync(bare);
        await using var empty = await GitHubApi.StartAsync();

        (await github.GetAsync("/commits/copy"))["sha"].Should().Be(sha);
        var answer = await empty.GetAsync("/commits/main");
        answer.Status.Should().Be(HttpStatusCode.Conflict);
        answer.Message.Should().Be("Git Repository is empty.");
    }

    [Fact]
    public async Task A_comparison_counts_what_each_side_has_alone()
    {
        var start = git.Commit("First page");
        var second = git.Commit("Second page");
        git.Run("checkout", "--quiet", "-b", "topic", start);
        var topic = git.Commit("Topic page", "topic.html");
        await using var github = await GitHubApi.StartAsync(git);

        var ahead = await github.GetAsync($"/compare/{start}...main");
        var behind = await github.GetAsync($"/compare/main...{start}");
        var same = await github.GetAsync("/compare/main...main");
        var apart = await github.GetAsync("/compare/acme:main...topic");

        ahead["status"].Should().Be("ahead");
        ahead["ahead_by"].Should().Be("1");
        ahead["behind_by"].Should().Be("0");
        ahead["total_commits"].Should().Be("1");
        ahead.Each("sha", "commits").Should().Equal(second);
        ahead.Each("filename", "files").Should().Equal("index.html");
        behind["status"].Should().Be("behind");
        behind["behind_by"].Should().Be("1");
        behind.Each("sha", "commits").Should().BeEmpty();
        same["status"].Should().Be("identical");
        apart["status"].Should().Be("diverged");
        apart["ahead_by"].Should().Be("1");
        apart["behind_by"].Should().Be("1");
        apart["merge_base_commit", "sha"].Should().Be(start);
        apart["base_commit", "sha"].Should().Be(second);
        apart.Each("sha", "commits").Should().Equal(topic);
        apart.Each("filename", "files").Should().Equal("topic.html");
        github.Last.Operation.Should().Be("GET /repos/{owner}/{repo}/compare/{basehead}");
    }

    [Fact]
    public async Task What_cannot_be_compared_is_not_found()
    {
        git.Commit("First page");
        git.Run("checkout", "--quiet", "--orphan", "island");
        git.Commit("Island");
        await using var github = await GitHubApi.StartAsync(git);

        var unknown = await github.GetAsync("/compare/main...none");
        var dots = await github.GetAsync("/compare/main..main");
        var unrelated = await github.GetAsync("/compare/main...island");

        unknown.Status.Should().Be(HttpStatusCode.NotFound);
        dots.Status.Should().Be(HttpStatusCode.NotFound);
        unrelated.Status.Should().Be(HttpStatusCode.NotFound);
        unrelated.Message.Should().Be("No common ancestor between main and island.");
    }

    [Fact]
    public async Task Of_a_long_comparison_the_newest_250_commits_are_told_and_pages_begin_with_the_oldest()
    {
        var start = git.Commit("Start");
        // A stream for fast-import makes many commits in one process.
        var stream = new StringBuilder();
        foreach (var i in Enumerable.Range(1, 260))
        {
            stream.Append($"commit refs/heads/long\nmark :{i}\ncommitter Lee <lee@example.com> {1_790_000_000 + i} +0000\ndata <<END\nCommit {i}\nEND\n");
            stream.Append(i == 1 ? $"from {start}\n\n" : $"from :{i - 1}\n\n");
        }

        File.WriteAllText(Path.Combine(git.Folder, ".git", "stream"), stream.ToString());
        git.Run("-c", "alias.import=!git fast-import --quiet < .git/stream", "import");
        await using var github = await GitHubApi.StartAsync(git);

        var whole = await github.GetAsync($"/compare/{start}...long");
        var first = await github.GetAsync($"/compare/{start}...long?per_page=100");
        var last = await github.GetAsync($"/compare/{start}...long?per_page=100&page=3");

        static IEnumerable<string> Messages(GitHubApi.Answer answer) => answer.Json["commits"]!.AsArray().Select(commit => commit!["commit"]!["message"]!.ToString());
        whole["total_commits"].Should().Be("260");
        Messages(whole).Should().HaveCount(250).And.StartWith("Commit 11").And.EndWith("Commit 260");
        Messages(first).Should().HaveCount(100).And.StartWith("Commit 1").And.EndWith("Commit 100");
        first.Header("Link").Should().Contain("page=3>; rel=\"last\"");
        Messages(last).Should().HaveCount(60).And.StartWith("Commit 201").And.EndWith("Commit 260");
    }

    [Fact]
    public async Task A_file_is_read_at_a_commit_as_json_or_as_it_is()
    {
        var first = git.Commit("First", ".github/macro-portfolio.yml", "stages: [gray]\n# 港\n");
        git.Commit("Second", ".github/macro-portfolio.yml", "stages: []\n");
        await using var github = await GitHubApi.StartAsync(git);

        var now = await github.GetAsync("/contents/.github/macro-portfolio.yml");
        var then = await github.GetAsync($"/contents/.github/macro-portfolio.yml?ref={first}");
        var raw = await github.GetAsync("/contents/.github/macro-portfolio.yml", ("Accept", "application/vnd.github.raw+json"));

        now["type"].Should().Be("file");
        now["encoding"].Should().Be("base64");
        now["path"].Should().Be(".github/macro-portfolio.yml");
        now["name"].Should().Be("macro-portfolio.yml");
        now["size"].Should().Be("11");
        now["sha"].Should().Be(git.Sha("HEAD:.github/macro-portfolio.yml"));
        Decoded(now).Should().Be("stages: []\n");
        Decoded(then).Should().Be("stages: [gray]\n# 港\n");
        raw.Text.Should().Be("stages: []\n");
        raw.Header("Content-Type").Should().Be("application/vnd.github.raw+json; charset=utf-8");
        raw.Header("x-github-media-type").Should().Be("github.v3; param=raw");
    }

    [Fact]
    public async Task A_folder_is_listed_and_what_is_not_there_is_not_found()
    {
        git.Write("scripts/nested/a b.sh", "x");
        git.Commit("First", "scripts/start.sh", "x");
        await using var github = await GitHubApi.StartAsync(git);

        var root = await github.GetAsync("/contents");
        var scripts = await github.GetAsync("/contents/scripts");
        var spaced = await github.GetAsync("/contents/scripts/nested/a%20b.sh");
        var missing = await github.GetAsync("/contents/none.yml");
        var above = await github.GetAsync("/contents/%2E%2E/secret");
        var reference = await github.GetAsync("/contents/scripts?ref=none");

        root.Each("path").Should().Equal("scripts");
        root.Each("type").Should().Equal("dir");
        scripts.Each("path").Should().Equal("scripts/nested", "scripts/start.sh");
        scripts.Each("type").Should().Equal("dir", "file");
        spaced["name"].Should().Be("a b.sh");
        missing.Status.Should().Be(HttpStatusCode.NotFound);
        above.Status.Should().Be(HttpStatusCode.NotFound);
        reference.Status.Should().Be(HttpStatusCode.NotFound);
        reference.Message.Should().Be("No commit found for the ref none");
    }

    [Fact]
    public async Task A_file_of_more_than_a_megabyte_is_only_served_raw()
    {
        git.Commit("Large", "large.txt", new string('x', (1024 * 1024) + 1));
        await using var github = await GitHubApi.StartAsync(git);

        var json = await github.GetAsync("/contents/large.txt");
        var raw = await github.GetAsync("/contents/large.txt", ("Accept", "application/vnd.github.v3.raw"));

        json["encoding"].Should().Be("none");
        json["content"].Should().BeEmpty();
        raw.Text.Should().HaveLength((1024 * 1024) + 1);
        raw.Header("Content-Type").Should().Be("application/vnd.github.v3.raw; charset=utf-8");
    }

    private static string Decoded(GitHubApi.Answer answer) => Encoding.UTF8.GetString(Convert.FromBase64String(answer["content"]!));
}
