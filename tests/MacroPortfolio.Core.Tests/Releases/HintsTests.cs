using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Tests.Releases;

public sealed class HintsTests
{
    private static Failure Failure(string step = "AfterInstall", string code = "UnknownError", string message = "", string script = "") => new("Failed", step, script, code, message, ["i-1"], "");

    private static DeploymentError Error(string code) => new(code, "CodeDeploy's words");

    [Theory]
    [InlineData("ScriptMissing", "no scripts/start.sh")]
    [InlineData("ScriptNotExecutable", "git update-index --chmod=+x")]
    [InlineData("ScriptTimedOut", "did not end within the timeout")]
    [InlineData("ScriptFailed", "scripts/start.sh ended with an error")]
    [InlineData("UnknownError", "codedeploy-agent.log")]
    public void Each_code_of_the_agent_has_a_remedy(string code, string said) => Hints.Of(Failure(code: code, script: "scripts/start.sh")).Should().Contain(said);

    [Fact]
    public void Success_and_codes_that_are_not_known_have_none()
    {
        Hints.Of(Failure(code: "Success")).Should().BeEmpty();
        Hints.Of(Failure(code: "ScriptBored")).Should().BeEmpty();
        Hints.Of(Error("SOMETHING_NEW"), Some.Group(), null).Should().BeEmpty();
    }

    [Theory]
    [InlineData("ApplicationStop", "UnknownError", "CodeDeploy agent was not able to receive the lifecycle event. Check the CodeDeploy agent logs.", "agent on these instances does not answer")]
    [InlineData("Install", "UnknownError", "The deployment failed because a specified file already exists at this location: /var/www/index.html", "file-exists-behavior: OVERWRITE")]
    [InlineData("ApplicationStart", "ScriptFailed", "Script at specified location: scripts/start.sh failed to close STDOUT", "> /dev/null 2>&1 &")]
    [InlineData("ApplicationStop", "ScriptFailed", "Script at specified location: scripts/stop.sh failed with exit code 1", "ignore-application-stop-failures")]
    [InlineData("BeforeBlockTraffic", "ScriptTimedOut", "", "ignore-application-stop-failures")]
    [InlineData("AfterBlockTraffic", "ScriptMissing", "", "revision that was installed before")]
    [InlineData("DownloadBundle", "UnknownError", "The specified key does not exist.", "s3:GetObject")]
    [InlineData("Install", "UnknownError", "No space left on device", "disk is not full")]
    [InlineData("AfterInstall", "ScriptFailed", "Script at specified location: a.sh failed with exit code 127", "a command was not found")]
    [InlineData("BlockTraffic", "UnknownError", "", "target group")]
    [InlineData("AllowTraffic", "UnknownError", "", "health check")]
    public void A_situation_that_the_code_hides_is_recognised(string step, string code, string message, string said) => Hints.Of(Failure(step, code, message)).Should().Contain(said);

    [Fact]
    public void Health_constraints_that_no_deployment_could_meet_are_told_from_those_that_failures_broke()
    {
        var group = Some.Group() with { Health = new HealthRule("Careful", "FLEET_PERCENT", 95) };

        Hints.Of(Error("HEALTH_CONSTRAINTS"), group, Some.Counts(skipped: 10)).Should().Contain("No instance was begun").And.Contain("10 of 10 instances would have to stay healthy");
        Hints.Of(Error("HEALTH_CONSTRAINTS"), group, Some.Counts(succeeded: 3, failed: 2)).Should().Contain("the failed instances say why");
        Hints.Of(Error("HEALTH_CONSTRAINTS"), group, null).Should().Contain("Too few instances");
    }

    [Fact]
    public void Where_instances_failed_their_hint_goes_before_that_of_the_whole()
    {
        var result = Some.Result(outcome: Outcome.Failed, last: Some.Seen("Failed", Some.Counts(failed: 1), error: Some.HealthConstraints), targets: [Some.Failed("i-1")]);

        result.Hint.Should().StartWith("scripts/start.sh ended with an error");
        (result with { Outcome = Outcome.Succeeded }).Hint.Should().BeEmpty();
    }
}
