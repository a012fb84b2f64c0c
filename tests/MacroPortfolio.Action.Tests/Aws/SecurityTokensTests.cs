using System.Net;
using System.Net.Sockets;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Action.Tests.Wire;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>STS is asked at most twice for a session, and twice only where the second answer can be another.</summary>
[Collection(Endpoint.OfTheProcess)]
public sealed class SecurityTokensTests
{
    private const string Denied = "403 AccessDenied Not authorized to perform sts:AssumeRoleWithWebIdentity";

    [Theory]
    [InlineData(Denied, 2)]
    [InlineData("403 AccessDenied ... with an explicit deny in a resource control policy", 1)]
    [InlineData("400 InvalidIdentityToken No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com", 1)]
    [InlineData("400 InvalidIdentityToken Incorrect token audience", 1)]
    [InlineData("400 ValidationError The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", 1)]
    [InlineData("400 ExpiredTokenException Token expired: current date/time 2 must be before the expiration date/time 1", 1)]
    [InlineData("403 RegionDisabledException STS is not activated in this region for account:123456789012.", 1)]
    public async Task A_refusal_ends_the_run_without_access_after_two_calls_at_most(string answer, int calls)
    {
        await using var service = new ScriptedTokenService(answer);

        var (refusal, log) = await RefusedAsync(service);

        (refusal.Outcome, service.Asked).Should().Be((Outcome.NoAccess, calls));
        refusal.Message.Should().Contain(answer.Split(' ', 3)[1]).And.Contain(answer.Split(' ', 3)[2].TrimEnd('.'));
        refusal.Details.Should().Contain(line => line.StartsWith("AWS says", StringComparison.Ordinal));
        log.Split("Asking once more in 2 s").Should().HaveCount(calls, "a second try is announced");
        $"{refusal.Message}{refusal.Next}{string.Concat(refusal.Details)}{log.Replace($"::add-mask::{ScriptedTokenService.Token}", "", StringComparison.Ordinal)}".Should().NotContain(ScriptedTokenService.Token.Split('.')[1]);
    }

    [Theory]
    [InlineData("503 ServiceUnavailable busy", true)]
    [InlineData("500 InternalFailure sorry", true)]
    [InlineData("400 Throttling Rate exceeded", true)]
    [InlineData("400 IDPCommunicationError could not reach the issuer", true)]
    [InlineData("drop", false)]
    public async Task What_cannot_be_answered_now_is_asked_again_for_some_minutes_if_anybody_answers_and_is_no_refusal(string answer, bool patiently)
    {
        await using var service = new ScriptedTokenService(answer);

        var (refusal, log) = await RefusedAsync(service);

        refusal.Outcome.Should().Be(Outcome.Failed);
        service.Asked.Should().BeInRange(patiently ? 8 : 2, patiently ? 60 : 2);
        refusal.Message.Should().Contain("Could not ask AWS STS for a session of arn:aws:iam::123456789012:role/deploy");
        refusal.Next.Should().Be("Nothing was created; run again.");
        log.Split('\n').Should().HaveCountLessThan(60, "what goes on is said once in a while");
    }

    [Theory]
    [InlineData(Denied)]
    [InlineData("503 ServiceUnavailable busy")]
    [InlineData("400 InvalidIdentityToken Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements")]
    [InlineData("drop")]
    public async Task A_second_answer_that_is_good_suffices(string first)
    {
        await using var service = new ScriptedTokenService(first, "session");

        var identity = await OpenAsync(service.Url, TextWriter.Null);

        service.Asked.Should().Be(2);
        (await identity.CallerArnAsync(CancellationToken.None)).Should().Be("arn:aws:sts::123456789012:assumed-role/deploy/x");
        identity.KnownArn().Should().Be("arn:aws:sts::123456789012:assumed-role/deploy/x");
    }

    [Theory]
    [InlineData("GET ", "GitHub's token service could not be reached", 4)]
    [InlineData("POST ", "Could not ask AWS STS", 2)]
    public async Task A_token_service_or_STS_that_never_answers_is_given_up(string silent, string words, int tries)
    {
        await using var server = new RawServer(exchange =>
            exchange.Request.StartsWith(silent, StringComparison.Ordinal) ? Task.CompletedTask : exchange.AnswerAsync($$"""{ "value": "{{ScriptedTokenService.Token}}" }"""));

        var open = () => OpenAsync(server.Url, TextWriter.Null);

        var refusal = (await open.Should().ThrowAsync<DeployException>()).Which;
        (refusal.Outcome, refusal.Message).Should().Match<(Outcome Outcome, string Message)>(said => said.Outcome == Outcome.Failed && said.Message.Contains(words) && said.Message.Contains("no answer within"));
        server.Requests.Count(request => request.StartsWith(silent, StringComparison.Ordinal)).Should().Be(tries);
    }

    [Fact]
    public void A_name_that_is_not_known_points_to_region_and_DNS() =>
        Reachability.Hint(new InvalidOperationException("", new HttpRequestException(HttpRequestError.NameResolutionError))).Should().Contain("aws-region").And.Contain("DNS");

    [Theory]
    [InlineData(HttpRequestError.SecureConnectionError, "certificate")]
    [InlineData(HttpRequestError.ProxyTunnelError, "HTTPS_PROXY")]
    [InlineData(HttpRequestError.ConnectionError, "firewall")]
    public void What_breaks_a_connection_has_its_own_hint(HttpRequestError error, string words) => Reachability.Hint(new HttpRequestException(error)).Should().Contain(words);

    [Fact]
    public void A_refused_connection_is_told_before_the_general_advice() =>
        Reachability.Hint(new HttpRequestException(HttpRequestError.ConnectionError, null, new SocketException((int)SocketError.ConnectionRefused))).Should().Contain("AWS_ENDPOINT_URL");

    [Theory]
    [InlineData("403 Forbidden")]
    [InlineData("407 Proxy Authentication Required")]
    public async Task A_proxy_that_refuses_is_not_taken_for_GitHub_refusing_a_token(string status)
    {
        await using var proxy = new RawServer(exchange => exchange.AnswerAsync("", status));
        using var http = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy(proxy.Url), UseProxy = true });
        var time = new FakeTimeProvider();

        var asking = new IdTokens(http, new Uri("https://issuer.example/token?v=1"), new Secret("request"), time).GetAsync("sts.amazonaws.com", CancellationToken.None);
        while (await Task.WhenAny(asking, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System)) != asking)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var refusal = (await FluentActions.Awaiting(() => asking).Should().ThrowAsync<TransientException>()).Which;
        refusal.Message.Should().Contain("The proxy refused").And.NotContain("id-token");
        refusal.IsReached.Should().BeFalse("it is not GitHub that is busy");
    }

    private static async Task<(DeployException Refusal, string Log)> RefusedAsync(ScriptedTokenService service)
    {
        using var log = new StringWriter();
        var open = () => OpenAsync(service.Url, log);
        return ((await open.Should().ThrowAsync<DeployException>()).Which, log.ToString());
    }

    private static async Task<Identity> OpenAsync(string url, TextWriter log)
    {
        Endpoint.Set(url);
        var time = new FakeTimeProvider();
        var runner = new RunnerEnvironment(new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["ACTIONS_ID_TOKEN_REQUEST_URL"] = $"{url}/token?api-version=2.0",
            ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "request",
        });
        var inputs = new CommonInputs(
            new("arn:aws:iam::123456789012:role/deploy"), new("eu-west-1"), "sts.amazonaws.com", "test", 3600, null, new("site"), false, false, Duration.FromMinutes(1), ".github/macro-portfolio.yml", null, false);
        using var connections = new Connections(time);
        using var http = connections.Client(TimeSpan.FromSeconds(10));
        var open = Credentials.OpenAsync(inputs, runner, http, connections, new Log(log, runner, time), time, CancellationToken.None);
        while (await Task.WhenAny(open, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System)) != open)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        return await open;
    }
}
