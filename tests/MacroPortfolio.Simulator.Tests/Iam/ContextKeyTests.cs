using System.Net;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Tests.World;

namespace MacroPortfolio.Simulator.Tests.Iam;

/// <summary>Which condition keys the services fill, seen from outside: lee may only what the condition lets through.</summary>
public class ContextKeyTests
{
    private static readonly Keys Lee = new("AKIALEE", "lee-secret", null);

    [Theory]
    [InlineData("""{ "StringEquals": { "aws:username": "lee", "aws:PrincipalAccount": "123456789012", "aws:PrincipalType": "User" } }""", true)]
    [InlineData("""{ "StringEquals": { "aws:PrincipalTag/team": "rates" } }""", true)]
    [InlineData("""{ "StringEquals": { "aws:PrincipalTag/team": "fx" } }""", false)]
    [InlineData("""{ "ArnEquals": { "aws:PrincipalArn": "arn:aws:iam::123456789012:user/lee" } }""", true)]
    [InlineData("""{ "StringEquals": { "aws:RequestedRegion": "ap-east-1", "aws:ResourceAccount": "123456789012" } }""", true)]
    [InlineData("""{ "Bool": { "aws:SecureTransport": "true" }, "IpAddress": { "aws:SourceIp": "127.0.0.0/8" } }""", true)]
    [InlineData("""{ "DateLessThan": { "aws:CurrentTime": "2026-10-01T09:00:00Z" } }""", true)]
    [InlineData("""{ "DateLessThan": { "aws:CurrentTime": "2026-10-01T07:00:00Z" } }""", false)]
    [InlineData("""{ "Null": { "aws:TokenIssueTime": "true", "aws:SourceIdentity": "true" } }""", true)]
    [InlineData("""{ "StringEquals": { "aws:RequestTag/stage": "gray" }, "ForAllValues:StringEquals": { "aws:TagKeys": ["stage", "team"] } }""", true)]
    [InlineData("""{ "ForAnyValue:StringEquals": { "aws:TagKeys": "team" } }""", false)]
    public async Task Of_a_request_to_CodeDeploy(string condition, bool allowed)
    {
        await using var cloud = await StartAsync(condition);

        using var response = await cloud.CodeDeployAsync("CreateApplication", new { applicationName = "site", tags = new[] { new { Key = "stage", Value = "gray" } } }, Lee);

        (response.StatusCode == HttpStatusCode.OK).Should().Be(allowed);
    }

    [Fact]
    public async Task Of_the_resource_its_tags()
    {
        await using var cloud = await StartAsync("""{ "StringEquals": { "aws:ResourceTag/stage": "gray" } }""");
        async Task<HttpStatusCode> GetAsync() => (await cloud.CodeDeployAsync("GetApplication", new { applicationName = "site" }, Lee)).StatusCode;
        await cloud.CodeDeployAsync("CreateApplication", new { applicationName = "site", tags = new[] { new { Key = "stage", Value = "stable" } } });

        var before = await GetAsync();
        await cloud.CodeDeployAsync("TagResource", new { ResourceArn = "arn:aws:codedeploy:ap-east-1:123456789012:application:site", Tags = new[] { new { Key = "stage", Value = "gray" } } });

        (before, await GetAsync()).Should().Be((HttpStatusCode.BadRequest, HttpStatusCode.OK));
    }

    [Theory]
    [InlineData("""{ "StringLike": { "s3:prefix": "site/*" } }""", "/bundles?list-type=2&prefix=site/1", true)]
    [InlineData("""{ "StringLike": { "s3:prefix": "site/*" } }""", "/bundles?list-type=2", false)]
    [InlineData("""{ "NumericLessThanEquals": { "s3:max-keys": "10" } }""", "/bundles?list-type=2&max-keys=11", false)]
    [InlineData("""{ "StringEquals": { "s3:VersionId": "00000000000000000000000000000000" } }""", "/bundles/a?versionId=00000000000000000000000000000001", false)]
    [InlineData("""{ "StringEquals": { "s3:authType": "REST-HEADER", "s3:signatureversion": "AWS4-HMAC-SHA256" } }""", "/bundles?list-type=2", true)]
    public async Task Of_a_request_to_S3(string condition, string target, bool allowed)
    {
        await using var cloud = await StartAsync(condition);

        var (status, _) = await cloud.S3Async(Lee, HttpMethod.Get, target);

        (status != HttpStatusCode.Forbidden).Should().Be(allowed);
    }

    [Fact]
    public async Task Of_a_service_role_that_is_passed_the_service()
    {
        await using var cloud = await StartAsync("""{ "StringEquals": { "iam:PassedToService": "ec2.amazonaws.com" } }""", "iam:PassRole", "codedeploy:*");
        await cloud.CodeDeployAsync("CreateApplication", new { applicationName = "site" });

        using var response = await cloud.CodeDeployAsync("CreateDeploymentGroup",
            new { applicationName = "site", deploymentGroupName = "gray", serviceRoleArn = "arn:aws:iam::123456789012:role/codedeploy" }, Lee);

        (await response.Content.ReadAsStringAsync()).Should().Contain("is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/codedeploy");
    }

    [Fact]
    public async Task A_decision_is_logged_with_all_that_it_was_made_of()
    {
        using var log = new StringWriter();
        await using var cloud = await StartAsync("""{ "StringEquals": { "aws:username": "lee" } }""", iamLog: log);

        using var _ = await cloud.CodeDeployAsync("GetApplication", new { applicationName = "site" }, Lee);

        var line = JsonNode.Parse(log.ToString())!;
        string Of(string name) => line[name]!.ToString();
        (Of("service"), Of("operation"), Of("action"), Of("resource")).Should().Be(("codedeploy", "GetApplication", "codedeploy:GetApplication", "arn:aws:codedeploy:ap-east-1:123456789012:application:site"));
        (Of("principal"), Of("account"), Of("resourceAccount"), Of("verdict")).Should().Be(("arn:aws:iam::123456789012:user/lee", TestCloud.Account, TestCloud.Account, "Allowed"));
        line["keys"]!["aws:username"]!.ToString().Should().Be("lee");
        line["policies"]![0]!["kind"]!.ToString().Should().Be("identity-based policy");
        line["policies"]![0]!["document"]!["Statement"]!["Condition"]!.ToJsonString().Should().Be("""{"StringEquals":{"aws:username":"lee"}}""");
    }

    private static Task<TestCloud> StartAsync(string condition, string action = "*", string? also = null, TextWriter? iamLog = null) => TestCloud.StartAsync(world => world with
    {
        Iam = world.Iam with
        {
            Users =
            [
                world.Iam.Users[0],
                world.Iam.Users[1] with
                {
                    Tags = new Dictionary<string, string> { ["team"] = "rates" },
                    Policies =
                    [
                        JsonNode.Parse($$"""{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "{{action}}", "Resource": "*", "Condition": {{condition}} } }""")!,
                        .. also is null ? (JsonNode[])[] : [JsonNode.Parse($$"""{ "Statement": { "Effect": "Allow", "Action": "{{also}}", "Resource": "*" } }""")!],
                    ],
                },
            ],
        },
    }, iamLog);
}
