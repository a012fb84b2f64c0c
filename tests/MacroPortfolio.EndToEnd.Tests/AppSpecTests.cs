using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>What the agent would refuse of an AppSpec is said before anything is created, wherever the revision comes from.</summary>
public sealed class AppSpecTests(Cloud cloud) : IClassFixture<Cloud>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("macro-portfolio-appspec-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("deploy")]
    [InlineData("gray")]
    public async Task A_commit_that_would_fail_on_every_instance_is_not_deployed(string verb)
    {
        var job = (await cloud.JobAsync("misspelt")).For(cloud.TakeApplication());

        var step = await (verb == "deploy" ? job.Input("deployment-group", "gray") : job).RunAsync(verb);

        (step.ExitCode, step.Outcome).Should().Be((2, "bad-input"), "{0}", step);
        step.Creates.Should().BeEmpty();
        step.Summary.Should().MatchRegex(@"error appspec\.yml:\d+:\d+: .*'beforeInstall'").And.MatchRegex(@"error appspec\.yml:\d+:\d+: .*'hooks/Validate\.sh'").And.Contain("hooks/validate.sh");
    }

    [Fact]
    public async Task Check_names_line_and_column_of_each()
    {
        var step = await (await cloud.JobAsync("misspelt")).For(cloud.Plain).Input("format", "json").RunAsync("check");

        step.ExitCode.Should().Be(2, "{0}", step);
        var lines = JsonNode.Parse(step.Output)!["lines"]!.AsArray().Where(line => line!["step"]!.ToString().StartsWith("AppSpec ", StringComparison.Ordinal)).ToList();
        lines.Should().HaveCount(2).And.OnlyContain(line => line!["verdict"]!.ToString() == "fail");
    }

    [Theory]
    [InlineData("push")]
    [InlineData("gray")]
    public async Task A_folder_that_would_fail_is_not_uploaded(string verb)
    {
        Write("appspec.yml", "version: 0.0\nos: linux\nhooks:\n  AfterInstall:\n    - location: run.sh\n      timeout: 4000\n");
        Write("run.sh", "#!/bin/sh\n");
        Write(".codedeployignore", "*.sh\n");

        var step = await Job().RunAsync(verb);

        (step.ExitCode, step.Outcome).Should().Be((2, "bad-input"), "{0}", step);
        step.Requests.To("s3").Should().BeEmpty();
        step.Summary.Should().Contain("*.sh (.codedeployignore:1)").And.Contain("3600");
    }

    [Fact]
    public async Task A_usual_mistake_is_a_warning_and_the_deployment_goes_on()
    {
        Write("appspec.yml", "version: 0.0\nos: linux\nhooks:\n  AfterInstall:\n    - location: run.sh\n      timeout: 60\n");
        Write("run.sh", "#!/bin/sh\nexit 0\n");

        var step = await Job().RunAsync("gray");

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Log.Warnings.Select(warning => warning.Data).Should().ContainSingle().Which.Should().Contain("'run.sh'").And.Contain("execut");
    }

    [Fact]
    public async Task What_GitHub_does_not_tell_holds_nothing_up()
    {
        var job = (await cloud.JobAsync("v1", "gray", "--token-permissions", "pull-requests=write")).For(cloud.TakeApplication());

        var step = await job.RunAsync("deploy", "--deployment-group", "gray");

        step.ExitCode.Should().Be(0, "{0}", step);
    }

    private Job Job() => cloud.FirstJob.For(cloud.TakeApplication(), World.BundleRole).Input("s3-bucket", "bundles").Input("path", folder.FullName).Input("revision", $"bundle:{folder.FullName}");

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);
}
