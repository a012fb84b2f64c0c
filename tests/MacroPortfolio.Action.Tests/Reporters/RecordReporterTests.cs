using System.Text.Json.Nodes;
using Amazon.CodeDeploy;
using Amazon.Runtime;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Action.Reporters;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Action.Tests.Wire;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace MacroPortfolio.Action.Tests.Reporters;

/// <summary>Records are written beside a run: they neither fail it nor hold it up for long, and do not get lost among those of others.</summary>
public sealed class RecordReporterTests : IDisposable
{
    private static readonly DeploymentGroupName Gray = new("gray");
    private static readonly Revision.GitHub Before = new(new("acme/site"), new(new string('1', 40)));
    private static readonly Revision.GitHub Now = new(new("acme/site"), new(new string('2', 40)));

    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly StringWriter said = new();

    public void Dispose() => said.Dispose();

    [Theory]
    [InlineData("GET ", "")]
    [InlineData("POST ", "")]
    [InlineData("POST ", "429 Too Many Requests")]
    [InlineData("POST ", "403 Forbidden")]
    [InlineData("GET ", "503 Service Unavailable")]
    public async Task Ten_seconds_are_the_most_that_they_cost(string method, string status)
    {
        await using var github = new RawServer(exchange =>
            exchange.Request.StartsWith(method, StringComparison.Ordinal) ? status.Length == 0 ? Task.CompletedTask : JsonAsync(exchange, """{ "message": "later" }""", status, "Retry-After: 3")
            : JsonAsync(exchange, exchange.Request.StartsWith("GET ", StringComparison.Ordinal) ? "[]" : """{ "id": 5 }"""));
        await using var codedeploy = new RawServer(exchange => exchange.AnswerAsync("{}"));
        var reporter = ReporterOf(github, codedeploy);

        await reporter.ReportAsync(Started, CancellationToken.None);
        await PassAsync(reporter.ReportAsync(Ended, CancellationToken.None));

        said.ToString().Should().Contain("warning: What became of the deployment could not be written to GitHub's deployments").And.NotContain("permissions");
        said.ToString().Split("warning:").Should().HaveCount(2, "one warning is enough");
    }

    [Fact]
    public async Task Where_many_applications_share_an_environment_the_last_success_is_looked_for_on_the_next_page()
    {
        var others = new JsonArray([.. Enumerable.Range(0, 100).Select(number => Deployment(1_000 - number, "other", "d-A00000000"))]).ToJsonString();
        var last = new JsonArray(Deployment(7, "site", "d-000000001")).ToJsonString();
        await using var github = new RawServer(exchange => JsonAsync(exchange, exchange.Request switch
        {
            var request when request.StartsWith("POST ", StringComparison.Ordinal) => """{ "id": 2000 }""",
            var request when request.Contains("/statuses?", StringComparison.Ordinal) => """[{ "state": "success" }]""",
            var request when request.Contains("page=1 ", StringComparison.Ordinal) => others,
            var request when request.Contains("page=2 ", StringComparison.Ordinal) => last,
            _ => "[]",
        }));
        await using var codedeploy = new RawServer(exchange => exchange.AnswerAsync("{}"));
        var reporter = ReporterOf(github, codedeploy);

        await reporter.ReportAsync(Started, CancellationToken.None);
        await reporter.ReportAsync(Ended, CancellationToken.None);

        said.ToString().Should().BeEmpty();
        var writes = github.Requests.Where(request => request.StartsWith("POST ", StringComparison.Ordinal)).Select(request => request[..request.IndexOf(" HTTP", StringComparison.Ordinal)]).ToList();
        writes.Should().Equal(
            "POST /repos/acme/site/deployments",
            "POST /repos/acme/site/deployments/2000/statuses",
            "POST /repos/acme/site/deployments/2000/statuses",
            "POST /repos/acme/site/deployments/7/statuses");
        github.Requests.Last().Should().Contain("\"state\":\"inactive\"").And.Contain("\"auto_inactive\":false");
    }

    [Fact]
    public async Task A_deployment_of_somebody_else_is_watched_and_not_recorded()
    {
        await using var github = new RawServer(exchange => JsonAsync(exchange, "[]"));
        await using var codedeploy = new RawServer(exchange => exchange.AnswerAsync("{}"));
        var reporter = ReporterOf(github, codedeploy);

        await reporter.ReportAsync(new RunEvent.Attached(Plan, Past("d-000000002", Now), Ours: false), CancellationToken.None);
        await reporter.ReportAsync(Ended, CancellationToken.None);

        github.Requests.Should().BeEmpty();
    }

    private static GroupPlan Plan => new(
        new GroupState(Gray, new HealthRule("CodeDeployDefault.AllAtOnce", null, null), [], Past("d-000000001", Before), Past("d-000000001", Before)), Now, null, DeploymentSettings.Default, "by hand", null)
    {
        Environment = new StageEnvironment("gray", null),
    };

    private static RunEvent Started => new RunEvent.Started(Plan, new DeploymentId("d-000000002"));

    private static RunEvent Ended => new RunEvent.Ended(new RunReport(
        Outcome.Succeeded, "gray", "site", new("eu-west-1"), "", "", Instant.MinValue, Instant.MinValue, [new GroupResult(Plan, new DeploymentId("d-000000002"), null, [], null, Outcome.Succeeded, "gray runs it.")]));

    private static PastDeployment Past(string id, Revision revision) => new(new(id), Gray, revision, Phase.Succeeded, "Succeeded", null, null, null, "user", null);

    private static JsonObject Deployment(long id, string application, string deployment) => new()
    {
        ["id"] = id,
        ["sha"] = Before.Id.Value,
        ["payload"] = new JsonObject
        {
            ["schema"] = 1,
            ["application"] = application,
            ["stage"] = "gray",
            ["groups"] = new JsonArray("gray"),
            ["deployments"] = new JsonArray(deployment),
        },
    };

    /// <summary>No more than eleven seconds pass, however slow this machine is.</summary>
    private async Task PassAsync(Task report)
    {
        for (var halves = 0; halves < 22 && await Task.WhenAny(report, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System)) != report; halves++)
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
        }

        await report.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
    }

    private RecordReporter ReporterOf(RawServer github, RawServer codedeploy)
    {
        var runner = new RunnerEnvironment(new Dictionary<string, string> { ["GITHUB_REPOSITORY"] = "acme/site", ["GITHUB_RUN_ID"] = "42", ["GITHUB_SHA"] = Before.Id.Value });
        var api = new GitHubApi(new Uri(github.Url), new Secret("ghs_token"), time);
        var client = new AmazonCodeDeployClient(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), new AmazonCodeDeployConfig { ServiceURL = codedeploy.Url, AuthenticationRegion = "eu-west-1" });
        var reader = new CodeDeployReader(client, new("site"), new CodeDeployPermissions(new("eu-west-1"), () => ""), new Patience(Duration.Zero, time, new Random(1), (_, _) => Task.CompletedTask));
        return new RecordReporter(api, reader, new("acme/site"), new("site"), "gray", runner, new Log(said, runner, time), time);
    }

    private static Task JsonAsync(RawServer.Exchange exchange, string body, string status = "200 OK", params string[] headers) =>
        exchange.AnswerAsync(body, status, "application/json; charset=utf-8", headers);
}
