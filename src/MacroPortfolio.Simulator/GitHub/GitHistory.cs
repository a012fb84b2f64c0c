using System.Collections.Concurrent;
using System.Text;

namespace MacroPortfolio.Simulator.GitHub;

public sealed record Signature(string Name, string Email, DateTimeOffset Date);

public sealed record GitCommit(string Sha, string Tree, IReadOnlyList<string> Parents, Signature Author, Signature Committer, string Message)
{
    public string? FirstParent => Parents is [var first, ..] ? first : null;

    public string Subject => Message.Split('\n', 2)[0];
}

/// <param name="Status">added, modified, removed, renamed, copied or changed.</param>
/// <param name="Previous">The name before, of what was renamed.</param>
public sealed record FileChange(string Blob, string Path, string? Previous, string Status, int Additions, int Deletions);

/// <param name="Kind">blob, tree or commit (a submodule).</param>
public sealed record TreeEntry(string Mode, string Kind, string Sha, long? Size, string Path);

/// <summary>How one commit lies to another.</summary>
public sealed record Comparison(string Base, string Head, string MergeBase, int Ahead, int Behind);

/// <summary>
/// What there is to know of a repository's history. Names are looked up each time, for branches move; what a commit is never changes and is kept.
/// </summary>
public sealed class GitHistory(Git git, string defaultBranch)
{
    private const string Format = "--format=%H%n%T%n%P%n%an%n%ae%n%aI%n%cn%n%ce%n%cI%n%B";

    private readonly ConcurrentDictionary<string, GitCommit> commits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<FileChange>> changes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<GitCommit>> lines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlySet<string>> ranges = new(StringComparer.Ordinal);

    /// <summary>
    /// A branch, a tag, <c>heads/x</c>, <c>tags/x</c>, <c>refs/...</c>, <c>HEAD</c> or a commit id of at least four digits: what GitHub takes, and none
    /// of git's other ways to name a commit.
    /// </summary>
    public async Task<string?> ResolveAsync(string name, CancellationToken ct)
    {
        if (commits.ContainsKey(name))
            return name;
        var candidates = Candidates(name).ToList();
        if (candidates.Count == 0)
            return null;
        var output = await git.TryAsync(["cat-file", "--batch-check"], string.Concat(candidates.Select(candidate => $"{candidate}^{{commit}}\n")), ct) ?? [];
        return Encoding.UTF8.GetString(output).Split('\n').Select(line => line.Split(' ')).FirstOrDefault(line => line is [_, "commit", _])?[0];
    }

    public async Task<GitCommit?> FindAsync(string name, CancellationToken ct)
    {
        if (await ResolveAsync(name, ct) is not { } sha)
            return null;
        if (commits.TryGetValue(sha, out var known))
            return known;
        return (await LogAsync(ct, "--no-walk", sha)).SingleOrDefault();
    }

    /// <summary>
    /// Commits that <paramref name="to"/> has and <paramref name="from"/> has not, oldest first: <paramref name="count"/> of them before the newest
    /// <paramref name="skip"/>.
    /// </summary>
    public async Task<IReadOnlyList<GitCommit>> BetweenAsync(string from, string to, int skip, int count, CancellationToken ct) =>
        [.. (await LogAsync(ct, "--date-order", $"--skip={skip}", $"--max-count={count}", $"{from}..{to}")).Reverse()];

    /// <summary>The line of a branch itself, without what was merged into it, newest first.</summary>
    public async Task<IReadOnlyList<GitCommit>> FirstParentsAsync(string sha, CancellationToken ct) =>
        lines.TryGetValue(sha, out var known) ? known : lines[sha] = await LogAsync(ct, "--first-parent", sha);

    /// <summary>The ids of what <paramref name="to"/> has and <paramref name="from"/> has not.</summary>
    public Task<IReadOnlySet<string>> RangeAsync(string? from, string to, CancellationToken ct) => ShasAsync(ct, from is null ? to : $"{from}..{to}");

    /// <summary>The ids of what lies between an ancestor and a descendant, with the descendant.</summary>
    public Task<IReadOnlySet<string>> PathAsync(string ancestor, string descendant, CancellationToken ct) =>
        ShasAsync(ct, "--ancestry-path", $"{ancestor}..{descendant}");

    public async Task<bool> ContainsAsync(string descendant, string ancestor, CancellationToken ct) =>
        await git.TextAsync(ct, "merge-base", "--is-ancestor", ancestor, descendant) is not null;

    /// <summary>Null when the two have no common ancestor.</summary>
    public async Task<Comparison?> CompareAsync(string from, string to, CancellationToken ct)
    {
        if (await git.TextAsync(ct, "merge-base", from, to) is not { } mergeBase)
            return null;
        var counts = (await git.TextAsync(ct, "rev-list", "--left-right", "--count", $"{from}...{to}"))!.Split('\t');
        return new Comparison(from, to, mergeBase.Trim(), int.Parse(counts[1]), int.Parse(counts[0]));
    }

    /// <summary>Whether a merge of the two would stop at a conflict.</summary>
    public async Task<bool> ConflictAsync(string ours, string theirs, CancellationToken ct) =>
        await git.TextAsync(ct, "merge-tree", "--write-tree", ours, theirs) is null;

    /// <summary>What changed from one commit to another, or since nothing.</summary>
    public async Task<IReadOnlyList<FileChange>> ChangesAsync(string? from, string to, CancellationToken ct)
    {
        var key = $"{from}..{to}";
        if (changes.TryGetValue(key, out var known))
            return known;
        string[] trees = from is null ? ["--root", to] : [from, to];
        var output = await git.TextAsync(ct, ["diff-tree", "--no-commit-id", "-r", "-M", "--raw", "--numstat", "--no-abbrev", "-z", .. trees]) ?? "";
        return changes[key] = GitDiff.Read(output);
    }

    /// <summary>What a path is: the entry itself, and for a folder its entries. Null when there is nothing.</summary>
    public async Task<(TreeEntry? Entry, IReadOnlyList<TreeEntry> Children)?> TreeAsync(string sha, string path, CancellationToken ct)
    {
        if (path.Length == 0)
            return (null, await EntriesAsync(ct, sha));
        if (await EntriesAsync(ct, sha, path) is not [var entry])
            return null;
        return entry.Kind == "tree" ? (entry, await EntriesAsync(ct, sha, $"{path}/")) : (entry, []);
    }

    /// <summary>Everything below a commit, folders too.</summary>
    public Task<IReadOnlyList<TreeEntry>> WholeTreeAsync(string sha, bool recursive, CancellationToken ct) =>
        recursive ? EntriesAsync(ct, "-r", "-t", sha) : EntriesAsync(ct, sha);

    public async Task<byte[]> BlobAsync(string sha, CancellationToken ct) => await git.TryAsync(["cat-file", "blob", sha], "", ct) ?? [];

    private async Task<IReadOnlySet<string>> ShasAsync(CancellationToken ct, params string[] range)
    {
        var key = string.Join(' ', range);
        if (ranges.TryGetValue(key, out var known))
            return known;
        var shas = (await git.TextAsync(ct, ["rev-list", .. range]) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return ranges[key] = shas.ToHashSet(StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<TreeEntry>> EntriesAsync(CancellationToken ct, params string[] arguments)
    {
        var output = await git.TextAsync(ct, ["ls-tree", "-z", "-l", "--full-tree", .. arguments]) ?? "";
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(record =>
        {
            // MODE KIND SHA SIZE, a tab, the path.
            var tab = record.IndexOf('\t', StringComparison.Ordinal);
            var facts = record[..tab].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new TreeEntry(facts[0], facts[1], facts[2], long.TryParse(facts[3], out var size) ? size : null, record[(tab + 1)..]);
        })];
    }

    private async Task<IReadOnlyList<GitCommit>> LogAsync(CancellationToken ct, params string[] arguments)
    {
        var output = await git.TextAsync(ct, ["log", "-z", "--encoding=UTF-8", Format, .. arguments, "--"]) ?? "";
        var read = output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Commit).ToList();
        foreach (var commit in read)
            commits[commit.Sha] = commit;
        return read;
    }

    private static GitCommit Commit(string record)
    {
        var fields = record.Split('\n', 10);
        return new GitCommit(
            fields[0], fields[1], fields[2].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            new Signature(fields[3], fields[4], DateTimeOffset.Parse(fields[5])),
            new Signature(fields[6], fields[7], DateTimeOffset.Parse(fields[8])),
            fields[9].TrimEnd('\n'));
    }

    private IEnumerable<string> Candidates(string name)
    {
        // https://git-scm.com/docs/git-check-ref-format; these would be expressions to git.
        if (name.Length == 0 || name[0] == '-' || name.Contains("..", StringComparison.Ordinal) || name.Contains("@{", StringComparison.Ordinal)
            || name.Any(c => c <= ' ' || c is '~' or '^' or ':' or '?' or '*' or '[' or '\\' or '\u007f'))
        {
            yield break;
        }

        if (name.Length == 40 && name.All(char.IsAsciiHexDigit))
        {
            yield return name.ToLowerInvariant();
            yield break;
        }

        yield return $"refs/heads/{(name == "HEAD" ? defaultBranch : name)}";
        yield return $"refs/tags/{name}";
        if (name.StartsWith("heads/", StringComparison.Ordinal) || name.StartsWith("tags/", StringComparison.Ordinal))
            yield return $"refs/{name}";
        if (name.StartsWith("refs/", StringComparison.Ordinal))
            yield return name;
        if (name.Length is >= 4 and < 40 && name.All(char.IsAsciiHexDigit))
            yield return name;
    }
}
