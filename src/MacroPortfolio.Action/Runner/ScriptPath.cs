using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Runner;

/// <summary>A script as an instance names it. It is used as a path for showing only, and nothing that leaves the bundle is one.</summary>
internal static class ScriptPath
{
    /// <summary>The longest path of Linux, beyond which nothing can be one.</summary>
    private const int Longest = 4_096;

    /// <summary>Relative to the bundle's root; null for a name that is no path inside it.</summary>
    public static string? InBundle(string name)
    {
        var parts = name.Split('/').Where(part => part is not "." and not "").ToList();
        var inside = parts.Count > 0 && name.Length < Longest && !name.StartsWith('/') && !parts.Contains("..") && !name.Any(letter => letter is '\\' or '\ufffd') && PlainText.Line(name) == name;
        return inside ? string.Join('/', parts) : null;
    }
}
