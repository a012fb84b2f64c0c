using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Jobs;

/// <summary>What is asked of a new job; what is not given is as in the world's <c>github.job</c>, or as in the run that is run again.</summary>
public sealed record JobRequest
{
    public string? Sha { get; init; }

    /// <summary>Empty: the job names no environment.</summary>
    public string? Environment { get; init; }

    /// <summary>Whether GitHub makes a deployment for the environment.</summary>
    public bool? EnvironmentDeployment { get; init; }
    public string? Event { get; init; }
    public string? Actor { get; init; }
    public string? TriggeringActor { get; init; }
    public string? Ref { get; init; }
    public string? Workflow { get; init; }
    public string? IdToken { get; init; }
    public string? TokenPermissions { get; init; }

    /// <summary>The id of a run; this job is its next attempt.</summary>
    public long? Rerun { get; init; }
}

/// <summary>The job cannot be; every reason in words.</summary>
public sealed class JobException(IReadOnlyList<string> errors) : BadInputException(errors);
