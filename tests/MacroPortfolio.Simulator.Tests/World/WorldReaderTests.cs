using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.World;

public class WorldReaderTests
{
    [Fact]
    public void An_empty_world_has_every_default()
    {
        var world = WorldReader.Parse("", "/");

        world.Should().BeEquivalentTo(new WorldFile());
    }

    [Fact]
    public void Every_kind_of_value_arrives()
    {
        var world = WorldReader.Parse("""
            account: "210987654321"
            region: eu-west-1
            seed: 8
            codedeploy:
              applications:
                - name: macro-portfolio
                  linked-to-github: true
                  deployment-groups:
                    - name: gray
                      ec2-tag-filters: [{ Key: Release, Value: gray, Type: KEY_AND_VALUE }]
                      deployment-config: half-of-four
                      auto-rollback: [DEPLOYMENT_FAILURE]
              deployment-configs:
                - { name: half-of-four, minimum-healthy-hosts: { type: HOST_COUNT, value: 2 } }
            s3: { buckets: [{ name: bundles, versioned: true }] }
            instances:
              - { id: i-1, tags: { Name: gray-1 }, event-seconds: 2 }
            faults: [{ service: codedeploy, operation: CreateDeployment, after: 1, times: 2, probability: 0.5, kind: status, status: 503, body: none, retry-after: 3 }]
            """, "/");

        world.Account.Should().Be("210987654321");
        (world.Region, world.Seed).Should().Be(("eu-west-1", 8));
        var application = world.CodeDeploy.Applications.Should().ContainSingle().Which;
        application.LinkedToGithub.Should().BeTrue();
        var group = application.DeploymentGroups.Should().ContainSingle().Which;
        group.Ec2TagFilters.Should().Equal(new TagFilterWorld("Release", "gray", "KEY_AND_VALUE"));
        group.AutoRollback.Should().Equal("DEPLOYMENT_FAILURE");
        world.CodeDeploy.DeploymentConfigs.Should().ContainSingle().Which.MinimumHealthyHosts.Should().Be(new MinimumHealthyHostsWorld("HOST_COUNT", 2));
        world.S3.Buckets.Should().ContainSingle().Which.Versioned.Should().BeTrue();
        var instance = world.Instances.Should().ContainSingle().Which;
        (instance.Zone, instance.EventSeconds, instance.Tags["Name"]).Should().Be(("ap-east-1a", 2.0, "gray-1"));
        world.Faults.Should().Equal(new FaultWorld
        {
            Service = "codedeploy",
            Operation = "CreateDeployment",
            After = 1,
            Times = 2,
            Probability = 0.5,
            Kind = "status",
            Status = 503,
            Body = "none",
            RetryAfter = 3,
        });
    }

    [Fact]
    public void A_key_without_a_value_counts_as_not_given()
    {
        var world = WorldReader.Parse("region:\ngithub:\n  job: { sha: ~ }\ninstances:\n", "/");

        world.Should().BeEquivalentTo(new WorldFile());
    }

    [Fact]
    public void Paths_are_relative_to_the_world_file()
    {
        var folder = Directory.CreateTempSubdirectory("world-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "site"));
        var file = Path.Combine(folder, "world.yml");
        File.WriteAllText(file, "github: { repositories: [{ name: acme/site, git: ./site }] }");

        var world = WorldReader.Read(file);

        world.GitHub.Repositories[0].Git.Should().Be(Path.Combine(folder, "site"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Unknown_keys_and_wrong_kinds_are_told_all_at_once_each_with_its_place_and_what_is_possible()
    {
        var read = () => WorldReader.Parse("""
            rolls: 1
            account: 123456789012
            s3: { buckets: { name: x } }
            instances:
              - { id: i-1, tagz: {} }
              - { zone: a, tags: [x], event-seconds: fast }
            """, "/");

        read.Should().Throw<WorldException>().Which.Errors.Should().Equal(
            "rolls (line 1) is not known. Known here: account, accounts, clock-skew-seconds, codedeploy, faults, github, iam, instances, region, s3, seed.",
            "account (line 2) is 123456789012 where text is expected; put it in quotes.",
            "s3.buckets (line 3) is a mapping where a list is expected.",
            "instances[0].tagz (line 5) is not known. Known here: agent, agent-silent-from, auto-scaling-group, event-seconds, id, joins-after-seconds, joins-at-deployment, leaves-after-seconds, leaves-at-deployment, spare, tags, zone.",
            "instances[1].tags (line 6) is a list where a mapping is expected.",
            "instances[1].event-seconds (line 6) is \"fast\" where a number is expected.",
            "instances[1] (line 6) lacks 'id'.");
    }

    [Theory]
    [InlineData("account: '12'", "account (line 1) is '12', which is not twelve digits.")]
    [InlineData("region: here", "region (line 1) is 'here', which is not the name of a region (ap-east-1).")]
    [InlineData("github: { repositories: [{ name: acme }] }", "github.repositories[0].name (line 1) is 'acme', which is not owner/name.")]
    [InlineData("github: { repositories: [{ name: a/b }, { name: a/b }] }", "github.repositories[1].name (line 1) is 'a/b', which is there already.")]
    [InlineData("github: { repositories: [{ name: a/b, git: ./nowhere }] }", "github.repositories[0].git (line 1) is no folder: /nowhere")]
    [InlineData("github: { repositories: [{ name: a/b, pulls: [{ number: 1, state: new }] }] }", "github.repositories[0].pulls[0].state (line 1) is 'new', which is none of open, closed, merged.")]
    [InlineData("github: { repositories: [{ name: a/b }], job: { repository: a/c } }", "github.job.repository (line 1) is 'a/c', which is none of this world's repositories (a/b).")]
    [InlineData("github: { job: { ref: main } }", "github.job.ref (line 1) is 'main', which is not a full name (refs/heads/main).")]
    [InlineData("github: { job: { id-token: read } }", "github.job.id-token (line 1) is 'read', which is none of write, none.")]
    [InlineData("github: { job: { token-permissions: all } }", "github.job.token-permissions (line 1) has 'all', which is not name=read, name=write or name=none.")]
    [InlineData("iam: { roles: [{ arn: gray, trust: { Statement: { Effect: Allow, Principal: '*', Action: '*' } } }] }",
        "iam.roles[0].arn (line 1) is 'gray', which is not the ARN of a role (arn:aws:iam::123456789012:role/name).")]
    [InlineData("iam: { users: [{ name: a, access-key-id: K, secret-access-key: s, policies: [{ Statement: { Effect: Permit, Action: '*', Resource: '*' } }] }] }",
        "iam.users[0].policies[0] (line 1) is no policy document that IAM would take: Effect is 'Permit'; Allow and Deny are possible.")]
    [InlineData("codedeploy: { applications: [{ name: a, deployment-groups: [{ name: g, deployment-config: Fast }] }] }",
        "codedeploy.applications[0].deployment-groups[0].deployment-config (line 1) is 'Fast', which is none of CodeDeployDefault.AllAtOnce, CodeDeployDefault.HalfAtATime, CodeDeployDefault.OneAtATime.")]
    [InlineData("codedeploy: { applications: [{ name: a, deployment-groups: [{ name: g }, { name: g }] }] }", "codedeploy.applications[0].deployment-groups[1].name (line 1) is 'g', which is there already.")]
    [InlineData("s3: { buckets: [{ name: b }, { name: b }] }", "s3.buckets[1].name (line 1) is 'b', which is there already.")]
    [InlineData("instances: [{ id: i-1 }, { id: i-1 }]", "instances[1].id (line 1) is 'i-1', which is there already.")]
    [InlineData("instances: [{ id: ../i-1 }]", "instances[0].id (line 1) is '../i-1'; an id has letters, digits, '-', '_' and '.' (it names a folder too).")]
    [InlineData("instances: [{ id: i-1, event-seconds: -1 }]", "instances[0].event-seconds (line 1) is -1; 0 or more is possible.")]
    [InlineData("instances: [{ id: i-1, agent: asleep }]", "instances[0].agent (line 1) is 'asleep', which is none of running, silent.")]
    [InlineData("instances: [{ id: i-1, agent-silent-from: AllowTraffic }]",
        "instances[0].agent-silent-from (line 1) is 'AllowTraffic', which is none of BeforeBlockTraffic, AfterBlockTraffic, ApplicationStop, DownloadBundle, BeforeInstall, Install, AfterInstall, ApplicationStart, ValidateService, BeforeAllowTraffic, AfterAllowTraffic.")]
    [InlineData("codedeploy: { agent-patience-seconds: -1 }", "codedeploy.agent-patience-seconds (line 1) is -1; 0 or more is possible.")]
    [InlineData("codedeploy: { applications: [{ name: a, deployment-groups: [{ name: g, drain-seconds: -1 }] }] }",
        "codedeploy.applications[0].deployment-groups[0].drain-seconds (line 1) is -1; 0 or more is possible.")]
    [InlineData("codedeploy: { applications: [{ name: a, deployment-groups: [{ name: g, auto-scaling-groups: [fleet] }] }] }",
        "codedeploy.applications[0].deployment-groups[0].auto-scaling-groups[0] (line 1) is 'fleet', which no instance names as its auto-scaling-group ().")]
    [InlineData("codedeploy: { alarms: [{ name: slow, state: LOUD }] }", "codedeploy.alarms[0].state (line 1) is 'LOUD', which is none of OK, ALARM, INSUFFICIENT_DATA.")]
    [InlineData("instances: [{ id: i-1, joins-at-deployment: 0 }]", "instances[0].joins-at-deployment (line 1) is 0; deployments are counted from 1.")]
    [InlineData("instances: [{ id: i-1, leaves-after-seconds: -1 }]", "instances[0].leaves-after-seconds (line 1) is -1; 0 or more is possible.")]
    [InlineData("instances: [{ id: i-1, joins-after-seconds: soon }]", "instances[0].joins-after-seconds (line 1) is \"soon\" where a number is expected.")]
    [InlineData("codedeploy: { applications: [{ name: a, deployment-groups: [{ name: g, blue-green: {} }] }] }",
        "codedeploy.applications[0].deployment-groups[0].blue-green (line 1) needs load-balancers or target-groups in its group.")]
    [InlineData("codedeploy: { applications: [{ name: a, deployment-groups: [{ name: g, target-groups: [t], blue-green: { provisioning: COPY_AUTO_SCALING_GROUP } }] }] }",
        "codedeploy.applications[0].deployment-groups[0].blue-green.provisioning (line 1) is 'COPY_AUTO_SCALING_GROUP', which needs auto-scaling-groups in its group.")]
    [InlineData("codedeploy: { applications: [{ name: a, deployment-groups: [{ name: g, target-groups: [t], blue-green: { ready-wait-minutes: 2881 } }] }] }",
        "codedeploy.applications[0].deployment-groups[0].blue-green.ready-wait-minutes (line 1) is 2881; 0 to 2880 is possible.")]
    [InlineData("codedeploy: { deployment-configs: [{ name: z, minimum-healthy-hosts: { type: HOST_COUNT, value: 1 }, zonal-config: { monitor-duration-in-seconds: -1 } }] }",
        "codedeploy.deployment-configs[0].zonal-config.monitor-duration-in-seconds (line 1) is -1; 0 or more is possible.")]
    public void What_cannot_be_is_refused(string yaml, string error)
    {
        var read = () => WorldReader.Parse(yaml, "/");

        read.Should().Throw<WorldException>().Which.Errors.Should().ContainSingle().Which.Should().Be(error);
    }
}
