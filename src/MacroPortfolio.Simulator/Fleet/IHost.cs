namespace MacroPortfolio.Simulator.Fleet;

/// <summary>What CodeDeploy needs from one instance's agent: run one lifecycle event of a deployment and say how it ended. It decides nothing.</summary>
public interface IHost
{
    string Id { get; }
    string Zone { get; }
    IReadOnlyDictionary<string, string> Tags { get; }

    /// <summary>Runs one event (<c>ApplicationStop</c>, <c>DownloadBundle</c>, <c>BeforeInstall</c>, <c>Install</c>, ...). A failure is a value, not an exception.</summary>
    Task<EventResult> RunAsync(string lifecycleEvent, HostDeployment deployment, CancellationToken ct);
}

/// <summary>What the service tells an agent about a deployment.</summary>
/// <param name="FileExistsBehavior">DISALLOW, OVERWRITE or RETAIN.</param>
public sealed record HostDeployment(
    string DeploymentId, string DeploymentGroupId, string DeploymentGroupName, string ApplicationName, BundleSource Bundle, string FileExistsBehavior)
{
    /// <summary>The instance has no room for what the event is about to write.</summary>
    public bool DiskIsFull { get; init; }
}

/// <summary>Where an agent fetches the revision from.</summary>
public abstract record BundleSource
{
    private BundleSource() { }

    public sealed record GitHub(string Repository, string CommitId) : BundleSource;

    /// <param name="BundleType">tar, tgz or zip.</param>
    public sealed record S3(string Bucket, string Key, string? Version, string? ETag, string BundleType) : BundleSource;
}

/// <summary>How a lifecycle event ended on an instance, as <c>Diagnostics</c> of the API says it.</summary>
/// <param name="ErrorCode">Success, ScriptMissing, ScriptNotExecutable, ScriptTimedOut, ScriptFailed or UnknownError.</param>
/// <param name="LogTail">At most 2,048 characters.</param>
/// <param name="Skipped">The event had nothing to run (no hook, or no earlier installation whose script it would be).</param>
public sealed record EventResult(string ErrorCode, string ScriptName, string Message, string LogTail, bool Skipped = false)
{
    public bool Succeeded => ErrorCode == "Success";
}

/// <summary>Opens the archive of a revision.</summary>
public interface IBundleStore
{
    /// <exception cref="BundleNotFoundException">There is no such repository, commit, bucket, key or version; the message is the agent's.</exception>
    Task<Stream> OpenAsync(BundleSource source, CancellationToken ct);
}

public sealed class BundleNotFoundException(string message) : Exception(message);
