using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>No secret is said but to the one who hides it.</summary>
public sealed class SecretTests(Cloud cloud) : IClassFixture<Cloud>
{
    [Fact]
    public async Task In_a_job_secrets_appear_only_in_the_commands_that_hide_them()
    {
        var job = (await cloud.JobAsync("broken")).For(cloud.TakeApplication());

        var step = await job.RunAsync("deploy", "--deployment-group", "gray");

        var masked = step.Log.Masked;
        step.ExitCode.Should().Be(1, "{0}", step);
        masked.Should().Contain(job.GitHubToken);
        masked.Should().Contain(value => value.StartsWith("eyJ") && value.Split('.').Length == 3, "the ID token is hidden");
        masked.Should().Contain(value => value.StartsWith("ASIA"), "the session's key is hidden");
        masked.Should().HaveCount(5, "GitHub's token, the ID token, and key, secret and token of the session");
        foreach (var secret in masked.Append(job["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]))
        {
            Said(step).Should().NotContain(secret);
        }
    }

    [Fact]
    public async Task A_secret_is_hidden_before_anything_else_is_said()
    {
        var job = (await cloud.JobAsync("v1")).For(cloud.TakeApplication());

        var step = await job.RunAsync("deploy", "--deployment-group", "gray", "--dry-run");

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Output.Split('\n').TakeWhile(line => line.StartsWith("::add-mask::")).Should().HaveCount(5);
    }

    [Fact]
    public async Task Keys_of_the_environment_are_never_said()
    {
        var job = cloud.FirstJob.WithKeys().With("AWS_SECRET_ACCESS_KEY", World.SecretKey[..^1] + "X").Input("application", cloud.Plain.Name);

        var step = await job.RunAsync("deploy", "--deployment-group", "gray");

        (step.ExitCode, step.Outcome).Should().Be((4, "no-access"), "{0}", step);
        Said(step).Should().NotContain(World.SecretKey[..^1]);
    }

    [Fact]
    public async Task On_a_laptop_nothing_is_masked_because_nobody_would_hide_it()
    {
        var step = await new Laptop(cloud).Shell.RunAsync(
            "deploy", "--application", cloud.Plain.Name, "--deployment-group", "gray", "--revision", "s3://bundles/site.zip", "--dry-run",
            "--role-to-assume", World.LaptopRole, "--github-token", "ghp_secret-of-a-person");

        step.ExitCode.Should().Be(0, "{0}", step);
        (step.Output + step.Errors).Should().NotContainAny("add-mask", World.SecretKey, "ASIA", "ghp_secret-of-a-person");
    }

    /// <summary>Everything that a run says, but for the commands that hide.</summary>
    private static string Said(StepResult step) => string.Join(
        '\n',
        [
            .. step.Output.Split('\n').Where(line => !line.StartsWith("::add-mask::")),
            step.Errors,
            step.Summary,
            .. step.Outputs.Values,
            .. step.State.Values,
        ]);
}
