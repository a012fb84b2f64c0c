using System.Text.Json;
using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>What runs where, in three forms that must say the same as the instances' disks.</summary>
public sealed class StatusTests(Cloud cloud) : IClassFixture<Cloud>
{
    [Fact]
    public async Task Every_form_says_what_the_instances_have_on_disk()
    {
        var application = cloud.TakeApplication();
        await DeployAsync("v1", application, "stable");
        var gray = await DeployAsync("v2", application, "gray");

        var text = await StatusAsync(application);
        var json = await StatusAsync(application, "--format", "json");
        var markdown = await StatusAsync(application, "--format", "markdown");

        new[] { text, json, markdown }.Should().OnlyContain(step => step.ExitCode == 0 && step.Outcome == "succeeded", "{0}", text);
        Pages(application).Should().Equal(Site.Page("v2"), Site.Page("v1"));
        Lines(text.Output, "gray").Should().Contain(cloud.Label("v2")).And.Contain(gray.DeploymentId);
        Lines(text.Output, "stable").Should().Contain(cloud.Label("v1"));
        Revisions(JsonNode.Parse(json.Output)!).Should().Equal(("gray", cloud.Revision("v2")), ("stable", cloud.Revision("v1")));
        Lines(markdown.Output, "| `gray`").Should().Contain($"`{World.Repository}@{cloud.Commit("v2")[..7]}`");
        Lines(markdown.Output, "| `stable`").Should().Contain($"`{World.Repository}@{cloud.Commit("v1")[..7]}`");
        text.Summary.Trim().Should().Be(markdown.Output.Trim());
    }

    [Fact]
    public async Task What_failed_is_shown_beside_what_last_succeeded()
    {
        var application = cloud.TakeApplication();
        await DeployAsync("v1", application, "gray");
        var broken = await (await cloud.JobAsync("broken")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--comment", "false");

        var step = await StatusAsync(application, "--format", "json");

        var gray = JsonNode.Parse(step.Output)!["stages"]![0]!;
        (gray["revision"]!.ToString(), gray["lastStatus"]!.ToString(), gray["lastDeploymentId"]!.ToString(), gray["lastRevision"]!.ToString()).Should()
            .Be((cloud.Revision("v1"), "Failed", broken.DeploymentId, cloud.Revision("broken")), "{0}", step);
    }

    [Fact]
    public async Task The_document_for_programs_stands_alone_on_standard_output()
    {
        var step = await StatusAsync(cloud.Plain, "--format", "json");

        step.ExitCode.Should().Be(0, "{0}", step);
        using var document = JsonDocument.Parse(step.Output);
        document.RootElement.GetProperty("application").GetString().Should().Be(cloud.Plain.Name);
        document.RootElement.GetProperty("region").GetString().Should().Be(World.Region);
        step.Errors.Should().Contain("::add-mask::");
        step.Outputs["result"].Should().Be(step.Output.TrimEnd('\n'));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("markdown")]
    public async Task What_is_a_secret_is_in_no_form_of_it(string format)
    {
        var application = cloud.TakeApplication();
        var secret = (await DeployAsync("v1", application, "gray")).DeploymentId;

        var step = await (await cloud.JobAsync("v1")).Input("github-token", secret).For(application).RunAsync("status", "--format", format);

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Output.Replace($"::add-mask::{secret}", "", StringComparison.Ordinal).Should().Contain("***").And.NotContain(secret);
        step.Summary.Should().Contain("***").And.NotContain(secret);
        step.Outputs["result"].Should().Contain("***").And.NotContain(secret);
    }

    [Fact]
    public async Task Looking_takes_no_right_to_write()
    {
        var step = await StatusAsync(cloud.Plain);

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Requests.To("codedeploy").Should().NotBeEmpty()
            .And.OnlyContain(request => request.Principal!.Contains("macro-portfolio-status") && request.Status == 200);
    }

    [Theory]
    [InlineData("nowhere", 2, "bad-input")]
    [InlineData("bad name", 2, "bad-input")]
    public async Task An_application_that_is_not_there_is_bad_input(string application, int code, string outcome)
    {
        var step = await cloud.FirstJob.Input("application", application).Input("role-to-assume", World.StatusRole).RunAsync("status", "--format", "json");

        (step.ExitCode, step.Outcome).Should().Be((code, outcome), "{0}", step);
        step.Output.Should().BeEmpty("with a format for programs, words go to standard error");
    }

    private Task<StepResult> StatusAsync(Application application, params string[] words) =>
        cloud.FirstJob.For(application, World.StatusRole).RunAsync(["status", .. words]);

    private async Task<StepResult> DeployAsync(string commit, Application application, string group)
    {
        var step = await (await cloud.JobAsync(commit)).For(application).RunAsync("deploy", "--deployment-group", group, "--comment", "false");
        step.ExitCode.Should().Be(0, "{0}", step);
        return step;
    }

    private IEnumerable<string?> Pages(Application application) => application.Gray.Concat(application.Stable).Select(cloud.PageOf).Distinct();

    private static string Lines(string text, string start) => text.Split('\n').Single(line => line.TrimStart().StartsWith(start, StringComparison.Ordinal));

    private static IEnumerable<(string Stage, string Revision)> Revisions(JsonNode document) =>
        document["stages"]!.AsArray().Select(stage => (stage!["stage"]!.ToString(), stage["revision"]!.ToString()));
}
