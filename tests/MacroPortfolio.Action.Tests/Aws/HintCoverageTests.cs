using System.Reflection;
using Amazon.CodeDeploy;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Tests.Aws;

public sealed class HintCoverageTests
{
    private static readonly GroupState Group = new(new DeploymentGroupName("gray"), new HealthRule("CodeDeployDefault.AllAtOnce", "HOST_COUNT", 0), [], null, null);

    public static TheoryData<string> DeploymentCodes => [.. Values<ErrorCode>(), "UNABLE_TO_SEND_ASG"];

    public static TheoryData<string> AgentCodes => [.. Values<LifecycleErrorCode>().Where(code => code != "Success")];

    [Theory]
    [MemberData(nameof(DeploymentCodes))]
    public void Every_error_code_of_CodeDeploy_has_a_hint(string code) =>
        Hints.Of(new DeploymentError(code, "words"), Group, null).Should().NotBeEmpty();

    [Theory]
    [MemberData(nameof(AgentCodes))]
    public void Every_error_code_of_the_agent_has_a_hint(string code) =>
        Hints.Of(new Failure("Failed", "AfterInstall", "scripts/start.sh", code, "words", ["i-1"], "")).Should().NotBeEmpty();

    private static IEnumerable<string> Values<T>() =>
        typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)!.ToString()!);
}
