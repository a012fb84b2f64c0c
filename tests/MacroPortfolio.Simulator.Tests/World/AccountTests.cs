using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.World;

public class AccountTests
{
    private const string Other = "222222222222";
    private static readonly Keys Lee = new("AKIALEE", "lee-secret", null);
    private static readonly Keys Kim = new("AKIAKIM", "kim-secret", null);

    private const string TwoAccounts = """
        account: "111111111111"
        iam:
          users:
            - { name: lee, access-key-id: AKIALEE, secret-access-key: lee-secret, policies: [{ Statement: { Effect: Allow, Action: "*", Resource: "*" } }] }
        codedeploy:
          applications: [{ name: site, deployment-groups: [{ name: gray, ec2-tag-filters: [{ Key: Release, Value: gray, Type: KEY_AND_VALUE }], alarms: [slow] }] }]
        s3:
          buckets: [{ name: bundles }, { name: shared, policy: { Version: "2012-10-17", Statement: [
            { Effect: Allow, Principal: { AWS: "222222222222" }, Action: ["s3:GetObject", "s3:PutObject", "s3:ListBucket"], Resource: ["arn:aws:s3:::shared", "arn:aws:s3:::shared/*"] },
            { Effect: Deny, Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::shared/secret/*" } ] } }]
        instances: [{ id: i-1, tags: { Release: gray } }]
        accounts:
          - account: "222222222222"
            name: production
            iam:
              users:
                - { name: kim, access-key-id: AKIAKIM, secret-access-key: kim-secret, policies: [{ Statement: { Effect: Allow, Action: "*", Resource: "*" } }] }
                - { name: nobody, access-key-id: AKIANO, secret-access-key: no-secret }
              service-control-policies: [{ Statement: [{ Effect: Allow, Action: "*", Resource: "*" }, { Effect: Deny, Action: "codedeploy:DeleteApplication", Resource: "*" }] }]
            codedeploy:
              applications: [{ name: site, deployment-groups: [{ name: stable, ec2-tag-filters: [{ Key: Release, Value: gray, Type: KEY_AND_VALUE }], alarms: [slow] }] }]
            s3: { buckets: [{ name: logs }] }
            instances: [{ id: i-2, tags: { Release: gray } }]
        """;

    [Fact]
    public async Task A_request_acts_in_the_account_of_who_makes_it()
    {
        await using var cloud = await StartAsync();

        var (first, second) = (await GroupsAsync(cloud, Lee), await GroupsAsync(cloud, Kim));
        var (here, there) = (await cloud.QueryAsync("ec2", "2016-11-15", Lee, "DescribeInstances"), await cloud.QueryAsync("ec2", "2016-11-15", Kim, "DescribeInstances"));

        (first, second).Should().Be(("gray", "stable"));
        (here["ownerId"], here["instanceId"], there["ownerId"], there["instanceId"]).Should().Be(("111111111111", "i-1", Other, "i-2"));
        (await cloud.StsAsync(Kim, "GetCallerIdentity"))["Arn"].Should().Be("arn:aws:iam::222222222222:user/kim");
    }

    [Fact]
    public async Task What_an_account_makes_is_its_own_and_so_are_its_limits()
    {
        await using var cloud = await StartAsync();

        var made = await cloud.CodeDeployAsync("CreateApplication", new { applicationName = "mine" }, Kim);
        var seen = await cloud.CodeDeployAsync("GetApplication", new { applicationName = "mine" }, Lee);
        var (limited, free) = (await cloud.CodeDeployAsync("DeleteApplication", new { applicationName = "site" }, Kim), await cloud.CodeDeployAsync("DeleteApplication", new { applicationName = "site" }, Lee));

        (made.StatusCode, free.StatusCode).Should().Be((HttpStatusCode.OK, HttpStatusCode.OK));
        (await seen.Content.ReadAsStringAsync()).Should().Contain("ApplicationDoesNotExistException");
        (await limited.Content.ReadAsStringAsync()).Should().Contain("on resource: arn:aws:codedeploy:ap-east-1:222222222222:application:site with an explicit deny in a service control policy");
    }

    [Fact]
    public async Task Names_of_buckets_are_the_same_for_all_and_lists_are_of_ones_own()
    {
        await using var cloud = await StartAsync();

        var taken = await cloud.S3Async(Kim, HttpMethod.Put, "/bundles", "<C><LocationConstraint>ap-east-1</LocationConstraint></C>");
        var own = await cloud.S3Async(Kim, HttpMethod.Put, "/logs", "<C><LocationConstraint>ap-east-1</LocationConstraint></C>");
        var list = await cloud.S3Async(Kim, HttpMethod.Get, "/");

        taken.Body.Should().Contain("<Code>BucketAlreadyExists</Code>");
        own.Body.Should().Contain("<Code>BucketAlreadyOwnedByYou</Code>");
        list.Body.Should().Contain("<Name>logs</Name>").And.Contain($"<ID>{Other}</ID>").And.NotContain("shared");
    }

    [Fact]
    public async Task A_bucket_of_another_account_needs_its_policy_and_the_callers_own()
    {
        await using var cloud = await StartAsync();
        var nobody = new Keys("AKIANO", "no-secret", null);

        var put = await cloud.S3Async(Kim, HttpMethod.Put, "/shared/site.zip", "x");
        var get = await cloud.S3Async(Lee, HttpMethod.Get, "/shared/site.zip");
        var closed = await cloud.S3Async(Kim, HttpMethod.Get, "/bundles/site.zip");
        var poor = await cloud.S3Async(nobody, HttpMethod.Get, "/shared/site.zip");
        var denied = await cloud.S3Async(Lee, HttpMethod.Get, "/shared/secret/x");

        (put.Status, get.Status).Should().Be((HttpStatusCode.OK, HttpStatusCode.OK));
        closed.Body.Should().Contain("because no resource-based policy allows the s3:GetObject action");
        poor.Body.Should().Contain("because no identity-based policy allows the s3:GetObject action");
        denied.Body.Should().Contain("with an explicit deny in a resource-based policy");
    }

    [Fact]
    public async Task Alarms_and_instances_are_changed_wherever_they_are()
    {
        await using var cloud = await StartAsync();

        var gone = await AdminAsync(cloud, "instances/i-2", new { state = "terminated" });
        var set = await AdminAsync(cloud, "alarms/slow", new { state = "ALARM", account = Other });
        var wrong = await AdminAsync(cloud, "alarms/slow", new { state = "ALARM", account = "333333333333" });

        (gone.Status, set.Status, wrong.Status).Should().Be((HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.BadRequest));
        wrong.Body.Should().Contain("none of 111111111111, 222222222222");
        (await StateAsync(cloud, Lee), await StateAsync(cloud, Kim)).Should().Be(("OK", "ALARM"));
        (await cloud.QueryAsync("ec2", "2016-11-15", Kim, "DescribeInstances"))["name"].Should().Be("terminated");
    }

    [Fact]
    public void Everything_that_is_wrong_with_accounts_is_told_at_once()
    {
        var read = () => WorldReader.Parse("""
            account: "111111111111"
            iam:
              users: [{ name: lee, access-key-id: K, secret-access-key: s }]
              roles:
                - { arn: "arn:aws:iam::222222222222:role/astray", trust: { Statement: { Effect: Allow, Action: "*", Principal: "*" } } }
                - { arn: "arn:aws:iam::999999999999:role/ci/astray", trust: { Statement: { Effect: Allow, Action: "*", Principal: "*" } } }
                - { arn: "arn:aws:iam::999999999999:role/astray", trust: { Statement: { Effect: Allow, Action: "*", Principal: "*" } } }
            s3: { buckets: [{ name: bundles, policy: { Statement: { Effect: Allow, Action: "*" } } }] }
            instances: [{ id: i-1 }]
            accounts:
              - account: "222222222222"
                iam:
                  users: [{ name: lee, access-key-id: K, secret-access-key: s }]
                  roles: [{ arn: "arn:aws:iam::999999999999:role/x", trust: { Statement: { Effect: Allow, Action: "*", Principal: "*" } } }]
                s3: { buckets: [{ name: bundles }] }
                instances: [{ id: i-1 }]
              - account: "111111111111"
                codedeploy: { applications: [{ name: a, compute-platform: VAX }] }
              - { account: "12" }
            """, "/");

        read.Should().Throw<WorldException>().Which.Errors.Should().BeEquivalentTo(
            "accounts[2].account (line 19) is '12', which is not twelve digits.",
            "accounts[1].account (line 17) is '111111111111', which is there already.",
            "s3.buckets[0].policy (line 8) is no policy document that IAM would take: Principal is missing: a Statement needs either Principal or NotPrincipal.",
            "accounts[1].codedeploy.applications[0].compute-platform (line 18) is 'VAX', which is none of Server, Lambda, ECS.",
            "accounts[0].iam.users[0].access-key-id (line 13) is 'K', which is there already.",
            "accounts[0].s3.buckets[0].name (line 15) is 'bundles', which is there already.",
            "accounts[0].instances[0].id (line 16) is 'i-1', which is there already.",
            "iam.roles[0].arn (line 5) is 'arn:aws:iam::222222222222:role/astray', a role of another account than 111111111111, in whose list it stands.",
            "iam.roles[2].arn (line 7) is 'arn:aws:iam::999999999999:role/astray', and its account has a role of that name already: a path makes no other name.",
            "accounts[0].iam.roles[0].arn (line 14) is 'arn:aws:iam::999999999999:role/x', a role of another account than 222222222222, in whose list it stands.");
    }

    private static Task<TestCloud> StartAsync() => TestCloud.StartAsync(_ => WorldReader.Parse(TwoAccounts, "/"));

    private static async Task<string> GroupsAsync(TestCloud cloud, Keys keys)
    {
        using var response = await cloud.CodeDeployAsync("ListDeploymentGroups", new { applicationName = "site" }, keys);
        return string.Join(' ', (await response.Content.ReadFromJsonAsync<JsonObject>())!["deploymentGroups"]!.AsArray().Select(name => $"{name}"));
    }

    private static async Task<string> StateAsync(TestCloud cloud, Keys keys) =>
        (await cloud.QueryAsync("monitoring", "2010-08-01", keys, "DescribeAlarms", ("AlarmNames.member.1", "slow")))["StateValue"];

    private static async Task<(HttpStatusCode Status, string Body)> AdminAsync(TestCloud cloud, string path, object change)
    {
        using var content = JsonContent.Create(change);
        using var response = await cloud.PostAsync($"/_simulator/{path}", content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
