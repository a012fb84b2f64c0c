using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Tests;

/// <summary>Values whose details do not matter to a test; what matters is passed.</summary>
internal static class Some
{
    public static Instant Noon { get; } = Instant.FromUtc(2026, 10, 15, 12, 0);

    public static RegionName Region { get; } = new("eu-west-1");

    public static ApplicationName Application { get; } = new("macro-portfolio");

    public static RepositoryName Repository { get; } = new("acme/site");

    public static CommitId Commit(char digit) => new(new string(digit, 40));

    public static Revision.GitHub GitHub(char digit = 'a') => new(Repository, Commit(digit));

    public static Revision.S3 S3(string? version = null, string? eTag = null, string key = "site/site.zip", string bucket = "acme-bundles") =>
        new(bucket, key, "zip", version, eTag);

    public static Counts Counts(long succeeded = 0, long failed = 0, long skipped = 0, long inProgress = 0, long pending = 0, long ready = 0) =>
        new(pending, inProgress, succeeded, failed, skipped, ready);

    public static RunIdentity Run { get; } = new("acme/site", 42, 1, "release", "deploy");

    public static Basis Basis(RunIdentity? run = null) =>
        new(
            "arn:aws:sts::123456789012:assumed-role/deploy/acme-site-run-42",
            Region,
            Application,
            run ?? Run,
            new Dictionary<CommitId, string> { [Commit('a')] = "Show yields per maturity" });

    public static WatchSettings Watch(bool wait = true, Duration? timeout = null, FailureAllowance? maxFailed = null, OnCancel onCancel = OnCancel.Stop) =>
        new(wait, timeout ?? Duration.FromMinutes(60), maxFailed ?? FailureAllowance.None, onCancel);

    public static HealthRule Health { get; } = new("CodeDeployDefault.OneAtATime", "MOST_CONCURRENCY", 1);

    /// <summary>A deployment of the past. Later numbers are newer.</summary>
    public static PastDeployment Past(
        int number,
        Revision revision,
        string status = "Succeeded",
        Counts? counts = null,
        string creator = "user",
        string verb = "deploy",
        string group = "gray",
        string? description = null) => new(
        new DeploymentId($"d-{number:000000000}"),
        new DeploymentGroupName(group),
        revision,
        Phases.Of(status),
        status,
        Noon + Duration.FromHours(number),
        Phases.Of(status).IsOver() ? Noon + Duration.FromHours(number) + Duration.FromMinutes(5) : null,
        counts ?? Counts(succeeded: 4),
        creator,
        description ?? (Marker(verb, group) with { Run = 41 }).Describe(null));

    public static Marker Marker(string verb = "deploy", string group = "gray", int attempt = 1, string subject = "acme/site@aaaaaaa") =>
        new(subject, group, "acme/site", 42, "release", "deploy", verb, attempt);

    /// <summary>A group whose history is given, newest first.</summary>
    public static GroupState Group(string name = "gray", params PastDeployment[] history) =>
        new(new DeploymentGroupName(name), Health, [], history.FirstOrDefault(), history.FirstOrDefault(past => past.Phase == Phase.Succeeded));

    public static GroupHistory History(string name, params PastDeployment[] history) => new(Group(name, history), history);

    /// <summary>A stage of one group, with no rules.</summary>
    public static StageHistory Staged(GroupHistory group) => new(Core.Planning.Stages.Stage.OfGroup(group.State.Name, group.State.Name.Value), [group]);

    /// <summary>Planned by a run whose deployments have a marker.</summary>
    public static GroupPlan Marked(string verb = "deploy", string group = "gray", char commit = 'a', long run = 42, int attempt = 1)
    {
        var marker = new Marker($"acme/site@{new string(commit, 7)}", group, "acme/site", run, "release", "deploy", verb, attempt);
        return new GroupPlan(Group(group), GitHub(commit), null, DeploymentSettings.Default, marker.Describe(null), marker);
    }

    /// <summary>What such a run has made. Later numbers are newer.</summary>
    public static PastDeployment Made(int number, GroupPlan by, string status = "InProgress") =>
        Past(number, by.Revision, status, group: by.Group.Value, description: by.Description);

    public static GroupPlan GroupPlan(string group = "gray", Revision? revision = null, GroupState? state = null) =>
        new(state ?? Group(group), revision ?? GitHub(), null, DeploymentSettings.Default, "acme/site@aaaaaaa gray by hand (deploy)", null);

    public static Plan Plan(params string[] groups) => Plan("deploy", Watch(), [.. groups.DefaultIfEmpty("gray").Select(group => GroupPlan(group))]);

    public static Plan Plan(WatchSettings watch, params string[] groups) => Plan("deploy", watch, [.. groups.DefaultIfEmpty("gray").Select(group => GroupPlan(group))]);

    public static Plan Plan(string verb, WatchSettings watch, params GroupPlan[] groups) => Plan(verb, StartSettings.Default, watch, groups);

    public static Plan Plan(string verb, StartSettings start, WatchSettings watch, params GroupPlan[] groups) => new(verb, Basis().CallerArn, Region, Application, start, watch, groups);

    public static Observation Seen(
        string status,
        Counts? counts = null,
        string id = "d-GRAY00000",
        Revision? revision = null,
        DeploymentError? error = null,
        string[]? rollsBackAt = null,
        string? rollback = null,
        string? rollbackMessage = null) => new(
        new DeploymentId(id),
        Phases.Of(status),
        status,
        counts,
        error,
        revision ?? GitHub(),
        Noon,
        Noon,
        Phases.Of(status).IsOver() ? Noon + Duration.FromMinutes(5) : null,
        rollsBackAt ?? [],
        rollback is null ? null : new DeploymentId(rollback),
        rollbackMessage);

    public static DeploymentError HealthConstraints { get; } = new("HEALTH_CONSTRAINTS", "Too few healthy instances are available for deployment.");

    public static TransientException Throttled { get; } = new("CodeDeploy asks for fewer calls (Rate exceeded).", new TimeoutException());

    public static DeployException NoAccess { get; } = new(Outcome.NoAccess, "AWS does not let this role watch deployments.", "Add codedeploy:GetDeployment.");

    public static Target Good(string id, string status = "Succeeded") => new(id, status,
    [
        new("ApplicationStop", "Succeeded", Noon, Noon + Duration.FromSeconds(2), null),
        new("Install", "Succeeded", Noon + Duration.FromSeconds(2), Noon + Duration.FromSeconds(7), null),
        new("ValidateService", status, Noon + Duration.FromSeconds(7), Noon + Duration.FromSeconds(9), null),
    ]);

    public static Target Failed(
        string id,
        string logTail = "[stderr]nginx: configuration file test failed",
        string script = "scripts/start.sh",
        string message = "Script failed with exit code 1") => new(id, "Failed",
    [
        new("ApplicationStop", "Succeeded", Noon, Noon + Duration.FromSeconds(2), null),
        new("ApplicationStart", "Failed", Noon + Duration.FromSeconds(2), Noon + Duration.FromSeconds(5), new EventDiagnostics("ScriptFailed", script, message, logTail)),
        new("ValidateService", "Skipped", null, null, null),
    ]);

    public static GroupResult Result(
        string group = "gray",
        Outcome outcome = Outcome.Succeeded,
        Observation? last = null,
        Target[]? targets = null,
        Observation? rollback = null,
        string reason = "gray runs acme/site@aaaaaaa.",
        GroupPlan? plan = null)
    {
        var seen = last ?? Seen("Succeeded", Counts(succeeded: 2));
        return new GroupResult(plan ?? GroupPlan(group), seen.Id, seen, targets ?? [], rollback, outcome, reason);
    }

    public static RunReport Report(
        Outcome outcome = Outcome.Succeeded, string verb = "deploy", string reason = "gray runs acme/site@aaaaaaa.", string next = "", params GroupResult[] results) =>
        new(outcome, verb, Application.Value, Region, reason, next, Noon, Noon + Duration.FromSeconds(95), results);

    public static StageNow Stage(string name, PastDeployment? latest = null, PastDeployment? good = null) => new(new DeploymentGroupName(name), latest, good);

    /// <summary>Tries everything that a log, a page or a chart could be tricked with.</summary>
    public const string Hostile =
        "::error file=a::gotcha\r\n  ::add-mask::x\n##[error]and ##[command]\n```\n</details><img src=x onerror=alert(1)>\n| a | b | `code` ``two``\n"
        + "@dana #17 GH-18 https://evil.example www.evil.example\n\u001b[31mred\u001b[0m \u202etxt.exe \ud800 [click](http://evil.example) <!-- x -->";
}
