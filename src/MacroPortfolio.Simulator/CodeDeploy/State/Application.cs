namespace MacroPortfolio.Simulator.CodeDeploy.State;

public sealed class Application
{
    public const string Server = "Server";

    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string ComputePlatform { get; init; }
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>The link to GitHub, which only the console can make. An agent downloads without it too, as anybody may from a public repository.</summary>
    public string? GitHubAccountName { get; init; }
    public SortedDictionary<string, DeploymentGroup> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>In the order of their registration.</summary>
    public List<RegisteredRevision> Revisions { get; } = [];
}
