using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>What a user can get wrong: told at once, in words that mend it, before anything is asked of anybody.</summary>
public sealed class BadInputTests(Cloud cloud) : IClassFixture<Cloud>
{
    [Fact]
    public async Task Every_error_is_told_at_once_with_input_value_and_right_form()
    {
        var job = cloud.FirstJob
            .Input("role-to-assume", "arn:bad").Input("application", "no spaces here").Input("deployment-group", "gray\nstable!").Input("revision", "main")
            .Input("timeout", "two hours").Input("max-failed-instances", "some").Input("comment", "yes").Input("on-cancel", "panic")
            .Input("aws-region", "Ireland");

        var step = await job.RunAsync("deploy");

        string[][] expected =
        [
            ["'role-to-assume'", "'arn:bad'", "arn:aws:iam::123456789012:role/"],
            ["'application'", "'no spaces here'", "letters, digits"],
            ["'deployment-group'", "'stable!'", "letters, digits"],
            ["'revision'", "'main'", "github:<40 hexadecimal digits>"],
            ["'timeout'", "'two hours'", "90s, 30m or 2h"],
            ["'max-failed-instances'", "'some'", "percentage"],
            ["'comment'", "'yes'", "true or false"],
            ["'on-cancel'", "'panic'", "stop, stop-and-rollback, leave"],
            ["'aws-region'", "'Ireland'", "eu-west-1"],
        ];
        step.Log.Errors.Select(error => error.Data).Should().HaveCount(expected.Length, "{0}", step);
        foreach (var parts in expected)
        {
            step.Log.Errors.Should().Contain(error => parts.All(error.Data.Contains), "an error should have {0}", string.Join(' ', parts));
        }

        ShouldBeRefused(step);
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        var step = await cloud.FirstJob.Without("AWS_REGION", "AWS_DEFAULT_REGION").RunAsync("deploy");

        step.Log.Errors.Should().HaveCount(3);
        step.Log.Text.Should().ContainAll("'application' is missing", "'deployment-group' is missing", "'aws-region' is missing");
        ShouldBeRefused(step);
    }

    [Theory]
    [InlineData("timeout", "13h", "12h at most")]
    [InlineData("timeout", "0s", "12h at most")]
    [InlineData("role-duration-seconds", "899", "900 to 43200")]
    [InlineData("role-session-name", "a/b", "2 to 64 letters")]
    [InlineData("max-failed-instances", "-1", "percentage")]
    [InlineData("max-failed-instances", "101%", "percentage")]
    [InlineData("auto-rollback", "always", "DEPLOYMENT_FAILURE")]
    [InlineData("revision", "github:1234567", "40 hexadecimal digits")]
    [InlineData("revision", "s3://bundles/site.rar", "s3://bucket/key.zip")]
    [InlineData("deployment-id", "latest", "d-A1B2C3D4E")]
    [InlineData("environment-url", "javascript:alert(1)", "http or https")]
    public async Task A_value_of_the_wrong_form_is_refused(string input, string value, string right)
    {
        var step = await cloud.FirstJob.Input("application", "macro-portfolio").Input("deployment-group", "gray").Input(input, value).RunAsync("deploy");

        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain($"'{input}'").And.Contain($"'{value}'").And.Contain(right);
        ShouldBeRefused(step);
    }

    [Theory]
    [InlineData("deplyo")]
    [InlineData("Deploy")]
    [InlineData("--application")]
    public async Task An_unknown_verb_is_refused_with_those_there_are(string verb)
    {
        var step = await cloud.FirstJob.RunAsync(verb);

        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain($"'{verb}'").And.Contain("deploy, gray, promote, rollback, push, check, status");
        ShouldBeRefused(step);
    }

    [Fact]
    public async Task Without_a_verb_the_usage_is_shown()
    {
        var step = await cloud.FirstJob.RunAsync();

        step.ExitCode.Should().Be(2);
        step.Output.Should().Contain("macro-portfolio <verb>").And.Contain("deploy").And.Contain("rollback");
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("gray")]
    [InlineData("promote")]
    [InlineData("rollback")]
    [InlineData("status")]
    public async Task Help_is_no_error(string verb)
    {
        var step = await cloud.FirstJob.RunAsync(verb, "--help");

        step.ExitCode.Should().Be(0);
        step.Output.Should().Contain($"macro-portfolio {verb}").And.Contain("--application").And.Contain("--role-to-assume");
        step.Requests.Should().BeEmpty();
    }

    private static void ShouldBeRefused(StepResult step)
    {
        step.ExitCode.Should().Be(2, "{0}", step);
        step.Outcome.Should().Be("bad-input");
        step.Requests.Should().BeEmpty();
    }
}
