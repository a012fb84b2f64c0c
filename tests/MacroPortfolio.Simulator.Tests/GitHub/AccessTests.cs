using System.Net;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.GitHub;

namespace MacroPortfolio.Simulator.Tests.GitHub;

public sealed class AccessTests
{
    private static readonly JsonObject Hello = new() { ["body"] = "hello" };

    [Theory]
    [InlineData("Bearer ghs_of_the_job", HttpStatusCode.OK)]
    [InlineData("token ghs_of_the_job", HttpStatusCode.OK)]
    [InlineData("TOKEN ghs_of_the_job", HttpStatusCode.OK)]
    [InlineData("Bearer other", HttpStatusCode.Unauthorized)]
    [InlineData("Basic ghs_of_the_job", HttpStatusCode.Unauthorized)]
    [InlineData("ghs_of_the_job", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Only_a_known_token_is_let_in(string? authorization, HttpStatusCode status)
    {
        await using var github = await GitHubApi.StartAsync();

        var answer = await github.GetAsync("", ("Authorization", authorization));

        answer.Status.Should().Be(status);
        if (status == HttpStatusCode.Unauthorized)
            answer.Text.Should().Be("""{"message":"Bad credentials","documentation_url":"https://docs.github.com/rest","status":"401"}""");
        else
            github.Last.Principal.Should().Be("dana");
    }

    [Theory]
    [InlineData("/repos/acme/secret")]
    [InlineData("/repos/acme/none")]
    public async Task Another_repository_does_not_exist_to_the_token(string path)
    {
        await using var github = await GitHubApi.StartAsync();

        var answer = await github.SendAsync(HttpMethod.Get, path);

        answer.Status.Should().Be(HttpStatusCode.NotFound);
        answer.Message.Should().Be("Not Found");
    }

    [Fact]
    public async Task The_repository_is_found_in_any_case()
    {
        await using var github = await GitHubApi.StartAsync();

        var answer = await github.SendAsync(HttpMethod.Get, "/repos/ACME/Site");

        answer["full_name"].Should().Be("acme/site");
        answer["default_branch"].Should().Be("main");
        answer["id"].Should().Be("700100200");
        answer["owner", "login"].Should().Be("acme");
        answer["url"].Should().Be($"{github.Api}/repos/acme/site");
        answer["html_url"].Should().Be($"{github.Html}/acme/site");
        github.Last.Operation.Should().Be("GET /repos/{owner}/{repo}");
    }

    [Theory]
    [InlineData("GET", "/commits/main", "contents=read", "contents=read")]
    [InlineData("GET", "/compare/main...main", "contents=read", "contents=read")]
    [InlineData("GET", "/contents/x", "contents=read", "contents=read")]
    [InlineData("GET", "/commits/main/pulls", "pull_requests=read", "pull-requests=read")]
    [InlineData("GET", "/pulls/12", "pull_requests=read", "pull-requests=read")]
    [InlineData("GET", "/commits/main/check-runs", "checks=read", "checks=read")]
    [InlineData("GET", "/issues/12/comments", "issues=read; pull_requests=read", "issues=read")]
    [InlineData("POST", "/issues/12/comments", "issues=write; pull_requests=write", "pull-requests=write")]
    [InlineData("PATCH", "/issues/comments/1", "issues=write; pull_requests=write", "issues=write")]
    [InlineData("DELETE", "/issues/comments/1", "issues=write; pull_requests=write", "issues=write")]
    [InlineData("GET", "/deployments", "deployments=read", "deployments=read")]
    [InlineData("POST", "/deployments", "deployments=write", "deployments=write")]
    [InlineData("POST", "/deployments/1/statuses", "deployments=write", "deployments=write")]
    [InlineData("DELETE", "/deployments/1", "deployments=write", "deployments=write")]
    public async Task Each_operation_asks_for_its_permission(string method, string path, string accepted, string enough)
    {
        await using var without = await GitHubApi.StartAsync(permissions: "packages=write,contents=none");
        await using var reading = await GitHubApi.StartAsync(permissions: enough.Replace("write", "read", StringComparison.Ordinal));
        await using var with = await GitHubApi.StartAsync(permissions: enough);

        var refused = await without.SendAsync(new HttpMethod(method), $"{GitHubApi.Repository}{path}", method == "GET" ? null : "{}");
        var readOnly = await reading.SendAsync(new HttpMethod(method), $"{GitHubApi.Repository}{path}", method == "GET" ? null : "{}");
        var allowed = await with.SendAsync(new HttpMethod(method), $"{GitHubApi.Repository}{path}", method == "GET" ? null : "{}");

        refused.Status.Should().Be(HttpStatusCode.Forbidden);
        refused.Message.Should().Be("Resource not accessible by integration");
        refused.Header("x-accepted-github-permissions").Should().Be(accepted);
        (readOnly.Status == HttpStatusCode.Forbidden).Should().Be(enough.EndsWith("=write", StringComparison.Ordinal));
        allowed.Status.Should().NotBe(HttpStatusCode.Forbidden);
        allowed.Header("x-accepted-github-permissions").Should().Be(accepted);
    }

    [Fact]
    public async Task To_write_includes_to_read()
    {
        await using var github = await GitHubApi.StartAsync(permissions: "deployments=write");

        var answer = await github.GetAsync("/deployments");

        answer.Status.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "/repos/acme/site/teapots")]
    [InlineData("DELETE", "/repos/acme/site")]
    [InlineData("GET", "/user")]
    public async Task What_it_does_not_know_is_not_found_and_shows_in_the_log(string method, string path)
    {
        await using var github = await GitHubApi.StartAsync();

        var answer = await github.SendAsync(new HttpMethod(method), path);

        answer.Status.Should().Be(HttpStatusCode.NotFound);
        answer.Text.Should().Be("""{"message":"Not Found","documentation_url":"https://docs.github.com/rest","status":"404"}""");
        github.Last.Operation.Should().Be($"{method} {path}");
    }

    [Fact]
    public async Task Every_answer_has_GitHubs_headers()
    {
        await using var github = await GitHubApi.StartAsync();

        var answer = await github.GetAsync("");
        var versioned = await github.GetAsync("", ("X-GitHub-Api-Version", "2026-03-10"));

        answer.Header("Content-Type").Should().Be("application/json; charset=utf-8");
        answer.Header("x-github-media-type").Should().Be("github.v3; format=json");
        answer.Header("x-github-request-id").Should().MatchRegex("^[0-9A-F]{4}:[0-9A-F]{6}:[0-9A-F]{7,8}:[0-9A-F]{7,8}:[0-9A-F]{8}$");
        answer.Header("x-github-api-version-selected").Should().Be("2022-11-28");
        versioned.Header("x-github-api-version-selected").Should().Be("2026-03-10");
    }

    [Fact]
    public async Task An_unknown_version_and_a_client_without_a_name_are_refused()
    {
        await using var github = await GitHubApi.StartAsync();

        var version = await github.GetAsync("", ("X-GitHub-Api-Version", "2001-01-01"));
        var nameless = await github.GetAsync("", ("User-Agent", null));

        version.Status.Should().Be(HttpStatusCode.BadRequest);
        nameless.Status.Should().Be(HttpStatusCode.Forbidden);
        nameless.Message.Should().Contain("User-Agent");
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again_and_not_counted()
    {
        await using var github = await GitHubApi.StartAsync();
        var first = await github.GetAsync("/issues/12/comments");

        var unchanged = await github.GetAsync("/issues/12/comments", ("If-None-Match", first.Header("ETag")));
        await github.PostAsync("/issues/12/comments", Hello);
        var changed = await github.GetAsync("/issues/12/comments", ("If-None-Match", first.Header("ETag")));

        first.Header("ETag").Should().StartWith("W/\"");
        unchanged.Status.Should().Be(HttpStatusCode.NotModified);
        unchanged.Text.Should().BeEmpty();
        unchanged.Header("x-ratelimit-used").Should().Be("1");
        changed.Status.Should().Be(HttpStatusCode.OK);
        changed.Header("x-ratelimit-used").Should().Be("3");
    }

    [Fact]
    public async Task The_hour_has_a_limit_and_the_next_hour_begins_anew()
    {
        await using var github = await GitHubApi.StartAsync(limits: new GitHubLimits(RequestsPerHour: 2));

        var first = await github.GetAsync("");
        await github.GetAsync("/teapots");
        var third = await github.GetAsync("");
        github.Time.Advance(TimeSpan.FromHours(1));
        var later = await github.GetAsync("");

        first.Header("x-ratelimit-limit").Should().Be("2");
        first.Header("x-ratelimit-remaining").Should().Be("1");
        first.Header("x-ratelimit-used").Should().Be("1");
        first.Header("x-ratelimit-resource").Should().Be("core");
        first.Header("x-ratelimit-reset").Should().Be(new DateTimeOffset(2026, 10, 1, 10, 30, 0, TimeSpan.Zero).ToUnixTimeSeconds().ToString());
        third.Status.Should().Be(HttpStatusCode.Forbidden);
        third.Message.Should().StartWith("API rate limit exceeded");
        third.Header("x-ratelimit-remaining").Should().Be("0");
        later.Status.Should().Be(HttpStatusCode.OK);
        later.Header("x-ratelimit-used").Should().Be("1");
    }

    [Fact]
    public async Task Without_being_told_otherwise_an_hour_has_a_thousand_requests()
    {
        await using var github = await GitHubApi.StartAsync();

        (await github.GetAsync("")).Header("x-ratelimit-limit").Should().Be("1000");
    }

    [Fact]
    public async Task Content_is_not_created_faster_than_the_secondary_limits_allow()
    {
        await using var github = await GitHubApi.StartAsync(limits: new GitHubLimits(ContentPerMinute: 2, ContentPerHour: 3));

        await github.PostAsync("/issues/12/comments", Hello);
        github.Time.Advance(TimeSpan.FromSeconds(20));
        await github.PostAsync("/issues/12/comments", Hello);
        var third = await github.PostAsync("/issues/12/comments", Hello);
        var read = await github.GetAsync("/issues/12/comments");
        github.Time.Advance(TimeSpan.FromSeconds(40));
        var later = await github.PostAsync("/issues/12/comments", Hello);
        github.Time.Advance(TimeSpan.FromMinutes(10));
        var fourth = await github.PostAsync("/issues/12/comments", Hello);

        third.Status.Should().Be(HttpStatusCode.Forbidden);
        third.Message.Should().StartWith("You have exceeded a secondary rate limit");
        third.Header("Retry-After").Should().Be("40");
        read.Status.Should().Be(HttpStatusCode.OK);
        later.Status.Should().Be(HttpStatusCode.Created);
        fourth.Status.Should().Be(HttpStatusCode.Forbidden);
        fourth.Header("Retry-After").Should().Be((49 * 60).ToString());
        github.Store.Comments("acme/site", 12).Should().HaveCount(3);
    }

    [Fact]
    public async Task A_minute_has_its_points_of_which_writing_costs_five()
    {
        await using var github = await GitHubApi.StartAsync(limits: new GitHubLimits(PointsPerMinute: 6));

        await github.PostAsync("/issues/12/comments", Hello);
        var sixth = await github.GetAsync("");
        var seventh = await github.GetAsync("");
        github.Time.Advance(TimeSpan.FromMinutes(1));
        var later = await github.GetAsync("");

        sixth.Status.Should().Be(HttpStatusCode.OK);
        seventh.Message.Should().StartWith("You have exceeded a secondary rate limit");
        seventh.Header("Retry-After").Should().Be("60");
        later.Status.Should().Be(HttpStatusCode.OK);
    }
}
