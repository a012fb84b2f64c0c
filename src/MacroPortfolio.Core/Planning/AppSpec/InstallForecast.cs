namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>What Install will put on a Linux instance, as far as that can be known, found out in the agent's order (its installer.rb and install_instruction.rb).</summary>
internal sealed class InstallForecast(BundleListing? bundle, Findings findings)
{
    /// <summary>A revision that is copied to hundreds of places is told about no further.</summary>
    private const int MostSteps = 1_000_000;

    private readonly Dictionary<string, string> _files = [];
    private readonly HashSet<string> _folders = [];
    private readonly HashSet<string> _destinations = [];
    private int _steps;

    /// <summary>Whether all of it is known.</summary>
    public bool IsComplete { get; private set; } = bundle is not null;

    /// <summary>Whether all destinations are known.</summary>
    public bool KnowsDestinations { get; private set; } = true;

    public IReadOnlyCollection<string> Files => _files.Keys;

    /// <summary>Those that are made unless they are there.</summary>
    public IReadOnlyCollection<string> Folders => _folders;

    public IReadOnlyCollection<string> Destinations => _destinations;

    public bool Copies(string file) => _files.ContainsKey(file);

    public bool HasFolder(string folder) => _folders.Contains(folder);

    /// <summary>An entry whose effect is not known.</summary>
    public void Miss() => IsComplete = KnowsDestinations = false;

    /// <param name="what">Null when it is not known what is copied.</param>
    public void Copy(BundleEntry? what, string name, YamlNode.Scalar destination)
    {
        var to = InstancePaths.Absolute(destination.Text);
        _destinations.Add(to);
        if (what is null || bundle is null || _steps > MostSteps)
        {
            IsComplete = false;
            return;
        }

        Clashes clashes = new(destination);
        MakeAll(to, clashes);
        if (what is not BundleEntry.Folder)
        {
            Put(what.Path, InstancePaths.Join(to, name), clashes);
        }
        else
        {
            var prefix = what.Path.Length == 0 ? "" : $"{what.Path}/";
            _steps += bundle.Entries.Count;
            foreach (var entry in bundle.Entries)
            {
                if (entry.Path.StartsWith(prefix, StringComparison.Ordinal))
                {
                    var at = InstancePaths.Join(to, entry.Path[prefix.Length..]);
                    if (entry is BundleEntry.Folder)
                    {
                        Make(at, clashes);
                    }
                    else
                    {
                        Put(entry.Path, at, clashes);
                    }
                }
            }
        }

        clashes.Tell(findings);
    }

    private void MakeAll(string folder, Clashes clashes)
    {
        for (var at = folder; at != "/"; at = InstancePaths.Parent(at))
        {
            Make(at, clashes);
        }
    }

    private void Make(string folder, Clashes clashes)
    {
        if (_files.TryGetValue(folder, out var other))
        {
            clashes.Add("", folder, other, static (_, at, file) => $"{Findings.Quote(at)} would be a folder, and {Findings.Quote(file)} is copied to there as a file");
        }

        _folders.Add(folder);
    }

    private void Put(string source, string at, Clashes clashes)
    {
        if (_files.TryGetValue(at, out var other))
        {
            clashes.Add(source, at, other, static (one, at, two) => one == two ? $"{Findings.Quote(one)} is copied to {Findings.Quote(at)} twice" : $"{Findings.Quote(one)} and {Findings.Quote(two)} are both copied to {Findings.Quote(at)}");
        }
        else if (_folders.Contains(at))
        {
            clashes.Add(source, at, "", static (one, at, _) => $"{Findings.Quote(one)} would be copied to {Findings.Quote(at)}, which an entry makes a folder");
        }

        _files.TryAdd(at, source);
    }

    /// <summary>What one entry of 'files' has in its way. The first is told, and how many more there are.</summary>
    private sealed class Clashes(YamlNode at)
    {
        private string? _first;
        private int _more = -1;

        /// <param name="words">Made of the one source, the place and the other source; a large revision may clash in every file.</param>
        public void Add(string one, string at, string two, Func<string, string, string, string> words)
        {
            _first ??= words(one, at, two);
            _more++;
        }

        public void Tell(Findings findings)
        {
            if (_first is not null)
            {
                findings.Error(AppSpecStage.Install, at, _more > 0 ? $"{_first}; so it is with {_more} more" : _first, "copy each file once: name another destination, or take one of the entries away");
            }
        }
    }
}
