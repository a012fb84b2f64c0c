using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Action.GitHub;

/// <summary>
/// The pull requests of what a run deploys. They follow the commits, not the event: a run on one pull request that deploys another's commit is about the other.
/// What the event names is used where it is about these very commits; GitHub, asked by commit, knows the rest, except pull requests from forks.
/// </summary>
internal sealed class ChangePulls(GitHubApi github, RepositoryName repository, Trigger trigger)
{
    /// <summary>A commit of a long-lived branch may belong to many pull requests; the first ones are those that brought it.</summary>
    private const int MostPulls = 5;

    /// <returns>Each with the commit by which it was found, in the order of the revisions.</returns>
    public async Task<IReadOnlyList<(int Number, CommitId Commit)>> FindAsync(IReadOnlyList<Revision> revisions, CancellationToken ct)
    {
        var pulls = new List<(int Number, CommitId Commit)>();
        foreach (var commit in revisions.Select(revision => revision.From).OfType<Origin>().Where(IsHere).Select(origin => origin.Id).Distinct())
        {
            foreach (var number in (await OfAsync(commit, ct)).Where(number => pulls.All(known => known.Number != number)))
            {
                pulls.Add((number, commit));
            }
        }

        return pulls;
    }

    private async Task<IReadOnlyList<int>> OfAsync(CommitId commit, CancellationToken ct)
    {
        if (trigger.Pulls.Where(pull => pull.Commits.Contains(commit)).Select(pull => pull.Number).ToList() is { Count: > 0 } named)
        {
            return named;
        }

        var found = await github.PullsAsync(repository, commit, ct);
        var meant = trigger.Pulls.Select(pull => pull.Number).Where(found.Contains).ToList();
        if (meant.Count > 0)
        {
            return meant;
        }

        // Of a fork's commit GitHub names no pull request, but the one that the event is on can be asked for its head.
        return found.Count == 0 && trigger.Pulls is [{ Commits: [] } talk] && await github.HeadAsync(repository, talk.Number, ct) == commit
            ? [talk.Number]
            : [.. found.Take(MostPulls)];
    }

    private bool IsHere(Origin origin) => string.Equals(origin.Repository.Value, repository.Value, StringComparison.OrdinalIgnoreCase);
}
