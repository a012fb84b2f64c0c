namespace MacroPortfolio.Core.Releases;

/// <summary>How a run ended. The names are those of the output <c>outcome</c>, in kebab case.</summary>
public enum Outcome
{
    Succeeded,
    Superseded,
    Planned,
    Created,
    Failed,
    BadInput,
    StillRunning,
    NoAccess,
    Held,
    RolledBack,
    Cancelled,
}

/// <summary>The process's exit code.</summary>
public enum ExitCode
{
    Succeeded = 0,
    Failed = 1,
    BadInput = 2,
    StillRunning = 3,
    NoAccess = 4,
    Held = 5,
    RolledBack = 6,
    Cancelled = 130,
}

public static class Outcomes
{
    public static ExitCode ExitCode(this Outcome outcome) => outcome switch
    {
        Outcome.Succeeded or Outcome.Superseded or Outcome.Planned or Outcome.Created => Releases.ExitCode.Succeeded,
        Outcome.BadInput => Releases.ExitCode.BadInput,
        Outcome.StillRunning => Releases.ExitCode.StillRunning,
        Outcome.NoAccess => Releases.ExitCode.NoAccess,
        Outcome.Held => Releases.ExitCode.Held,
        Outcome.RolledBack => Releases.ExitCode.RolledBack,
        Outcome.Cancelled => Releases.ExitCode.Cancelled,
        _ => Releases.ExitCode.Failed,
    };

    /// <summary>As the output <c>outcome</c> says it.</summary>
    public static string Word(this Outcome outcome) => outcome switch
    {
        Outcome.Succeeded => "succeeded",
        Outcome.Superseded => "superseded",
        Outcome.Planned => "planned",
        Outcome.Created => "created",
        Outcome.BadInput => "bad-input",
        Outcome.StillRunning => "still-running",
        Outcome.NoAccess => "no-access",
        Outcome.Held => "held",
        Outcome.RolledBack => "rolled-back",
        Outcome.Cancelled => "cancelled",
        _ => "failed",
    };
}

/// <summary>An expected failure: what happened in words, and what to do about it.</summary>
public sealed class DeployException(Outcome outcome, string message, string next, Exception? inner = null) : Exception(message, inner)
{
    public Outcome Outcome { get; } = outcome;
    public string Next { get; } = next;

    /// <summary>What is too long for a sentence, a line each: claims, a policy to paste. Shown in log and summary as it stands.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}

/// <summary>CodeDeploy says that the group has a deployment in flight already. Which, its words tell to people only.</summary>
public sealed class BusyException(string message, Exception inner) : Exception(message, inner);

/// <summary>No answer to a request that may have been carried out all the same.</summary>
public sealed class UnansweredException(string message, Exception inner) : Exception(message, inner);

/// <summary>The other end could not be reached or asked to be left alone for a while. Looking again may help; giving up loses nothing but the look.</summary>
public sealed class TransientException(string message, Exception inner) : Exception(message, inner)
{
    /// <summary>False where nobody answered at all, as with a name that does not exist.</summary>
    public bool IsReached { get; init; } = true;
}
