using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning.Calendars;
using NodaTime;

namespace MacroPortfolio.Core.Planning.Stages;

/// <summary>The rules of an application's releases, as they stand on the default branch: nobody can loosen with a commit the rule that judges it.</summary>
/// <param name="Application">Null where nobody wrote a file.</param>
/// <param name="Zone">Of every time shown, and of windows and freezes without one.</param>
/// <param name="RoleToRead">Reads every stage; null: whoever writes a stage reads the others too.</param>
/// <param name="Stages">In the order of promotion.</param>
public sealed record ReleaseFile(
    ApplicationName? Application,
    DateTimeZone Zone,
    RoleArn? RoleToRead,
    IReadOnlyList<Stage> Stages)
{
    /// <summary>Of an application that has no file.</summary>
    public static ReleaseFile None { get; } = new(null, DateTimeZone.Utc, null, [Stage.OfGroup(new("gray"), "gray"), Stage.OfGroup(new("stable"), "production")]);

    public bool IsWritten => Application is not null;

    /// <summary>Null when the file has no such stage. Without a file every group of the application may be one.</summary>
    public Stage? Find(StageName name) =>
        Stages.FirstOrDefault(stage => stage.Name == name)
        ?? (IsWritten ? null : Stage.OfGroup(new(name.Value), name.Value));

    /// <summary>The stage that a revision has to have proved itself in before it may come to this one; null for the first. What is no stage of its own comes after the first.</summary>
    public Stage? Before(Stage stage) => Stages.ToList().FindIndex(other => other.Name == stage.Name) switch
    {
        < 0 => Stages[0],
        0 => null,
        var at => Stages[at - 1],
    };
}

/// <summary>Where a revision is tried, and what it takes to come and to go on from there.</summary>
/// <param name="Bake">The least time between success here and a promotion.</param>
/// <param name="Gates">What is asked once it is deployed here, and again before it is promoted from here.</param>
/// <param name="MaxParallel">How many groups are deployed to at once; 0: all.</param>
/// <param name="RollsBack">A deployment or gate that fails is taken back at once.</param>
public sealed record Stage(
    StageName Name,
    IReadOnlyList<DeploymentGroupName> Groups,
    StageAccess Access,
    StageEnvironment Environment,
    string? DeploymentConfig,
    Duration Bake,
    Calendar Calendar,
    IReadOnlyList<Gate> Gates,
    Approval Approval,
    int MaxParallel,
    bool RollsBack)
{
    public string RollbackEnvironment { get; init; } = $"{Environment.Name}-rollback";

    /// <summary>A stage without rules.</summary>
    public static Stage OfGroup(DeploymentGroupName group, string environment) =>
        new(new(group.Value), [group], StageAccess.AsGiven, new StageEnvironment(environment, null), null, Duration.Zero, Calendar.AlwaysOpen, [], Approval.Anybody, 0, RollsBack: true);
}

/// <summary>Who may reach a stage, and where it is. Null: what the run was given.</summary>
/// <param name="ToAssume">Deploys to the stage, and is trusted to the stage's environment alone.</param>
/// <param name="ToRollBack">Takes the stage back, and is trusted to its rollback environment.</param>
public sealed record StageAccess(RegionName? Region, RoleArn? ToAssume, RoleArn? ToRead, RoleArn? ToRollBack)
{
    public static StageAccess AsGiven { get; } = new(null, null, null, null);
}

/// <summary>Who may promote to a stage. A check against mistakes: what enforces it is the environment, or the role's trust.</summary>
/// <param name="AllowedActors">Empty: anybody.</param>
/// <param name="OverrideActors">Who may pass rules that only ask for time or for a look, with a reason.</param>
public sealed record Approval(IReadOnlyList<string> AllowedActors, IReadOnlyList<string> OverrideActors, NotAuthor NotAuthor)
{
    public static Approval Anybody { get; } = new([], [], NotAuthor.Off);
}

/// <summary>Whose own change a person may not promote.</summary>
public enum NotAuthor
{
    Off,

    /// <summary>The author of the newest pull request.</summary>
    Last,

    /// <summary>The author of anything that is new.</summary>
    Any,
}

/// <summary>What is asked of a revision where it runs.</summary>
public abstract record Gate
{
    private Gate() { }

    /// <summary>For logs and records.</summary>
    public abstract string Name { get; }

    /// <param name="Body">What the answer has to contain; null: anything.</param>
    /// <param name="SlowerThan">The median of the probes may not take longer; null: as long as it likes.</param>
    /// <param name="AllowedFailures">How many probes may fail.</param>
    public sealed record Http(Uri Url, int Status, string? Body, Duration? SlowerThan, Duration Every, Duration For, int AllowedFailures) : Gate
    {
        public override string Name => Url.AbsoluteUri;
    }

    /// <param name="For">How long they are waited for after a deployment; zero: they are looked at before a promotion only.</param>
    public sealed record Checks(IReadOnlyList<string> Names, Duration For) : Gate
    {
        public override string Name => string.Join(", ", Names);
    }
}
