using System.Net;
using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Action.Tests.Wire;
using MacroPortfolio.Core.Inputs;
using Microsoft.Extensions.Time.Testing;
using Octokit;

namespace MacroPortfolio.Action.Tests.GitHub;

/// <summary>GitHub is asked again when it says soon, and let be when it does not; what it refuses for good is not asked twice.</summary>
public sealed class GitHubPatienceTests
{
    private static readonly RepositoryName Repository = new("acme/site");
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());

    [Theory]
    [InlineData("429 Too Many Requests", "Retry-After: 2", 2)]
    [InlineData("403 Forbidden", "Retry-After: 5", 2)]
    [InlineData("403 Forbidden", "Retry-After: 60", 1)]
    [InlineData("429 Too Many Requests", "X-Other: 1", 1)]
    [InlineData("403 Forbidden", "X-Other: 1", 1)]
    [InlineData("404 Not Found", "Retry-After: 1", 1)]
    [InlineData("502 Bad Gateway", "X-Other: 1", 1)]
    public async Task A_comment_is_sent_again_only_where_GitHub_did_not_take_it_and_wants_it_soon(string status, string header, int posts)
    {
        await using var server = new RawServer(exchange =>
            exchange.Request.StartsWith("GET ", StringComparison.Ordinal) ? JsonAsync(exchange, "[]")
            : exchange.Connection == 1 && exchange.Number == 2 ? JsonAsync(exchange, """{ "message": "You have exceeded a secondary rate limit." }""", status, header)
            : JsonAsync(exchange, """{ "id": 1 }""", "201 Created"));

        var failure = await EndAsync(Api(server).UpsertCommentAsync(Repository, 12, "<!-- marker -->", "<!-- marker --> words", CancellationToken.None));

        server.Requests.Count(request => request.StartsWith("POST ", StringComparison.Ordinal)).Should().Be(posts);
        (failure is null).Should().Be(posts == 2);
        if (failure is ForbiddenException or ApiException { StatusCode: HttpStatusCode.TooManyRequests })
        {
            GitHubApi.IsAboutRate((ApiException)failure).Should().Be(header != "X-Other: 1" || status.StartsWith("429", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_end_of_the_hour_is_waited_for_when_it_is_near()
    {
        var reset = time.GetUtcNow().ToUnixTimeSeconds() + 4;
        await using var server = new RawServer(exchange => exchange.Number == 1
            ? JsonAsync(exchange, "{}", "403 Forbidden", "X-RateLimit-Remaining: 0", $"X-RateLimit-Reset: {reset}")
            : JsonAsync(exchange, """{ "number": 12 }"""));

        var failure = await EndAsync(Api(server).HeadAsync(Repository, 12, CancellationToken.None));

        (failure, server.Requests.Count).Should().Be((null, 2));
        time.GetUtcNow().ToUnixTimeSeconds().Should().BeGreaterThanOrEqualTo(reset - 1);
    }

    [Fact]
    public async Task What_fails_by_itself_is_read_three_times()
    {
        await using var server = new RawServer(exchange => JsonAsync(exchange, "{}", "503 Service Unavailable"));

        (await EndAsync(Api(server).HeadAsync(Repository, 12, CancellationToken.None))).Should().BeOfType<ApiException>();

        server.Requests.Count.Should().Be(3);
    }

    [Fact]
    public async Task A_GitHub_that_never_answers_costs_five_seconds_for_a_courtesy()
    {
        await using var server = new RawServer(_ => Task.CompletedTask);
        var began = time.GetTimestamp();

        (await EndAsync(Api(server).TitleAsync(Repository, new(new string('1', 40)), CancellationToken.None))).Should().BeOfType<TimeoutException>();

        time.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task The_token_goes_nowhere_but_to_GitHub()
    {
        await using var elsewhere = new RawServer(exchange => JsonAsync(exchange, "[]"));
        await using var server = new RawServer(exchange => JsonAsync(exchange, "", "302 Found", $"Location: {elsewhere.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/x"));

        await EndAsync(Api(server).PullsAsync(Repository, new(new string('1', 40)), CancellationToken.None));

        elsewhere.Requests.Should().NotContain(request => request.Contains("ghs_token", StringComparison.Ordinal));
    }

    private GitHubApi Api(RawServer server) => new(new Uri(server.Url), new Secret("ghs_token"), time);

    private static Task JsonAsync(RawServer.Exchange exchange, string body, string status = "200 OK", params string[] headers) =>
        exchange.AnswerAsync(body, status, "application/json; charset=utf-8", headers);

    private async Task<Exception?> EndAsync(Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System)) != work)
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
        }

        return work.Exception?.InnerException;
    }
}
