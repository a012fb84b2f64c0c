using System.Text.Json;
using Amazon.CodeDeploy;
using Amazon.Runtime;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>CreateDeployment has no idempotency token: a request whose answer was lost may have been carried out.</summary>
public sealed class LostAnswerTests
{
    private static readonly GroupPlan Plan = new(
        new GroupState(new("gray"), new HealthRule("CodeDeployDefault.AllAtOnce", "HOST_COUNT", 0), [], null, null),
        new Revision.GitHub(new("acme/site"), new("1111111111111111111111111111111111111111")),
        null,
        DeploymentSettings.Default,
        "acme/site@1111111 gray run 4711 of acme/site job deploy step __self (gray, attempt 1)");

    [Fact]
    public async Task A_request_is_sent_once_and_found_again_by_its_description()
    {
        await using var service = new LossyService((operation, _) => operation switch
        {
            "CreateDeployment" => null,
            "ListDeployments" => """{ "deployments": ["d-OTHER0000", "d-OURS00000"] }""",
            "BatchGetDeployments" => JsonSerializer.Serialize(new
            {
                deploymentsInfo = new[]
                {
                    new { deploymentId = "d-OTHER0000", description = "somebody's" },
                    new { deploymentId = "d-OURS00000", description = Plan.Description },
                },
            }),
            _ => throw new InvalidOperationException(operation),
        });

        var id = await Deployer(service).StartAsync(new("site"), Plan);

        id.Value.Should().Be("d-OURS00000");
        service.Asked.Should().Equal("CreateDeployment", "ListDeployments", "BatchGetDeployments");
    }

    [Fact]
    public async Task Where_it_is_not_found_the_run_says_that_it_cannot_be_sure()
    {
        await using var service = new LossyService((operation, _) => operation switch
        {
            "CreateDeployment" => null,
            "ListDeployments" => """{ "deployments": [] }""",
            _ => throw new InvalidOperationException(operation),
        });

        var start = () => Deployer(service).StartAsync(new("site"), Plan);

        var refusal = (await start.Should().ThrowAsync<DeployException>()).Which;
        refusal.Outcome.Should().Be(Outcome.Failed);
        refusal.Message.Should().Contain("most likely none was created, but that is not certain");
        service.Asked.Should().ContainSingle(operation => operation == "CreateDeployment");
    }

    private static CodeDeployDeployer Deployer(LossyService service)
    {
        AmazonCodeDeployClient Client(int retries) => new(
            new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
            new AmazonCodeDeployConfig { ServiceURL = service.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = retries, MaxStaleConnectionRetries = 0 });
        return new CodeDeployDeployer(Client(1), Client(0), new CodeDeployPermissions(new("eu-west-1"), () => ""), TimeProvider.System);
    }
}
