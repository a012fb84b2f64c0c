using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning.Stages;
using NodaTime;

namespace MacroPortfolio.Core.Planning;

/// <summary>Everything that a run is going to do, complete before it writes anything. It is the dry run, and the first lines of the log.</summary>
/// <param name="Verb">deploy, gray, promote or rollback.</param>
/// <param name="CallerArn">Whose credentials act.</param>
/// <param name="Groups">In the order in which they are started.</param>
public sealed record Plan(string Verb, string CallerArn, RegionName Region, ApplicationName Application, StartSettings Start, WatchSettings Watch, IReadOnlyList<GroupPlan> Groups)
{
    /// <summary>What happens once everything is deployed; null: nothing more.</summary>
    public Proving? Proving { get; init; }

    /// <summary>How many groups are deployed to at once; 0: all.</summary>
    public int MaxParallel { get; init; }

    /// <summary>Which rules were looked at and how they stand, a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>What a stage asks of a revision that was just deployed to it.</summary>
/// <param name="AtLeast">Pages are asked for as long as this, whatever their gate says.</param>
/// <param name="RollsBack">What this run touched is taken back when a deployment or a gate fails.</param>
public sealed record Proving(StageName Stage, IReadOnlyList<Gate> Gates, Duration AtLeast, bool RollsBack);

/// <summary>One deployment that the run makes or, where it exists already, watches.</summary>
/// <param name="Title">The first line of the commit's message, null when it could not be read.</param>
/// <param name="Marker">By which the run knows its own deployments; null outside GitHub Actions.</param>
public sealed record GroupPlan(GroupState State, Revision Revision, string? Title, DeploymentSettings Settings, string Description, Marker? Marker)
{
    public DeploymentGroupName Group => State.Name;

    /// <summary>What the run begins with, as the group was read.</summary>
    public Turn First { get; init; } = new Turn.Create();

    /// <summary>Null where a group is deployed to and no stage.</summary>
    public StageName? Stage { get; init; }

    /// <summary>What the run goes back to should it fail; null where there is nothing to go back to, or nothing is taken back.</summary>
    public GroupPlan? WayBack { get; init; }

    /// <summary>Where it is recorded at GitHub what became of it; null: nowhere.</summary>
    public StageEnvironment? Environment { get; init; }

    /// <summary>A deployment to watch; nothing is created then.</summary>
    public DeploymentId? Existing => (First as Turn.Attach)?.To.Id;

    /// <summary>The revision that the group is taken away from.</summary>
    public Revision? Previous => State.LastSuccessful?.Revision;
}

/// <summary>What planning came to.</summary>
public abstract record Decision
{
    private Decision() { }

    public sealed record Go(Plan Plan) : Decision;

    /// <summary>Nothing was created because a rule says not now.</summary>
    /// <param name="Next">What to do, and when.</param>
    public sealed record Held(string Why, string Next) : Decision
    {
        /// <summary>When it will have passed by itself; null when it will not, or nobody knows.</summary>
        public Instant? Until { get; init; }
    }

    /// <summary>There is nothing to deploy: the bundle is where it was to go, or a dry run has said where that is.</summary>
    public sealed record Pushed(Revision.S3 Revision, string Words) : Decision;

    /// <summary>Nothing was created because it cannot be done at all.</summary>
    public sealed record Refused(string Why, string Next) : Decision;
}
