using Amazon.CodeDeploy.Model;
using Amazon.CodeDeploy.Tests.Server;

namespace Amazon.CodeDeploy.Tests;

/// <summary>CreateDeployment has no idempotency token: sent twice, it deploys twice or stumbles over itself.</summary>
public sealed class SendOnceTests
{
    [Fact]
    public async Task With_both_kinds_of_retries_off_a_request_whose_connection_is_dropped_is_sent_exactly_once()
    {
        await using var server = new RawServer(new Answer.Dropped());
        var config = Some.Config(server);
        config.MaxErrorRetry = 0;
        config.MaxStaleConnectionRetries = 0;
        using var client = new AmazonCodeDeployClient(Some.Credentials, config);

        var exception = await Record.ExceptionAsync(() => client.CreateDeploymentAsync(new CreateDeploymentRequest { ApplicationName = "my-app" }));

        exception.Should().BeOfType<HttpIOException>();
        server.Requests.Should().ContainSingle().Which.Operation.Should().Be("CreateDeployment");
    }

    [Theory]
    [InlineData("throttled")]
    [InlineData("too many requests")]
    [InlineData("failing")]
    [InlineData("bad gateway")]
    [InlineData("unavailable")]
    [InlineData("empty")]
    [InlineData("truncated")]
    [InlineData("not JSON")]
    [InlineData("damaged")]
    public async Task With_both_kinds_of_retries_off_no_answer_makes_it_be_sent_again(string kind)
    {
        var answer = kind switch
        {
            "throttled" => Answer.Error("ThrottlingException"),
            "too many requests" => Answer.Error("ThrottlingException", 429),
            "failing" => Answer.Error("InternalFailure", 500),
            "bad gateway" => Answer.Empty(502),
            "unavailable" => Answer.Html(503),
            "empty" => Answer.Empty(),
            "truncated" => Answer.Json("""{"deploymentId":"d-"""),
            "not JSON" => Answer.Html(200),
            _ => Answer.Json("""{"deploymentId":"d-1"}""", 200, ("x-amz-crc32", "1")),
        };
        await using var server = new RawServer(answer);
        var config = Some.Config(server);
        config.MaxErrorRetry = 0;
        config.MaxStaleConnectionRetries = 0;
        using var client = new AmazonCodeDeployClient(Some.Credentials, config);

        var exception = await Record.ExceptionAsync(() => client.CreateDeploymentAsync(new CreateDeploymentRequest()));

        exception.Should().NotBeNull();
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task With_retries_of_errors_alone_off_it_is_sent_again_as_if_the_connection_had_been_stale()
    {
        await using var server = new RawServer(new Answer.Dropped());
        var config = Some.Config(server);
        config.MaxErrorRetry = 0;
        using var client = new AmazonCodeDeployClient(Some.Credentials, config);

        await Record.ExceptionAsync(() => client.CreateDeploymentAsync(new CreateDeploymentRequest()));

        server.Requests.Should().HaveCount(11);
    }

    [Fact]
    public async Task With_the_defaults_it_is_sent_again_and_again()
    {
        await using var server = new RawServer(new Answer.Dropped());
        using var client = new AmazonCodeDeployClient(Some.Credentials, new AmazonCodeDeployConfig { ServiceURL = server.Url });

        await Record.ExceptionAsync(() => client.CreateDeploymentAsync(new CreateDeploymentRequest()));

        server.Requests.Should().HaveCount(13);
        server.Requests.Select(request => request["amz-sdk-invocation-id"]).Distinct().Should().ContainSingle();
    }
}
