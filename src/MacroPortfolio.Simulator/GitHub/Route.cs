using System.Text.RegularExpressions;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>One operation of the API.</summary>
/// <param name="Template">As GitHub's reference writes it, and as the log shows it.</param>
/// <param name="Permissions">As <c>x-accepted-github-permissions</c> says it.</param>
/// <param name="Documentation">Its page below https://docs.github.com/rest/.</param>
public sealed record Route(
    string Method, string Template, string Permissions, string Documentation, Func<GitHubCall, CancellationToken, Task<GitHubAnswer>> Answer)
{
    /// <summary>Parameters that may hold slashes.</summary>
    private static readonly HashSet<string> Spanning = ["ref", "basehead", "path"];

    private readonly Regex pattern = new(
        $"^{Regex.Replace(Template, @"\{(\w+)\}", match => $"(?<{match.Groups[1].Value}>{(Spanning.Contains(match.Groups[1].Value) ? ".+" : "[^/]+")})")}/?$",
        RegexOptions.CultureInvariant);

    public string Operation => $"{Method} {Template}";

    /// <summary>The path's parameters, or null when it is not this route's.</summary>
    /// <param name="path">Still encoded, so that an encoded slash does not divide.</param>
    public IReadOnlyDictionary<string, string>? Match(string method, string path)
    {
        if (method != Method || pattern.Match(path) is not { Success: true } match)
            return null;
        return match.Groups.Values.Skip(1).ToDictionary(group => group.Name, group => Uri.UnescapeDataString(group.Value));
    }
}
