using System.Net;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.Tests.World;

namespace MacroPortfolio.Simulator.Tests.Sts;

public class StsServiceTests
{
    private const string Chained = "arn:aws:iam::123456789012:role/chained";
    private const string Elsewhere = "arn:aws:iam::999999999999:role/elsewhere";
    private static readonly Keys Lee = new("AKIALEE", "lee-secret", null);

    [Fact]
    public async Task A_caller_is_told_who_it_is()
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await cloud.StsAsync(Lee, "GetCallerIdentity");

        answer.Status.Should().Be(HttpStatusCode.OK);
        (answer["Arn"], answer["Account"]).Should().Be(("arn:aws:iam::123456789012:user/lee", TestCloud.Account));
        answer["UserId"].Should().MatchRegex("^AIDA[A-Z2-7]{17}$");
    }

    [Theory]
    [InlineData("GetSessionToken", "InvalidAction", "Could not find operation GetSessionToken for version 2011-06-15")]
    [InlineData("", "MissingAction", "Missing Action")]
    public async Task What_it_does_not_know_fails_as_AWS_fails(string action, string code, string message)
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await cloud.StsAsync(Lee, action);

        answer.ShouldBe(400, code, message);
    }

    [Fact]
    public async Task A_user_takes_a_role_that_trusts_its_account_if_its_own_policies_allow_it()
    {
        await using var cloud = await TestCloud.StartAsync();

        var dana = await cloud.StsAsync(TestCloud.Dana, "AssumeRole", ("RoleArn", Chained), ("RoleSessionName", "laptop"), ("DurationSeconds", "7200"));
        var lee = await cloud.StsAsync(Lee, "AssumeRole", ("RoleArn", Chained), ("RoleSessionName", "laptop"));
        var nobody = await cloud.StsAsync(null, "AssumeRole", ("RoleArn", Chained), ("RoleSessionName", "laptop"));

        (dana.Status, dana["Arn"], dana["Expiration"]).Should().Be((HttpStatusCode.OK, "arn:aws:sts::123456789012:assumed-role/chained/laptop", "2026-10-01T10:00:00Z"));
        (await cloud.StsAsync(dana.Credentials, "GetCallerIdentity"))["Arn"].Should().Be(dana["Arn"]);
        lee.ShouldBe(403, "AccessDenied", $"User: arn:aws:iam::123456789012:user/lee is not authorized to perform: sts:AssumeRole on resource: {Chained}");
        nobody.ShouldBe(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }

    [Fact]
    public async Task A_role_that_trusts_nobody_of_the_kind_is_closed_even_to_an_administrator()
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await cloud.StsAsync(TestCloud.Dana, "AssumeRole", ("RoleArn", TestCloud.GrayRole), ("RoleSessionName", "laptop"));

        answer.ShouldBe(403, "AccessDenied", $"User: arn:aws:iam::123456789012:user/dana is not authorized to perform: sts:AssumeRole on resource: {TestCloud.GrayRole}");
    }

    [Fact]
    public async Task A_user_that_the_role_of_its_own_account_names_needs_no_policy()
    {
        await using var cloud = await TestCloud.StartAsync(world => world with
        {
            Iam = world.Iam with
            {
                Roles =
                [
                    world.Iam.Roles[1] with
                    {
                        Trust = System.Text.Json.Nodes.JsonNode.Parse("""{ "Statement": { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "AWS": "arn:aws:iam::123456789012:user/lee" } } }""")!,
                    },
                ],
            },
        });

        var lee = await cloud.StsAsync(Lee, "AssumeRole", ("RoleArn", Chained), ("RoleSessionName", "laptop"));
        var dana = await cloud.StsAsync(TestCloud.Dana, "AssumeRole", ("RoleArn", Chained), ("RoleSessionName", "laptop"));

        (lee.Status, dana.Status).Should().Be((HttpStatusCode.OK, HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task Another_account_is_entered_with_the_external_id_that_it_asks_for()
    {
        await using var cloud = await TestCloud.StartAsync();

        var without = await cloud.StsAsync(TestCloud.Dana, "AssumeRole", ("RoleArn", Elsewhere), ("RoleSessionName", "laptop"));
        var with = await cloud.StsAsync(TestCloud.Dana, "AssumeRole", ("RoleArn", Elsewhere), ("RoleSessionName", "laptop"), ("ExternalId", "macro"));

        without.Status.Should().Be(HttpStatusCode.Forbidden);
        (with.Status, with["Arn"]).Should().Be((HttpStatusCode.OK, "arn:aws:sts::999999999999:assumed-role/elsewhere/laptop"));
    }

    [Fact]
    public async Task Tags_and_a_source_identity_must_be_allowed_too()
    {
        await using var cloud = await TestCloud.StartAsync();

        var tagged = await cloud.StsAsync(TestCloud.Dana, "AssumeRole", ("RoleArn", Chained), ("RoleSessionName", "laptop"), ("Tags.member.1.Key", "sha"), ("Tags.member.1.Value", "1"));
        var named = await cloud.StsAsync(TestCloud.Dana, "AssumeRole", ("RoleArn", Chained), ("RoleSessionName", "laptop"), ("SourceIdentity", "dana"));

        (tagged.Status, named.Status).Should().Be((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task A_role_taken_from_a_role_lasts_an_hour_at_most()
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));
        var first = (await cloud.AssumeAsync(token)).Credentials;

        var hour = await cloud.StsAsync(first, "AssumeRole", ("RoleArn", Chained), ("RoleSessionName", "chain"), ("DurationSeconds", "3600"));
        var more = await cloud.StsAsync(first, "AssumeRole", ("RoleArn", Chained), ("RoleSessionName", "chain"), ("DurationSeconds", "3601"));

        (hour.Status, hour["Arn"]).Should().Be((HttpStatusCode.OK, "arn:aws:sts::123456789012:assumed-role/chained/chain"));
        more.ShouldBe(400, "ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
    }
}
