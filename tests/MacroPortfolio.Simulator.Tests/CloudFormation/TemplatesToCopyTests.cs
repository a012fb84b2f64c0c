using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.Tests.World;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.CloudFormation;

/// <summary>The templates of workflows/cloudformation, in a simulated account.</summary>
public class TemplatesToCopyTests
{
    private const string Workflow = "acme/macro-portfolio/.github/workflows/deploy.yml@refs/heads/main";

    private static readonly (string, string)[] Owned = [("Application", "site"), ("Repository", "acme/macro-portfolio"), ("Owner", "acme/portfolio"), ("CostCentre", "4711")];

    [Fact]
    public async Task One_account_has_all_that_one_application_needs()
    {
        await using var cloud = await StackClient.StartAsync();

        var stack = await cloud.DeployAsync("CreateStack", Template("single-account"), [.. Owned, ("ProductionWorkflows", Workflow)]);

        stack["StackStatus"].Should().Be("CREATE_COMPLETE");
        (stack.Output("GrayRoleArn"), stack.Output("BundleBucketName"), stack.Output("DeploymentGroups")).Should().Be(("arn:aws:iam::123456789012:role/site-gray", "site-bundles-123456789012-ap-east-1", "gray stable"));
        stack.Output("ReleaseFile").Should().Contain("role-to-assume: arn:aws:iam::123456789012:role/site-production");
        (await cloud.IamAsync("ListAttachedRolePolicies", ("RoleName", "site-codedeploy"))).All("PolicyName").Should().Equal("AWSCodeDeployRole");
        (await cloud.IamAsync("ListRoleTags", ("RoleName", "site-gray"))).All("Key").Should().Equal("application", "cost-centre", "file", "owner", "repository", "stage");
        (await cloud.IamAsync("GetInstanceProfile", ("InstanceProfileName", "site-instance")))["RoleName"].Should().Be("site-instance");
    }

    [Theory]
    [InlineData("gray", null, "gray", true)]
    [InlineData("gray", "production", "gray", false)]
    [InlineData("gray", "", "gray", false)]
    [InlineData("production", "production", "production", true)]
    [InlineData("production", "production-rollback", "production", false)]
    [InlineData("rollback", "production-rollback", "production-rollback", true)]
    [InlineData("rollback", "production", "production", false)]
    [InlineData("status", "", "no environment", true)]
    [InlineData("status", "anything", "an environment", true)]
    public async Task A_role_lets_in_its_environment_and_no_other(string role, string? environment, string what, bool isLetIn)
    {
        await using var cloud = await StackClient.StartAsync();
        await cloud.DeployAsync("CreateStack", Template("single-account"), [.. Owned, ("ProductionWorkflows", Workflow)]);

        var isIn = await IsLetInAsync(cloud, role, new JobRequest { Environment = environment ?? "gray" });

        isIn.Should().Be(isLetIn, what);
    }

    [Theory]
    [InlineData("production", "production")]
    [InlineData("rollback", "production-rollback")]
    public async Task Production_is_for_the_workflow_that_was_named_alone(string role, string environment)
    {
        await using var cloud = await StackClient.StartAsync();
        await cloud.DeployAsync("CreateStack", Template("single-account"), [.. Owned, ("ProductionWorkflows", Workflow)]);

        var (named, other) = (
            await IsLetInAsync(cloud, role, new JobRequest { Environment = environment }),
            await IsLetInAsync(cloud, role, new JobRequest { Environment = environment, Workflow = ".github/workflows/mine.yml" }));

        (named, other).Should().Be((true, false));
    }

    [Fact]
    public async Task A_repository_whose_tokens_name_ids_is_let_in_by_its_ids()
    {
        await using var cloud = await StackClient.StartAsync(world => world with { GitHub = world.GitHub with { Repositories = [world.GitHub.Repositories[0] with { ImmutableSub = true }] } });
        await cloud.DeployAsync("CreateStack", Template("single-account"), [.. Owned, ("ProductionWorkflows", Workflow)]);
        var before = await IsLetInAsync(cloud, "gray", new JobRequest { Environment = "gray" });

        await cloud.DeployAsync("UpdateStack", Template("single-account"), [.. Owned, ("ProductionWorkflows", Workflow), ("RepositoryOwnerId", "600100"), ("RepositoryId", "700100200")]);

        var after = (await IsLetInAsync(cloud, "gray", new JobRequest { Environment = "gray" }), await IsLetInAsync(cloud, "status", new JobRequest { Environment = "" }), await IsLetInAsync(cloud, "gray", new JobRequest { Environment = "other" }));
        (before, after).Should().Be((false, (true, true, false)));
    }

    [Theory]
    [InlineData("site-gray", "gray")]
    [InlineData("site-production", "stable")]
    [InlineData("site-rollback", "gray stable")]
    [InlineData("site-status", "")]
    public async Task A_role_deploys_to_its_groups_and_to_no_other(string role, string groups)
    {
        await using var cloud = await StackClient.StartAsync();
        await cloud.DeployAsync("CreateStack", Template("single-account"), [.. Owned, ("ProductionWorkflows", Workflow)]);
        var environment = role switch { "site-production" => "production", "site-rollback" => "production-rollback", _ => "gray" };
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest { Environment = environment }, default));
        var keys = (await cloud.AssumeAsync(token, $"arn:aws:iam::123456789012:role/{role}")).Credentials;

        var allowed = new List<string>();
        foreach (var group in (string[])["gray", "stable"])
        {
            using var answer = await cloud.CodeDeployAsync("CreateDeployment", new
            {
                applicationName = "site",
                deploymentGroupName = group,
                revision = new { revisionType = "S3", s3Location = new { bucket = "site-bundles-123456789012-ap-east-1", key = "site/a.zip", bundleType = "zip" } },
            }, keys);
            if (!(await answer.Content.ReadAsStringAsync()).Contains("AccessDenied", StringComparison.Ordinal))
                allowed.Add(group);
        }

        allowed.Should().Equal(groups.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_stage_can_be_a_fleet_behind_a_load_balancer()
    {
        await using var cloud = await StackClient.StartAsync(world => world with { Instances = [.. world.Instances, world.Instances[0] with { Id = "i-1a", Spare = true }, world.Instances[0] with { Id = "i-1b", Spare = true }, world.Instances[0] with { Id = "i-1c", Spare = true }] });
        await cloud.DeployAsync("CreateStack", Template("single-account"), [.. Owned, ("ProductionWorkflows", Workflow), ("Fleet", "auto-scaling")]);

        await cloud.StackAsync("CreateStack", [.. StackClient.Request(Template("auto-scaling"), [.. Owned, ("Stage", "gray"), ("VpcId", "vpc-1"), ("LoadBalancerSubnets", "subnet-1,subnet-2"), ("InstanceSubnets", "subnet-1")])
            .Select(one => one.Name == "StackName" ? (one.Name, "fleet") : one)]);

        var stack = await cloud.StackAsync("DescribeStacks", ("StackName", "fleet"));
        var instances = await cloud.QueryAsync("ec2", "2016-11-15", TestCloud.Dana, "DescribeInstances", ("Filter.1.Name", "tag:aws:autoscaling:groupName"), ("Filter.1.Value.1", stack.Output("AutoScalingGroupName")));
        (stack["StackStatus"], stack.Output("DeploymentGroupName")).Should().Be(("CREATE_COMPLETE", "gray"));
        instances.All("instanceId").Should().Equal("i-1a", "i-1b");
    }

    [Fact]
    public async Task A_hub_goes_on_to_its_accounts_each_stage_to_its_own()
    {
        await using var cloud = await StackClient.StartAsync(world => world with
        {
            Accounts =
            [
                new AccountWorld { Account = "111111111111", Iam = new IamWorld { Users = [world.Iam.Users[0] with { Name = "ute", AccessKeyId = "AKIAUTE" }] } },
                new AccountWorld { Account = "444444444444", Iam = new IamWorld { Users = [world.Iam.Users[0] with { Name = "pia", AccessKeyId = "AKIAPIA" }] } },
            ],
        });
        var hub = await cloud.DeployAsync("CreateStack", Template("shared-services"),
            [.. Owned, ("ProductionWorkflows", Workflow), ("DevAccount", "111111111111"), ("QaAccount", "222222222222"), ("UatAccount", "333333333333"), ("ProductionAccount", "444444444444")]);
        foreach (var (key, stage) in ((string, string)[])[("AKIAUTE", "dev"), ("AKIAPIA", "prod")])
        {
            var keys = TestCloud.Dana with { Id = key };
            await cloud.StackAsAsync(keys, "CreateStack", StackClient.Request(Template("target-account"),
                [.. Owned, ("Stage", stage), ("HubAccount", "123456789012"), ("ExternalId", "acme-7"), ("BundleBucket", hub.Output("BundleBucketName"))]));
            (await cloud.StackAsAsync(keys, "DescribeStacks", ("StackName", "site")))["StackStatus"].Should().Be("CREATE_COMPLETE");
        }

        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest { Environment = "dev" }, default));
        var dev = (await cloud.AssumeAsync(token, "arn:aws:iam::123456789012:role/site-hub-dev")).Credentials;
        async Task<int> HopAsync(string account, string role, string externalId) => (int)(await cloud.StsAsync(dev, "AssumeRole",
            ("RoleArn", $"arn:aws:iam::{account}:role/site-{role}"), ("RoleSessionName", "run-1"), ("ExternalId", externalId),
            ("Tags.member.1.Key", "Repository"), ("Tags.member.1.Value", "acme/macro-portfolio"), ("SourceIdentity", "dana"))).Status;

        (await HopAsync("111111111111", "gray", "acme-7"), await HopAsync("111111111111", "gray", "other"), await HopAsync("111111111111", "status", "acme-7"), await HopAsync("444444444444", "gray", "acme-7"))
            .Should().Be((200, 403, 403, 403));
    }

    private static async Task<bool> IsLetInAsync(TestCloud cloud, string role, JobRequest job)
    {
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(job, default));
        return (await cloud.AssumeAsync(token, $"arn:aws:iam::123456789012:role/site-{role}")).Status == System.Net.HttpStatusCode.OK;
    }

    private static string Template(string name) => File.ReadAllText(Path.Combine(RootAbove(new DirectoryInfo(AppContext.BaseDirectory)), "workflows", "cloudformation", $"{name}.yml"));

    private static string RootAbove(DirectoryInfo? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException("MacroPortfolio.Action.sln is in no folder above the tests."),
        _ when File.Exists(Path.Combine(folder.FullName, "MacroPortfolio.Action.sln")) => folder.FullName,
        _ => RootAbove(folder.Parent),
    };
}
