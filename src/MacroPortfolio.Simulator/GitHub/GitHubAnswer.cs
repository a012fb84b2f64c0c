using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <param name="Link">The header that leads to the other pages of a list.</param>
/// <param name="Raw">Instead of JSON, for who asked for a file as it is.</param>
public sealed record GitHubAnswer(int Status, JsonNode? Body, string? Link = null, byte[]? Raw = null);
