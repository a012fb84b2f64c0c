using System.Text;

namespace MacroPortfolio.Core.Planning.Bundles;

/// <summary>A line of an ignore file: which paths it leaves out of a bundle, or takes back in. https://git-scm.com/docs/gitignore</summary>
/// <param name="File">Where it stands, from the bundle's root: <c>.codedeployignore</c>, <c>web/.codedeployignore</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Text">As it is written.</param>
/// <param name="TakesBack">It begins with <c>!</c>.</param>
public sealed record IgnoreRule(string File, int Line, string Text, bool TakesBack)
{
    private byte[] Glob { get; init; } = [];
    private bool OnlyFolders { get; init; }

    /// <summary>Without a slash inside it is about names, at any depth; with one about paths from the file's own folder.</summary>
    private bool IsAboutNames { get; init; }

    /// <summary>Null for a blank line and a comment.</summary>
    public static IgnoreRule? Parse(string file, int line, string text)
    {
        var glob = WithoutTrailingSpaces(text.EndsWith('\r') ? text[..^1] : text);
        if (glob.Length == 0 || glob[0] == '#')
        {
            return null;
        }

        var takesBack = glob[0] == '!';
        glob = takesBack ? glob[1..] : glob;
        var onlyFolders = glob.EndsWith('/');
        glob = onlyFolders ? glob[..^1] : glob;
        var isAboutNames = !glob.Contains('/', StringComparison.Ordinal);
        return glob.Length == 0 ? null : new IgnoreRule(file, line, text.TrimEnd('\r'), takesBack)
        {
            Glob = Encoding.UTF8.GetBytes(glob.StartsWith('/') ? glob[1..] : glob),
            OnlyFolders = onlyFolders,
            IsAboutNames = isAboutNames,
        };
    }

    /// <param name="path">From the folder that the ignore file lies in.</param>
    public bool Matches(string path, bool isFolder) =>
        (isFolder || !OnlyFolders) && Wildcard.Matches(Glob, Encoding.UTF8.GetBytes(IsAboutNames ? path[(path.LastIndexOf('/') + 1)..] : path));

    /// <summary>One that a backslash stands before stays.</summary>
    private static string WithoutTrailingSpaces(string text)
    {
        var end = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
                end = Math.Min(at + 1, text.Length);
            }
            else if (text[at] != ' ')
            {
                end = at + 1;
            }
        }

        return text[..end];
    }
}

/// <summary>An ignore file. Of its rules the last that matches a path decides.</summary>
/// <param name="Folder">The folder that it lies in, from the bundle's root: empty, or ending with a slash.</param>
public sealed record IgnoreFile(string Folder, IReadOnlyList<IgnoreRule> Rules)
{
    public const string Name = ".codedeployignore";

    public static IgnoreFile Parse(string folder, string text) => new(
        folder,
        [.. text.TrimStart('\uFEFF').Split('\n').Select((line, at) => IgnoreRule.Parse(folder + Name, at + 1, line)).OfType<IgnoreRule>()]);

    /// <param name="path">From the bundle's root, below <see cref="Folder"/>.</param>
    public IgnoreRule? Deciding(string path, bool isFolder)
    {
        var below = path[Folder.Length..];
        return Rules.LastOrDefault(rule => rule.Matches(below, isFolder));
    }
}
