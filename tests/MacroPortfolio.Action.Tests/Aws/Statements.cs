using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>The policy statements that a text offers to be pasted.</summary>
internal static partial class Statements
{
    public static IReadOnlyList<JsonNode> In(string text) => [.. Block().Matches(text).Select(found => JsonNode.Parse(found.Groups[1].Value)!)];

    public static IReadOnlyList<JsonNode> In(IEnumerable<string> lines) => In(string.Join('\n', lines));

    [GeneratedRegex(@"^(\{\n.*?\n\}),?$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
