using System.Xml.Linq;
using MacroPortfolio.Simulator.CloudFormation.Templates;

namespace MacroPortfolio.Simulator.CloudFormation.Operations;

/// <summary>What is asked of templates.</summary>
internal static class TemplateOperations
{
    public static IReadOnlyList<XElement?> Validate(CloudFormationCall call)
    {
        call.Demand(null);
        var template = call.Template();
        return
        [
            new XElement("Parameters", template.Parameters.Select(parameter => new XElement("member", Named(parameter)))),
            .. About(template),
        ];
    }

    public static IReadOnlyList<XElement?> Get(CloudFormationCall call)
    {
        var stack = call.Stack();
        var template = stack.Request?.Template ?? ChangeSetOperations.Find(stack, call.Text("ChangeSetName")).Request.Template;
        return [new XElement("TemplateBody", template.Text), new XElement("StagesAvailable", new XElement("member", "Original"), new XElement("member", "Processed"))];
    }

    public static IReadOnlyList<XElement?> Summarize(CloudFormationCall call)
    {
        call.Demand(call["StackName"]);
        var template = call["StackName"] is { } name ? call.Account.Get(name).Request?.Template ?? throw CloudFormationCall.Invalid($"Stack {name} has no template yet.") : call.Template();
        return
        [
            new XElement("Parameters", template.Parameters.Select(parameter => new XElement("member",
                Named(parameter),
                new XElement("ParameterType", parameter.Type),
                new XElement("ParameterConstraints", parameter.AllowedValues.Count == 0 ? null : new XElement("AllowedValues", parameter.AllowedValues.Select(value => new XElement("member", value))))))),
            .. About(template),
            new XElement("ResourceTypes", template.Resources.Select(resource => resource.Type).Distinct().Select(type => new XElement("member", type))),
            new XElement("Version", "2010-09-09"),
            template.Metadata is { } metadata ? new XElement("Metadata", metadata.ToJsonString()) : null,
        ];
    }

    private static IReadOnlyList<XElement?> About(Template template) =>
    [
        template.Description is { } description ? new XElement("Description", description) : null,
        template.Capability is { } capability ? new XElement("Capabilities", new XElement("member", capability)) : null,
        template.Capability is null ? null : new XElement("CapabilitiesReason", template.CapabilityReason),
    ];

    private static IReadOnlyList<XElement?> Named(ParameterDeclaration parameter) =>
    [
        new XElement("ParameterKey", parameter.Name),
        parameter.Default is { } value ? new XElement("DefaultValue", value) : null,
        new XElement("NoEcho", parameter.NoEcho ? "true" : "false"),
        parameter.Description is { } description ? new XElement("Description", description) : null,
    ];
}
