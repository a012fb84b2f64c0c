using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.CloudFormation.Templates;

/// <param name="Properties">As written, functions and all.</param>
public sealed record ResourceDeclaration(string Id, string Type, JsonObject Properties, string? Condition, IReadOnlyList<string> DependsOn, DeletionPolicy DeletionPolicy, DeletionPolicy ReplacePolicy);

public sealed record OutputDeclaration(string Name, JsonNode Value, string? Description, string? Condition, JsonNode? ExportName);

/// <summary>What becomes of a thing that its stack has no use for any more.</summary>
public enum DeletionPolicy
{
    Delete,
    Retain,

    /// <summary>It stays, unless the very operation that made it is taken back.</summary>
    RetainExceptOnCreate,
}

/// <summary>A template whose parts fit together. Nothing in it is worked out yet.</summary>
public sealed record Template(
    string Text,
    string? Description,
    IReadOnlyList<ParameterDeclaration> Parameters,
    JsonObject Rules,
    JsonObject Mappings,
    JsonObject Conditions,
    IReadOnlyList<ResourceDeclaration> Resources,
    IReadOnlyList<OutputDeclaration> Outputs,
    JsonNode? Metadata)
{
    private static readonly string[] Sections = ["AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Resources", "Outputs"];
    private static readonly string[] Members = ["Type", "Properties", "Condition", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "Metadata"];

    /// <summary>What the caller must say that the template may do; null: nothing.</summary>
    public string? Capability => Identities.Any(resource => NameOf(resource) is not null) ? "CAPABILITY_NAMED_IAM" : Identities.Any() ? "CAPABILITY_IAM" : null;

    public string CapabilityReason => $"The following resource(s) require capabilities: [{string.Join(", ", Identities.Select(resource => resource.Type).Distinct())}]";

    private IEnumerable<ResourceDeclaration> Identities =>
        Resources.Where(resource => resource.Type is "AWS::IAM::Role" or "AWS::IAM::ManagedPolicy" or "AWS::IAM::Policy" or "AWS::IAM::InstanceProfile" or "AWS::IAM::User" or "AWS::IAM::Group");

    /// <exception cref="Front.AwsException">It does not fit together.</exception>
    public static Template Parse(string text)
    {
        var root = TemplateText.Read(text);
        if (root.Select(section => section.Key).Except(Sections).ToList() is { Count: > 0 } unknown)
            throw TemplateText.Invalid($"Template format error: Invalid template property or properties [{string.Join(", ", unknown)}]");
        if (Section(root, nameof(Resources)) is not { Count: > 0 } resources)
            throw TemplateText.Invalid("Template format error: At least one Resources member must be defined.");

        var template = new Template(
            text,
            root[nameof(Description)]?.ToString(),
            [.. Section(root, nameof(Parameters)).Select(one => ParameterDeclaration.Parse(one.Key, one.Value))],
            Section(root, nameof(Rules)),
            Section(root, nameof(Mappings)),
            Section(root, nameof(Conditions)),
            [.. resources.Select(one => Resource(one.Key, one.Value))],
            [.. Section(root, nameof(Outputs)).Select(one => Output(one.Key, one.Value))],
            root[nameof(Metadata)]);
        References.Check(template);
        return template;
    }

    private static string? NameOf(ResourceDeclaration resource) =>
        resource.Properties.Select(property => property.Key).FirstOrDefault(name => name is "RoleName" or "ManagedPolicyName" or "InstanceProfileName" or "UserName" or "GroupName");

    private static JsonObject Section(JsonObject root, string name) => root[name] switch
    {
        null => [],
        JsonObject section => section,
        _ => throw TemplateText.Invalid($"Template format error: {name} section must be an object."),
    };

    private static ResourceDeclaration Resource(string id, JsonNode? node)
    {
        if (node is not JsonObject resource)
            throw TemplateText.Invalid($"Template format error: [/Resources/{id}] resource definition is malformed");
        if (!id.All(char.IsAsciiLetterOrDigit))
            throw TemplateText.Invalid($"Template format error: Resource name {id} is non alphanumeric.");
        if (resource["Type"] is not JsonValue type)
            throw TemplateText.Invalid($"Template format error: [/Resources/{id}] Every Resources object must contain a Type member.");
        if (resource.Select(member => member.Key).Except(Members).FirstOrDefault() is { } unknown)
            throw TemplateText.Invalid($"Invalid template resource property '{unknown}'");
        return new ResourceDeclaration(
            id,
            type.ToString(),
            resource["Properties"] as JsonObject ?? [],
            resource["Condition"]?.ToString(),
            resource["DependsOn"] switch
            {
                null => [],
                JsonArray several => [.. several.Select(one => $"{one}")],
                var one => [one.ToString()],
            },
            Policy(resource, "DeletionPolicy", id),
            Policy(resource, "UpdateReplacePolicy", id));
    }

    private static DeletionPolicy Policy(JsonObject resource, string name, string id) => resource[name]?.ToString() switch
    {
        null or "Delete" => DeletionPolicy.Delete,
        "Retain" => DeletionPolicy.Retain,
        "RetainExceptOnCreate" when name == "DeletionPolicy" => DeletionPolicy.RetainExceptOnCreate,
        var other => throw TemplateText.Invalid($"Template format error: Unrecognized {name} {other} for resource {id}"),
    };

    private static OutputDeclaration Output(string name, JsonNode? node) => node is JsonObject output && output["Value"] is { } value
        ? new OutputDeclaration(name, value, output[nameof(Description)]?.ToString(), output["Condition"]?.ToString(), output["Export"]?["Name"])
        : throw TemplateText.Invalid($"Template format error: Output {name} is malformed. Every Outputs member must contain a Value object");
}
