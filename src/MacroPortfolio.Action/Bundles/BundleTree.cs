using System.Text;
using MacroPortfolio.Core.Planning.Bundles;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Bundles;

/// <summary>An entry of a bundle.</summary>
/// <param name="Path">From the bundle's root, with slashes.</param>
/// <param name="Place">Where it lies on this machine.</param>
/// <param name="Target">Of a link, as written.</param>
internal sealed record TreeEntry(string Path, string Place, FileKind Kind, bool IsExecutable, long Size, string? Target = null);

/// <summary>What of a folder goes into its bundle: all but what is git's own and what ignore files leave out.</summary>
/// <param name="Entries">Ordered by path, byte by byte. A folder is among them only where it is empty.</param>
/// <param name="LeftOut">What ignore files leave out, a folder for all that is in it, and the rule that does.</param>
internal sealed record BundleTree(string Folder, IReadOnlyList<TreeEntry> Entries, IReadOnlyDictionary<string, IgnoreRule> LeftOut)
{
    private const int MostTold = 20;
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public long Size => Entries.Sum(entry => entry.Size);

    /// <exception cref="DeployException">The folder cannot be a bundle; everything that is wrong with it is told.</exception>
    public static BundleTree Read(string folder)
    {
        var root = new DirectoryInfo(folder);
        if (!root.Exists)
        {
            throw Unfit([File.Exists(folder) ? $"'{folder}' is a file, not a folder." : $"There is no folder '{folder}'. Is the repository checked out, and the build run before this step?"]);
        }

        var walk = new Walk();
        walk.Enter(root, "", []);
        walk.CheckLinks();
        return walk switch
        {
            { Problems.Count: > 0 } => throw Unfit(walk.Problems),
            { Entries.Count: 0 } => throw Unfit([$"'{folder}' has nothing to deploy{(walk.LeftOut.Count > 0 ? $": {IgnoreFile.Name} leaves all of it out" : "")}."]),
            _ => new BundleTree(root.FullName, [.. walk.Entries.OrderBy(entry => entry.Path, ByBytes)], walk.LeftOut),
        };
    }

    /// <summary>The order of UTF-8, which that of .NET's own strings is not.</summary>
    private static Comparer<string> ByBytes { get; } = Comparer<string>.Create((one, other) =>
        Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)));

    private static DeployException Unfit(List<string> problems) => new(
        Outcome.BadInput,
        string.Join(" ", problems.Take(MostTold)) + (problems.Count > MostTold ? $" And {problems.Count - MostTold} more." : ""),
        "");

    private sealed class Walk
    {
        public List<TreeEntry> Entries { get; } = [];
        public Dictionary<string, IgnoreRule> LeftOut { get; } = [];
        public List<string> Problems { get; } = [];

        /// <param name="path">From the root: empty, or ending with a slash.</param>
        /// <returns>False for a folder that has nothing at all in it.</returns>
        public bool Enter(DirectoryInfo folder, string path, IReadOnlyList<IgnoreFile> above)
        {
            FileSystemInfo[] found;
            IReadOnlyList<IgnoreFile> rules;
            try
            {
                found = folder.GetFileSystemInfos();
                rules = Array.Exists(found, info => info is FileInfo { Name: IgnoreFile.Name, LinkTarget: null })
                    ? [.. above, IgnoreFile.Parse(path, File.ReadAllText(Path.Combine(folder.FullName, IgnoreFile.Name)))]
                    : above;
            }
            catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
            {
                Problems.Add($"'{path}' cannot be read: {ex.Message}");
                return true;
            }

            foreach (var info in found)
            {
                Take(info, path + info.Name, rules);
            }

            return found.Length > 0;
        }

        /// <summary>Once all are known: a link may lead through another.</summary>
        public void CheckLinks()
        {
            var links = Entries.Where(entry => entry.Kind == FileKind.Link).ToDictionary(entry => entry.Path, entry => entry.Target!);
            foreach (var path in links.Keys.Where(path => !LinkTarget.StaysInside(path, links)).Order(StringComparer.Ordinal))
            {
                Problems.Add($"'{path}' is a link to '{links[path]}', which is outside of the bundle: on an instance it would lead to whatever lies there. Put the file itself in its place, or leave the link out with {IgnoreFile.Name}.");
            }
        }

        private void Take(FileSystemInfo info, string path, IReadOnlyList<IgnoreFile> rules)
        {
            if (info.Name is ".git" or IgnoreFile.Name)
            {
                return;
            }

            if (path.Contains('\uFFFD', StringComparison.Ordinal))
            {
                Problems.Add($"'{path}' has a name that is not UTF-8, which not every instance would unpack alike.");
                return;
            }

            var kind = FileKinds.Of(info);
            if (rules.Reverse().Select(file => file.Deciding(path, kind == FileKind.Folder)).FirstOrDefault(rule => rule is not null) is { TakesBack: false } rule)
            {
                LeftOut.Add(path, rule);
                return;
            }

            switch (kind)
            {
                case FileKind.File:
                    Entries.Add(new TreeEntry(path, info.FullName, kind, (info.UnixFileMode & AnyExecute) != 0, ((FileInfo)info).Length));
                    break;

                case FileKind.Link:
                    Entries.Add(new TreeEntry(path, info.FullName, kind, false, 0, info.LinkTarget));
                    break;

                case FileKind.Folder:
                    if (!Enter(new DirectoryInfo(info.FullName), $"{path}/", rules))
                    {
                        Entries.Add(new TreeEntry($"{path}/", info.FullName, kind, true, 0));
                    }

                    break;

                default:
                    Problems.Add($"'{path}' is {Words(kind)}, which a bundle cannot hold. Remove it, or leave it out with {IgnoreFile.Name}.");
                    break;
            }
        }

        private static string Words(FileKind kind) => kind switch
        {
            FileKind.Fifo => "a FIFO",
            FileKind.Socket => "a socket",
            FileKind.Device => "a device",
            _ => "neither file, folder nor link",
        };
    }
}
