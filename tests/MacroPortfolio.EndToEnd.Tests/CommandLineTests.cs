using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>The traps of the command line parser, on the native program, and how inputs and options meet.</summary>
public sealed class CommandLineTests(Cloud cloud) : IClassFixture<Cloud>
{
    private Job Job(Application application) => cloud.FirstJob.For(application).Input("github-token", "");

    [Fact]
    public async Task A_bare_switch_is_true()
    {
        var step = await Job(cloud.TakeApplication()).RunAsync("deploy", "--deployment-group", "gray", "--dry-run");

        (step.ExitCode, step.Outcome).Should().Be((0, "planned"), "{0}", step);
        step.Creates.Should().BeEmpty();
    }

    [Fact]
    public async Task A_bare_switch_is_true_before_another_option()
    {
        var step = await Job(cloud.TakeApplication()).RunAsync("deploy", "--dry-run", "--deployment-group", "gray");

        (step.ExitCode, step.Outcome).Should().Be((0, "planned"), "{0}", step);
        step.Creates.Should().BeEmpty();
    }

    [Theory]
    [InlineData("--dry-run", "false")]
    [InlineData("--dry-run=false")]
    public async Task A_switch_takes_false(params string[] words)
    {
        var step = await Job(cloud.TakeApplication()).RunAsync(["deploy", "--deployment-group", "gray", .. words, "--wait", "false"]);

        (step.ExitCode, step.Outcome).Should().Be((0, "created"), "{0}", step);
        step.Creates.Should().ContainSingle();
    }

    [Theory]
    [InlineData("production")]
    [InlineData("--dry-run", "true", "gray")]
    [InlineData("-x")]
    [InlineData("--", "gray")]
    [InlineData("--dryrun")]
    [InlineData("--Application", "macro-portfolio")]
    public async Task A_word_that_belongs_to_no_option_is_refused(params string[] words)
    {
        var step = await Job(cloud.Plain).RunAsync(["deploy", "--deployment-group", "gray", .. words]);

        (step.ExitCode, step.Outcome).Should().Be((2, "bad-input"), "{0}", step);
        step.Log.Errors.Should().Contain(error => words.Any(word => error.Data.Contains($"'{word}'")));
        step.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_repeated_option_of_one_value_is_refused()
    {
        var step = await Job(cloud.Plain).RunAsync("deploy", "--deployment-group", "gray", "--application", "one", "--application", "two");

        (step.ExitCode, step.Outcome).Should().Be((2, "bad-input"), "{0}", step);
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain("'application'").And.Contain("'one'").And.Contain("'two'");
    }

    [Fact]
    public async Task A_repeated_option_of_several_values_is_a_list()
    {
        var step = await Job(cloud.TakeApplication()).RunAsync("deploy", "--deployment-group", "gray", "--deployment-group", "stable", "--dry-run");

        (step.ExitCode, step.Outcome).Should().Be((0, "planned"), "{0}", step);
        step.Record["deployments"]!.AsArray().Select(deployment => (string?)deployment!["group"]).Should().Equal("gray", "stable");
    }

    [Theory]
    [InlineData("true", "planned")]
    [InlineData("True", "planned")]
    [InlineData("TRUE", "planned")]
    [InlineData("false", "created")]
    [InlineData("False", "created")]
    [InlineData("FALSE", "created")]
    [InlineData("yes", "bad-input")]
    [InlineData("1", "bad-input")]
    [InlineData("tRUE", "bad-input")]
    public async Task A_boolean_has_six_spellings(string text, string outcome)
    {
        // Each value has an application of its own, but for those that create nothing.
        var application = outcome == "created" ? cloud.TakeApplication() : cloud.Plain;

        var step = await Job(application).Input("deployment-group", "gray").Input("dry-run", text).Input("wait", "false").RunAsync("deploy");

        step.Outcome.Should().Be(outcome, "{0}", step);
        step.Creates.Should().HaveCount(outcome == "created" ? 1 : 0);
    }

    [Fact]
    public async Task An_empty_input_is_not_given_and_white_space_is_trimmed()
    {
        var job = Job(cloud.Plain).Input("deployment-group", "\n  gray  \n\n").Input("dry-run", " true ")
            .Input("timeout", "").Input("revision", "  ").Input("max-failed-instances", "").Input("comment", "").Input("deployment-config", "")
            .Input("aws-region", "");

        var step = await job.RunAsync("deploy");

        (step.ExitCode, step.Outcome).Should().Be((0, "planned"), "{0}", step);
        step.Outputs["revision"].Should().Be(cloud.Revision("v1"));
    }

    [Fact]
    public async Task An_option_wins_over_the_input()
    {
        var job = Job(cloud.Plain with { Name = "other" }).Input("deployment-group", "stable").Input("dry-run", "false")
            .Input("revision", cloud.Revision("v3"));

        var step = await job.RunAsync(
            "deploy", "--application", "macro-portfolio", "--deployment-group", "gray", "--dry-run", "true", "--revision", cloud.Revision("v2"));

        (step.ExitCode, step.Outcome).Should().Be((0, "planned"), "{0}", step);
        step.Outputs["revision"].Should().Be(cloud.Revision("v2"));
        step.Record["application"]!.ToString().Should().Be("macro-portfolio");
        step.Record["deployments"]!.AsArray().Should().ContainSingle().Which!["group"]!.ToString().Should().Be("gray");
    }

    [Fact]
    public async Task Names_of_inputs_keep_their_dashes()
    {
        var job = Job(cloud.Plain).With("INPUT_DEPLOYMENT_GROUP", "gray").Input("dry-run", "true");

        var underscored = await job.RunAsync("deploy");
        var dashed = await job.Input("deployment-group", "gray").RunAsync("deploy");

        (underscored.ExitCode, dashed.ExitCode).Should().Be((2, 0), "{0}", dashed);
        underscored.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain("'deployment-group' is missing");
    }
}
