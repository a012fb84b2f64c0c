using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.CloudFormation.Resources;
using MacroPortfolio.Simulator.CloudFormation.Templates;

namespace MacroPortfolio.Simulator.CloudFormation.Stacks;

/// <summary>What a request would change of a stack.</summary>
internal static class Comparison
{
    private const string NotYet = "{{known when it is there}}";

    public static IReadOnlyList<ResourceChange> Changes(Stack stack, StackRequest request, Workings workings, ResourceTypes types)
    {
        var changes = new List<ResourceChange>();
        var wanted = References.InOrder(request.Template.Resources).Where(resource => workings.Functions.Holds(resource.Condition)).ToList();
        foreach (var declaration in wanted)
        {
            if (!stack.Resources.TryGetValue(declaration.Id, out var existing))
            {
                changes.Add(new ResourceChange("Add", declaration.Id, null, declaration.Type, false, []));
                workings.Put(Unmade(declaration, types));
            }
            else if (Properties(declaration, workings) is var properties && Differing(existing, declaration, properties) is { Count: > 0 } differing)
            {
                var replaces = types.Replaces(existing, declaration, differing);
                changes.Add(new ResourceChange("Modify", declaration.Id, existing.PhysicalId, declaration.Type, replaces, differing));
                if (replaces)
                    workings.Put(Unmade(declaration, types));
            }
        }

        return [.. changes, .. stack.Resources.Values.Where(resource => wanted.All(declaration => declaration.Id != resource.Id))
            .Select(resource => new ResourceChange("Remove", resource.Id, resource.PhysicalId, resource.Type, false, []))];
    }

    public static JsonObject Properties(ResourceDeclaration declaration, Workings workings) => (JsonObject)workings.Functions.Resolve(declaration.Properties)!;

    public static IReadOnlyList<string> Differing(StackResource existing, ResourceDeclaration declaration, JsonObject properties) =>
    [
        .. existing.Type == declaration.Type ? (string[])[] : ["Type"],
        .. existing.Properties.Select(property => property.Key).Union(properties.Select(property => property.Key))
            .Where(name => !JsonNode.DeepEquals(existing.Properties[name], properties[name])),
    ];

    /// <summary>What stands for a thing in a preview.</summary>
    private static StackResource Unmade(ResourceDeclaration declaration, ResourceTypes types) =>
        new(declaration, NotYet, [], types.Get(declaration.Type).Attributes.ToDictionary(name => name, _ => NotYet), "", null, default);
}
