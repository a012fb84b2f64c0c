using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>A role that is refused is understood from the log, the summary or the annotation alone.</summary>
public sealed class RefusedRoleTests(CloudOfRoles cloud) : IClassFixture<CloudOfRoles>
{
    [Theory]
    [InlineData("staging", "environment:staging", "'environment: staging' makes the token's sub")]
    [InlineData("", "ref:refs/heads/main", "has no 'environment:'")]
    public async Task The_environment_that_changed_sub_is_named_and_the_statement_that_fits_is_shown(string environment, string context, string words)
    {
        var job = await cloud.JobAsync("v1", environment);

        var step = await job.For(cloud.Plain).RunAsync("gray");

        ShouldBeRefused(step, calls: 2);
        step.Log.Errors.Single().Data.Should().Contain(words).And.Contain($"repo:acme/macro-portfolio:{context}");
        var condition = Shown.Statements(step.Summary)[0]["Condition"]!["StringEquals"]!;
        condition["token.actions.githubusercontent.com:aud"]!.ToString().Should().Be("sts.amazonaws.com");
        condition["token.actions.githubusercontent.com:sub"]!.ToString().Should().Be($"repo:acme/macro-portfolio:{context}");
        Shown.Statements(step.Summary)[1]["Condition"]!["StringEquals"]!["token.actions.githubusercontent.com:sub"]!.ToString()
            .Should().Be($"repo:acme@600100/macro-portfolio@700100200:{context}");
        Shown.Statements(step.Output).Select(statement => statement.ToJsonString()).Should().Equal(Shown.Statements(step.Summary).Select(statement => statement.ToJsonString()));
    }

    [Fact]
    public async Task The_claims_stand_in_the_log_and_in_the_summary_and_the_token_in_neither()
    {
        var step = await (await cloud.JobAsync("v1", "staging")).For(cloud.Plain).RunAsync("deploy", "--deployment-group", "gray");

        string[] claims =
        [
            "  iss                  https://token.actions.githubusercontent.com", "  aud                  sts.amazonaws.com",
            "  sub                  repo:acme/macro-portfolio:environment:staging", "  environment          staging", "  event_name           push",
            "  job_workflow_ref     acme/macro-portfolio/.github/workflows/deploy.yml@refs/heads/main",
        ];
        var token = step.Log.Masked.Should().ContainSingle(value => value.StartsWith("eyJ")).Subject;
        foreach (var text in new[] { string.Join('\n', step.Log.Shown), step.Summary })
        {
            text.Split('\n').Should().Contain(claims);
            text.Should().NotContainAny(token.Split('.'));
        }

        step.Log.Errors.Single().Data.Length.Should().BeLessThan(1000, "an annotation is read at a glance");
    }

    [Fact]
    public async Task An_audience_that_is_not_the_usual_one_is_named_beside_it()
    {
        var step = await cloud.FirstJob.For(cloud.Plain).RunAsync("gray", "--audience", "https://github.com/acme");

        ShouldBeRefused(step, calls: 1);
        step.Log.Errors.Single().Data.Should().Contain("Incorrect token audience").And.Contain("'https://github.com/acme'").And.Contain("sts.amazonaws.com");
    }

    [Fact]
    public async Task An_account_without_a_provider_is_told_how_to_make_one()
    {
        var step = await cloud.FirstJob.For(cloud.Plain, CloudOfRoles.Elsewhere).RunAsync("gray");

        ShouldBeRefused(step, calls: 1);
        step.Log.Errors.Single().Data.Should().Contain("210987654321 has no OIDC provider")
            .And.Contain("aws iam create-open-id-connect-provider --url https://token.actions.githubusercontent.com --client-id-list sts.amazonaws.com");
    }

    [Fact]
    public async Task A_role_of_another_account_may_not_exist()
    {
        var step = await cloud.FirstJob.For(cloud.Plain, CloudOfRoles.Nowhere).RunAsync("status");

        ShouldBeRefused(step, calls: 2);
        step.Log.Text.Should().Contain("There is no role deploy in account 111111111111");
        step.Summary.Should().Contain("There is no role deploy in account 111111111111");
    }

    [Fact]
    public async Task A_session_that_is_too_long_is_told_the_limit()
    {
        var step = await cloud.FirstJob.For(cloud.Plain).RunAsync("gray", "--role-duration-seconds", "7200");

        ShouldBeRefused(step, calls: 1);
        step.Log.Errors.Single().Data.Should().Contain("role-duration-seconds is 7200").And.Contain("3600 fits every role").And.Contain("--max-session-duration 7200");
    }

    [Fact]
    public async Task A_pull_request_of_a_fork_is_told_from_a_job_without_the_permission()
    {
        var job = await cloud.JobAsync("feature", "", "--event", "pull_request", "--id-token", "none");
        var payload = JsonNode.Parse(await File.ReadAllTextAsync(job["GITHUB_EVENT_PATH"]))!;
        payload["pull_request"]!["head"]!["repo"]!["full_name"] = "stranger/macro-portfolio";
        var file = job["GITHUB_EVENT_PATH"] + ".fork";
        await File.WriteAllTextAsync(file, payload.ToJsonString());

        var own = await job.For(cloud.Plain).RunAsync("gray");
        var fork = await job.For(cloud.Plain).With("GITHUB_EVENT_PATH", file).RunAsync("gray");
        var dependabot = await job.For(cloud.Plain).With("GITHUB_ACTOR", "dependabot[bot]").RunAsync("gray");

        own.Log.Errors.Single().Data.Should().Contain("most likely it lacks 'permissions: id-token: write'");
        fork.Log.Errors.Single().Data.Should().Contain("the fork stranger/macro-portfolio");
        dependabot.Log.Errors.Single().Data.Should().Contain("Dependabot started it");
        foreach (var step in new[] { own, fork, dependabot })
        {
            ShouldBeRefused(step, calls: 0);
        }
    }

    [Fact]
    public async Task On_a_laptop_both_sides_of_a_refused_role_are_shown()
    {
        var step = await new Laptop(cloud).Shell.RunAsync(
            "deploy", "--application", cloud.Plain.Name, "--deployment-group", "gray", "--revision", "s3://bundles/site.zip", "--dry-run", "--role-to-assume", World.GrayRole);

        step.ExitCode.Should().Be(4, "{0}", step);
        step.Requests.Of("AssumeRole").Should().HaveCountLessThanOrEqualTo(2);
        Shown.Statements(step.Output).Select(statement => statement["Action"]!.ToJsonString()).Should().Equal("""["sts:AssumeRole"]""", "\"sts:AssumeRole\"");
        Shown.Statements(step.Output)[1]["Principal"]!["AWS"]!.ToString().Should().Be("arn:aws:iam::123456789012:user/dana");
    }

    private static void ShouldBeRefused(StepResult step, int calls)
    {
        (step.ExitCode, step.Outcome).Should().Be((4, "no-access"), "{0}", step);
        step.Requests.To("sts").Should().HaveCount(calls);
        step.Requests.To("codedeploy").Should().BeEmpty();
        step.Log.Errors.Should().ContainSingle();
    }
}

public sealed class ImmutableSubTests(CloudOfIds cloud) : IClassFixture<CloudOfIds>
{
    [Fact]
    public async Task A_sub_with_ids_is_named_as_the_cause_and_put_into_the_statement()
    {
        var step = await cloud.FirstJob.For(cloud.Plain).RunAsync("gray");

        step.ExitCode.Should().Be(4, "{0}", step);
        step.Log.Errors.Single().Data.Should().Contain("immutable form").And.Contain("repo:acme@600100/macro-portfolio@700100200:environment:gray").And.Contain("'repo:acme/macro-portfolio:environment:gray'");
        Shown.Statements(step.Summary)[0]["Condition"]!["StringEquals"]!["token.actions.githubusercontent.com:sub"]!.ToString()
            .Should().Be("repo:acme@600100/macro-portfolio@700100200:environment:gray");
        step.Requests.To("sts").Should().HaveCount(2);
    }
}
