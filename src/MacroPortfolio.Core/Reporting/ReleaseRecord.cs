using System.Text.Json;
using System.Text.Json.Serialization;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;

namespace MacroPortfolio.Core.Reporting;

/// <summary>
/// The payload of a GitHub Deployment of ours: who brought what where, and why. It tells people, and by it the next run finds what is to be brought up to date;
/// whoever may write deployments can forge one, so nothing that is deployed hangs on it. Fields are added, never renamed, within a schema number.
/// </summary>
/// <param name="Stage">The environment.</param>
/// <param name="Deployments">CodeDeploy's ids; none where the deployment could not be created.</param>
public sealed record ReleaseRecord(int Schema, string Application, string Stage, IReadOnlyList<string> Groups, IReadOnlyList<string> Deployments)
{
    /// <summary>GitHub refuses a longer one.</summary>
    public const int LongestDescription = 140;

    private const int CurrentSchema = 1;
    private const int MostDeployments = 100;
    private const int MostGates = 20;
    private const int LongestName = 60;
    private const int LongestVerdict = 20;
    private const int LongestSentence = 100;
    private const int LongestReason = 300;
    private const int LongestAddress = 500;

    /// <summary>Keys of S3 may be longer, and nobody's are. With all of these the payload is below 64 KB, whatever letters it has and however they are escaped.</summary>
    private const int LongestRevision = 1_500;

    /// <summary>Ids beyond those that are listed.</summary>
    public int DeploymentsLeftOut { get; init; }

    public string? Verb { get; init; }

    /// <summary>The revision, as the input <c>revision</c> takes it.</summary>
    public string? Release { get; init; }

    /// <summary>The same, for people.</summary>
    public string? Label { get; init; }

    /// <summary>The revision that the group is taken away from.</summary>
    public string? Previous { get; init; }

    /// <summary>What is not there the generated reader sets to null, whatever stands here.</summary>
    public IReadOnlyList<GateRecord> Gates { get; init => field = value ?? []; } = [];

    public string? Actor { get; init; }

    /// <summary>Who ran it again.</summary>
    public string? TriggeringActor { get; init; }
    public string? Why { get; init; }
    public string? Run { get; init; }
    public int Attempt { get; init; }

    /// <param name="deployments">CodeDeploy's ids, as many as there are.</param>
    /// <param name="hide">Takes out of a text what must not be said.</param>
    public static ReleaseRecord Of(
        ApplicationName application, string verb, GroupPlan group, StageEnvironment stage, IReadOnlyList<DeploymentId> deployments, IReadOnlyList<GateRecord> gates, RecordedRun run, Func<string, string> hide)
    {
        string? Said(string? text, int longest) => text is null ? null : PlainText.Short(hide(text), longest);

        return new ReleaseRecord(CurrentSchema, application.Value, stage.Name, [group.Group.Value], [.. deployments.Take(MostDeployments).Select(id => PlainText.Short(id.Value, LongestName))])
        {
            DeploymentsLeftOut = Math.Max(0, deployments.Count - MostDeployments),
            Verb = verb,
            Release = Said(group.Revision.Text, LongestRevision),
            Label = Said(group.Revision.Label, LongestReason),
            Previous = Said(group.Previous?.Text, LongestRevision),
            Gates = [.. gates.Take(MostGates).Select(gate => new GateRecord(Said(gate.Name, LongestName), Said(gate.Verdict, LongestVerdict), Said(gate.Why, LongestSentence)))],
            Actor = Said(run.Actor, LongestName),
            TriggeringActor = Said(run.TriggeringActor, LongestName),
            Why = Said(group.Settings.Description, LongestReason),
            Run = Said(run.Url, LongestAddress),
            Attempt = run.Attempt,
        };
    }

    /// <summary>Null for a payload that this program did not write, or a later one that writes it otherwise.</summary>
    /// <param name="payload">An object; or a text that holds one, as some clients of GitHub write it.</param>
    public static ReleaseRecord? Read(JsonElement payload)
    {
        try
        {
            var read = payload.ValueKind switch
            {
                JsonValueKind.Object => payload.Deserialize(RecordJson.Default.ReleaseRecord),
                JsonValueKind.String => JsonSerializer.Deserialize(payload.GetString()!, RecordJson.Default.ReleaseRecord),
                _ => null,
            };
            return read?.Schema == CurrentSchema ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public JsonElement ToPayload() => JsonSerializer.SerializeToElement(this, RecordJson.Default.ReleaseRecord);

    /// <summary>Whether both tell of the same: one record of it is current.</summary>
    public bool IsOf(ApplicationName application, StageEnvironment stage, DeploymentGroupName group) =>
        Application == application.Value && string.Equals(Stage, stage.Name, StringComparison.OrdinalIgnoreCase) && Groups.Contains(group.Value);

    public bool IsOf(DeploymentId deployment) => Deployments.Contains(deployment.Value);

    /// <summary>Words for GitHub's pages.</summary>
    public static string Description(string words) => PlainText.Short(words, LongestDescription);
}

/// <summary>What a gate said.</summary>
/// <param name="Verdict">pass, fail or inconclusive.</param>
public sealed record GateRecord(string? Name, string? Verdict, string? Why);

/// <summary>The run of a workflow that a record is made by.</summary>
public sealed record RecordedRun(string? Actor, string? TriggeringActor, string Url, int Attempt);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReleaseRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;
