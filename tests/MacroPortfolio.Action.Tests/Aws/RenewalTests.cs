using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Simulator;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.World;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>A long watch outlives its first session, so credentials are renewed after the run has begun.</summary>
[Collection(Endpoint.OfTheProcess)]
public sealed class RenewalTests : IDisposable
{
    private const string World = """
        region: eu-west-1
        github: { repositories: [{ name: acme/site }] }
        iam:
          roles:
            - arn: arn:aws:iam::123456789012:role/deploy
              trust:
                Statement:
                  - Effect: Allow
                    Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
                    Action: "sts:AssumeRoleWithWebIdentity"
                    Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/site:*" } }
              policies: [{ Statement: [{ Effect: Allow, Action: "codedeploy:*", Resource: "*" }] }]
        codedeploy: { applications: [{ name: site }] }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("renewal-").FullName;
    private readonly StringWriter requests = new();

    public void Dispose()
    {
        requests.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_session_that_is_about_to_expire_is_renewed_with_a_fresh_token_in_the_middle_of_a_run()
    {
        // The cloud's clock is behind, so that each session it gives for an hour has but two minutes left here, and counts as old.
        var behind = new FakeTimeProvider(TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(58));
        var (repository, sha) = TestRepository.Create(Path.Combine(folder, "site"));
        var world = WorldReader.Parse(World.Replace("name: acme/site", $"name: acme/site, git: \"{repository}\"", StringComparison.Ordinal), folder);
        await using var simulator = await Simulator.Simulator.StartAsync(new SimulatorOptions { World = world, StateFolder = folder, Log = requests, TimeProvider = behind });
        var job = await simulator.Jobs.StartAsync(new JobRequest { Sha = sha }, CancellationToken.None);
        var runner = new RunnerEnvironment(job.Variables.ToDictionary(pair => pair.Key, pair => pair.Value));
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", simulator.Url);
        var inputs = new CommonInputs(
            new("arn:aws:iam::123456789012:role/deploy"), new("eu-west-1"), "sts.amazonaws.com", "test", 3600, null, new("site"), false, false, Duration.FromMinutes(1), ".github/macro-portfolio.yml", null, false);

        using var cloud = await Cloud.OpenAsync(inputs, runner, new Log(TextWriter.Null, runner, TimeProvider.System), TimeProvider.System, CancellationToken.None);
        var first = Sessions;

        // The SDK renews beside the call that finds the session old, so the next calls wait for it.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (Sessions == first && !patience.IsCancellationRequested)
        {
            (await cloud.Reader.StagesAsync(CancellationToken.None)).Should().BeEmpty();
        }

        Sessions.Should().BeGreaterThan(first);
    }

    private int Sessions => requests.ToString().Split("\"operation\":\"AssumeRoleWithWebIdentity\"").Length - 1;
}
