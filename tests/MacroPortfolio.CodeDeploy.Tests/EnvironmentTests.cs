using Amazon.CodeDeploy.Model;
using Amazon.CodeDeploy.Tests.Server;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CodeDeploy.Tests;

/// <summary>The environment belongs to the process, so these run while nothing else does.</summary>
[CollectionDefinition(nameof(EnvironmentTests), DisableParallelization = true)]
[Collection(nameof(EnvironmentTests))]
public sealed class EnvironmentTests : IDisposable
{
    private readonly Dictionary<string, string?> before = [];

    public void Dispose()
    {
        foreach (var (name, value) in before)
            Environment.SetEnvironmentVariable(name, value);
        ReadAgain();
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_CODEDEPLOY")]
    [InlineData("AWS_ENDPOINT_URL")]
    public async Task The_endpoint_may_come_from_the_environment(string variable)
    {
        await using var server = new RawServer(Answer.Json("""{"deploymentId":"d-1"}"""));
        Set(variable, server.Url);
        Set("AWS_REGION", "ap-east-1");
        using var client = new AmazonCodeDeployClient(Some.Credentials, new AmazonCodeDeployConfig());

        var response = await client.CreateDeploymentAsync(new CreateDeploymentRequest());

        response.DeploymentId.Should().Be("d-1");
        server.Requests.Should().ContainSingle().Which["Authorization"].Should().Contain("/ap-east-1/codedeploy/aws4_request");
    }

    [Fact]
    public async Task The_endpoint_of_this_service_goes_before_the_endpoint_of_all()
    {
        await using var server = new RawServer(Answer.Json("{}"));
        await using var other = new RawServer(Answer.Json("{}"));
        Set("AWS_ENDPOINT_URL_CODEDEPLOY", server.Url);
        Set("AWS_ENDPOINT_URL", other.Url);
        Set("AWS_REGION", "ap-east-1");
        using var client = new AmazonCodeDeployClient(Some.Credentials);

        await client.GetDeploymentAsync(new GetDeploymentRequest());

        server.Requests.Should().ContainSingle();
        other.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Credentials_and_session_may_come_from_the_environment()
    {
        await using var server = new RawServer(Answer.Json("{}"));
        Set("AWS_ACCESS_KEY_ID", "ASIAFROMENV");
        Set("AWS_SECRET_ACCESS_KEY", "secret");
        Set("AWS_SESSION_TOKEN", "token");
        using var client = new AmazonCodeDeployClient(Some.Config(server));

        await client.GetDeploymentAsync(new GetDeploymentRequest());

        server.Requests[0]["Authorization"].Should().Contain("Credential=ASIAFROMENV/");
        server.Requests[0]["x-amz-security-token"].Should().Be("token");
    }

    [Fact]
    public void Retries_may_come_from_the_environment()
    {
        Set("AWS_MAX_ATTEMPTS", "7");

        new AmazonCodeDeployConfig().MaxErrorRetry.Should().Be(6);
    }

    [Fact]
    public void The_mode_of_the_retries_may_come_from_the_environment()
    {
        Set("AWS_RETRY_MODE", "adaptive");

        new AmazonCodeDeployConfig().RetryMode.Should().Be(RequestRetryMode.Adaptive);
    }

    [Fact]
    public void The_default_region_of_the_environment_is_not_read()
    {
        Set("AWS_REGION", null);
        Set("AWS_DEFAULT_REGION", "ap-east-1");
        Set("AWS_CONFIG_FILE", "no-such-file");
        Set("AWS_SHARED_CREDENTIALS_FILE", "no-such-file");
        Set("AWS_EC2_METADATA_DISABLED", "true");

        var make = () => new AmazonCodeDeployClient(Some.Credentials);

        make.Should().Throw<AmazonClientException>().WithMessage("No RegionEndpoint or ServiceURL configured");
    }

    [Fact]
    public async Task A_process_that_begins_every_list_empty_does_not_send_the_empty_ones()
    {
        await using var server = new RawServer(Answer.Json("{}"));
        using var client = Some.Client(server);
        AWSConfigs.InitializeCollections = true;
        try
        {
            var request = new ListDeploymentTargetsRequest { DeploymentId = "d-1" };
            request.TargetFilters.Should().BeEmpty();

            await client.ListDeploymentTargetsAsync(request);
        }
        finally
        {
            AWSConfigs.InitializeCollections = false;
        }

        server.Requests[0].Body.Should().Be("""{"deploymentId":"d-1"}""");
    }

    private void Set(string name, string? value)
    {
        before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
        ReadAgain();
    }

    /// <summary>Core reads some variables once in a process.</summary>
    private static void ReadAgain()
    {
        FallbackInternalConfigurationFactory.Reset();
        FallbackRegionFactory.Reset();
    }
}
