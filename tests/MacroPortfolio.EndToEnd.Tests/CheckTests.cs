using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>What would be missing is said step by step, with what to do, and nothing is changed.</summary>
public sealed class CheckTests(CloudOfFaults cloud) : IClassFixture<CloudOfFaults>
{
    private static readonly string[] Writes = ["RegisterApplicationRevision", "StopDeployment", "PutObject", "CreateMultipartUpload"];

    [Fact]
    public async Task A_healthy_world_passes()
    {
        var step = await (await JobAsync()).For(cloud.Plain, CloudOfFaults.All).RunAsync("check");

        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        step.Output.Should().NotContain("FAIL");
        foreach (var passed in new[] { "token", "role", "account", "application", "GitHub link", "gray: instances", "stable: instances", "gray: config", "gray: free", "gray: create", "revision", "release file", "environment" })
        {
            step.Output.Should().MatchRegex($@"(?m)^pass  {passed} ");
        }

        step.Summary.Should().Contain("✅").And.Contain("| gray: instances |");
    }

    [Fact]
    public async Task Nothing_is_created_or_changed()
    {
        var step = await cloud.FirstJob.For(cloud.Plain, CloudOfFaults.All).RunAsync("check");

        step.Requests.Where(request => Writes.Contains(request.Operation) || (request.Operation == "CreateDeployment" && request.Status == 200) || (request.Service == "github" && !request.Operation.StartsWith("GET ", StringComparison.Ordinal)))
            .Should().BeEmpty();
        step.Creates.Should().OnlyContain(request => request.Request!["revision"] == null);
    }

    /// <summary>One fault each, as they come in real accounts.</summary>
    [Theory]
    [InlineData("unlinked", CloudOfFaults.All, 2, "GitHub link", "CodeDeploy is not connected to GitHub for unlinked", "Connect to GitHub")]
    [InlineData("untagged", CloudOfFaults.All, 2, "gray: instances", "No running instance of this region and account matches Release=Untagged-gray", "Running instances have Release=untagged-gray on 2")]
    [InlineData("mixed", CloudOfFaults.All, 2, "gray and stable", "are in both groups, so a deployment to one changes the other", "tags that exclude each other")]
    [InlineData("starved", CloudOfFaults.All, 2, "gray: config", "2 of 2 instances would have to stay healthy", "deployment-config")]
    [InlineData("alarmed", CloudOfFaults.All, 2, "gray: alarms", "slow is in ALARM, and the group's deployments stop while that is so", "A way back is stopped too")]
    [InlineData("groupless", CloudOfFaults.All, 2, "groups", "groupless has no deployment group", "create-deployment-group")]
    [InlineData("nowhere", CloudOfFaults.All, 2, "application", "Could not read application nowhere", "Check the name, the region and the account")]
    [InlineData("lambda", CloudOfFaults.All, 2, "application", "lambda deploys to Lambda", "EC2/On-premises")]
    [InlineData("macro-portfolio", CloudOfFaults.NoCreate, 4, "gray: create", "no identity-based policy allows codedeploy:CreateDeployment on arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:macro-portfolio/gray", "Add codedeploy:CreateDeployment")]
    [InlineData("macro-portfolio", CloudOfFaults.NoConfig, 4, "gray: history", "codedeploy:GetDeploymentConfig", "Add codedeploy:GetDeploymentConfig")]
    [InlineData("macro-portfolio", CloudOfFaults.Stranger, 4, "role", "AWS refused", "trust policy")]
    public async Task A_fault_is_named_with_its_fix(string application, string role, int code, string where, string what, string fix)
    {
        var step = await cloud.FirstJob.Input("application", application).Input("role-to-assume", role).Input("format", "json").RunAsync("check");

        step.ExitCode.Should().Be(code, "{0}", step);
        var failed = JsonNode.Parse(step.Output)!["lines"]!.AsArray().Where(line => line!["verdict"]!.ToString() == "fail").ToList();
        var line = failed.Should().Contain(one => one!["step"]!.ToString() == where, "{0}", step.Output).Which!;
        line["what"]!.ToString().Should().Contain(what);
        line["fix"]!.ToString().Should().Contain(fix);
    }

    [Fact]
    public async Task Without_id_token_the_job_is_told_what_to_write()
    {
        var step = await cloud.FirstJob.Without("ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN").For(cloud.Plain, CloudOfFaults.All).RunAsync("check");

        step.ExitCode.Should().Be(4, "{0}", step);
        step.Output.Should().Contain("id-token: write");
        step.Requests.To("sts").Should().BeEmpty();
    }

    [Fact]
    public async Task Who_may_not_see_instances_is_told_and_nothing_fails()
    {
        var step = await cloud.FirstJob.For(cloud.Plain, World.GrayRole).RunAsync("check");

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Output.Should().MatchRegex(@"(?m)^\?     instances +Which instances the groups match is not known: .*ec2:DescribeInstances");
    }

    [Fact]
    public async Task A_persons_own_keys_see_alarms_too()
    {
        var laptop = cloud.FirstJob.WithKeys().Without([.. cloud.FirstJob.Environment.Keys.Where(name => name.StartsWith("GITHUB_", StringComparison.Ordinal) || name.StartsWith("ACTIONS_", StringComparison.Ordinal))]);

        var step = await laptop.Input("application", "alarmed").RunAsync("check");

        step.Output.Should().MatchRegex(@"(?m)^FAIL  gray: alarms +slow is in ALARM");
        step.Requests.Of("DescribeAlarms").Should().HaveCount(2).And.OnlyContain(request => request.Status == 200);
    }

    [Fact]
    public async Task Who_may_not_see_alarms_is_told_and_nothing_fails_for_it()
    {
        var step = await cloud.FirstJob.Input("application", "alarmed").Input("role-to-assume", CloudOfFaults.NoAlarms).RunAsync("check");

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Output.Should().MatchRegex(@"(?m)^\?     gray: alarms +The group watches slow, whose state is not known: .*cloudwatch:DescribeAlarms");
    }

    [Fact]
    public async Task A_deployment_in_flight_and_a_silent_agent_are_seen()
    {
        var application = cloud.TakeApplication();
        var held = (await cloud.JobAsync("held")).For(application, CloudOfFaults.All).Start("gray");
        await cloud.RequestAsync("CreateDeployment", request => request["applicationName"] == application.Name);

        var step = await cloud.FirstJob.For(application, CloudOfFaults.All).RunAsync("check");

        cloud.Release(application);
        await held.EndAsync();
        var after = await cloud.FirstJob.For(application, CloudOfFaults.All).RunAsync("check");
        step.ExitCode.Should().Be(2, "{0}", step);
        step.Output.Should().MatchRegex(@"(?m)^FAIL  gray: free +d-[A-Z0-9]+ of .*takes one deployment at a time");
        after.Output.Should().MatchRegex(@"(?m)^pass  gray: agents +2 of 2 answered in the last deployment, d-");
    }

    [Theory]
    [InlineData("github:0000000000000000000000000000000000000000", "revision", "is not in acme/macro-portfolio")]
    [InlineData("s3://bundles/no/such.zip", "revision", "There is no s3://bundles/no/such.zip")]
    [InlineData("bundle:no-such-folder", "revision", "There is no folder")]
    public async Task A_revision_that_is_not_there_is_seen(string revision, string where, string what)
    {
        var step = await cloud.FirstJob.For(cloud.Plain, CloudOfFaults.All).Input("revision", revision).Input("s3-bucket", "bundles").RunAsync("check");

        step.ExitCode.Should().Be(2, "{0}", step);
        step.Output.Should().MatchRegex($@"(?m)^FAIL  {where} .*").And.Contain(what);
    }

    [Fact]
    public async Task An_environment_of_rollbacks_that_waits_is_wrong()
    {
        var job = (await cloud.JobAsync("v1", "production-rollback", "--token-permissions", "contents=read,pull-requests=read,deployments=read,actions=read")).For(cloud.Plain, CloudOfFaults.All);

        var step = await job.RunAsync("check");

        step.ExitCode.Should().Be(2, "{0}", step);
        step.Output.Should().MatchRegex(@"(?m)^FAIL  environment +production-rollback: reviewers must approve, waits 10 min, and the way back must not wait\.");
    }

    [Fact]
    public async Task It_goes_from_a_laptop_too()
    {
        var laptop = cloud.FirstJob.WithKeys().Without([.. cloud.FirstJob.Environment.Keys.Where(name => name.StartsWith("GITHUB_", StringComparison.Ordinal) || name.StartsWith("ACTIONS_", StringComparison.Ordinal))]);

        var step = await laptop.Input("application", "macro-portfolio").RunAsync("check");

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Output.Should().Contain("Not in GitHub Actions").And.Contain("user/dana");
    }

    private Task<Job> JobAsync() => cloud.JobAsync("v1", "gray", "--token-permissions", "contents=read,pull-requests=write,deployments=read,actions=read");
}

/// <summary>A cloud in which much is amiss, each thing in an application or a role of its own.</summary>
public sealed class CloudOfFaults : Cloud
{
    public const string All = "arn:aws:iam::123456789012:role/all";
    public const string NoCreate = "arn:aws:iam::123456789012:role/no-create";
    public const string NoConfig = "arn:aws:iam::123456789012:role/no-config";
    public const string NoAlarms = "arn:aws:iam::123456789012:role/no-alarms";
    public const string Stranger = "arn:aws:iam::123456789012:role/stranger";

    private static readonly string[] Odd = ["unlinked", "untagged", "mixed", "starved", "alarmed"];

    public CloudOfFaults()
        : base(4)
    {
    }

    protected override string Adapt(string world) => world
        .Replace("      git: ./site\n", "      git: ./site\n      environments:\n        - { name: gray }\n        - { name: production-rollback, reviewers: [lee], wait-minutes: 10 }\n", StringComparison.Ordinal)
        .Replace("  roles:\n", $"  roles:\n{Role(All, "[]", "environment:*")}{Role(NoCreate, "['codedeploy:CreateDeployment']", "environment:*")}{Role(NoConfig, "['codedeploy:GetDeploymentConfig']", "environment:*")}{Role(NoAlarms, "['cloudwatch:DescribeAlarms']", "environment:*")}{Role(Stranger, "[]", "environment:other")}\n", StringComparison.Ordinal)
        .Replace("  applications:\n", $$"""
          alarms: [{ name: slow, state: ALARM, after-seconds: 0 }]
          deployment-configs:
            - { name: HalfOfTwo, minimum-healthy-hosts: { type: HOST_COUNT, value: 2 } }
          applications:
        {{Application("unlinked", "unlinked-gray", "unlinked-stable", linked: false)}}
        {{Application("untagged", "Untagged-gray", "untagged-stable")}}
        {{Application("mixed", "mixed-gray", "mixed-gray")}}
        {{Application("starved", "starved-gray", "starved-stable", config: "HalfOfTwo")}}
        {{Application("alarmed", "alarmed-gray", "alarmed-stable", alarms: ("slow", "gone"))}}
            - { name: groupless, linked-to-github: true }
            - { name: lambda, compute-platform: Lambda }

        """, StringComparison.Ordinal)
        + string.Concat(Odd.SelectMany((name, at) => Enumerable.Range(0, 4).Select(number =>
            $"  - {{ id: i-0f00{at}{number}, tags: {{ Name: {name}, Release: {name}-{(number < 2 ? "gray" : "stable")} }}, event-seconds: 0.01 }}\n")));

    private static string Application(string name, string gray, string stable, bool linked = true, string config = "CodeDeployDefault.AllAtOnce", (string Gray, string Stable)? alarms = null) => $$"""
            - name: {{name}}
              linked-to-github: {{(linked ? "true" : "false")}}
              deployment-groups:
                - { name: gray, ec2-tag-filters: [{ Key: Release, Value: {{gray}}, Type: KEY_AND_VALUE }], deployment-config: {{config}}{{(alarms is { Gray: var one } ? $", alarms: [{one}]" : "")}} }
                - { name: stable, ec2-tag-filters: [{ Key: Release, Value: {{stable}}, Type: KEY_AND_VALUE }]{{(alarms is { Stable: var other } ? $", alarms: [{other}]" : "")}} }
        """;

    private static string Role(string arn, string denied, string context) => $$"""
            - arn: {{arn}}
              trust:
                Statement:
                  - Effect: Allow
                    Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
                    Action: "sts:AssumeRoleWithWebIdentity"
                    Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:{{World.Repository}}:{{context}}" } }
              policies: [{ Statement: [{ Effect: Allow, NotAction: {{(denied == "[]" ? "['none:none']" : denied)}}, Resource: '*' }] }]

        """;
}
