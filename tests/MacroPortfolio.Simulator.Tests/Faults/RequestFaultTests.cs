using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.GitHub;
using MacroPortfolio.Simulator.S3;
using MacroPortfolio.Simulator.Tests.World;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.Faults;

/// <summary>What a client meets of a fault, on the wire.</summary>
public sealed class RequestFaultTests
{
    private const string Comments = "/api/v3/repos/acme/macro-portfolio/issues/12/comments";
    private static readonly object Site = new { applicationName = "site" };

    [Theory]
    [InlineData("sts", "400 text/xml", "<Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message>")]
    [InlineData("codedeploy", "400 application/x-amz-json-1.1", """{"__type":"ThrottlingException","message":"Rate exceeded"}""")]
    [InlineData("s3", "503 application/xml", "<Code>SlowDown</Code><Message>Please reduce your request rate.</Message>")]
    [InlineData("ec2", "503 text/xml", "<Code>RequestLimitExceeded</Code><Message>Request limit exceeded.</Message>")]
    [InlineData("github", "403 application/json; charset=utf-8", "You have exceeded a secondary rate limit.")]
    [InlineData("oidc", "429 application/json; charset=utf-8", "Request was blocked")]
    public async Task Each_service_throttles_in_its_own_way(string service, string answer, string words)
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = service, Kind = "throttled" });

        using var response = await AskAsync(cloud, service);

        $"{(int)response.StatusCode} {response.Content.Headers.ContentType}".Should().Be(answer);
        (await response.Content.ReadAsStringAsync()).Should().Contain(words);
    }

    [Fact]
    public async Task A_throttled_request_has_the_headers_of_the_service_and_is_logged_with_what_it_asked_for()
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "codedeploy", Times = 1, Kind = "throttled" });

        using var response = await cloud.CodeDeployAsync("CreateApplication", Site);

        Header(response, "x-amzn-ErrorType").Should().Be("ThrottlingException");
        Header(response, "x-amzn-RequestId").Should().NotBeNullOrEmpty();
        var line = JsonNode.Parse(cloud.Log.Single())!;
        (line["operation"]!.ToString(), (int)line["status"]!, line["fault"]!.ToString(), line["request"]!["applicationName"]!.ToString())
            .Should().Be(("CreateApplication", 400, "throttled", "site"));
        (await ApplicationsAsync(cloud)).Should().BeEmpty("it was not done");
    }

    [Theory]
    [InlineData(null, null, null, 403, "60", null, "secondary rate limit")]
    [InlineData(null, 429, 7, 429, "7", null, "secondary rate limit")]
    [InlineData("primary", null, null, 403, null, "0", "API rate limit exceeded")]
    [InlineData("primary", 429, 90, 429, null, "0", "API rate limit exceeded")]
    public async Task GitHub_throttles_with_two_limits_and_two_statuses(
        string? limit, int? status, int? seconds, int expected, string? retryAfter, string? remaining, string words)
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "github", Kind = "throttled", Limit = limit, Status = status, RetryAfter = seconds });

        using var response = await cloud.GetAsync(Comments);

        ((int)response.StatusCode, Header(response, "Retry-After"), Header(response, "x-ratelimit-remaining")).Should().Be((expected, retryAfter, remaining));
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["message"]!.ToString().Should().Contain(words);
        if (limit == "primary")
            Header(response, "x-ratelimit-reset").Should().Be((cloud.Time.GetUtcNow().ToUnixTimeSeconds() + (seconds ?? 60)).ToString());
    }

    [Theory]
    [InlineData("sts", 500, "<Type>Receiver</Type><Code>InternalFailure</Code>")]
    [InlineData("sts", 503, "<Type>Receiver</Type><Code>ServiceUnavailable</Code>")]
    [InlineData("codedeploy", 500, """{"__type":"InternalFailure",""")]
    [InlineData("codedeploy", 503, """{"__type":"ServiceUnavailable",""")]
    [InlineData("codedeploy", 429, """{"__type":"TooManyRequestsException",""")]
    [InlineData("s3", 500, "<Code>InternalError</Code>")]
    [InlineData("s3", 503, "<Code>ServiceUnavailable</Code>")]
    [InlineData("ec2", 500, "<Code>InternalError</Code>")]
    [InlineData("ec2", 503, "<Code>Unavailable</Code>")]
    [InlineData("github", 500, "\"message\":\"Server Error\"")]
    [InlineData("github", 503, "\"message\":\"Service unavailable\"")]
    [InlineData("oidc", 503, "\"typeKey\":\"ServiceException\"")]
    public async Task A_status_comes_with_the_words_of_the_service(string service, int status, string words)
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = service, Kind = "status", Status = status });

        using var response = await AskAsync(cloud, service);

        ((int)response.StatusCode, await response.Content.ReadAsStringAsync()).Should().Match<(int Status, string Body)>(seen => seen.Status == status && seen.Body.Contains(words));
    }

    [Theory]
    [InlineData(502, null)]
    [InlineData(504, null)]
    [InlineData(503, "html")]
    public async Task Or_with_the_page_of_what_stands_before_the_service(int status, string? body)
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "codedeploy", Kind = "status", Status = status, Body = body });

        using var response = await AskAsync(cloud, "codedeploy");

        ((int)response.StatusCode, response.Content.Headers.ContentType!.ToString(), Header(response, "x-amzn-RequestId")).Should().Be((status, "text/html", null));
        (await response.Content.ReadAsStringAsync()).Should().StartWith($"<html>\r\n<head><title>{status} ");
    }

    [Fact]
    public async Task Or_without_a_word_and_without_a_code()
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "codedeploy", Kind = "status", Status = 429, Body = "none", RetryAfter = 2 });

        using var response = await AskAsync(cloud, "codedeploy");

        (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentLength, Header(response, "Retry-After"), Header(response, "x-amzn-ErrorType"))
            .Should().Be((HttpStatusCode.TooManyRequests, "", 0L, "2", null));
    }

    [Theory]
    [InlineData("sts", "IDPCommunicationError", 400, "<Code>IDPCommunicationError</Code>")]
    [InlineData("sts", "IDPRejectedClaim", 403, "<Code>IDPRejectedClaim</Code>")]
    [InlineData("sts", "InvalidIdentityToken", 400, "<Code>InvalidIdentityToken</Code>")]
    [InlineData("sts", "ExpiredTokenException", 400, "<Code>ExpiredTokenException</Code>")]
    [InlineData("sts", "RegionDisabledException", 403, "<Code>RegionDisabledException</Code>")]
    [InlineData("codedeploy", "RevisionDoesNotExistException", 400, """{"__type":"RevisionDoesNotExistException","message":""}""")]
    [InlineData("codedeploy", "InvalidRoleException", 400, "InvalidRoleException")]
    [InlineData("codedeploy", "ExpiredTokenException", 400, "The security token included in the request is expired")]
    [InlineData("s3", "RequestTimeTooSkewed", 403, "<Code>RequestTimeTooSkewed</Code>")]
    [InlineData("ec2", "AuthFailure", 401, "<Code>AuthFailure</Code>")]
    public async Task An_error_that_the_service_is_known_for_needs_only_its_code(string service, string code, int status, string words)
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = service, Kind = "error", Error = code });

        using var response = await AskAsync(cloud, service);

        ((int)response.StatusCode, await response.Content.ReadAsStringAsync()).Should().Match<(int Status, string Body)>(seen => seen.Status == status && seen.Body.Contains(words));
    }

    [Theory]
    [InlineData("codedeploy", "NewIn2027Exception", 418, """{"__type":"NewIn2027Exception","message":"Because."}""")]
    [InlineData("github", null, 451, "\"message\":\"Because.\"")]
    [InlineData("oidc", "NoTokenException", 401, "\"message\":\"Because.\",\"typeKey\":\"NoTokenException\"")]
    public async Task An_error_that_nobody_knows_needs_its_status_too(string service, string? code, int status, string words)
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = service, Kind = "error", Error = code, Status = status, Message = "Because." });

        using var response = await AskAsync(cloud, service);

        ((int)response.StatusCode, await response.Content.ReadAsStringAsync()).Should().Match<(int Status, string Body)>(seen => seen.Status == status && seen.Body.Contains(words));
    }

    [Fact]
    public async Task A_refused_request_is_reset_before_its_body_is_read()
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "codedeploy", Kind = "refused" });
        using var socket = await ConnectAsync(cloud);

        await socket.SendAsync(Head("CreateApplication", length: 1000));
        var reading = () => ReadToEndAsync(socket);

        (await reading.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
        Entry(cloud).Should().Be(("CreateApplication", 0, "refused"));
    }

    [Fact]
    public async Task Where_the_body_says_what_is_asked_for_it_is_read_first()
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "sts", Operation = "GetCallerIdentity", Kind = "refused" });

        var call = () => cloud.StsAsync(TestCloud.Dana, "GetCallerIdentity");

        await call.Should().ThrowAsync<HttpRequestException>();
        Entry(cloud).Should().Be(("GetCallerIdentity", 0, "refused"));
    }

    [Fact]
    public async Task A_request_can_be_reset_after_it_was_read()
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "codedeploy", Operation = "CreateApplication", Kind = "reset-after-read" });
        using var socket = await ConnectAsync(cloud);

        await socket.SendAsync(Head("CreateApplication", length: 2));
        var reading = ReadToEndAsync(socket);
        var early = cloud.Log.Count;
        await socket.SendAsync("{}"u8.ToArray());

        (await FluentActions.Awaiting(() => reading).Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);
        early.Should().Be(0, "the body was still to come");
        Entry(cloud).Should().Be(("CreateApplication", 0, "reset-after-read"));
    }

    [Fact]
    public async Task Nothing_is_done_for_a_request_that_was_reset()
    {
        await using var cloud = await WithAsync(
            new FaultWorld { Service = "codedeploy", Operation = "CreateApplication", Times = 1, Kind = "reset-after-read" },
            new FaultWorld { Service = "codedeploy", Operation = "CreateApplication", Times = 1, Kind = "refused" });

        var call = () => cloud.CodeDeployAsync("CreateApplication", Site);

        await call.Should().ThrowAsync<HttpRequestException>();
        await call.Should().ThrowAsync<HttpRequestException>();
        (await ApplicationsAsync(cloud)).Should().BeEmpty();
    }

    [Fact]
    public async Task An_answer_is_lost_after_the_work_was_done()
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "codedeploy", Operation = "CreateApplication", Kind = "answer-lost" });

        var call = () => cloud.CodeDeployAsync("CreateApplication", Site);

        await call.Should().ThrowAsync<HttpRequestException>();
        Entry(cloud).Should().Be(("CreateApplication", 0, "answer-lost"));
        (await ApplicationsAsync(cloud)).Should().Equal("site");
    }

    [Fact]
    public async Task An_answer_comes_late_on_the_worlds_clock()
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "codedeploy", Operation = "ListApplications", Kind = "late", Seconds = 30 });

        var call = ApplicationsAsync(cloud);
        while (!call.IsCompleted)
        {
            cloud.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        (await call).Should().BeEmpty();
        ((double)JsonNode.Parse(cloud.Log.Single())!["milliseconds"]!).Should().BeGreaterThanOrEqualTo(30_000);
    }

    [Fact]
    public async Task A_truncated_answer_ends_in_its_middle_with_the_connection()
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "codedeploy", Kind = "truncated" });
        using var socket = await ConnectAsync(cloud);

        await socket.SendAsync(Head("ListApplications", length: 0));
        var answer = await ReadToEndAsync(socket);

        var (head, body) = (answer.Split("\r\n\r\n")[0], answer.Split("\r\n\r\n")[1]);
        head.Should().StartWith("HTTP/1.1 400 ").And.Contain($"Content-Length: {Missing.Length}");
        body.Should().Be(Missing[..(Missing.Length / 2)]);
        Entry(cloud).Should().Be(("ListApplications", 0, "truncated"));
    }

    [Fact]
    public async Task A_client_is_told_by_its_library_that_a_truncated_answer_is_not_whole()
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "codedeploy", Kind = "truncated" });

        var call = () => cloud.CodeDeployAsync("ListApplications", new { });

        (await call.Should().ThrowAsync<HttpRequestException>()).Which.HttpRequestError.Should().Be(HttpRequestError.ResponseEnded);
    }

    [Fact]
    public async Task Half_an_answer_can_look_like_a_whole_one()
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "codedeploy", Kind = "halved" });

        using var response = await cloud.CodeDeployAsync("ListApplications", new { });

        (response.StatusCode, await response.Content.ReadAsStringAsync()).Should().Be((HttpStatusCode.OK, "{\"applica"));
        response.Content.Headers.ContentLength.Should().Be(9);
    }

    [Fact]
    public async Task An_answer_can_be_empty_and_good()
    {
        await using var cloud = await WithAsync(new FaultWorld { Service = "codedeploy", Kind = "empty", Times = 1 });

        using var response = await cloud.CodeDeployAsync("CreateApplication", Site);

        (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentLength).Should().Be((HttpStatusCode.OK, "", 0L));
        (await ApplicationsAsync(cloud)).Should().Equal("site");
    }

    [Fact]
    public async Task A_fault_spares_the_first_strikes_the_next_and_is_over()
    {
        await using var cloud = await WithAsync(
            new FaultWorld { Service = "codedeploy", Operation = "GetApplication", After = 1, Times = 2, Kind = "throttled" },
            new FaultWorld { Service = "codedeploy", Operation = "GetApplication", Times = 1, Kind = "status", Status = 500 },
            new FaultWorld { Service = "codedeploy", Operation = "ListDeployments", Kind = "status", Status = 503 });

        List<string> seen = [];
        for (var call = 0; call < 5; call++)
            seen.Add(await AnswerAsync(cloud, "GetApplication"));
        var other = await AnswerAsync(cloud, "BatchGetApplications");

        seen.Should().Equal("InternalFailure", "ThrottlingException", "ThrottlingException", "ApplicationNameRequiredException", "ApplicationNameRequiredException");
        other.Should().Be("ApplicationNameRequiredException");
    }

    [Fact]
    public async Task A_fault_without_service_and_operation_is_for_every_request_but_the_simulators_own()
    {
        await using var cloud = await WithAsync(new FaultWorld { Kind = "status", Status = 503, Body = "none" });

        List<HttpStatusCode> seen = [];
        foreach (var service in (string[])["sts", "codedeploy", "s3", "ec2", "github", "oidc"])
        {
            using var response = await AskAsync(cloud, service);
            seen.Add(response.StatusCode);
        }

        using var own = await cloud.GetAsync("/_simulator/faults");
        seen.Should().OnlyContain(status => status == HttpStatusCode.ServiceUnavailable);
        own.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_chance_strikes_follows_from_the_seed()
    {
        async Task<string> PatternAsync(int seed)
        {
            await using var cloud = await TestCloud.StartAsync(world => world with
            {
                Seed = seed,
                Faults = [new FaultWorld { Service = "codedeploy", Probability = 0.5, Kind = "throttled" }],
            });
            var pattern = "";
            for (var call = 0; call < 40; call++)
                pattern += await AnswerAsync(cloud, "GetApplication") == "ThrottlingException" ? "x" : ".";
            return pattern;
        }

        var (one, again, other) = (await PatternAsync(1), await PatternAsync(1), await PatternAsync(2));

        again.Should().Be(one);
        other.Should().NotBe(one);
        one.Count(call => call == 'x').Should().BeInRange(10, 30);
    }

    [Fact]
    public async Task Every_operation_of_S3_has_the_name_by_which_it_can_be_struck()
    {
        (string Method, string Target, string Operation)[] requests =
        [
            ("GET", "/bundles?location", "GetBucketLocation"), ("PUT", "/bundles", "CreateBucket"), ("HEAD", "/bundles", "HeadBucket"),
            ("GET", "/bundles?policy", "GetBucketPolicy"), ("PUT", "/bundles?policy", "PutBucketPolicy"), ("DELETE", "/bundles?policy", "DeleteBucketPolicy"),
            ("GET", "/bundles?versioning", "GetBucketVersioning"), ("PUT", "/bundles?versioning", "PutBucketVersioning"),
            ("GET", "/bundles?list-type=2", "ListObjectsV2"), ("GET", "/bundles?versions", "ListObjectVersions"), ("PUT", "/bundles/k", "PutObject"),
            ("GET", "/bundles/k", "GetObject"), ("HEAD", "/bundles/k", "HeadObject"), ("DELETE", "/bundles/k", "DeleteObject"),
            ("GET", "/bundles/k?tagging", "GetObjectTagging"), ("POST", "/bundles/k?uploads", "CreateMultipartUpload"),
            ("PUT", "/bundles/k?partNumber=1&uploadId=u", "UploadPart"), ("POST", "/bundles/k?uploadId=u", "CompleteMultipartUpload"),
            ("DELETE", "/bundles/k?uploadId=u", "AbortMultipartUpload"), ("GET", "/bundles/k?uploadId=u", "ListParts"),
            ("GET", "/?X-Amz-Credential=K%2F20260101%2Fap-east-1%2Fs3%2Faws4_request", "ListBuckets"),
        ];
        await using var cloud = await WithAsync([.. requests.Select(one => new FaultWorld { Service = "s3", Operation = one.Operation, Kind = "status", Status = 503 })]);

        foreach (var (method, target, _) in requests)
            (await cloud.SendAsync(new HttpMethod(method), target)).Dispose();

        cloud.Log.Select(line => JsonNode.Parse(line)!).Select(line => ($"{line["operation"]}", (int)line["status"]!)).Should().Equal(requests.Select(one => (one.Operation, 503)));
        requests.Select(one => one.Operation).Should().BeEquivalentTo(S3Service.Operations);
    }

    [Fact]
    public async Task Every_operation_of_CodeDeploy_that_can_be_struck_is_one_that_is_answered()
    {
        await using var cloud = await TestCloud.StartAsync();

        List<string> answers = [];
        foreach (var operation in KnownOperations.Simulated)
            answers.Add(await AnswerAsync(cloud, operation));

        answers.Should().HaveCount(35).And.NotContain("UnknownOperationException");
    }

    [Fact]
    public async Task A_route_of_GitHub_is_struck_by_its_template()
    {
        await using var cloud = await WithAsync(new FaultWorld
        {
            Service = "github",
            Operation = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
            Kind = "status",
            Status = 502,
            Body = "none",
        });

        using var comments = await cloud.GetAsync($"{Comments}?per_page=100");
        using var repository = await cloud.GetAsync("/api/v3/repos/acme/macro-portfolio");

        (comments.StatusCode, repository.StatusCode).Should().Be((HttpStatusCode.BadGateway, HttpStatusCode.Forbidden));
        GitHubService.Operations.Should().Contain("GET /repos/{owner}/{repo}/issues/{issue_number}/comments");
    }

    private const string Missing = """{"__type":"MissingAuthenticationTokenException","message":"Missing Authentication Token"}""";

    private static Task<TestCloud> WithAsync(params FaultWorld[] faults) => TestCloud.StartAsync(world => world with { Faults = faults });

    /// <summary>A request of the service that needs nothing to be there.</summary>
    private static Task<HttpResponseMessage> AskAsync(TestCloud cloud, string service) => service switch
    {
        "sts" => cloud.PostAsync("/", Form("GetCallerIdentity", "2011-06-15")),
        "ec2" => cloud.PostAsync("/", Form("DescribeInstances", "2016-11-15")),
        "codedeploy" => cloud.CodeDeployAsync("ListApplications", new { }),
        "s3" => cloud.GetAsync("/bundles/site.zip"),
        "github" => cloud.GetAsync(Comments),
        _ => cloud.GetAsync("/_actions/idtoken/1/1?api-version=2.0"),
    };

    private static FormUrlEncodedContent Form(string action, string version) => new([new("Action", action), new("Version", version)]);

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    /// <summary>The exception that a call without members gets.</summary>
    private static async Task<string> AnswerAsync(TestCloud cloud, string operation)
    {
        using var response = await cloud.CodeDeployAsync(operation, new { });
        return Header(response, "x-amzn-ErrorType") ?? "";
    }

    private static async Task<IEnumerable<string>> ApplicationsAsync(TestCloud cloud)
    {
        using var response = await cloud.CodeDeployAsync("ListApplications", new { });
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["applications"]!.AsArray().Select(name => name!.ToString());
    }

    /// <summary>The log's only line, which is written after the client knows.</summary>
    private static (string Operation, int Status, string Fault) Entry(TestCloud cloud)
    {
        SpinWait.SpinUntil(() => cloud.Log.Count > 0, TimeSpan.FromSeconds(30)).Should().BeTrue();
        var line = JsonNode.Parse(cloud.Log[0])!;
        return (line["operation"]!.ToString(), (int)line["status"]!, line["fault"]!.ToString());
    }

    private static async Task<Socket> ConnectAsync(TestCloud cloud)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(cloud.Simulator.Url).Port);
        return socket;
    }

    private static byte[] Head(string operation, int length) => Encoding.ASCII.GetBytes(
        $"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: CodeDeploy_20141006.{operation}\r\nContent-Length: {length}\r\n\r\n");

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        while (await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System) is var read and > 0)
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        return text.ToString();
    }
}
