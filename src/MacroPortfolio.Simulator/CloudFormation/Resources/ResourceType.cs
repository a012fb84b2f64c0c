using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.CloudFormation.Stacks;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.CloudFormation.Resources;

/// <summary>What a resource became.</summary>
internal sealed record Made(string PhysicalId, IReadOnlyDictionary<string, string> Attributes);

/// <summary>One resource of a stack to be made, changed or removed, in the name of whoever asked for it.</summary>
/// <param name="Properties">Worked out.</param>
internal sealed record ResourceCall(string LogicalId, JsonObject Properties, Stack Stack, Principal Principal, Chance Chance)
{
    public string? Text(string property) => Properties[property] is JsonValue value ? Templates.Functions.Plain(value) : null;

    public IReadOnlyList<string> List(string property) => [.. (Properties[property] as JsonArray ?? []).Select(Templates.Functions.Plain)];

    public IReadOnlyDictionary<string, string> Tags => Of(Properties[nameof(Tags)]);

    /// <summary>The name that the template gives, or one that nobody else has.</summary>
    public string Name(string property, int longest) => Text(property) ?? Cut($"{Stack.Name}-{LogicalId}", longest - 14) + $"-{Chance.Text(13, Chance.Capitals)}";

    public static IReadOnlyDictionary<string, string> Of(JsonNode? tags) =>
        (tags as JsonArray ?? []).OfType<JsonObject>().ToDictionary(tag => Templates.Functions.Plain(tag["Key"]), tag => Templates.Functions.Plain(tag["Value"]));

    private static string Cut(string text, int length) => text[..Math.Min(text.Length, length)];
}

/// <summary>How things of one type are made, changed and removed.</summary>
internal abstract class ResourceType
{
    public abstract string Name { get; }

    /// <summary>The properties that are followed; null: any, because nothing is done with them.</summary>
    public virtual IReadOnlyList<string>? Known => null;

    public virtual IReadOnlyList<string> Required => [];

    /// <summary>Properties that cannot be changed: another thing takes the place of the old one.</summary>
    public virtual IReadOnlyList<string> Replacing => [];

    public virtual IReadOnlyList<string> Attributes => [];

    /// <exception cref="AwsException">As the service that it is of refuses it.</exception>
    public abstract Made Create(ResourceCall call);

    /// <param name="old">With the properties that it had.</param>
    public abstract Made Update(ResourceCall call, StackResource old);

    public abstract void Delete(ResourceCall call, StackResource old);

    public void Check(ResourceCall call)
    {
        var given = call.Properties.Select(property => property.Key).ToList();
        if (Known is not null && given.Except(Known).FirstOrDefault() is { } unknown)
            throw new AwsException(400, "ValidationError", $"Properties validation failed for resource {call.LogicalId} with message:\n#: extraneous key [{unknown}] is not permitted");
        if (Required.Except(given).FirstOrDefault() is { } missing)
            throw new AwsException(400, "ValidationError", $"Properties validation failed for resource {call.LogicalId} with message:\n#: required key [{missing}] not found");
    }
}
