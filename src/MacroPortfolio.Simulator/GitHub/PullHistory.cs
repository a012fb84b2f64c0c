using System.Text.RegularExpressions;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>
/// Where a pull request's two ends are, and if it is merged the commit that did it. An end is null when the repository has no such branch or commit.
/// </summary>
public sealed record PullFacts(PullWorld Pull, GitCommit? Head, GitCommit? Base, GitCommit? Merge)
{
    public bool Merged => Pull.State == "merged";
}

/// <summary>
/// Which pull request brought a commit. The world says what was merged, git says where: in the commit whose subject GitHub wrote ("... (#12)",
/// "Merge pull request #12 ..."), else in the first one of the base branch that has the pull request's head. Good for one request: it looks up each
/// branch once.
/// </summary>
public sealed class PullHistory(GitHistory history, RepositoryWorld repository)
{
    private readonly Dictionary<string, GitCommit?> ends = [];

    public async Task<PullFacts> FactsAsync(PullWorld pull, CancellationToken ct)
    {
        var (head, into) = (await EndAsync(pull.Head, ct), await EndAsync(pull.Base, ct));
        var merges = pull.State == "merged" && into is not null ? await MergesAsync(pull, head, await history.FirstParentsAsync(into.Sha, ct), ct) : [];
        return new PullFacts(pull, head, into, merges is [var newest, ..] ? newest : null);
    }

    /// <summary>On the default branch: the merged ones that introduced the commit. Elsewhere: all whose head has it and whose base has not.</summary>
    public async Task<IReadOnlyList<PullFacts>> OfAsync(string sha, CancellationToken ct)
    {
        var tip = await history.ResolveAsync(repository.DefaultBranch, ct);
        var released = tip is not null && await history.ContainsAsync(tip, sha, ct);
        var found = new List<PullFacts>();
        foreach (var pull in repository.Pulls.OrderByDescending(pull => pull.Number))
        {
            var facts = await FactsAsync(pull, ct);
            if ((facts.Merged && await IntroducedAsync(facts, sha, ct)) || (!released && await ProposesAsync(facts, sha, ct)))
                found.Add(facts);
        }

        return found;
    }

    private async Task<GitCommit?> EndAsync(string name, CancellationToken ct) =>
        ends.TryGetValue(name, out var known) ? known : ends[name] = await history.FindAsync(name, ct);

    private async Task<bool> ProposesAsync(PullFacts facts, string sha, CancellationToken ct) =>
        facts.Head is not null && (await history.RangeAsync(facts.Base?.Sha, facts.Head.Sha, ct)).Contains(sha);

    private async Task<bool> IntroducedAsync(PullFacts facts, string sha, CancellationToken ct)
    {
        if (facts.Base is null)
            return false;
        var line = await history.FirstParentsAsync(facts.Base.Sha, ct);
        foreach (var merge in await MergesAsync(facts.Pull, facts.Head, line, ct))
        {
            var from = Named(facts.Pull, merge) || merge.Sha != facts.Head?.Sha ? merge.FirstParent : await BeforeAsync(facts.Pull, merge, line, ct);
            if ((await history.RangeAsync(from, merge.Sha, ct)).Contains(sha))
                return true;
        }

        return false;
    }

    /// <summary>A head that lies on the base branch itself was merged without a merge commit; it brought what came since the pull request before it.</summary>
    private async Task<string?> BeforeAsync(PullWorld pull, GitCommit head, IReadOnlyList<GitCommit> line, CancellationToken ct)
    {
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in repository.Pulls.Where(other => other.State == "merged" && other.Number != pull.Number && other.Base == pull.Base))
            others.UnionWith((await MergesAsync(other, await EndAsync(other.Head, ct), line, ct)).Select(merge => merge.Sha));
        return line.SkipWhile(commit => commit.Sha != head.Sha).Skip(1).FirstOrDefault(commit => others.Contains(commit.Sha))?.Sha;
    }

    /// <summary>Newest first. Several when each commit of a rebase was given the number.</summary>
    private async Task<IReadOnlyList<GitCommit>> MergesAsync(PullWorld pull, GitCommit? head, IReadOnlyList<GitCommit> line, CancellationToken ct)
    {
        if (line.Where(commit => Named(pull, commit)).ToList() is { Count: > 0 } named)
            return named;
        if (head is null || line.Count == 0)
            return [];
        if (line.FirstOrDefault(commit => commit.Sha == head.Sha) is { } itself)
            return [itself];
        var path = await history.PathAsync(head.Sha, line[0].Sha, ct);
        return line.LastOrDefault(commit => path.Contains(commit.Sha)) is { } merge ? [merge] : [];
    }

    private static bool Named(PullWorld pull, GitCommit commit) =>
        Regex.IsMatch(commit.Subject, $@"^Merge pull request #{pull.Number} |\(#{pull.Number}\)$", RegexOptions.CultureInvariant);
}
