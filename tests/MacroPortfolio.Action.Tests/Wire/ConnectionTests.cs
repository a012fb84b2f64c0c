using Amazon.CodeDeploy;
using Amazon.CodeDeploy.Model;
using Amazon.Runtime;
using MacroPortfolio.Action.Aws;
using Microsoft.Extensions.Time.Testing;

namespace MacroPortfolio.Action.Tests.Wire;

/// <summary>A connection is used again for reads, and a request to create a deployment is put on one connection once, whatever becomes of that.</summary>
public sealed class ConnectionTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly Connections connections;

    public ConnectionTests() => connections = new Connections(time);

    public void Dispose() => connections.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_create_request_on_a_connection_that_closes_as_it_arrives_is_not_sent_again(bool reset)
    {
        await using var server = new RawServer(exchange =>
        {
            if (exchange.Request.Contains("CodeDeploy_20141006.CreateDeployment", StringComparison.Ordinal))
            {
                exchange.Close(reset);
                return Task.CompletedTask;
            }

            return exchange.AnswerAsync("""{ "deployments": [] }""");
        });
        using var reads = Reads(server.Url);
        using var creator = Creator(server.Url);
        await reads.ListDeploymentsAsync(new ListDeploymentsRequest());

        var create = () => creator.CreateDeploymentAsync(new CreateDeploymentRequest { ApplicationName = "site" });

        await create.Should().ThrowAsync<Exception>();
        server.Requests.Where(request => request.Contains("CreateDeployment", StringComparison.Ordinal)).Should().ContainSingle();
        server.Connections.Should().Be(1, "it went out on the connection of the read before it");
    }

    [Fact]
    public async Task A_create_request_finds_a_connection_that_was_closed_before_it_and_takes_another()
    {
        await using var server = new RawServer(async exchange =>
        {
            await exchange.AnswerAsync(exchange.Request.Contains("CreateDeployment", StringComparison.Ordinal) ? """{ "deploymentId": "d-1" }""" : """{ "deployments": [] }""");
            exchange.Close(reset: false);
        });
        using var reads = Reads(server.Url);
        using var creator = Creator(server.Url);
        await reads.ListDeploymentsAsync(new ListDeploymentsRequest());
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);

        var created = await creator.CreateDeploymentAsync(new CreateDeploymentRequest { ApplicationName = "site" });

        created.DeploymentId.Should().Be("d-1");
        server.Requests.Where(request => request.Contains("CreateDeployment", StringComparison.Ordinal)).Should().ContainSingle();
    }

    [Theory]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task Nobody_is_followed_to_elsewhere_with_a_create_request(string status)
    {
        await using var elsewhere = new RawServer(exchange => exchange.AnswerAsync("""{ "deploymentId": "d-1" }"""));
        await using var server = new RawServer(exchange => exchange.AnswerAsync("", status, headers: $"Location: {elsewhere.Url}/"));
        using var creator = Creator(server.Url);

        var create = () => creator.CreateDeploymentAsync(new CreateDeploymentRequest { ApplicationName = "site" });

        await create.Should().ThrowAsync<Exception>();
        elsewhere.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Requests_one_after_another_share_one_connection_whichever_client_they_are_of()
    {
        await using var server = new RawServer(exchange => exchange.AnswerAsync("""{ "deployments": [], "deploymentId": "d-1" }"""));
        using var reads = Reads(server.Url);
        using var creator = Creator(server.Url);

        for (var round = 0; round < 20; round++)
        {
            await reads.ListDeploymentsAsync(new ListDeploymentsRequest());
            await creator.CreateDeploymentAsync(new CreateDeploymentRequest { ApplicationName = "site" });
            using var token = await connections.Client(TimeSpan.FromSeconds(1)).GetAsync(new Uri(server.Url));
        }

        (server.Connections, server.Requests.Count).Should().Be((1, 60));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{ \"dep")]
    public async Task A_server_that_does_not_finish_its_answer_is_given_up_in_time(string beginning)
    {
        await using var server = new RawServer(exchange => exchange.SendAsync(beginning));
        using var creator = Creator(server.Url);

        var create = creator.CreateDeploymentAsync(new CreateDeploymentRequest { ApplicationName = "site" });
        while (server.Requests.Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        create.IsCompleted.Should().BeFalse();
        var began = time.GetTimestamp();
        while (!create.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        (await FluentActions.Awaiting(() => create).Should().ThrowAsync<Exception>()).Which.ToString().Should().Contain("no answer within 30 s");
        time.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(40));
        server.Requests.Should().ContainSingle();
    }

    private RepeatingClient Reads(string url) => new(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), Config(url));

    private AmazonCodeDeployClient Creator(string url)
    {
        var config = Config(url);
        config.MaxErrorRetry = config.MaxStaleConnectionRetries = 0;
        return new AmazonCodeDeployClient(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), config);
    }

    private AmazonCodeDeployConfig Config(string url) =>
        new() { ServiceURL = url, AuthenticationRegion = "eu-west-1", HttpClientFactory = connections, Timeout = TimeSpan.FromSeconds(30) };
}
