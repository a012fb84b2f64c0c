namespace MacroPortfolio.Core.Releases;

/// <summary>Where a deployment stands, translated from CodeDeploy's status. A status that this program does not know is not good, not bad and not over.</summary>
public enum Phase
{
    Waiting,
    Running,
    Succeeded,
    Failed,
    Stopped,
    Unrecognised,
}

public static class Phases
{
    /// <summary>Statuses: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html</summary>
    public static Phase Of(string? status) => status switch
    {
        "Created" or "Queued" => Phase.Waiting,
        "InProgress" or "Baking" or "Ready" => Phase.Running,
        "Succeeded" => Phase.Succeeded,
        "Failed" => Phase.Failed,
        "Stopped" => Phase.Stopped,
        _ => Phase.Unrecognised,
    };

    public static bool IsOver(this Phase phase) => phase is Phase.Succeeded or Phase.Failed or Phase.Stopped;
}
