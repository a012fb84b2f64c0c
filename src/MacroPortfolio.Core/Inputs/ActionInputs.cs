using NodaTime;

namespace MacroPortfolio.Core.Inputs;

/// <summary>What every verb is given. <see cref="Secret"/>s and roles are used once, for credentials and clients, and go no further.</summary>
/// <param name="Role">The role to assume; none: the standard credential chain.</param>
/// <param name="SessionSeconds">How long the role's session lives, 900 to 43,200 seconds.</param>
/// <param name="Config">Path of the release file in the repository.</param>
/// <param name="Timeout">How long this run waits for its deployments, 12 h at most as CodeDeploy itself.</param>
public sealed record CommonInputs(
    RoleArn? Role,
    RegionName Region,
    string Audience,
    string SessionName,
    int SessionSeconds,
    Secret? GithubToken,
    ApplicationName Application,
    bool DryRun,
    bool Comment,
    Duration Timeout,
    string Config,
    string? ResultFile,
    bool AllowInstanceRole)
{
    /// <summary>A role of another account, taken with the session of <see cref="Role"/>; null: that one itself acts.</summary>
    public RoleHop? Hop { get; init; }

    /// <summary>What the trust policy of the last role that is assumed by another asks for.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Accounts that may be acted in; empty: any.</summary>
    public IReadOnlyList<AccountId> AllowedAccounts { get; init; } = [];
}

/// <param name="SessionTags">The session carries who is behind it, as tags and as its source identity.</param>
public sealed record RoleHop(RoleArn Role, bool SessionTags)
{
    /// <summary>A session that is taken from another one lives an hour at most.</summary>
    public const int MostSeconds = 3_600;
}

/// <summary>The options of CodeDeploy's CreateDeployment that a run may set. Null and false leave the group's or the service's own.</summary>
/// <param name="FileExists">DISALLOW, OVERWRITE or RETAIN.</param>
public sealed record DeploymentSettings(
    string? Config,
    string? Description,
    string? FileExists,
    bool IgnoreApplicationStopFailures,
    bool UpdateOutdatedInstancesOnly,
    AutoRollback AutoRollback)
{
    public static DeploymentSettings Default { get; } = new(null, null, null, false, false, new AutoRollback.AsGroup());
}

/// <summary>How a run comes to its turn.</summary>
/// <param name="QueueTimeout">How long it waits for deployments that are in the way.</param>
/// <param name="Redeploy">Run again, it deploys anew also what has succeeded.</param>
/// <param name="Insist">It deploys although a later run has deployed something else.</param>
public sealed record StartSettings(OnBusy OnBusy, Duration QueueTimeout, bool Redeploy, bool Insist)
{
    public static StartSettings Default { get; } = new(OnBusy.Queue, Duration.FromMinutes(30), false, false);

    /// <summary>A way back does not wait for what it takes back.</summary>
    public static StartSettings WayBack { get; } = Default with { OnBusy = OnBusy.TakeOver };
}

/// <param name="Wait">False ends the run when the create call was answered.</param>
public sealed record WatchSettings(bool Wait, Duration Timeout, FailureAllowance MaxFailed, OnCancel OnCancel);

/// <summary>Where bundles are kept.</summary>
public sealed record BundleBucket(BucketName Name, KeyPrefix Prefix);

/// <param name="Bucket">Where a bundle is pushed to; null where the revision is none.</param>
/// <param name="Reattach">A deployment that already exists: it is watched, nothing is created.</param>
public sealed record DeployInputs(
    CommonInputs Common,
    IReadOnlyList<DeploymentGroupName> Groups,
    Revision? Revision,
    BundleBucket? Bucket,
    DeploymentSettings Settings,
    StartSettings Start,
    WatchSettings Watch,
    DeploymentId? Reattach,
    Uri? EnvironmentUrl);

/// <param name="Stage">None: the first.</param>
/// <param name="WatchBake">Pages are asked for as long as this at least.</param>
public sealed record GrayInputs(CommonInputs Common, StageName? Stage, Revision Revision, BundleBucket? Bucket, WatchSettings Watch, Duration WatchBake, IReadOnlyList<GateHeader> GateHeaders, Uri? EnvironmentUrl);

/// <param name="Revision">The revision to promote; none: what the stage before runs.</param>
/// <param name="To">None: the first stage that does not run what the one before it runs.</param>
/// <param name="Override">A person's reason to pass the rules that may be passed.</param>
public sealed record PromoteInputs(CommonInputs Common, Revision? Revision, StageName? To, string? Override, WatchSettings Watch, IReadOnlyList<GateHeader> GateHeaders, Uri? EnvironmentUrl);

/// <summary>Sent to every page that a gate asks; its value is a secret, such as a token.</summary>
public sealed record GateHeader(string Name, Secret Value)
{
    public const string Expected = "a header as NAME: VALUE";

    public static bool TryParse(string text, out GateHeader header)
    {
        var parts = text.Split(':', 2, StringSplitOptions.TrimEntries);
        header = parts is [{ Length: > 0 } name, { Length: > 0 } value] && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') && !value.Any(char.IsControl)
            ? new GateHeader(name, new Secret(value))
            : null!;
        return header is not null;
    }
}

/// <param name="Stage">Roll back this stage alone; none: the last one that has a deployment, and earlier ones that run the same revision.</param>
/// <param name="To">The revision to go back to; none: the last known good one.</param>
public sealed record RollbackInputs(CommonInputs Common, StageName? Stage, Revision? To, string? Reason, WatchSettings Watch);

public sealed record PushInputs(CommonInputs Common, Revision.Bundle Bundle, BundleBucket Bucket);

/// <param name="Groups">Empty: all of the application.</param>
/// <param name="Revision">Null outside of a job, where none is given.</param>
public sealed record CheckInputs(CommonInputs Common, IReadOnlyList<DeploymentGroupName> Groups, Revision? Revision, BundleBucket? Bucket, StatusFormat Format);

public sealed record StatusInputs(CommonInputs Common, StatusFormat Format);

public enum StatusFormat
{
    Text,
    Json,
    Markdown,
}
