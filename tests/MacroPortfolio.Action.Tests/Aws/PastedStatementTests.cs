using System.Text.Json.Nodes;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Simulator;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>What a refusal tells people to paste is what is missing: pasted, it works.</summary>
[Collection(Endpoint.OfTheProcess)]
public sealed class PastedStatementTests : IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/deploy";
    private const string Harmless = """{ "Effect": "Allow", "Action": "codedeploy:ListApplications", "Resource": "*" }""";

    private static readonly JsonNode TrustsAnother = JsonNode.Parse("""
        {
          "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
          "Principal": { "Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
          "Condition": { "StringEquals": { "token.actions.githubusercontent.com:sub": "repo:acme/site:environment:production" } }
        }
        """)!;

    private static readonly JsonNode TrustsAll = JsonNode.Parse(TrustsAnother.ToJsonString().Replace("StringEquals", "StringLike", StringComparison.Ordinal).Replace("environment:production", "*", StringComparison.Ordinal))!;

    private readonly string folder = Directory.CreateTempSubdirectory("pasted-").FullName;
    private readonly StringWriter requests = new();

    public void Dispose()
    {
        requests.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(false, "gray")]
    [InlineData(true, "gray")]
    [InlineData(false, "a:b")]
    [InlineData(false, "")]
    public async Task A_role_that_gets_the_statement_shown_lets_the_job_in(bool immutable, string environment)
    {
        var world = World([TrustsAnother], ["""{ "Effect": "Allow", "Action": "codedeploy:*", "Resource": "*" }"""], immutable);

        var refused = await RunAsync(world, environment, "status");
        var statement = Statements.In(refused.Summary)[0];
        var admitted = await RunAsync(World([TrustsAnother, statement], ["""{ "Effect": "Allow", "Action": "codedeploy:*", "Resource": "*" }"""], immutable), environment, "status");

        refused.Code.Should().Be(ExitCode.NoAccess, "{0}", refused.Output);
        requests.ToString().Split("\"operation\":\"AssumeRoleWithWebIdentity\"").Length.Should().BeLessThanOrEqualTo(1 + 2 + 1, "at most two calls of the refused run, and one of the other");
        admitted.Code.Should().Be(ExitCode.Succeeded, "{0}", admitted.Output);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("deploy", "--deployment-group", "gray", "--wait", "false")]
    [InlineData("gray")]
    [InlineData("promote")]
    [InlineData("rollback")]
    public async Task A_role_that_may_nothing_suffices_once_it_has_what_each_refusal_shows(params string[] words)
    {
        var statements = new List<string> { Harmless };
        var run = await RunAsync(World([TrustsAll], statements), "gray", words);
        for (var rounds = 0; run.Code == ExitCode.NoAccess && rounds < 12; rounds++)
        {
            var shown = Statements.In(run.Summary).Select(statement => statement.ToJsonString()).ToList();
            shown.Should().Contain(statement => !statements.Contains(statement), "every refusal brings something new: {0}", run.Summary);
            statements.AddRange(shown);
            run = await RunAsync(World([TrustsAll], statements), "gray", words);
        }

        run.Code.Should().NotBe(ExitCode.NoAccess, "{0}", run.Output);
        statements.Should().HaveCountGreaterThan(2).And.OnlyContain(statement => statement == Harmless || (!statement.Contains("ACCOUNT") && !statement.Contains('*'.ToString() + '"' + ",")));
        if (words[0] is "deploy" or "gray")
        {
            requests.ToString().Should().MatchRegex("\"operation\":\"CreateDeployment\",\"status\":200");
        }
    }

    private WorldFile World(IReadOnlyList<JsonNode> trust, IReadOnlyList<string> statements, bool immutable = false)
    {
        var site = Path.Combine(folder, "site");
        if (!Directory.Exists(site))
        {
            TestRepository.Create(site);
        }

        var file = WorldReader.Parse(
            $$"""
            region: eu-west-1
            github: { repositories: [{ name: acme/site, git: "{{site}}", immutable-sub: {{(immutable ? "true" : "false")}} }] }
            codedeploy:
              applications:
                - name: site
                  linked-to-github: true
                  deployment-groups:
                    - { name: gray, deployment-config: CodeDeployDefault.AllAtOnce }
                    - { name: stable, deployment-config: CodeDeployDefault.AllAtOnce }
            """,
            folder);
        JsonNode Policy(IEnumerable<string> parts) => JsonNode.Parse($$"""{ "Version": "2012-10-17", "Statement": [{{string.Join(", ", parts)}}] }""")!;
        return file with { Iam = new IamWorld { Roles = [new RoleWorld { Arn = Role, Trust = Policy(trust.Select(one => one.ToJsonString())), Policies = [Policy(statements)] }] } };
    }

    private async Task<(ExitCode Code, string Output, string Summary)> RunAsync(WorldFile world, string environment, params string[] words)
    {
        var state = Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName;
        await using var simulator = await Simulator.Simulator.StartAsync(new SimulatorOptions { World = world, StateFolder = state, Log = requests });
        var job = await simulator.Jobs.StartAsync(new JobRequest { Environment = environment }, CancellationToken.None);
        Endpoint.Set(simulator.Url);
        using var output = new StringWriter();
        var code = await App.RunAsync(
            [.. words, "--application", "site", "--role-to-assume", Role, .. words[0] == "status" ? (string[])[] : ["--comment", "false"]],
            job.Variables.ToDictionary(pair => pair.Key, pair => pair.Value),
            output,
            TextWriter.Null,
            TimeProvider.System,
            new Stopping(CancellationToken.None, CancellationToken.None));
        return (code, output.ToString(), await File.ReadAllTextAsync(job["GITHUB_STEP_SUMMARY"]));
    }
}
