using System.Text.RegularExpressions;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>An AppSpec file for EC2, as the agent understands it.</summary>
/// <param name="FileExistsBehavior">Null: what the deployment says.</param>
public sealed record AppSpec(
    string? FileExistsBehavior,
    IReadOnlyList<FileMapping> Files,
    IReadOnlyList<PermissionRule> Permissions,
    IReadOnlyDictionary<string, IReadOnlyList<HookScript>> Hooks)
{
    /// <summary>The only name under which hooks find it.</summary>
    public const string FileName = "appspec.yml";

    /// <summary>Install also takes this one.</summary>
    public const string OtherFileName = "appspec.yaml";
}

/// <param name="Source">Relative to the bundle; <c>/</c> is all of it.</param>
/// <param name="Destination">Always a folder.</param>
public sealed record FileMapping(string Source, string Destination);

/// <param name="Mode">Octal digits.</param>
/// <param name="HasMore">Access lists or an SELinux context are given, which the simulator does not apply.</param>
public sealed record PermissionRule(
    string Target, string Pattern, IReadOnlyList<string> Except, IReadOnlyList<string> Types, string? Owner, string? Group, string? Mode, bool HasMore)
{
    public const string Everything = "**";

    public bool Covers(string type) => Types.Contains(type);

    /// <summary>Whether a file or folder below the object is meant. A pattern other than <c>**</c> reaches one level deep.</summary>
    public bool Matches(string path)
    {
        var below = Target == "/" ? "/" : $"{Target}/";
        if (!path.StartsWith(below, StringComparison.Ordinal))
            return false;

        var name = path[below.Length..];
        return (Pattern == Everything || Glob(Pattern, name)) && !Except.Any(except => Glob(except, name));
    }

    private static bool Glob(string pattern, string name) =>
        Regex.IsMatch(name, $@"\A{Regex.Escape(pattern).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}\z", RegexOptions.NonBacktracking);
}

public sealed record HookScript(string Location, TimeSpan Timeout, string? RunAs, bool Sudo);
