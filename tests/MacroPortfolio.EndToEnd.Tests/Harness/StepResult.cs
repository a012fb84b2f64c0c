using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Runner;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>What a step left behind.</summary>
/// <param name="Requests">What the cloud was asked while the step ran.</param>
public sealed record StepResult(
    int ExitCode,
    string Output,
    string Errors,
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyDictionary<string, string> State,
    string Summary,
    IReadOnlyList<RequestRecord> Requests,
    DateTimeOffset Ended)
{
    /// <summary>What the runner makes of both streams.</summary>
    public RunnerLog Log { get; } = RunnerLog.Read(Output, Errors);

    public string Outcome => Outputs.GetValueOrDefault("outcome", "");
    public string DeploymentId => Outputs.GetValueOrDefault("deployment-id", "");
    public JsonNode Record => JsonNode.Parse(Outputs["result"])!;
    public IReadOnlyList<RequestRecord> Creates => Requests.Of("CreateDeployment");

    /// <summary>For a failed assertion: everything that was said.</summary>
    public override string ToString() => $"exit code {ExitCode}\n{Output}{Errors}\n{string.Join('\n', Requests)}";
}
