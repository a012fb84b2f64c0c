using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using Octokit;

namespace MacroPortfolio.Action;

/// <summary>How a dry run ends: as the run would where it would be held or refused, else with the plan; and where the comment would be kept.</summary>
internal static class DryRun
{
    /// <param name="pulls">Null without a token, or where no comment is wanted.</param>
    public static async Task<RunReport> OfAsync(RunReport ended, CommonInputs inputs, ChangePulls? pulls, CancellationToken stop)
    {
        var comment = ended.Outcome is Outcome.Cancelled or Outcome.NoAccess ? null : await CommentAsync(ended, inputs, pulls, stop);
        return ended with { WouldComment = comment, Reason = string.Join(" ", new[] { Reason(ended), comment?.Words }.Where(words => !string.IsNullOrEmpty(words))) };
    }

    private static string Reason(RunReport ended) => ended switch
    {
        { Outcome: Outcome.Planned } when ended.Groups.All(result => result.Plan.Existing is not null) =>
            $"Nothing would be created: {string.Join(", ", ended.Groups.Select(result => result.Plan.Existing))} exists already and would be watched.",
        { Outcome: Outcome.Planned } => "Nothing was created.",
        { Outcome: Outcome.Held } => $"Dry run: this would be held, and nothing created. {ended.Reason}",
        { Outcome: Outcome.Failed } => $"Dry run: this would fail, and nothing be created. {ended.Reason}",
        _ => ended.Reason,
    };

    private static async Task<WouldComment> CommentAsync(RunReport ended, CommonInputs inputs, ChangePulls? pulls, CancellationToken stop)
    {
        if (pulls is null)
        {
            return new WouldComment(null, inputs.Comment ? "No comment would be written: there is no github-token, or no repository." : "No comment would be written, as comment says.");
        }

        try
        {
            var numbers = (await pulls.FindAsync(ended.Subjects, stop)).Select(found => found.Number).Order().ToList();
            return new WouldComment(numbers, numbers.Count == 0
                ? "No comment would be written: no pull request of this repository is known to have brought what this is about."
                : $"The comment would be kept on pull request {string.Join(" and ", numbers.Select(number => $"#{number}"))}.");
        }
        catch (Exception ex) when (ex is ApiException or HttpRequestException or TimeoutException || (ex is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return new WouldComment(null, $"On which pull requests the comment would be kept could not be found out: {GitHubApi.Words(ex).TrimEnd('.', ' ')}.");
        }
    }
}
