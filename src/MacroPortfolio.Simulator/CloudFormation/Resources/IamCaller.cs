using System.Text.Json.Nodes;
using System.Xml.Linq;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.CloudFormation.Resources;

/// <summary>Requests to IAM in the name of whoever asked for a resource.</summary>
internal sealed class IamCaller(IamService iam, Principal principal)
{
    /// <param name="values">Those without a value are left out.</param>
    public XElement Ask(string action, params (string Name, string? Value)[] values) =>
        iam.Invoke(principal, action, values.Where(value => value.Value is not null).Select(value => KeyValuePair.Create(value.Name, value.Value!)));

    public static IEnumerable<(string Name, string? Value)> Tags(IReadOnlyDictionary<string, string> tags) => tags.SelectMany((tag, index) =>
        ((string, string?)[])[($"Tags.member.{index + 1}.Key", tag.Key), ($"Tags.member.{index + 1}.Value", tag.Value)]);

    public static IEnumerable<(string Name, string? Value)> Members(string name, IEnumerable<string> values) => values.Select((value, index) => ($"{name}.member.{index + 1}", (string?)value));

    /// <summary>A policy's text. A template may have it as text or as it is.</summary>
    public static string? Document(JsonNode? policy) => policy is JsonValue text ? text.ToString() : policy?.ToJsonString();
}
