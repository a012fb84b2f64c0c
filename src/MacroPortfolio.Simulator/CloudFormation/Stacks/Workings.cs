using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.CloudFormation.Templates;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.CloudFormation.Stacks;

/// <summary>What functions of one stack's template lead to, while its resources come into being.</summary>
public sealed class Workings : ISurroundings
{
    private readonly Dictionary<string, JsonNode?> _values;
    private readonly Dictionary<string, StackResource> _resources;
    private readonly HashSet<string> _imports = [];
    private readonly StackAccount _account;
    private readonly Stack _stack;

    public Workings(StackRequest request, Stack stack, StackAccount account, string region, string partition)
    {
        (_account, _stack) = (account, stack);
        Functions = new Functions(request.Template, this);
        _resources = stack.Resources.ToDictionary(resource => resource.Key, resource => resource.Value);
        _values = request.Template.Parameters.ToDictionary(parameter => parameter.Name, parameter => (JsonNode?)parameter.Read(request.Parameters[parameter.Name]));
        foreach (var (name, value) in (ReadOnlySpan<(string, JsonNode?)>)
        [
            ("AWS::AccountId", account.Id), ("AWS::Region", region), ("AWS::Partition", partition), ("AWS::StackId", stack.Id), ("AWS::StackName", stack.Name),
            ("AWS::URLSuffix", partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"), ("AWS::NotificationARNs", new JsonArray()), ("AWS::NoValue", null),
        ])
            _values[name] = value;
        CheckRules(request.Template);
    }

    public Functions Functions { get; }

    public IReadOnlySet<string> Imports => _imports;

    /// <summary>The resource is this one from now on.</summary>
    public void Put(StackResource resource) => _resources[resource.Id] = resource;

    public JsonNode? Ref(string name) => _values.TryGetValue(name, out var value) ? value : Find(name).PhysicalId;

    public string Attribute(string resource, string name) => Find(resource).Attributes.TryGetValue(name, out var value)
        ? value
        : throw new AwsException(400, "ValidationError", $"Template error: resource {resource} does not support attribute type {name} in Fn::GetAtt");

    public string Import(string name)
    {
        var (_, output) = _account.Exports.FirstOrDefault(export => export.Output.ExportName == name);
        if (output is null)
            throw new AwsException(400, "ValidationError", $"No export named {name} found.");
        _imports.Add(name);
        return output.Value;
    }

    /// <exception cref="AwsException">Another stack exports what one of these does.</exception>
    public IReadOnlyList<StackOutput> Outputs(Template template)
    {
        IReadOnlyList<StackOutput> outputs = [.. template.Outputs.Where(output => Functions.Holds(output.Condition)).Select(output => new StackOutput(
            output.Name, Functions.Text(output.Value), output.Description, output.ExportName is { } export ? Functions.Text(export) : null))];
        foreach (var name in outputs.Select(output => output.ExportName).OfType<string>())
        {
            if (_account.Exports.FirstOrDefault(export => export.Stack != _stack && export.Output.ExportName == name) is { Stack: { } other })
                throw new AwsException(400, "ValidationError", $"Export with name {name} is already exported by stack {other.Name}. Rollback requested by user.");
        }

        return outputs;
    }

    private StackResource Find(string name) => _resources.TryGetValue(name, out var resource)
        ? resource
        : throw new AwsException(400, "ValidationError", $"Template format error: Unresolved resource dependencies [{name}] in the Resources block of the template");

    private void CheckRules(Template template)
    {
        foreach (var (_, rule) in template.Rules)
        {
            if (rule?["RuleCondition"] is { } condition && !Functions.Truth(condition))
                continue;
            foreach (var assertion in rule?["Assertions"] as JsonArray ?? [])
            {
                if (!Functions.Truth(assertion?["Assert"]))
                    throw new AwsException(400, "ValidationError", $"Template validation error: {assertion?["AssertDescription"] ?? "an assertion of its rules does not hold"}");
            }
        }
    }
}
