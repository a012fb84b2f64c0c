using System.Net;
using System.Net.Sockets;
using Amazon.CodeDeploy.Model;
using Amazon.CodeDeploy.Tests.Server;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CodeDeploy.Tests;

/// <summary>Which exception an answer becomes, and how often the request was sent for it.</summary>
public sealed class ErrorTests
{
    private const string LimitExceeded = "DeploymentLimitExceededException";

    public static TheoryData<string> WaysToNameAnError => ["__type", "namespace", "code", "header", "header with url"];

    [Theory, MemberData(nameof(WaysToNameAnError))]
    public async Task An_error_is_recognised_however_it_is_named(string way)
    {
        var answer = way switch
        {
            "__type" => Answer.Json($$"""{"__type":"{{LimitExceeded}}","message":"Busy."}""", 400),
            "namespace" => Answer.Json($$"""{"__type":"com.amazonaws.codedeploy#{{LimitExceeded}}","Message":"Busy."}""", 400),
            "code" => Answer.Json($$"""{"code":"{{LimitExceeded}}","message":"Busy."}""", 400),
            "header" => Answer.Json("""{"message":"Busy."}""", 400, ("x-amzn-ErrorType", LimitExceeded)),
            _ => Answer.Json("""{"message":"Busy."}""", 400, ("x-amzn-ErrorType", $"{LimitExceeded}:http://internal.amazon.com/coral/")),
        };
        await using var server = new RawServer(answer);
        using var client = Some.Client(server, retries: 2);

        var exception = await Record.ExceptionAsync(() => client.CreateDeploymentAsync(new CreateDeploymentRequest()));

        exception.Should().BeOfType<DeploymentLimitExceededException>().Which.Should().BeEquivalentTo(
            new { ErrorCode = LimitExceeded, Message = "Busy.", StatusCode = HttpStatusCode.BadRequest, ErrorType = ErrorType.Unknown });
        server.Requests.Should().ContainSingle("it is no throttling, whatever its name");
    }

    [Fact]
    public async Task An_exception_carries_the_request_id_and_what_was_received()
    {
        await using var server = new RawServer(Answer.Json(
            """{"__type":"DeploymentDoesNotExistException","message":"body"}""", 400,
            ("x-amzn-RequestId", "6f1c"), ("x-amzn-error-message", "header")));
        using var client = Some.Client(server, retries: 2);

        var exception = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest()));

        var typed = exception.Should().BeOfType<DeploymentDoesNotExistException>().Subject;
        typed.RequestId.Should().Be("6f1c");
        typed.Message.Should().Be("header");
        typed.InnerException.Should().BeOfType<HttpErrorResponseException>();
        typed.Retryable.Should().BeNull();
        server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("AccessDeniedException")]
    [InlineData("ExpiredTokenException")]
    [InlineData("UnrecognizedClientException")]
    [InlineData("InvalidSignatureException")]
    public async Task Missing_access_is_told_once_by_its_code(string code)
    {
        await using var server = new RawServer(Answer.Error(code));
        using var client = Some.Client(server, retries: 2);

        var exception = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest()));

        exception.Should().BeOfType<AmazonCodeDeployException>().Which.ErrorCode.Should().Be(code);
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Throttling_is_asked_again_and_is_a_type_of_its_own_only_where_declared()
    {
        await using var server = new RawServer(Answer.Error("ThrottlingException"));
        using var client = Some.Client(server, retries: 1);

        var declared = await Record.ExceptionAsync(() => client.CreateDeploymentAsync(new CreateDeploymentRequest()));
        var undeclared = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest()));

        declared.Should().BeOfType<ThrottlingException>();
        undeclared.Should().BeOfType<AmazonCodeDeployException>().Which.ErrorCode.Should().Be("ThrottlingException");
        server.Requests.Select(request => (request.Operation, request["amz-sdk-request"])).Should().Equal(
            ("CreateDeployment", "attempt=1; max=2"), ("CreateDeployment", "attempt=2; max=2"),
            ("GetDeployment", "attempt=1; max=2"), ("GetDeployment", "attempt=2; max=2"));
        server.Requests.Take(2).Select(request => request["amz-sdk-invocation-id"]).Distinct().Should().ContainSingle();
    }

    [Theory]
    [InlineData(429, "ThrottlingException", 2)]
    [InlineData(429, "TooManyRequestsException", 2)]
    [InlineData(400, "LimitExceededException", 2)]
    [InlineData(400, "BatchLimitExceededException", 1)]
    public async Task Throttling_is_told_by_its_whole_name(int status, string code, int sends)
    {
        await using var server = new RawServer(Answer.Error(code, status));
        using var client = Some.Client(server, retries: 1);

        var exception = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest()));

        exception.Should().BeOfType<AmazonCodeDeployException>().Which.ErrorCode.Should().Be(code);
        server.Requests.Should().HaveCount(sends);
    }

    [Fact]
    public async Task Throttling_is_not_asked_again_where_retries_are_off()
    {
        await using var server = new RawServer(Answer.Error("ThrottlingException"));
        using var client = Some.Client(server, retries: 0);

        await Record.ExceptionAsync(() => client.CreateDeploymentAsync(new CreateDeploymentRequest()));

        server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_failing_service_is_asked_again(int status)
    {
        var answer = status switch
        {
            500 => Answer.Error("InternalFailure", 500),
            502 => Answer.Empty(502),
            _ => Answer.Html(503),
        };
        await using var server = new RawServer(answer);
        using var client = Some.Client(server, retries: 1);

        var exception = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest()));

        exception.Should().BeOfType<AmazonCodeDeployException>().Which.Should().BeEquivalentTo(
            new { StatusCode = (HttpStatusCode)status, ErrorCode = status == 500 ? "InternalFailure" : null });
        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task An_answer_after_a_failure_is_the_answer()
    {
        await using var server = new RawServer(Answer.Error("InternalFailure", 500), Answer.Json("""{"deploymentId":"d-1"}"""));
        using var client = Some.Client(server, retries: 1);

        var response = await client.CreateDeploymentAsync(new CreateDeploymentRequest());

        response.DeploymentId.Should().Be("d-1");
        server.Requests.Select(request => request.Operation).Should().Equal("CreateDeployment", "CreateDeployment");
    }

    [Theory]
    [InlineData(400, false, "The service returned an error. See inner exception for details.", 1)]
    [InlineData(429, false, "The service returned an error. See inner exception for details.", 3)]
    [InlineData(404, true, "The service returned an error. See inner exception for details.", 1)]
    public async Task An_error_without_a_name_is_told_once_unless_its_status_is_that_of_throttling(int status, bool html, string message, int asked)
    {
        await using var server = new RawServer(html ? Answer.Html(status) : Answer.Empty(status));
        using var client = Some.Client(server, retries: 2);

        var exception = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest()));

        exception.Should().BeOfType<AmazonCodeDeployException>().Which.Should().BeEquivalentTo(
            new { StatusCode = (HttpStatusCode)status, ErrorCode = (string?)null, Message = message });
        server.Requests.Should().HaveCount(asked);
    }

    [Fact]
    public async Task An_error_that_says_nothing_is_shown_as_it_came()
    {
        await using var server = new RawServer(Answer.Json("{}", 400));
        using var client = Some.Client(server, retries: 2);

        var exception = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest()));

        exception.Should().BeOfType<AmazonCodeDeployException>().Which.Message.Should().EndWith("with HTTP Body: {}");
        server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("""{"deploymentInfo":{"status":"Succ""")]
    public async Task An_answer_that_cannot_be_read_is_no_answer(string body)
    {
        await using var server = new RawServer(Answer.Json(body));
        using var client = Some.Client(server, retries: 1);

        var exception = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest()));

        var unreadable = exception.Should().BeOfType<AmazonUnmarshallingException>().Subject;
        unreadable.StatusCode.Should().Be(HttpStatusCode.OK);
        unreadable.ErrorCode.Should().BeNull();
        unreadable.InnerException.Should().BeAssignableTo<System.Text.Json.JsonException>();
        server.Requests.Should().HaveCount(2);
    }

    /// <summary>The SDK's own reader never comes back from it.</summary>
    [Theory]
    [InlineData("", null)]
    [InlineData("""{"__type":"DeploymentDoesNotExistException","message":"words"}""", "DeploymentDoesNotExistException")]
    public async Task An_error_behind_any_amount_of_white_space_is_an_error(string body, string? code)
    {
        await using var server = new RawServer(Answer.Json($"{new string(' ', 50_000)}\n{body}", 400));
        using var client = Some.Client(server, retries: 0);

        var exception = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest()).WaitAsync(TimeSpan.FromMinutes(1)));

        exception.Should().BeAssignableTo<AmazonCodeDeployException>().Which.ErrorCode.Should().Be(code);
    }

    /// <summary>The SDK's own reader of lists takes all memory for it.</summary>
    [Theory]
    [InlineData("true")]
    [InlineData("\"i-1\"")]
    [InlineData("1")]
    [InlineData("{}")]
    public async Task A_list_that_is_none_is_no_answer(string list)
    {
        await using var server = new RawServer(Answer.Json($$"""{"targetIds":{{list}}}"""));
        using var client = Some.Client(server, retries: 0);

        var exception = await Record.ExceptionAsync(() => client.ListDeploymentTargetsAsync(new ListDeploymentTargetsRequest()).WaitAsync(TimeSpan.FromMinutes(1)));

        exception.Should().BeOfType<AmazonUnmarshallingException>();
    }

    [Fact]
    public async Task An_answer_that_was_damaged_on_its_way_is_no_answer()
    {
        await using var server = new RawServer(Answer.Json("""{"deploymentId":"d-1"}""", 200, ("x-amz-crc32", "1")));
        using var client = Some.Client(server, retries: 1);

        var exception = await Record.ExceptionAsync(() => client.CreateDeploymentAsync(new CreateDeploymentRequest()));

        exception.Should().BeOfType<IOException>();
        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task An_answer_with_its_checksum_is_an_answer()
    {
        await using var server = new RawServer(Answer.Json("""{"deploymentId":"d-1"}""", 200, ("x-amz-crc32", "3353724947")));
        using var client = Some.Client(server);

        var response = await client.CreateDeploymentAsync(new CreateDeploymentRequest());

        response.DeploymentId.Should().Be("d-1");
    }

    [Fact]
    public async Task An_operation_without_output_may_be_answered_with_nothing()
    {
        await using var server = new RawServer(Answer.Empty());
        using var client = Some.Client(server);

        var continued = await client.ContinueDeploymentAsync(new ContinueDeploymentRequest());
        var registered = await client.RegisterApplicationRevisionAsync(new RegisterApplicationRevisionRequest());

        continued.HttpStatusCode.Should().Be(HttpStatusCode.OK);
        registered.HttpStatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_an_HttpRequestException()
    {
        var server = new RawServer(Answer.Empty());
        var config = Some.Config(server);
        await server.DisposeAsync();
        using var client = new AmazonCodeDeployClient(Some.Credentials, config);

        var exception = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest()));

        exception.Should().BeOfType<HttpRequestException>();
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_asked_again()
    {
        var attempts = 0;
        var config = new AmazonCodeDeployConfig
        {
            ServiceURL = "http://127.0.0.1",
            MaxErrorRetry = 1,
            HttpClientFactory = new Line((_, _) =>
            {
                attempts++;
                throw new HttpRequestException(HttpRequestError.ConnectionError, inner: new SocketException((int)SocketError.ConnectionRefused));
            }),
        };
        using var client = new AmazonCodeDeployClient(Some.Credentials, config);

        var exception = await Record.ExceptionAsync(() => client.GetDeploymentAsync(new GetDeploymentRequest()));

        exception.Should().BeOfType<HttpRequestException>();
        attempts.Should().Be(2);
    }
}
