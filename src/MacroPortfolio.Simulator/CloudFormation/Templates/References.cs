using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MacroPortfolio.Simulator.CloudFormation.Templates;

/// <summary>What the parts of a template say of one another: found before anything is made.</summary>
public static partial class References
{
    public static IReadOnlySet<string> Pseudo { get; } =
        new HashSet<string> { "AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix" };

    /// <exception cref="Front.AwsException">A reference leads nowhere.</exception>
    public static void Check(Template template)
    {
        var resources = template.Resources.Select(resource => resource.Id).ToHashSet();
        var known = resources.Concat(template.Parameters.Select(parameter => parameter.Name)).Concat(Pseudo).ToHashSet();

        var inResources = template.Resources.SelectMany(resource => Names(resource.Properties).Concat(resource.DependsOn)).Except(known).ToList();
        if (inResources.Count > 0)
            throw TemplateText.Invalid($"Template format error: Unresolved resource dependencies [{string.Join(", ", inResources)}] in the Resources block of the template");
        var inOutputs = template.Outputs.SelectMany(output => Names(output.Value).Concat(Names(output.ExportName))).Except(known).ToList();
        if (inOutputs.Count > 0)
            throw TemplateText.Invalid($"Template format error: Unresolved resource dependencies [{string.Join(", ", inOutputs)}] in the Outputs block of the template");

        var conditions = template.Resources.Select(resource => resource.Condition).Concat(template.Outputs.Select(output => output.Condition)).OfType<string>();
        if (conditions.Except(template.Conditions.Select(condition => condition.Key)).FirstOrDefault() is { } unknown)
            throw TemplateText.Invalid($"Template format error: Unresolved condition dependency {unknown}");
        _ = InOrder(template.Resources);
    }

    /// <summary>Each resource after those that it refers to, otherwise as written.</summary>
    public static IReadOnlyList<ResourceDeclaration> InOrder(IReadOnlyList<ResourceDeclaration> resources)
    {
        var all = resources.ToDictionary(resource => resource.Id);
        var ordered = new List<ResourceDeclaration>();
        var (open, done) = (new List<string>(), new HashSet<string>());
        foreach (var resource in resources)
            Visit(resource);
        return ordered;

        void Visit(ResourceDeclaration resource)
        {
            if (done.Contains(resource.Id))
                return;
            if (open.Contains(resource.Id))
                throw TemplateText.Invalid($"Circular dependency between resources: [{string.Join(", ", open.SkipWhile(id => id != resource.Id))}]");
            open.Add(resource.Id);
            foreach (var name in Names(resource.Properties).Concat(resource.DependsOn).Where(all.ContainsKey))
                Visit(all[name]);
            open.RemoveAt(open.Count - 1);
            done.Add(resource.Id);
            ordered.Add(resource);
        }
    }

    /// <summary>The names of parameters and resources that a value refers to.</summary>
    public static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } map when map["Ref"] is JsonValue name => [name.ToString()],
        JsonObject { Count: 1 } map when map["Fn::GetAtt"] is JsonArray { Count: 2 } pair => [$"{pair[0]}"],
        JsonObject { Count: 1 } map when map["Fn::Sub"] is { } sub => OfSub(sub),
        JsonObject map => map.SelectMany(member => Names(member.Value)),
        JsonArray list => list.SelectMany(Names),
        _ => [],
    };

    private static IEnumerable<string> OfSub(JsonNode sub)
    {
        var (text, own) = sub is JsonArray { Count: 2 } pair ? ($"{pair[0]}", pair[1] as JsonObject ?? []) : (sub.ToString(), []);
        return SubName().Matches(text).Select(match => match.Groups[1].Value).Where(name => !own.ContainsKey(name)).Select(name => name.Split('.')[0]).Concat(Names(own));
    }

    /// <summary><c>${Name}</c>, and not <c>${!Literal}</c>.</summary>
    [GeneratedRegex(@"\$\{([^!}][^}]*)\}")]
    internal static partial Regex SubName();
}
