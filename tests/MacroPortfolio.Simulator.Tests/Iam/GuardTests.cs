using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.Tests.World;
using MacroPortfolio.Simulator.World;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;

namespace MacroPortfolio.Simulator.Tests.Iam;

public class GuardTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly FakeTimeProvider _time = new();
    private readonly Identities _identities;
    private readonly Guard _guard;

    public GuardTests()
    {
        var world = WorldReader.Parse(Some.World, "/");
        _identities = new Identities(world);
        _guard = new Guard(world, _identities, _time);
    }

    [Theory]
    [InlineData("codedeploy")]
    [InlineData("s3")]
    [InlineData("sts")]
    [InlineData("ec2")]
    public void A_request_that_a_user_signed_is_that_users(string service)
    {
        var exchange = new Signing { Service = service }.Exchange();

        var principal = _guard.Authenticate(exchange, service);

        principal.Arn.Should().Be("arn:aws:iam::123456789012:user/dana");
        exchange.Principal.Should().Be(principal.Arn);
    }

    [Theory]
    [InlineData("codedeploy", 400, "MissingAuthenticationTokenException", "Missing Authentication Token")]
    [InlineData("sts", 403, "MissingAuthenticationToken", "Request is missing Authentication Token")]
    [InlineData("ec2", 400, "MissingParameter", "The request must contain the parameter AWSAccessKeyId")]
    [InlineData("s3", 403, "AccessDenied", "Access Denied")]
    public void An_unsigned_request_is_refused_in_the_words_of_its_service(string service, int status, string code, string message) =>
        Refused(new Signing { Service = service, Change = http => http.Request.Headers.Remove("Authorization") }, status, code, message);

    [Theory]
    [InlineData("codedeploy", 400, "UnrecognizedClientException", "The security token included in the request is invalid.")]
    [InlineData("sts", 403, "InvalidClientTokenId", "The security token included in the request is invalid.")]
    [InlineData("ec2", 401, "AuthFailure", "AWS was not able to validate the provided access credentials")]
    [InlineData("s3", 403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.")]
    public void An_unknown_key_is_refused(string service, int status, string code, string message) =>
        Refused(new Signing { Service = service, Keys = new Keys("AKIANOBODY", "x", null) }, status, code, message);

    [Theory]
    [InlineData("codedeploy", 400, "InvalidSignatureException")]
    [InlineData("sts", 403, "SignatureDoesNotMatch")]
    [InlineData("ec2", 401, "AuthFailure")]
    [InlineData("s3", 403, "SignatureDoesNotMatch")]
    public void A_wrong_secret_is_refused(string service, int status, string code) =>
        Refused(new Signing { Service = service, Keys = TestCloud.Dana with { Secret = "guess" } }, status, code);

    [Fact]
    public void The_signature_covers_method_path_query_headers_and_body()
    {
        Refused(new Signing { Change = http => http.Request.Method = "PUT" }, 400, "InvalidSignatureException");
        Refused(new Signing { Change = http => Target(http, "/b?x=1") }, 400, "InvalidSignatureException");
        Refused(new Signing { Change = http => Target(http, "/a?x=2") }, 400, "InvalidSignatureException");
        Refused(new Signing { Change = http => http.Request.Headers["x-amz-target"] = "CodeDeploy_20141006.StopDeployment" }, 400, "InvalidSignatureException");
        Refused(new Signing { ChangeBody = body => [.. body, (byte)' '] }, 400, "InvalidSignatureException");
    }

    [Theory]
    [InlineData("s3", "/bundles/a%20b%2Bc/d", "/bundles/a%20b%2Bc/d")]
    [InlineData("codedeploy", "/a%20b/./c/../d", "/a%20b/d")]
    public void Paths_are_compared_as_each_service_writes_them(string service, string sent, string canonical)
    {
        var exchange = new Signing { Service = service, Target = sent, SignedPath = canonical }.Exchange();

        var principal = _guard.Authenticate(exchange, service);

        principal.Arn.Should().EndWith("user/dana");
    }

    [Fact]
    public void Temporary_keys_need_their_own_session_token()
    {
        var key = _identities.Issue(_identities.Roles[0], "run-1", _time.GetUtcNow(), TimeSpan.FromHours(1));
        var keys = new Keys(key.Id, key.Secret, key.SessionToken);

        var principal = _guard.Authenticate(new Signing { Keys = keys }.Exchange(), "codedeploy");

        principal.Arn.Should().Be("arn:aws:sts::123456789012:assumed-role/macro-portfolio-gray/run-1");
        Refused(new Signing { Keys = keys with { Token = null } }, 400, "UnrecognizedClientException");
        Refused(new Signing { Keys = keys with { Token = "other" } }, 400, "UnrecognizedClientException");
        Refused(new Signing { Keys = keys with { Token = "other" }, Service = "s3" }, 400, "InvalidToken");
        Refused(new Signing { Keys = TestCloud.Dana with { Token = "other" } }, 400, "UnrecognizedClientException");
    }

    [Theory]
    [InlineData("codedeploy", 400, "ExpiredTokenException", "The security token included in the request is expired")]
    [InlineData("sts", 403, "ExpiredToken", "The security token included in the request is expired")]
    [InlineData("ec2", 400, "RequestExpired", "Request has expired.")]
    [InlineData("s3", 400, "ExpiredToken", "The provided token has expired.")]
    public void Temporary_keys_end_by_the_worlds_clock(string service, int status, string code, string message)
    {
        var key = _identities.Issue(_identities.Roles[0], "run-1", _time.GetUtcNow(), TimeSpan.FromMinutes(15));
        var signing = new Signing { Service = service, Keys = new Keys(key.Id, key.Secret, key.SessionToken) };

        _time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        _guard.Authenticate(signing.Exchange(), service);
        _time.Advance(TimeSpan.FromSeconds(1));

        Refused(signing, status, code, message);
    }

    [Fact]
    public void A_signature_is_good_for_five_minutes_either_way_and_in_S3_for_fifteen()
    {
        _guard.Authenticate(new Signing { Time = Now.AddMinutes(-4) }.Exchange(), "codedeploy");
        _guard.Authenticate(new Signing { Time = Now.AddMinutes(4) }.Exchange(), "codedeploy");
        _guard.Authenticate(new Signing { Time = Now.AddMinutes(-14), Service = "s3" }.Exchange(), "s3");

        Refused(new Signing { Time = Now.AddMinutes(-6) }, 400, "InvalidSignatureException", "Signature expired: *Z is now earlier than *Z (*Z - 5 min.)");
        Refused(new Signing { Time = Now.AddMinutes(6) }, 400, "InvalidSignatureException", "Signature not yet current: *Z is still later than *Z (*Z + 5 min.)");
        Refused(new Signing { Time = Now.AddMinutes(-6), Service = "sts" }, 403, "SignatureDoesNotMatch", "Signature expired: *");
        Refused(new Signing { Time = Now.AddMinutes(-16), Service = "s3" }, 403, "RequestTimeTooSkewed");
    }

    [Fact]
    public void A_signature_holds_for_one_region_and_one_service()
    {
        Refused(new Signing { Region = "us-east-1" }, 400, "InvalidSignatureException", "Credential should be scoped to a valid region, not 'us-east-1'. ");
        Refused(new Signing { Region = "us-east-1", Service = "s3" }, 400, "AuthorizationHeaderMalformed", "*the region 'us-east-1' is wrong; expecting 'ap-east-1'");
        Refused(new Signing { Scope = "sts" }, 400, "InvalidSignatureException", "Credential should be scoped to correct service: 'codedeploy'. ");

        _guard.Authenticate(new Signing { Region = "us-east-1", Service = "sts" }.Exchange(), "sts");
    }

    [Fact]
    public void What_cannot_be_read_is_said_to_be_incomplete()
    {
        Refused(new Signing { Change = http => http.Request.Headers.Authorization = "AWS4-HMAC-SHA256 SignedHeaders=host, Signature=1" }, 400, "IncompleteSignatureException",
            "Authorization header requires 'Credential' parameter. *");
        Refused(new Signing { Change = http => http.Request.Headers.Remove("x-amz-date") }, 400, "IncompleteSignatureException", "*'X-Amz-Date'*");
        Refused(new Signing { Change = http => http.Request.Headers["x-amz-date"] = "today" }, 400, "IncompleteSignatureException", "*'basic format'. Got 'today'*");
        Refused(new Signing { Change = http => http.Request.Headers.Authorization = "AWS4-HMAC-SHA256 Credential=K/1, SignedHeaders=host, Signature=1" }, 400, "IncompleteSignatureException", "*5 slash-delimited elements*");
    }

    [Fact]
    public void S3_wants_all_its_headers_signed_and_every_service_the_host()
    {
        Refused(new Signing { Service = "s3", Change = http => http.Request.Headers["x-amz-meta-commit"] = "1" }, 403, "AccessDenied", "There were headers present in the request which were not signed");
        Refused(new Signing { Without = "host" }, 400, "InvalidSignatureException", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }

    [Theory]
    [InlineData("UNSIGNED-PAYLOAD")]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER")]
    public void S3_lets_a_client_leave_the_body_out_of_the_signature(string said)
    {
        var exchange = new Signing { Service = "s3", Payload = said, ChangeBody = _ => [1, 2, 3] }.Exchange();

        var principal = _guard.Authenticate(exchange, "s3");

        principal.Arn.Should().EndWith("user/dana");
    }

    [Fact]
    public void S3_checks_the_body_that_a_client_signed()
    {
        Refused(new Signing { Service = "s3", ChangeBody = _ => [1] }, 400, "XAmzContentSHA256Mismatch");
        Refused(new Signing { Service = "s3", Payload = "nonsense" }, 400, "InvalidArgument");
        Refused(new Signing { Service = "s3", Payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" }, 403, "SignatureDoesNotMatch");
        Refused(new Signing { Service = "s3", Change = http => http.Request.Headers.Remove("x-amz-content-sha256"), Without = "x-amz-content-sha256" }, 400, "InvalidRequest");
    }

    [Fact]
    public void A_presigned_request_is_good_until_it_expires()
    {
        var fresh = _guard.Authenticate(Presigned(Now.AddMinutes(-20), seconds: 3600), "s3");
        var late = () => _guard.Authenticate(Presigned(Now.AddMinutes(-20), seconds: 600), "s3");
        var changed = () => _guard.Authenticate(Presigned(Now, seconds: 600, path: "/bundles/other"), "s3");

        fresh.Arn.Should().EndWith("user/dana");
        late.Should().Throw<AwsException>().WithMessage("Request has expired").Which.Code.Should().Be("AccessDenied");
        changed.Should().Throw<AwsException>().Which.Code.Should().Be("SignatureDoesNotMatch");
    }

    [Theory]
    [InlineData("codedeploy:StopDeployment", 400, "AccessDeniedException",
        "User: arn:aws:iam::123456789012:user/lee is not authorized to perform: codedeploy:StopDeployment on resource: R because no identity-based policy allows the codedeploy:StopDeployment action")]
    [InlineData("s3:GetObject", 403, "AccessDenied",
        "User: arn:aws:iam::123456789012:user/lee is not authorized to perform: s3:GetObject on resource: \"R\" because no identity-based policy allows the s3:GetObject action")]
    [InlineData("ec2:DescribeInstances", 403, "UnauthorizedOperation",
        "You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/lee is not authorized to perform: ec2:DescribeInstances on resource: R because no identity-based policy allows the ec2:DescribeInstances action")]
    public void What_no_policy_allows_is_denied_in_the_words_of_the_service(string action, int status, string code, string message)
    {
        var lee = new Principal(TestCloud.Account, "arn:aws:iam::123456789012:user/lee", "AIDA");

        var demand = () => _guard.Demand(lee, action, "R");

        var refusal = demand.Should().Throw<AwsException>().Which;
        (refusal.Status, refusal.Code, refusal.Message).Should().Be((status, code, message));
    }

    [Theory]
    [InlineData("codedeploy:GetDeployment", "")]
    [InlineData("codedeploy:CreateDeployment", "because no permissions boundary allows the codedeploy:CreateDeployment action")]
    [InlineData("codedeploy:StopDeployment", "with an explicit deny in a service control policy")]
    [InlineData("codedeploy:DeleteApplication", "because no service control policy allows the codedeploy:DeleteApplication action")]
    [InlineData("codedeploy:GetApplication", "because no identity-based policy allows the codedeploy:GetApplication action")]
    public void What_limits_a_role_refuses_by_its_own_name(string action, string words)
    {
        static JsonNode Allow(params string[] actions) =>
            JsonNode.Parse($$"""{ "Statement": [{ "Effect": "Allow", "Action": [{{string.Join(", ", actions.Select(one => $"\"codedeploy:{one}\""))}}], "Resource": "*" }] }""")!;
        var world = WorldReader.Parse(Some.World, "/");
        world = world with
        {
            Iam = world.Iam with
            {
                Roles =
                [
                    new RoleWorld
                    {
                        Arn = "arn:aws:iam::123456789012:role/limited",
                        Trust = world.Iam.Roles[0].Trust,
                        PermissionsBoundary = Allow("Get*", "StopDeployment", "DeleteApplication"),
                        Policies = [Allow("GetDeployment", "CreateDeployment", "StopDeployment", "DeleteApplication")],
                    },
                ],
                ServiceControlPolicies =
                [
                    Allow("Get*", "CreateDeployment", "StopDeployment"),
                    JsonNode.Parse("""{ "Statement": { "Effect": "Deny", "Action": "codedeploy:Stop*", "Resource": "*" } }""")!,
                ],
            },
        };
        var session = new Principal(TestCloud.Account, "arn:aws:sts::123456789012:assumed-role/limited/run-1", "AROA:run-1");

        var demand = () => new Guard(world, new Identities(world), _time).Demand(session, action, "R");

        if (words.Length == 0)
            demand.Should().NotThrow();
        else
            demand.Should().Throw<AwsException>().WithMessage($"* on resource: R {words}");
    }

    [Fact]
    public void A_session_may_do_what_its_role_may()
    {
        var session = new Principal(TestCloud.Account, "arn:aws:sts::123456789012:assumed-role/macro-portfolio-gray/run-1", "AROA:run-1");
        var stranger = session with { Arn = "arn:aws:sts::999999999999:assumed-role/macro-portfolio-gray/run-1", Account = "999999999999" };

        _guard.Demand(session, "codedeploy:CreateDeployment", "arn:aws:codedeploy:ap-east-1:123456789012:deploymentgroup:a/b");

        _guard.Invoking(guard => guard.Demand(session, "s3:GetObject", "R")).Should().Throw<AwsException>();
        _guard.Invoking(guard => guard.Demand(stranger, "codedeploy:CreateDeployment", "R")).Should().Throw<AwsException>();
    }

    [Fact]
    public void An_explicit_deny_is_named()
    {
        var world = WorldReader.Parse("""
            iam:
              users:
                - name: lee
                  access-key-id: K
                  secret-access-key: s
                  policies:
                    - { Statement: [{ Effect: Allow, Action: "*", Resource: "*" }, { Effect: Deny, Action: "codedeploy:Stop*", Resource: "*" }] }
            """, "/");
        var guard = new Guard(world, new Identities(world), _time);

        var demand = () => guard.Demand(new Principal(TestCloud.Account, "arn:aws:iam::123456789012:user/lee", "AIDA"), "codedeploy:StopDeployment", "R");

        demand.Should().Throw<AwsException>().WithMessage("*on resource: R with an explicit deny in an identity-based policy");
    }

    private void Refused(Signing signing, int status, string code, string message = "*")
    {
        var authenticate = () => _guard.Authenticate(signing.Exchange(), signing.Service);

        var refusal = authenticate.Should().Throw<AwsException>().WithMessage(message).Which;
        (refusal.Status, refusal.Code).Should().Be((status, code));
    }

    private static void Target(HttpContext http, string target) => http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;

    private static Exchange Presigned(DateTimeOffset time, int seconds, string path = "/bundles/key")
    {
        var timestamp = time.ToString(SignatureV4.TimestampFormat, CultureInfo.InvariantCulture);
        var scope = new Scope(timestamp[..8], "ap-east-1", "s3");
        Dictionary<string, string> query = new()
        {
            ["X-Amz-Algorithm"] = SignatureV4.Algorithm,
            ["X-Amz-Credential"] = $"{TestCloud.Dana.Id}/{scope}",
            ["X-Amz-Date"] = timestamp,
            ["X-Amz-Expires"] = seconds.ToString(CultureInfo.InvariantCulture),
            ["X-Amz-SignedHeaders"] = "host",
        };
        var signature = SignatureV4.Sign(new SignedParts("GET", "/bundles/key", query, [new("host", "127.0.0.1:1")], "UNSIGNED-PAYLOAD"), timestamp, scope, TestCloud.Dana.Secret);
        var text = $"?{string.Join('&', query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"))}&X-Amz-Signature={signature}";
        var http = new DefaultHttpContext();
        http.Request.Method = "GET";
        http.Request.Host = new HostString("127.0.0.1:1");
        http.Request.QueryString = new QueryString(text);
        Target(http, path + text);
        return new Exchange(http, []);
    }

    /// <summary>A signed request, and what happens to it on its way.</summary>
    private sealed record Signing
    {
        public string Service { get; init; } = "codedeploy";
        public string? Scope { get; init; }
        public string Region { get; init; } = "ap-east-1";
        public Keys Keys { get; init; } = TestCloud.Dana;
        public DateTimeOffset Time { get; init; } = Now;
        public string Target { get; init; } = "/a?x=1";
        public string? SignedPath { get; init; }

        /// <summary>What <c>x-amz-content-sha256</c> says; only in S3.</summary>
        public string? Payload { get; init; }

        /// <summary>A header that is not signed.</summary>
        public string? Without { get; init; }
        public Action<HttpContext> Change { get; init; } = _ => { };
        public Func<byte[], byte[]> ChangeBody { get; init; } = body => body;

        public Exchange Exchange()
        {
            var body = Encoding.UTF8.GetBytes("{}");
            var timestamp = Time.ToString(SignatureV4.TimestampFormat, CultureInfo.InvariantCulture);
            var scope = new Scope(timestamp[..8], Region, Scope ?? Service);
            var payload = Payload ?? SignatureV4.Hash(body);
            var http = new DefaultHttpContext();
            http.Request.Method = "POST";
            Dictionary<string, string> headers = new() { ["host"] = "127.0.0.1:1", ["x-amz-date"] = timestamp, ["x-amz-target"] = "CodeDeploy_20141006.GetDeployment" };
            if (Service == "s3")
                headers["x-amz-content-sha256"] = payload;
            if (Keys.Token is not null)
                headers["x-amz-security-token"] = Keys.Token;
            foreach (var (name, value) in headers)
                http.Request.Headers[name] = value;

            var signed = headers.Where(header => header.Key != Without).OrderBy(header => header.Key, StringComparer.Ordinal).ToList();
            var query = Target.Split('?') is [_, var text] ? text.Split('&').Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1])) : [];
            var signature = SignatureV4.Sign(new SignedParts("POST", SignedPath ?? Target.Split('?')[0], query, signed, payload), timestamp, scope, Keys.Secret);
            http.Request.Headers.Authorization =
                $"{SignatureV4.Algorithm} Credential={Keys.Id}/{scope}, SignedHeaders={string.Join(';', signed.Select(header => header.Key))}, Signature={signature}";
            GuardTests.Target(http, Target);
            Change(http);
            return new Exchange(http, ChangeBody(body));
        }
    }
}
