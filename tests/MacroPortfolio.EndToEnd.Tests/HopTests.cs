using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>One hop from a shared services account into the one that is deployed to.</summary>
public sealed class HopTests(CloudOfHops cloud) : IClassFixture<CloudOfHops>
{
    [Fact]
    public async Task The_session_of_the_first_role_takes_the_second_and_that_one_acts()
    {
        var step = await Job(CloudOfHops.Target).RunAsync("gray");

        step.ExitCode.Should().Be(0, "{0}", step);
        var hop = step.Requests.Of("AssumeRole").Should().ContainSingle().Subject;
        hop.Principal.Should().Contain("assumed-role/hub/");
        step.Creates.Single().Principal.Should().Contain("assumed-role/target/acme-macro-portfolio-run-");
        step.Output.Should().Contain("as arn:aws:sts::").And.Contain("assumed-role/target/");
    }

    [Fact]
    public async Task It_deploys_in_the_other_account_what_that_one_has()
    {
        var job = cloud.FirstJob.Input("role-to-assume", CloudOfHops.Hub).Input("role-chain", CloudOfHops.Elsewhere).Input("allowed-account-ids", "210987654321").Input("application", "elsewhere");

        var step = await job.RunAsync("gray");

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Output.Should().Contain("as arn:aws:sts::210987654321:assumed-role/deploy/");
        cloud.PageOf("i-0fa1").Should().Be(Site.Page("v1"));
    }

    [Fact]
    public async Task The_second_session_carries_who_is_behind_it()
    {
        var job = await cloud.JobAsync("v1", "gray", "--actor", "dependabot[bot]");

        var step = await Job(CloudOfHops.Target, job).RunAsync("gray");

        step.ExitCode.Should().Be(0, "{0}", step);
        var asked = step.Requests.Of("AssumeRole").Single();
        asked["SourceIdentity"].Should().Be("dependabot_bot_");
        asked["ExternalId"].Should().BeNull();
        var tags = Enumerable.Range(1, 6).Select(index => $"{asked[$"Tags.member.{index}.Key"]}={asked[$"Tags.member.{index}.Value"]}");
        tags.Should().Equal($"Repository={World.Repository}", $"Commit={job.Sha}", $"RunId={job.RunId}", "Actor=dependabot_bot_", "Environment=gray", $"Workflow={job["GITHUB_WORKFLOW"]}");
    }

    [Fact]
    public async Task A_trust_policy_that_does_not_allow_tags_is_told_of_both_actions_and_session_tags_false_does_without()
    {
        var refused = await Job(CloudOfHops.Tagless).RunAsync("gray");

        var plain = await Job(CloudOfHops.Tagless).Input("session-tags", "false").RunAsync("gray");

        (refused.ExitCode, refused.Outcome).Should().Be((4, "no-access"), "{0}", refused);
        refused.Log.Errors.Single().Data.Should().Contain("sts:TagSession and sts:SetSourceIdentity").And.Contain("session-tags: false");
        Shown.Statements(refused.Summary).Should().OnlyContain(statement => statement["Action"]!.ToJsonString() == """["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]""");
        Shown.Statements(refused.Summary)[1]["Principal"]!["AWS"]!.ToString().Should().Be(CloudOfHops.Hub);
        plain.ExitCode.Should().Be(0, "{0}", plain);
        plain.Requests.Of("AssumeRole").Single()["Tags.member.1.Key"].Should().BeNull();
    }

    [Fact]
    public async Task An_external_id_is_handed_on_and_missed_where_it_is_not()
    {
        var without = await Job(CloudOfHops.Outside).RunAsync("gray");

        var with = await Job(CloudOfHops.Outside).Input("role-external-id", "desk-7:emea").RunAsync("gray");

        without.ExitCode.Should().Be(4, "{0}", without);
        with.ExitCode.Should().Be(0, "{0}", with);
    }

    [Theory]
    [InlineData("role-chain", "arn:aws:iam::210987654321:role/target", "123456789012", "Input 'role-chain' is 'arn:aws:iam::210987654321:role/target', a role of account 210987654321, which is none of allowed-account-ids (123456789012).")]
    [InlineData("role-to-assume", "arn:aws:iam::123456789012:role/hub", "210987654321\n111111111111", "Input 'role-to-assume' is 'arn:aws:iam::123456789012:role/hub', a role of account 123456789012, which is none of allowed-account-ids (210987654321, 111111111111).")]
    [InlineData("role-to-assume", "arn:aws:iam::123456789012:role/hub", "12345", "Input 'allowed-account-ids' is '12345', which is not the id of an AWS account, 12 digits.")]
    public async Task An_account_that_is_not_allowed_is_refused_before_anything_is_asked(string input, string role, string allowed, string words)
    {
        var job = cloud.FirstJob.For(cloud.Plain, CloudOfHops.Hub).Input(input, role).Input("allowed-account-ids", allowed);

        var step = await job.RunAsync("gray");

        (step.ExitCode, step.Outcome).Should().Be((2, "bad-input"), "{0}", step);
        step.Log.Errors.Select(error => error.Data).Should().Contain(words);
        step.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Credentials_that_lie_about_are_of_an_allowed_account_or_do_nothing()
    {
        var laptop = cloud.FirstJob.WithKeys().Without("ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "GITHUB_ACTIONS").Input("application", cloud.Plain.Name);

        var refused = await laptop.Input("allowed-account-ids", "210987654321").RunAsync("status");

        var allowed = await laptop.Input("allowed-account-ids", "210987654321\n123456789012").RunAsync("status");

        (refused.ExitCode, refused.Outcome).Should().Be((4, "no-access"), "{0}", refused);
        refused.Requests.Select(request => request.Operation).Should().Equal("GetCallerIdentity");
        allowed.ExitCode.Should().Be(0, "{0}", allowed);
    }

    [Fact]
    public async Task A_hop_needs_a_role_to_begin_with()
    {
        var step = await cloud.FirstJob.Input("application", "macro-portfolio").Input("role-chain", CloudOfHops.Target).RunAsync("gray");

        step.ExitCode.Should().Be(2);
        step.Log.Errors.Single().Data.Should().Be($"Input 'role-chain' is '{CloudOfHops.Target}', and there is no 'role-to-assume' whose session would assume it.");
    }

    [Fact]
    public async Task A_longer_session_is_asked_of_the_first_role_only()
    {
        var step = await Job(CloudOfHops.Target).Input("role-duration-seconds", "7200").RunAsync("gray");

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Requests.Of("AssumeRoleWithWebIdentity").Single()["DurationSeconds"].Should().Be("7200");
        step.Requests.Of("AssumeRole").Single()["DurationSeconds"].Should().Be("3600");
    }

    private Job Job(string target, Job? job = null) => (job ?? cloud.FirstJob).For(cloud.TakeApplication(), CloudOfHops.Hub).Input("role-chain", target);
}

/// <summary>A cloud with a role that the job's token is for, and others that only its sessions may take.</summary>
public sealed class CloudOfHops : Cloud
{
    public const string Hub = "arn:aws:iam::123456789012:role/hub";
    public const string Target = "arn:aws:iam::123456789012:role/target";
    public const string Tagless = "arn:aws:iam::123456789012:role/tagless";
    public const string Elsewhere = "arn:aws:iam::210987654321:role/deploy";
    public const string Outside = "arn:aws:iam::123456789012:role/outside";

    public CloudOfHops()
        : base(10)
    {
    }

    protected override string Adapt(string world) => world.Replace(
        "  roles:\n",
        $$"""
          roles:
            - arn: {{Hub}}
              max-session-seconds: 7200
              trust:
                Statement:
                  - Effect: Allow
                    Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
                    Action: "sts:AssumeRoleWithWebIdentity"
                    Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:{{World.Repository}}:*" } }
              policies: [{ Statement: [{ Effect: Allow, Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], Resource: 'arn:aws:iam::*:role/*' }] }]
        {{Role(Target, "'sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'", "")}}
        {{Role(Tagless, "'sts:AssumeRole'", "")}}
        {{Role(Outside, "'sts:AssumeRole'", $", Condition: {{ StringEquals: {{ 'sts:ExternalId': 'desk-7:emea' }} }} }}, {{ Effect: Allow, Principal: {{ AWS: \"{Hub}\" }}, Action: ['sts:TagSession', 'sts:SetSourceIdentity']")}}

        """,
        StringComparison.Ordinal)
        + $$"""
        accounts:
          - account: "210987654321"
            iam:
              roles:
                - arn: {{Elsewhere}}
                  trust: { Statement: [{ Effect: Allow, Principal: { AWS: "{{Hub}}" }, Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] }] }
                  policies: [{ Statement: [{ Effect: Allow, Action: 'codedeploy:*', Resource: 'arn:aws:codedeploy:*:210987654321:*' }] }]
            codedeploy:
              applications:
                - name: elsewhere
                  linked-to-github: true
                  deployment-groups: [{ name: gray, ec2-tag-filters: [{ Key: Release, Value: gray, Type: KEY_AND_VALUE }], deployment-config: CodeDeployDefault.AllAtOnce }]
            instances:
              - { id: i-0fa1, tags: { Release: gray }, event-seconds: 0.01 }
        """;

    private static string Role(string arn, string actions, string condition) => $$"""
            - arn: {{arn}}
              trust: { Statement: [{ Effect: Allow, Principal: { AWS: "{{Hub}}" }, Action: [{{actions}}]{{condition}} }] }
              policies: [{ Statement: [{ Effect: Allow, Action: 'codedeploy:*', Resource: '*' }] }]

        """;
}
