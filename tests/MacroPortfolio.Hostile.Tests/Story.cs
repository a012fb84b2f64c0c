using System.Globalization;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using MacroPortfolio.Core.Tests;
using NodaTime;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>
/// A run in which every text that comes from outside is one of those given, whoever wrote it: an instance, a commit, an API, a release file. The same story is told with
/// harmless words in their place; whatever the texts are, the other end must see the same commands, lines and blocks in both.
/// </summary>
internal sealed class Story
{
    private static readonly Outcome[] Outcomes = Enum.GetValues<Outcome>();

    private readonly IReadOnlyList<string> texts;
    private int at;

    private Story(IReadOnlyList<string> texts, int shape)
    {
        this.texts = texts;
        Report = Told(shape);
        Events = [.. Happened(shape)];
        Stages = [Stage("gray"), Stage("stable"), new StageNow(Group("shadow"), null, null)];
    }

    public RunReport Report { get; }

    public IReadOnlyList<RunEvent> Events { get; }

    public IReadOnlyList<StageNow> Stages { get; }

    public static Story Of(IReadOnlyList<string> texts) => new(texts, Shape(texts));

    /// <summary>With a plain word for each different text, and nothing for nothing.</summary>
    public static Story Harmless(IReadOnlyList<string> texts)
    {
        var words = texts.Distinct().Select((text, index) => (text, index)).ToDictionary(pair => pair.text, pair => Plain(pair.text, pair.index));
        return new([.. texts.Select(text => words[text])], Shape(texts));
    }

    /// <summary>The address of a runbook becomes a link; that is meant.</summary>
    private static string Plain(string text, int index) =>
        string.IsNullOrWhiteSpace(text) ? text
        : text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && text.Length <= 500 && Uri.TryCreate(text, UriKind.Absolute, out _) ? string.Create(CultureInfo.InvariantCulture, $"https://word{index}.example")
        : string.Create(CultureInfo.InvariantCulture, $"word{index}");

    private static int Shape(IReadOnlyList<string> texts) => texts.Sum(text => text.Length) + texts.Count;

    private string Next => texts[at++ % texts.Count];

    /// <summary>Not empty: what decides between a line and none is not the question here.</summary>
    private string Words => Next is { Length: > 0 } text && !string.IsNullOrWhiteSpace(text) ? text : "words";

    private DeploymentGroupName Group(string usual) => new(Words is var text && DeploymentGroupName.TryParse(text, out var name) ? name.Value : usual);

    private Revision Revision(int number) => (number % 3) switch
    {
        0 => Some.GitHub(),
        1 => new Revision.S3(Words, Words, Words, Words, null),
        _ => new Revision.Unrecognised(Words),
    };

    private PastDeployment Past() => new(new DeploymentId(Words), new DeploymentGroupName(Words), Revision(at), Phase.Succeeded, Words, Some.Noon, Some.Noon, Some.Counts(succeeded: 2), Words, Words);

    private StageNow Stage(string name) => new(new DeploymentGroupName(name), Past(), Past());

    private GroupState State() => new(Group("gray"), new HealthRule(Words, Words, 1), [Words], Past(), Past()) { Fleet = new Fleet([Words], [Words], false, new BlueGreen(true, 10)) };

    private GroupPlan Plan(int number) => new(State(), Revision(number), Words, DeploymentSettings.Default, Words, null)
    {
        First = (number % 5) switch
        {
            0 => new Turn.Clear(Past()),
            1 => new Turn.Wait(Past()),
            2 => new Turn.Compare(Past()),
            3 => new Turn.Attach(Past(), Ours: false),
            _ => new Turn.Create(),
        },
    };

    private Observation Seen(int number) => new(
        new DeploymentId(Words), Phase.Failed, Words, Some.Counts(succeeded: 1, failed: 2), new DeploymentError(Words, Words), Revision(number), Some.Noon, Some.Noon, Some.Noon + Duration.FromMinutes(1), [], new DeploymentId(Words), Words);

    private Target Target(int number) => new(Words, number % 3 == 2 ? Words : "Failed",
    [
        new TargetEvent(Words, Words, Some.Noon, Some.Noon + Duration.FromSeconds(1 + number), null),
        new TargetEvent(Words, number % 3 == 2 ? Words : "Failed", Some.Noon + Duration.FromSeconds(1), Some.Noon + Duration.FromSeconds(9), new EventDiagnostics(Words, Words, Words, Words)),
    ]);

    private GroupResult Result(int shape) => new(Plan(shape), new DeploymentId(Words), Seen(shape), [.. Enumerable.Range(0, shape % 7 == 6 ? 30 : shape % 4).Select(Target)], shape % 2 == 0 ? Seen(shape + 1) : null, Outcomes[shape % Outcomes.Length], Words);

    private RunReport Told(int shape) => new(
        Outcomes[shape % Outcomes.Length], "deploy", "macro-portfolio", Some.Region, Words, Words, Some.Noon, Some.Noon + Duration.FromSeconds(95), [.. Enumerable.Range(0, shape % 3).Select(number => Result(shape + number))])
    {
        Service = shape % 5 == 0 ? null : new ServiceContact(Words, Words),
        Details = shape % 5 == 1 ? [Words, "{", Words] : [],
    };

    private IEnumerable<RunEvent> Happened(int shape)
    {
        var plan = Plan(shape);
        var failure = new Failure(Words, Words, Words, Words, Words, [Words, Words], Words);
        yield return new RunEvent.Planned(new Plan("deploy", Words, Some.Region, Some.Application, StartSettings.Default, Some.Watch(), [plan, Plan(shape + 1)]), shape % 2 == 0);
        yield return new RunEvent.Clearing(plan, Past());
        yield return new RunEvent.Queued(plan, Past());
        yield return new RunEvent.Creating(plan);
        yield return new RunEvent.Attached(plan, Past(), shape % 2 == 0);
        yield return new RunEvent.Started(plan, new DeploymentId(Words));
        yield return new RunEvent.NotStarted(plan, new DeployException(Outcome.Failed, Words, Words));
        yield return new RunEvent.Changed(plan, null, Seen(shape), false);
        yield return new RunEvent.Unchanged(plan, Seen(shape), Duration.FromSeconds(60));
        yield return new RunEvent.InstancesFailed(plan, new DeploymentId(Words), failure, 0);
        yield return new RunEvent.InstancesFailed(plan, new DeploymentId(Words), failure, 2);
        yield return new RunEvent.RollingBack(plan, new DeploymentId(Words), new DeploymentId(Words));
        yield return new RunEvent.Trouble(Words);
        yield return new RunEvent.Cancelling(Words);
        yield return new RunEvent.Ended(Report);
    }
}
