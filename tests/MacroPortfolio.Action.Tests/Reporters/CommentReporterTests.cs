using Amazon.CodeDeploy;
using Amazon.Runtime;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Action.Reporters;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Action.Tests.Wire;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace MacroPortfolio.Action.Tests.Reporters;

/// <summary>A comment that cannot be written soon is given up with a warning: it neither fails a run nor holds it up for long.</summary>
public sealed class CommentReporterTests : IDisposable
{
    private static readonly CommitId Commit = new(new string('1', 40));

    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly StringWriter said = new();

    public void Dispose() => said.Dispose();

    [Theory]
    [InlineData("GET ", "")]
    [InlineData("POST ", "")]
    [InlineData("POST ", "429 Too Many Requests")]
    [InlineData("POST ", "403 Forbidden")]
    [InlineData("GET ", "503 Service Unavailable")]
    public async Task Ten_seconds_are_the_most_that_it_costs(string method, string status)
    {
        await using var github = new RawServer(exchange =>
            exchange.Request.StartsWith(method, StringComparison.Ordinal) ? status.Length == 0 ? Task.CompletedTask : JsonAsync(exchange, """{ "message": "later" }""", status, "Retry-After: 3")
            : exchange.Request.Contains("/pulls?", StringComparison.Ordinal) ? JsonAsync(exchange, """[{ "number": 12 }]""")
            : JsonAsync(exchange, "[]"));
        await using var codedeploy = new RawServer(exchange => exchange.AnswerAsync("""{ "deploymentGroups": [] }"""));

        var report = ReporterOf(github, codedeploy).ReportAsync(new RunEvent.Ended(Report), CancellationToken.None);
        for (var halves = 0; halves < 22 && await Task.WhenAny(report, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System)) != report; halves++)
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
        }

        // No more than eleven seconds have passed, however slow this machine is.
        await report.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        said.ToString().Should().Contain("warning: The pull request comment could not be written").And.NotContain("permissions");
    }

    private static RunReport Report => new(Outcome.Succeeded, "deploy", "site", new("eu-west-1"), "", "", Instant.MinValue, Instant.MinValue, [])
    {
        Subjects = [new Revision.GitHub(new("acme/site"), Commit)],
    };

    private CommentReporter ReporterOf(RawServer github, RawServer codedeploy)
    {
        var runner = new RunnerEnvironment(new Dictionary<string, string> { ["GITHUB_REPOSITORY"] = "acme/site" });
        var api = new GitHubApi(new Uri(github.Url), new Secret("ghs_token"), time);
        var client = new AmazonCodeDeployClient(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), new AmazonCodeDeployConfig { ServiceURL = codedeploy.Url, AuthenticationRegion = "eu-west-1" });
        var reader = new CodeDeployReader(client, new("site"), new CodeDeployPermissions(new("eu-west-1"), () => ""), new Patience(Duration.Zero, time, new Random(1), (_, _) => Task.CompletedTask));
        return new CommentReporter(api, new ChangePulls(api, new("acme/site"), runner.Trigger), reader, new("acme/site"), new("site"), null, "", text => text, new Log(said, runner, time), time);
    }

    private static Task JsonAsync(RawServer.Exchange exchange, string body, string status = "200 OK", params string[] headers) =>
        exchange.AnswerAsync(body, status, "application/json; charset=utf-8", headers);
}
