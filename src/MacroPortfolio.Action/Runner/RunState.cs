using System.Text.Json;
using System.Text.Json.Serialization;

namespace MacroPortfolio.Action.Runner;

/// <summary>A deployment that the main stage has made or was about to make.</summary>
/// <param name="Description">By which it is found where its id is not known.</param>
/// <param name="Id">Null while the request was not answered.</param>
internal sealed record StateEntry(string Group, string Description, string? Id);

/// <summary>What the main stage leaves to the post stage: written to <c>GITHUB_STATE</c>, read as <c>STATE_*</c>.</summary>
internal static class RunState
{
    /// <summary>The outcome, once there is one.</summary>
    public const string Settled = "settled";

    public const string Deployments = "deployments";

    public static string Render(IReadOnlyList<StateEntry> deployments) => JsonSerializer.Serialize(deployments, RunStateJson.Default.IReadOnlyListStateEntry);

    /// <summary>Null for text that this program did not write.</summary>
    public static IReadOnlyList<StateEntry>? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, RunStateJson.Default.IReadOnlyListStateEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<StateEntry>))]
internal sealed partial class RunStateJson : JsonSerializerContext;
