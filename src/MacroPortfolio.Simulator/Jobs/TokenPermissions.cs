using System.Collections.Immutable;

namespace MacroPortfolio.Simulator.Jobs;

/// <summary>What a job's token may do, as in a workflow's <c>permissions</c>: <c>contents=read,pull-requests=write</c>.</summary>
public static class TokenPermissions
{
    private static readonly string[] Known =
    [
        "actions", "attestations", "checks", "contents", "deployments", "discussions", "issues", "metadata", "models", "packages", "pages", "pull-requests",
        "repository-projects", "security-events", "statuses",
    ];

    public static bool TryParse(string text, out IReadOnlyDictionary<string, string> permissions, out string problem)
    {
        var pairs = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(pair => pair.Split('=', 2)).ToList();
        problem = string.Join(' ', pairs.Select(Problem).OfType<string>());
        var isFine = problem.Length == 0;
        permissions = (isFine ? pairs : []).GroupBy(pair => pair[0]).ToImmutableDictionary(same => same.Key, same => same.Last()[1]);
        return isFine;
    }

    private static string? Problem(string[] pair) => pair switch
    {
        [var name, "read" or "write" or "none"] when Known.Contains(name) => null,
        [var name, "read" or "write" or "none"] => $"has '{name}', which is no permission; known: {string.Join(", ", Known)}.",
        _ => $"has '{string.Join('=', pair)}', which is not name=read, name=write or name=none.",
    };
}
