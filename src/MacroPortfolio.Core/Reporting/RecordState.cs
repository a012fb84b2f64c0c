using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Reporting;

/// <summary>What a status of a GitHub Deployment says, as far as this program writes it.</summary>
public enum RecordState
{
    InProgress,
    Success,
    Failure,
    Error,
    Inactive,
}

public static class RecordStates
{
    /// <summary>How a run that ended so leaves the record of a group; null: there is to be none.</summary>
    public static RecordState? Of(Outcome outcome) => outcome switch
    {
        Outcome.Succeeded => RecordState.Success,
        Outcome.Superseded => RecordState.Inactive,
        Outcome.Failed or Outcome.RolledBack => RecordState.Failure,
        Outcome.Cancelled => RecordState.Error,
        Outcome.Created or Outcome.StillRunning or Outcome.NoAccess => RecordState.InProgress,
        _ => null,
    };

    /// <summary>What became of a deployment whose run did not live to tell; null: it is not over.</summary>
    public static RecordState? Of(PastDeployment past, FailureAllowance maxFailed) => past.Phase switch
    {
        Phase.Succeeded => past.Counts is not { } counts || maxFailed.Allows(counts.Missed, counts.Total) ? RecordState.Success : RecordState.Failure,
        Phase.Failed => RecordState.Failure,
        Phase.Stopped => RecordState.Error,
        _ => null,
    };

    /// <summary>As GitHub writes it: https://docs.github.com/rest/deployments/statuses</summary>
    public static string Word(this RecordState state) => state switch
    {
        RecordState.InProgress => "in_progress",
        RecordState.Success => "success",
        RecordState.Failure => "failure",
        RecordState.Error => "error",
        _ => "inactive",
    };
}
