using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <param name="Link">The header that leads to the other pages of a list.</param>
/// <param name="Raw">Instead of JSON, for who asked for a file as it is.</param>
public sealed record GitHubAnswer(int Status, JsonNode? Body, string? Link = null, RawFile? Raw = null);

/// <param name="MediaType">The one that was asked for: <c>application/vnd.github.raw+json</c> or an older spelling.</param>
public sealed record RawFile(string MediaType, byte[] Bytes);
