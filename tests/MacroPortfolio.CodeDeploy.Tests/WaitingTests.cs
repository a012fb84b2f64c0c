using Amazon.CodeDeploy.Model;
using Amazon.CodeDeploy.Tests.Server;

namespace Amazon.CodeDeploy.Tests;

/// <summary>A service that does not answer.</summary>
public sealed class WaitingTests
{
    [Fact]
    public async Task The_callers_token_ends_the_wait_and_nothing_is_sent_again()
    {
        await using var server = new RawServer(new Answer.Silence());
        using var client = new AmazonCodeDeployClient(Some.Credentials, new AmazonCodeDeployConfig { ServiceURL = server.Url });
        using var stop = new CancellationTokenSource();

        var call = client.CreateDeploymentAsync(new CreateDeploymentRequest(), stop.Token);
        await Task.WhenAny(server.Received, call);
        await stop.CancelAsync();
        var exception = await Record.ExceptionAsync(() => call);

        exception.Should().BeAssignableTo<OperationCanceledException>();
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_sends_nothing()
    {
        await using var server = new RawServer(Answer.Json("{}"));
        using var client = Some.Client(server);

        var exception = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest(), new CancellationToken(canceled: true)));

        exception.Should().BeAssignableTo<OperationCanceledException>();
        server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task The_time_out_of_the_configuration_is_a_TimeoutException()
    {
        await using var server = new RawServer(new Answer.Silence());
        var config = Some.Config(server);
        config.Timeout = TimeSpan.FromMilliseconds(100);
        using var client = new AmazonCodeDeployClient(Some.Credentials, config);

        var exception = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest()));

        exception.Should().BeOfType<TimeoutException>().Which.InnerException.Should().BeOfType<TaskCanceledException>();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public async Task A_time_out_is_a_failure_that_is_tried_again(int retries, int sends)
    {
        var attempts = 0;
        var config = new AmazonCodeDeployConfig
        {
            ServiceURL = "http://127.0.0.1",
            Timeout = TimeSpan.FromMilliseconds(100),
            MaxErrorRetry = retries,
            MaxStaleConnectionRetries = 0,
            HttpClientFactory = new Line(async (_, ct) =>
            {
                attempts++;
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
                throw new InvalidOperationException("The wait has no end of its own.");
            }),
        };
        using var client = new AmazonCodeDeployClient(Some.Credentials, config);

        var exception = await Record.ExceptionAsync(() => client.CreateDeploymentAsync(new CreateDeploymentRequest()));

        exception.Should().BeOfType<TimeoutException>();
        attempts.Should().Be(sends);
    }
}
