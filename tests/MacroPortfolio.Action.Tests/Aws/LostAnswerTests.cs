using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CodeDeploy;
using Amazon.Runtime;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>CreateDeployment has no idempotency token: a request whose answer was lost may have been carried out.</summary>
public sealed class LostAnswerTests
{
    private static readonly GroupPlan Plan = new(
        new GroupState(new("gray"), new HealthRule("CodeDeployDefault.AllAtOnce", "HOST_COUNT", 0), [], null, null),
        new Revision.GitHub(new("acme/site"), new("1111111111111111111111111111111111111111")),
        null,
        DeploymentSettings.Default,
        "acme/site@1111111 gray run 4711 of acme/site job deploy step __self (gray, attempt 1)",
        null);

    [Fact]
    public async Task A_request_is_sent_once_and_its_outcome_is_not_guessed()
    {
        await using var service = new LossyService((_, _) => null);

        var start = () => Deployer(service).StartAsync(new("site"), Plan);

        await start.Should().ThrowAsync<UnansweredException>();
        service.Asked.Should().Equal("CreateDeployment");
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_done()
    {
        var service = new LossyService((_, _) => null);
        var deployer = Deployer(service);
        await service.DisposeAsync();

        var start = () => deployer.StartAsync(new("site"), Plan);

        await start.Should().ThrowAsync<TransientException>();
    }

    [Fact]
    public async Task The_groups_deployments_are_read_newest_first_whatever_the_order_of_the_list()
    {
        var ids = Enumerable.Range(1, 40).Select(number => $"d-{number:000000000}").ToList();
        await using var service = new LossyService((operation, request) => operation switch
        {
            "ListDeployments" => JsonSerializer.Serialize(new { deployments = ids }),
            "BatchGetDeployments" => JsonSerializer.Serialize(new
            {
                deploymentsInfo = JsonNode.Parse(request)!["deploymentIds"]!.AsArray().Select(id => new { deploymentId = id!.GetValue<string>(), createTime = 1_760_000_000 + int.Parse(id.GetValue<string>()[2..]) }),
            }),
            _ => throw new InvalidOperationException(operation),
        });

        var history = await Deployer(service).HistoryAsync(new("site"), new("gray"), CancellationToken.None);

        history.Select(past => past.Id.Value).Should().Equal(ids.Order().Reverse(), "CodeDeploy does not promise an order, and here the newest come last");
        service.Asked.Should().Equal("ListDeployments", "BatchGetDeployments", "BatchGetDeployments");
    }

    [Fact]
    public async Task Where_the_list_begins_with_the_newest_the_rest_is_not_asked_for()
    {
        var ids = Enumerable.Range(1, 40).Select(number => $"d-{number:000000000}").Reverse().ToList();
        await using var service = new LossyService((operation, request) => operation switch
        {
            "ListDeployments" => JsonSerializer.Serialize(new { deployments = ids }),
            _ => JsonSerializer.Serialize(new
            {
                deploymentsInfo = JsonNode.Parse(request)!["deploymentIds"]!.AsArray().Select(id => new { deploymentId = id!.GetValue<string>(), createTime = 1_760_000_000 + int.Parse(id.GetValue<string>()[2..]) }),
            }),
        });

        (await Deployer(service).HistoryAsync(new("site"), new("gray"), CancellationToken.None)).Select(past => past.Id.Value).Should().Equal(ids.Take(25));
    }

    private static CodeDeployDeployer Deployer(LossyService service)
    {
        AmazonCodeDeployClient Client(int retries) => new(
            new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
            new AmazonCodeDeployConfig { ServiceURL = service.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = retries, MaxStaleConnectionRetries = 0 });
        var (permissions, reads) = (new CodeDeployPermissions(new("eu-west-1"), () => ""), Client(1));
        var reader = new CodeDeployReader(reads, new("site"), permissions, new Patience(Duration.Zero, TimeProvider.System, new Random(7), (_, _) => Task.CompletedTask));
        return new CodeDeployDeployer(reads, Client(0), reader, permissions, (_, _, _) => Task.FromResult<bool?>(null));
    }
}
