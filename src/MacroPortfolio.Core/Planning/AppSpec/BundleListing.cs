namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>Something in a revision. Paths have slashes and no dots, and none in front.</summary>
public abstract record BundleEntry
{
    private BundleEntry(string path) => Path = path;

    public string Path { get; init; }

    /// <param name="Executable">Null when the revision does not say, as a zip that was made on Windows does not.</param>
    /// <param name="Size">In bytes; null when it is not known.</param>
    public sealed record File(string Path, bool? Executable = null, long? Size = null) : BundleEntry(Path);

    public sealed record Folder(string Path) : BundleEntry(Path);

    public sealed record Link(string Path, string Target) : BundleEntry(Path);
}

/// <summary>What a revision holds. The folders that its files are in need not be listed.</summary>
public sealed class BundleListing
{
    public const string AppSpecName = "appspec.yml";
    public const string OtherAppSpecName = "appspec.yaml";

    private const int MostLinks = 40;

    private static readonly string[] Names = [AppSpecName, OtherAppSpecName];

    private readonly SortedDictionary<string, BundleEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _hidden;
    private readonly Lazy<ILookup<string, string>> _byName;
    private readonly string _top;
    private readonly Func<string, string?> _firstLine;

    /// <param name="firstLine">The first line of a file with its line end, by the path as it was listed; null when that cannot be known.</param>
    /// <param name="hidden">What an ignore file left out: the path, and the rule that hid it.</param>
    public BundleListing(IEnumerable<BundleEntry> entries, Func<string, string?> firstLine, IReadOnlyDictionary<string, string>? hidden = null)
    {
        var all = entries.ToList();
        _top = TopOf(all);
        _firstLine = path => firstLine(_top + path);
        foreach (var entry in all.Where(entry => entry.Path.StartsWith(_top, StringComparison.Ordinal) && entry.Path.Length > _top.Length))
        {
            var path = entry.Path[_top.Length..];
            for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
            {
                _entries.TryAdd(path[..slash], new BundleEntry.Folder(path[..slash]));
            }

            _entries[path] = entry switch
            {
                BundleEntry.File file => file with { Path = path },
                BundleEntry.Link link => link with { Path = path },
                _ => new BundleEntry.Folder(path),
            };
        }

        _hidden = (hidden ?? new Dictionary<string, string>()).Where(entry => entry.Key.StartsWith(_top, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[_top.Length..], entry => entry.Value);
        _byName = new Lazy<ILookup<string, string>>(() => _entries.Keys.ToLookup(path => path[(path.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The AppSpec file that the agent takes, by its path as it was listed; null when it finds none.</summary>
    public string? AppSpec => Names.FirstOrDefault(_entries.ContainsKey) is { } name ? _top + name : null;

    internal IReadOnlyCollection<BundleEntry> Entries => _entries.Values;

    internal string? FirstLine(string path) => _firstLine(path);

    /// <summary>The rule of the ignore file that left a path, or the folder that it is in, out of the revision.</summary>
    internal string? RuleAgainst(string path)
    {
        for (var rest = Plain(path); rest.Length > 0; rest = rest.Contains('/') ? rest[..rest.LastIndexOf('/')] : "")
        {
            if (_hidden.TryGetValue(rest, out var rule))
            {
                return rule;
            }
        }

        return null;
    }

    /// <summary>The path that may have been meant: the same in other case, one with a small mistake in its name, or the same name in another folder.</summary>
    internal string? Like(string path)
    {
        var plain = Plain(path.Replace('\\', '/'));
        var name = plain[(plain.LastIndexOf('/') + 1)..];
        var folder = plain[..^name.Length];
        var sameName = _byName.Value[name].ToList();
        return sameName.FirstOrDefault(other => other.Equals(plain, StringComparison.OrdinalIgnoreCase))
            ?? (folder.Length > 0 ? Nearest.To(plain, InFolder(folder)) : null)
            ?? sameName.OrderBy(other => other.Count(letter => letter == '/')).FirstOrDefault()
            ?? (folder.Length == 0 ? Nearest.To(plain, InFolder(folder)) : null);
    }

    /// <summary>What a path leads to when it is opened in the unpacked revision.</summary>
    /// <param name="followLast">Whether a link at the path's own end is followed.</param>
    internal Found Resolve(string path, bool followLast = true)
    {
        var rest = new LinkedList<string>(path.Split('/'));
        var at = new List<string>();
        var links = 0;
        while (rest.First is { Value: var part })
        {
            rest.RemoveFirst();
            switch (part)
            {
                case "" or ".":
                    continue;
                case ".." when at.Count == 0:
                    return new Found.Outside();
                case "..":
                    at.RemoveAt(at.Count - 1);
                    continue;
            }

            at.Add(part);
            if (!_entries.TryGetValue(string.Join('/', at), out var entry))
            {
                return new Found.Nothing();
            }

            if (entry is BundleEntry.Link link && (followLast || rest.Count > 0))
            {
                if (link.Target.StartsWith('/') || ++links > MostLinks)
                {
                    return new Found.Outside();
                }

                at.RemoveAt(at.Count - 1);
                foreach (var step in link.Target.Split('/').Reverse())
                {
                    rest.AddFirst(step);
                }
            }
            else if (entry is not BundleEntry.Folder && rest.Count > 0)
            {
                return new Found.Nothing();
            }
        }

        return at.Count == 0 ? new Found.Entry(new BundleEntry.Folder("")) : new Found.Entry(_entries[string.Join('/', at)]);
    }

    /// <summary>Agents take the only folder with an AppSpec file in it for the revision's top, when there is none at the top; archives from GitHub are such.</summary>
    private static string TopOf(List<BundleEntry> entries)
    {
        if (entries.Any(entry => entry.Path.StartsWith("appspec.", StringComparison.Ordinal) && !entry.Path.Contains('/')))
        {
            return "";
        }

        var nested = entries.Select(entry => entry.Path.Split('/')).Where(parts => parts.Length == 2 && parts[1].StartsWith("appspec.", StringComparison.Ordinal)).ToList();
        return nested is [var only] ? $"{only[0]}/" : "";
    }

    private static string Plain(string path) => string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));

    private IEnumerable<string> InFolder(string folder) =>
        _entries.Values.Where(entry => entry is not BundleEntry.Folder && entry.Path.StartsWith(folder, StringComparison.Ordinal) && entry.Path.IndexOf('/', folder.Length) < 0).Select(entry => entry.Path);
}

/// <summary>Where a path in a revision leads.</summary>
internal abstract record Found
{
    private Found() { }

    public sealed record Entry(BundleEntry What) : Found;

    public sealed record Nothing : Found;

    /// <summary>Out of the revision, where what is there cannot be known.</summary>
    public sealed record Outside : Found;
}
