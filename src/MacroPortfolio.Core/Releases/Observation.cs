using MacroPortfolio.Core.Inputs;
using NodaTime;

namespace MacroPortfolio.Core.Releases;

/// <summary>How many instances of a deployment are where, as CodeDeploy counts them.</summary>
public sealed record Counts(long Pending, long InProgress, long Succeeded, long Failed, long Skipped, long Ready)
{
    public long Total => Pending + InProgress + Succeeded + Failed + Skipped + Ready;

    /// <summary>No instance was begun, so each has what it had before.</summary>
    public bool NoneBegun => Total > 0 && Succeeded == 0 && Failed == 0 && InProgress == 0;

    /// <summary>Instances that ended without the revision.</summary>
    public long Missed => Failed + Skipped;
}

/// <summary>A deployment as it was seen once.</summary>
/// <param name="Status">CodeDeploy's own word.</param>
/// <param name="Counts">Null until CodeDeploy has started.</param>
/// <param name="Error">CodeDeploy's code and message of a deployment that failed.</param>
/// <param name="AutoRollbackEvents">The events at which this deployment is rolled back by CodeDeploy; empty when it is not.</param>
/// <param name="RollbackId">The deployment that CodeDeploy made to roll this one back.</param>
/// <param name="RollbackMessage">What CodeDeploy says about that, for example that there is nothing to go back to.</param>
public sealed record Observation(
    DeploymentId Id,
    Phase Phase,
    string Status,
    Counts? Counts,
    DeploymentError? Error,
    Revision Revision,
    Instant? Created,
    Instant? Started,
    Instant? Ended,
    IReadOnlyList<string> AutoRollbackEvents,
    DeploymentId? RollbackId,
    string? RollbackMessage)
{
    /// <summary>A deployment's own rollback may show some time after it has ended.</summary>
    public static Duration RollbackPatience { get; } = Duration.FromSeconds(60);

    /// <summary>CodeDeploy is going to roll it back, and has neither begun nor said why not.</summary>
    public bool AwaitsItsRollback => RollsBackByItself && RollbackId is null && RollbackMessage is null;

    /// <summary>Whether CodeDeploy is going to roll this ended deployment back by itself, or does so already: whoever stops a deployment may ask for it.</summary>
    public bool RollsBackByItself => Phase switch
    {
        Phase.Failed or Phase.Stopped when RollbackId is not null => true,
        Phase.Failed => AutoRollbackEvents.Contains("DEPLOYMENT_FAILURE"),
        Phase.Stopped when Error?.Code == "ALARM_ACTIVE" => AutoRollbackEvents.Contains("DEPLOYMENT_STOP_ON_ALARM"),
        Phase.Stopped => AutoRollbackEvents.Contains("DEPLOYMENT_STOP_ON_REQUEST"),
        _ => false,
    };
}

public sealed record DeploymentError(string Code, string Message);

/// <summary>An instance of a deployment.</summary>
/// <param name="Status">CodeDeploy's own word: Pending, InProgress, Succeeded, Failed, Skipped, Unknown, Ready, or one that is new.</param>
public sealed record Target(string Id, string Status, IReadOnlyList<TargetEvent> Events)
{
    public TargetEvent? FailedEvent => Events.FirstOrDefault(step => step.Status == "Failed");
    public Instant? Started => Events.Select(step => step.Started).Where(time => time is not null).Min();
    public Instant? Ended => Events.Select(step => step.Ended).Where(time => time is not null).Max();
}

/// <summary>A lifecycle event on an instance.</summary>
public sealed record TargetEvent(string Name, string Status, Instant? Started, Instant? Ended, EventDiagnostics? Diagnostics);

/// <summary>Why a lifecycle event failed. All of it is text from the instance and untrusted.</summary>
public sealed record EventDiagnostics(string ErrorCode, string ScriptName, string Message, string LogTail);
