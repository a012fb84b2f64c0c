using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MacroPortfolio.Simulator.Faults;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.Tests.World;
using MacroPortfolio.Simulator.World;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;

namespace MacroPortfolio.Simulator.Tests.Front;

public sealed class FrontDoorTests : IDisposable
{
    private readonly StringWriter _log = new();
    private readonly StringWriter _notes = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 10, 1, 8, 0, 0, 7, TimeSpan.Zero));

    public void Dispose()
    {
        _log.Dispose();
        _notes.Dispose();
    }

    [Fact]
    public async Task The_log_has_one_line_for_a_request_with_just_these_fields()
    {
        await AnswerAsync(new Scripted(exchange =>
        {
            exchange.Operation = "GetDeployment";
            exchange.Principal = "arn:aws:iam::123456789012:user/dana";
            exchange.Request = new JsonObject { ["deploymentId"] = "d-1", ["description"] = "one\ntwo <3" };
            exchange.Http.Response.StatusCode = 400;
            _time.Advance(TimeSpan.FromMilliseconds(12.34));
        }));

        _log.ToString().Should().Be("""
            {"time":"2026-10-01T08:00:00.007Z","service":"codedeploy","operation":"GetDeployment","status":400,"principal":"arn:aws:iam::123456789012:user/dana","milliseconds":12.3,"request":{"deploymentId":"d-1","description":"one\ntwo <3"}}

            """);
    }

    [Fact]
    public async Task A_dropped_connection_is_logged_as_status_0()
    {
        await AnswerAsync(new Scripted(exchange => exchange.Http.Abort()));

        Line()["status"]!.GetValue<int>().Should().Be(0);
    }

    [Fact]
    public async Task A_fault_of_the_simulator_is_a_500_and_told_in_the_notes()
    {
        var http = await AnswerAsync(new Scripted(_ => throw new InvalidOperationException("out of order")));

        (http.Response.StatusCode, Line()["status"]!.GetValue<int>()).Should().Be((500, 500));
        _notes.ToString().Should().Contain("out of order");
    }

    [Fact]
    public async Task A_request_that_nothing_knows_is_not_found_and_logged()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.GetAsync("/favicon.ico");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Should().Be("The simulator does not know GET /favicon.ico.\n");
        var line = JsonNode.Parse(cloud.Log.Should().ContainSingle().Which)!;
        (line["service"]!.ToString(), line["operation"]!.ToString(), line["status"]!.GetValue<int>()).Should().Be(("unknown", "GET /favicon.ico", 404));
    }

    [Fact]
    public async Task The_simulators_own_route_starts_jobs_and_is_not_in_the_log()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var started = await cloud.PostAsync("/_simulator/jobs", System.Net.Http.Json.JsonContent.Create(new JobRequest { Actor = "lee" }));
        using var refused = await cloud.PostAsync("/_simulator/jobs", System.Net.Http.Json.JsonContent.Create(new JobRequest { Sha = "x" }));
        using var unknown = await cloud.GetAsync("/_simulator/secrets");

        (started.StatusCode, refused.StatusCode, unknown.StatusCode).Should().Be((HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.NotFound));
        (await started.Content.ReadAsStringAsync()).Should().Contain("\"GITHUB_ACTOR\"");
        cloud.Log.Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_names()
    {
        async Task<string> TokenAsync(int seed)
        {
            await using var cloud = await TestCloud.StartAsync(world => world with { Seed = seed });
            return (await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default))["INPUT_GITHUB-TOKEN"];
        }

        var (one, again, other) = (await TokenAsync(1), await TokenAsync(1), await TokenAsync(2));

        again.Should().Be(one);
        other.Should().NotBe(one);
    }

    [Theory]
    [InlineData("GET", "/_actions/idtoken/1/1", null, null, "oidc")]
    [InlineData("GET", "/.well-known/jwks", null, null, "oidc")]
    [InlineData("GET", "/api/v3/repos/acme/macro-portfolio", null, null, "github")]
    [InlineData("POST", "/", null, "Action=GetCallerIdentity&Version=2011-06-15", "sts")]
    [InlineData("POST", "/", null, "Action=DescribeInstances&Version=2016-11-15", "ec2")]
    [InlineData("GET", "/?Action=GetCallerIdentity&Version=2011-06-15", null, null, "sts")]
    [InlineData("POST", "/", "sts", "Action=GetCallerIdentity", "sts")]
    [InlineData("GET", "/", "s3", null, "s3")]
    [InlineData("PUT", "/other/key", "s3", null, "s3")]
    [InlineData("GET", "/bundles/site.zip", null, null, "s3")]
    [InlineData("GET", "/bundles/site.zip?X-Amz-Credential=K%2F20260101%2Fap-east-1%2Fs3%2Faws4_request", null, null, "s3")]
    [InlineData("GET", "/other/site.zip", null, null, null)]
    [InlineData("GET", "/", null, null, null)]
    [InlineData("POST", "/", "dynamodb", null, "dynamodb")]
    public void A_request_goes_to_the_service_that_it_is_for(string method, string target, string? signedFor, string? form, string? service)
    {
        var http = Http(method, target);
        if (signedFor is not null)
            http.Request.Headers.Authorization = $"AWS4-HMAC-SHA256 Credential=K/20260101/ap-east-1/{signedFor}/aws4_request, SignedHeaders=host, Signature=1";
        if (form is not null)
            http.Request.ContentType = "application/x-www-form-urlencoded; charset=utf-8";

        var route = Router.Route(new Exchange(http, System.Text.Encoding.UTF8.GetBytes(form ?? "")), WorldReader.Parse(Some.World, "/"));

        route.Should().Be(service);
    }

    [Theory]
    [InlineData("CodeDeploy_20141006.GetDeployment", "codedeploy")]
    [InlineData("DynamoDB_20120810.GetItem", "dynamodb")]
    public void A_target_of_the_JSON_protocol_names_its_service(string target, string service)
    {
        var http = Http("POST", "/");
        http.Request.Headers["X-Amz-Target"] = target;
        http.Request.Headers.Authorization = "AWS4-HMAC-SHA256 Credential=K/20260101/ap-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=1";

        var route = Router.Route(new Exchange(http, []), WorldReader.Parse(Some.World, "/"));

        route.Should().Be(service);
    }

    [Fact]
    public async Task Only_loopback_is_listened_on()
    {
        await using var cloud = await TestCloud.StartAsync();

        cloud.Simulator.Url.Should().MatchRegex(new Regex(@"^http://127\.0\.0\.1:\d+$"));
    }

    [Fact]
    public async Task A_simulator_tells_the_others_where_it_is_until_it_ends()
    {
        var cloud = await TestCloud.StartAsync();
        var file = Path.Combine(cloud.Folder, "state", "simulator.json");

        var text = await File.ReadAllTextAsync(file);
        await cloud.Simulator.DisposeAsync();

        text.Should().Contain(cloud.Simulator.Url);
        File.Exists(file).Should().BeFalse();
        Directory.Delete(cloud.Folder, recursive: true);
    }

    private async Task<HttpContext> AnswerAsync(IService service)
    {
        using var runner = new Runner(new WorldFile(), Path.GetTempPath(), new JobTokens(), () => "");
        using var faults = new FaultPlan(new WorldFile());
        var door = new FrontDoor(new WorldFile(), [service], new Admin(runner, faults), faults, new RequestLog(_log), _notes, _time);
        var http = Http("POST", "/");
        http.Request.Headers["X-Amz-Target"] = "CodeDeploy_20141006.GetDeployment";
        await door.AnswerAsync(http);
        return http;
    }

    private JsonNode Line() => JsonNode.Parse(_log.ToString())!;

    private static DefaultHttpContext Http(string method, string target)
    {
        var http = new DefaultHttpContext();
        var parts = target.Split('?');
        (http.Request.Method, http.Request.Path) = (method, parts[0]);
        http.Request.QueryString = new QueryString(parts.Length > 1 ? $"?{parts[1]}" : "");
        http.Features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature());
        return http;
    }

    /// <summary>A service that does one thing.</summary>
    private sealed class Scripted(Action<Exchange> answer) : IService
    {
        public string Name => "codedeploy";

        public void Describe(Exchange exchange)
        {
        }

        public Task AnswerAsync(Exchange exchange, CancellationToken ct)
        {
            answer(exchange);
            return Task.CompletedTask;
        }

        public Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct) => throw new NotSupportedException();
    }
}
