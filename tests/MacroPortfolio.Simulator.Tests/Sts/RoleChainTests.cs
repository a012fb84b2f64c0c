using System.Net;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Tests.World;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.Sts;

/// <summary>https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html and id_credentials_temp_control-access_monitor.html</summary>
public class RoleChainTests
{
    private const string Hub = "arn:aws:iam::123456789012:role/hub";
    private const string Target = "arn:aws:iam::222222222222:role/target";
    private const string Narrow = "arn:aws:iam::222222222222:role/narrow";
    private const string Last = "arn:aws:iam::222222222222:role/last";

    private const string Chain = """
        iam:
          users:
            - { name: dana, access-key-id: AKIAIOSFODNN7EXAMPLE, secret-access-key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY,
                policies: [{ Statement: { Effect: Allow, Action: "*", Resource: "*" } }] }
          roles:
            - arn: arn:aws:iam::123456789012:role/hub
              tags: { team: rates }
              trust: { Statement: { Effect: Allow, Principal: { AWS: "123456789012" }, Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"] } }
              policies: [{ Statement: [
                { Effect: Allow, Action: ["sts:AssumeRole", "sts:SetSourceIdentity"], Resource: "*" },
                { Effect: Allow, Action: "sts:TagSession", Resource: ["arn:aws:iam::222222222222:role/target", "arn:aws:iam::222222222222:role/narrow"] } ] }]
        accounts:
          - account: "222222222222"
            iam:
              roles:
                - arn: arn:aws:iam::222222222222:role/target
                  max-session-seconds: 7200
                  trust: { Version: "2012-10-17", Statement: [
                    { Effect: Allow, Principal: { AWS: "arn:aws:iam::123456789012:role/hub" }, Action: "sts:AssumeRole", Condition: { StringEquals: { "sts:ExternalId": macro } } },
                    { Effect: Allow, Principal: { AWS: "arn:aws:iam::123456789012:role/hub" }, Action: "sts:TagSession",
                      Condition: { StringLike: { "aws:RequestTag/sha": "*" }, "ForAllValues:StringEquals": { "aws:TagKeys": ["sha", "run", "actor"] } } },
                    { Effect: Allow, Principal: { AWS: "arn:aws:iam::123456789012:role/hub" }, Action: "sts:SetSourceIdentity", Condition: { StringLike: { "sts:SourceIdentity": "dana*" } } } ] }
                  policies: [{ Version: "2012-10-17", Statement: [
                    { Effect: Allow, Action: "sts:*", Resource: "*" },
                    { Effect: Allow, Action: "codedeploy:ListApplications", Resource: "*", Condition: { StringEquals: { "aws:PrincipalTag/sha": "1", "aws:SourceIdentity": dana } } } ] }]
                - arn: arn:aws:iam::222222222222:role/narrow
                  trust: { Statement: { Effect: Allow, Principal: { AWS: "123456789012" }, Action: "sts:AssumeRole" } }
                - arn: arn:aws:iam::222222222222:role/last
                  trust: { Statement: { Effect: Allow, Principal: { AWS: "arn:aws:iam::222222222222:role/target" }, Action: ["sts:AssumeRole", "sts:TagSession"] } }
        """;

    private static readonly (string, string)[] Tagged = [("Tags.member.1.Key", "sha"), ("Tags.member.1.Value", "1"), ("Tags.member.2.Key", "run"), ("Tags.member.2.Value", "42")];
    private static readonly (string, string) External = ("ExternalId", "macro");
    private static readonly (string, string) Source = ("SourceIdentity", "dana");

    [Fact]
    public async Task Tags_and_source_identity_go_into_another_account_where_both_sides_allow_them_and_conditions_see_them()
    {
        await using var cloud = await StartAsync();
        var hub = (await TakeAsync(cloud, TestCloud.Dana, Hub)).Credentials;

        var target = await TakeAsync(cloud, hub, Target, [External, Source, .. Tagged]);
        var untagged = await TakeAsync(cloud, hub, Target, [External]);

        (target.Status, target["SourceIdentity"], target["PackedPolicySize"]).Should().Be((HttpStatusCode.OK, "dana", "2"));
        (await ListAsync(cloud, target.Credentials), await ListAsync(cloud, untagged.Credentials)).Should().Be((HttpStatusCode.OK, HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData(Narrow, "sts:TagSession", "Tags.member.1.Key=sha", "Tags.member.1.Value=1")]
    [InlineData(Narrow, "sts:SetSourceIdentity", "SourceIdentity=dana")]
    [InlineData(Target, "sts:AssumeRole")]
    [InlineData(Target, "sts:AssumeRole", "ExternalId=other")]
    [InlineData(Target, "sts:TagSession", "ExternalId=macro", "Tags.member.1.Key=sha", "Tags.member.1.Value=1", "Tags.member.2.Key=other", "Tags.member.2.Value=1")]
    [InlineData(Target, "sts:SetSourceIdentity", "ExternalId=macro", "SourceIdentity=lee")]
    public async Task What_is_not_allowed_is_refused_by_the_action_that_it_needs(string role, string action, params string[] parameters)
    {
        await using var cloud = await StartAsync();
        var hub = await TakeAsync(cloud, TestCloud.Dana, Hub);

        var answer = await TakeAsync(cloud, hub.Credentials, role, [.. parameters.Select(one => (one.Split('=')[0], one.Split('=')[1]))]);

        answer.ShouldBe(403, "AccessDenied", $"User: {hub["Arn"]} is not authorized to perform: {action} on resource: {role}");
    }

    [Fact]
    public async Task The_callers_own_policy_must_allow_tags_too_when_the_role_is_in_another_account()
    {
        await using var cloud = await StartAsync(world => Without(world, "sts:TagSession"));
        var hub = await TakeAsync(cloud, TestCloud.Dana, Hub);

        var answer = await TakeAsync(cloud, hub.Credentials, Target, [External, .. Tagged]);

        answer.ShouldBe(403, "AccessDenied", $"User: {hub["Arn"]} is not authorized to perform: sts:TagSession on resource: {Target}");
    }

    [Fact]
    public async Task Transitive_tags_and_the_source_identity_stay_through_the_chain_and_are_demanded_on_each_hop()
    {
        await using var cloud = await StartAsync();
        var hub = (await TakeAsync(cloud, TestCloud.Dana, Hub, [Source, .. Tagged, ("TransitiveTagKeys.member.1", "sha")])).Credentials;

        var target = await TakeAsync(cloud, hub, Target, [External]);
        var narrow = await TakeAsync(cloud, hub, Narrow);
        var again = await TakeAsync(cloud, hub, Target, [External, ("Tags.member.1.Key", "SHA"), ("Tags.member.1.Value", "2")]);
        var other = await TakeAsync(cloud, hub, Target, [External, ("SourceIdentity", "dana2")]);
        var last = await TakeAsync(cloud, target.Credentials, Last);

        (target.Status, target["SourceIdentity"]).Should().Be((HttpStatusCode.OK, "dana"));
        (await ListAsync(cloud, target.Credentials)).Should().Be(HttpStatusCode.OK);
        narrow["Message"].Should().EndWith($"is not authorized to perform: sts:TagSession on resource: {Narrow}");
        again.ShouldBe(400, "InvalidParameterValue", "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.");
        other["Message"].Should().EndWith($"is not authorized to perform: sts:SetSourceIdentity on resource: {Target}");
        last["Message"].Should().EndWith($"is not authorized to perform: sts:SetSourceIdentity on resource: {Last}");
    }

    [Fact]
    public async Task A_session_policy_limits_the_session_and_never_adds_to_it()
    {
        await using var cloud = await StartAsync();
        const string policy = """{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": ["sts:AssumeRole", "codedeploy:*"], "Resource": "*" }] }""";

        var hub = await TakeAsync(cloud, TestCloud.Dana, Hub, [("Policy", policy)]);
        var open = await TakeAsync(cloud, hub.Credentials, Target, [External]);
        var limited = await TakeAsync(cloud, hub.Credentials, Target, [External, .. Tagged]);
        var broken = await TakeAsync(cloud, TestCloud.Dana, Hub, [("Policy", "{")]);
        var unknown = await TakeAsync(cloud, TestCloud.Dana, Hub, [("PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/ReadOnlyAccess")]);

        open.Status.Should().Be(HttpStatusCode.OK);
        limited["Message"].Should().EndWith($"is not authorized to perform: sts:TagSession on resource: {Target}");
        (await ListAsync(cloud, hub.Credentials)).Should().Be(HttpStatusCode.BadRequest);
        broken.ShouldBe(400, "MalformedPolicyDocument", "This policy contains invalid Json");
        unknown.ShouldBe(400, "ValidationError", "The simulator knows no managed policy 'arn:aws:iam::aws:policy/ReadOnlyAccess' in the account 123456789012.");
    }

    [Theory]
    [InlineData("Tags.member.1.Key=", "Tags.member.1.Value=1", "Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("Tags.member.1.Key=a!", "Tags.member.1.Value=1", @"Value 'a!' at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*")]
    [InlineData("Tags.member.1.Key=a", "Tags.member.1.Value=1#", @"Value '1#' at 'tags.1.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*")]
    [InlineData("SourceIdentity=d", "X=", "Value 'd' at 'sourceIdentity' failed to satisfy constraint: Member must have length greater than or equal to 2")]
    [InlineData("SourceIdentity=da na", "X=", @"Value 'da na' at 'sourceIdentity' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*")]
    [InlineData("ExternalId=m", "X=", "Value 'm' at 'externalId' failed to satisfy constraint: Member must have length greater than or equal to 2")]
    public async Task Each_parameter_has_its_form(string first, string second, string broken)
    {
        await using var cloud = await StartAsync();

        var answer = await TakeAsync(cloud, TestCloud.Dana, Hub, [.. new[] { first, second }.Select(one => (one.Split('=')[0], one.Split('=')[1]))]);

        answer.ShouldBe(400, "ValidationError", $"1 validation error detected: {broken}");
    }

    [Fact]
    public async Task Tags_have_their_limits_in_length_number_and_room()
    {
        await using var cloud = await StartAsync();

        (string, string)[] Many(int count, int length) =>
            [.. Enumerable.Range(1, count).SelectMany(index => new[] { ($"Tags.member.{index}.Key", $"T{index}"), ($"Tags.member.{index}.Value", new string('a', length)) })];
        var fit = await TakeAsync(cloud, TestCloud.Dana, Hub, Many(50, 1));
        var more = await TakeAsync(cloud, TestCloud.Dana, Hub, Many(51, 1));
        var big = await TakeAsync(cloud, TestCloud.Dana, Hub, Many(9, 250));
        var twice = await TakeAsync(cloud, TestCloud.Dana, Hub, [.. Many(1, 1), ("Tags.member.2.Key", "t1"), ("Tags.member.2.Value", "b")]);
        var longer = await TakeAsync(cloud, TestCloud.Dana, Hub, Many(1, 257));

        fit.Status.Should().Be(HttpStatusCode.OK);
        more["Message"].Should().Contain("at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50");
        big.ShouldBe(400, "PackedPolicyTooLarge", "Packed size of session tags consumes 498% of allotted space.");
        twice.ShouldBe(400, "InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        longer["Message"].Should().Contain("at 'tags.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 256");
    }

    [Fact]
    public async Task The_limits_of_a_chain_and_of_the_role_both_hold()
    {
        await using var cloud = await StartAsync();
        var hub = (await TakeAsync(cloud, TestCloud.Dana, Hub)).Credentials;

        var chained = await TakeAsync(cloud, hub, Target, [External, ("DurationSeconds", "7200")]);
        var direct = await TakeAsync(cloud, TestCloud.Dana, Hub, [("DurationSeconds", "7200")]);

        chained.ShouldBe(400, "ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        direct.ShouldBe(400, "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }

    private static Task<TestCloud> StartAsync(Func<WorldFile, WorldFile>? change = null) =>
        TestCloud.StartAsync(_ => WorldReader.Parse(Chain, "/") is var world && change is not null ? change(world) : world);

    private static WorldFile Without(WorldFile world, string action) => world with
    {
        Iam = world.Iam with
        {
            Roles = [world.Iam.Roles[0] with { Policies = [JsonNode.Parse($$"""{ "Statement": { "Effect": "Allow", "NotAction": "{{action}}", "Resource": "*" } }""")!] }],
        },
    };

    private static Task<XmlAnswer> TakeAsync(TestCloud cloud, Keys keys, string role, params (string, string)[] more) =>
        cloud.StsAsync(keys, "AssumeRole", [("RoleArn", role), ("RoleSessionName", "run-1"), .. more]);

    private static async Task<HttpStatusCode> ListAsync(TestCloud cloud, Keys keys)
    {
        using var response = await cloud.CodeDeployAsync("ListApplications", new { }, keys);
        return response.StatusCode;
    }
}
