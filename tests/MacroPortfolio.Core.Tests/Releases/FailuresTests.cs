using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Tests.Releases;

public sealed class FailuresTests
{
    [Fact]
    public void Instances_that_failed_alike_are_one_failure_and_the_commonest_comes_first()
    {
        Target[] targets = [Some.Failed("i-1", script: "scripts/stop.sh"), Some.Good("i-2"), Some.Failed("i-3"), Some.Failed("i-4"), Some.Good("i-5", "Skipped")];

        var failures = Failures.Of(targets);

        failures.Select(failure => (failure.How, string.Join(' ', failure.Instances))).Should().Equal(
            ("failed in ApplicationStart: scripts/start.sh, ScriptFailed", "i-3 i-4"),
            ("failed in ApplicationStart: scripts/stop.sh, ScriptFailed", "i-1"));
    }

    [Theory]
    [InlineData("event")]
    [InlineData("script")]
    [InlineData("code")]
    [InlineData("message")]
    public void What_differs_in_one_thing_is_another_failure(string thing)
    {
        static Target Failed(string id, string step = "Install", string script = "a.sh", string code = "ScriptFailed", string message = "no") =>
            new(id, "Failed", [new TargetEvent(step, "Failed", Some.Noon, Some.Noon, new EventDiagnostics(code, script, message, id))]);
        var other = thing switch
        {
            "event" => Failed("i-2", step: "ApplicationStart"),
            "script" => Failed("i-2", script: "b.sh"),
            "code" => Failed("i-2", code: "ScriptTimedOut"),
            _ => Failed("i-2", message: "yes"),
        };

        var failures = Failures.Of([Failed("i-1"), other, Failed("i-3")]);

        failures.Should().HaveCount(2);
        failures[0].SameCause(failures[1]).Should().BeFalse();
        failures[0].SameCause(Failures.Of([Failed("i-9")])[0]).Should().BeTrue();
    }

    [Fact]
    public void The_most_telling_last_words_are_kept()
    {
        Target[] targets =
        [
            Some.Failed("i-1", "[stdout]starting\n[stdout]waiting"),
            Some.Failed("i-2", "[stdout]starting\n[stderr]connect: connection refused\n[stderr]fatal: giving up"),
            Some.Failed("i-3", "[stdout]starting\n[stderr]usage: start"),
        ];

        Failures.Of(targets).Single().Tail.Should().Contain("giving up");
        Failures.Of([Some.Failed("i-1", ""), Some.Failed("i-2", "quiet")]).Single().Tail.Should().BeOneOf("", "quiet");
    }

    [Theory]
    [InlineData("[stderr]/opt/x/scripts/start.sh: line 8: brotli: command not found", 8)]
    [InlineData("[stderr]/opt/x/scripts/start.sh: 12: brotli: not found", 12)]
    [InlineData("[stderr]/opt/x/scripts/start.sh: line 3: warn: a\n[stderr]/opt/x/scripts/start.sh: line 9: b: c\n[stderr]common.sh: line 40: d: e", 9)]
    [InlineData("[stderr]/opt/x/scripts/restart.sh: line 8: brotli: command not found", null)]
    [InlineData("[stderr]nginx: [emerg] unknown directive in /etc/nginx/nginx.conf:7", null)]
    [InlineData("", null)]
    public void The_line_of_the_script_is_the_one_that_the_shell_names_last(string tail, int? line) => Failures.Of([Some.Failed("i-1", tail)]).Single().Line.Should().Be(line);

    [Fact]
    public void The_agents_folder_is_left_out_of_the_bundles_paths()
    {
        const string folder = "/opt/codedeploy-agent/deployment-root/0f855f70-5e1d-40df-9506-a4a0499ac4fd/d-UC11SNVKI/deployment-archive";

        var failure = Failures.Of([Some.Failed("i-1", $"[stderr]{folder}/scripts/start.sh: line 8: brotli: command not found", message: $"Script does not exist at specified location: {folder}/scripts/start.sh")]).Single();

        (failure.Tail, failure.Message, failure.Line).Should().Be(("[stderr]scripts/start.sh: line 8: brotli: command not found", "Script does not exist at specified location: scripts/start.sh", 8));
    }

    [Fact]
    public void An_instance_that_the_stop_of_its_deployment_interrupted_did_not_go_wrong()
    {
        Target[] targets = [new Target("i-1", "Failed", [new TargetEvent("Install", "InProgress", Some.Noon, null, null)]), Some.Failed("i-2"), new Target("i-3", "Unknown", [])];

        Failures.Of(targets, Phase.Stopped).SelectMany(failure => failure.Instances).Should().BeEquivalentTo("i-2", "i-3");
        Failures.Of(targets, Phase.Failed).SelectMany(failure => failure.Instances).Should().BeEquivalentTo("i-1", "i-2", "i-3");
    }

    [Fact]
    public void Nor_did_one_that_the_stop_of_a_cancelled_job_interrupted()
    {
        Target[] targets = [new Target("i-1", "Failed", [new TargetEvent("Install", "InProgress", Some.Noon, null, null)]), Some.Failed("i-2")];

        Some.Result(outcome: Outcome.Cancelled, last: Some.Seen("InProgress"), targets: targets).Failures.Single().Instances.Should().Equal("i-2");
        Some.Result(outcome: Outcome.Failed, last: Some.Seen("Failed"), targets: targets).Failures.Should().HaveCount(2);
    }

    [Fact]
    public void An_instance_that_CodeDeploy_lost_has_failed_and_one_that_was_spared_has_not()
    {
        var failures = Failures.Of([new Target("i-1", "Unknown", []), new Target("i-2", "Failed", []), Some.Good("i-3", "Pending"), Some.Good("i-4", "Skipped"), Some.Good("i-5", "Ready")]);

        failures.Select(failure => (failure.How, failure.Instances.Single())).Should().BeEquivalentTo([
            ("ended as Unknown, and CodeDeploy names no event that failed", "i-1"),
            ("ended as Failed, and CodeDeploy names no event that failed", "i-2")]);
    }
}
