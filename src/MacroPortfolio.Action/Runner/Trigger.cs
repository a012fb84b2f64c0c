using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Runner;

/// <summary>A pull request that the event itself names.</summary>
/// <param name="Commits">The commits that are its change for certain; none where the event does not say.</param>
internal sealed record EventPull(int Number, IReadOnlyList<CommitId> Commits);

/// <summary>
/// What started the run: which commit is meant, and whose pull request that is.
/// GITHUB_SHA is the answer for most events. It is not for those of pull requests (a merge that GitHub makes up) and for those that tell of a commit of any branch
/// but run the default branch's workflow (GITHUB_SHA is that branch's tip): https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
/// </summary>
/// <param name="Commit">The commit of the run; null where there is none or it is not certain which is meant.</param>
/// <param name="Doubt">Why there is none, a sentence that goes on after "but".</param>
/// <param name="Pulls">In this repository.</param>
internal sealed partial record Trigger(CommitId? Commit, string? Doubt, IReadOnlyList<EventPull> Pulls)
{
    /// <param name="name">GITHUB_EVENT_NAME.</param>
    /// <param name="gitRef">GITHUB_REF, the full name.</param>
    /// <param name="sha">GITHUB_SHA.</param>
    /// <param name="read">Reads the payload, which most events do not need.</param>
    public static Trigger Of(string? name, RepositoryName? repository, string? gitRef, string? sha, Func<EventFile> read)
    {
        CommitId? tip = CommitId.TryParse(sha ?? "", out var known) && !NoCommit().IsMatch(known.Value) ? known : null;
        if (name is null || repository is not { } here || !Tells(name))
        {
            return new Trigger(tip, tip is null ? "this run has none (GITHUB_REPOSITORY and GITHUB_SHA do not say it)." : null, []);
        }

        var file = read();
        if (file.Problem is { } problem)
        {
            return name == "merge_group" ? new Trigger(tip, null, []) : new Trigger(null, $"what {name} started it for is not known: {problem}.", []);
        }

        return name switch
        {
            "merge_group" => new Trigger(tip, null, Queued(file.Root.At("merge_group"))),
            "workflow_run" => Tested(name, file.Root.At("workflow_run"), ["head_branch"], here, gitRef, tip),
            "check_suite" => Tested(name, file.Root.At("check_suite"), ["head_branch"], here, gitRef, tip),
            "check_run" => Tested(name, file.Root.At("check_run"), ["check_suite", "head_branch"], here, gitRef, tip),
            "status" => Status(file.Root, gitRef, tip),
            "issue_comment" or "issues" => Talk(name, file.Root.At("issue"), tip),
            _ => OfPull(name, file.Root.At("pull_request"), here),
        };
    }

    private static bool Tells(string name) =>
        name is "merge_group" or "workflow_run" or "check_suite" or "check_run" or "status" or "issue_comment" or "issues" || name.StartsWith("pull_request", StringComparison.Ordinal);

    /// <summary>The head, as it was when the event happened; what the base branch got, once it is merged.</summary>
    private static Trigger OfPull(string name, JsonElement? pull, RepositoryName here)
    {
        var head = CommitAt(pull, "head", "sha");
        var merge = (pull.TextAt("merged_at") ?? (pull.At("merged")?.ValueKind == JsonValueKind.True ? "merged" : null)) is not null ? CommitAt(pull, "merge_commit_sha") : null;
        var number = NumberOf(pull);
        IReadOnlyList<EventPull> pulls = number is { } own && IsHere(pull.At("base", "repo"), here) ? [new EventPull(own, [.. new[] { head, merge }.OfType<CommitId>()])] : [];
        if (merge is not null)
        {
            return new Trigger(merge, null, pulls);
        }

        if (head is not { } tip)
        {
            return new Trigger(null, $"{name} names no head commit of its pull request.", pulls);
        }

        // From a fork, pull_request has no rights to give away; pull_request_target has those of this repository.
        return name == "pull_request_target" && !IsHere(pull.At("head", "repo"), here)
            ? new Trigger(null, $"pull_request_target started it for #{number}, whose commits are of another repository{Named(pull.At("head", "repo"))}: your instances would run scripts that nobody here need have seen. To deploy its head all the same, name it: github:{tip}.", pulls)
            : new Trigger(tip, null, pulls);
    }

    /// <summary>The commit that a workflow or a check was about. The default branch's own is meant for certain; any other is deployed only when it is named.</summary>
    private static Trigger Tested(string name, JsonElement? subject, ReadOnlySpan<string> branchAt, RepositoryName here, string? gitRef, CommitId? tip)
    {
        // A check's pull requests may be in any repository of the network that has the commit.
        IReadOnlyList<EventPull> pulls =
        [
            .. subject.ItemsAt("pull_requests").Where(pull => IsHere(pull.At("base", "repo"), here)).Select(pull => (Number: NumberOf(pull), Head: CommitAt(pull, "head", "sha")))
                .Where(pull => pull is { Number: not null, Head: not null }).Select(pull => new EventPull(pull.Number!.Value, [pull.Head!.Value])),
        ];
        if (CommitAt(subject, "head_sha") is not { } commit)
        {
            return new Trigger(null, $"{name} names no commit.", pulls);
        }

        var branch = subject.TextAt(branchAt);
        // Where a fork was deleted, its name is gone too.
        var foreign = (name == "workflow_run" || subject.At("head_repository") is not null) && !IsHere(subject.At("head_repository"), here);
        if (commit == tip || (!foreign && branch is not null && gitRef == $"refs/heads/{branch}"))
        {
            return new Trigger(commit, null, pulls);
        }

        var whose = foreign ? $"another repository{Named(subject.At("head_repository"))}" : branch is null ? "no branch of this repository" : $"'{PlainText.Cut(branch, 100)}'";
        return new Trigger(null, Elsewhere(name, commit, whose, gitRef), pulls);
    }

    private static Trigger Status(JsonElement? payload, string? gitRef, CommitId? tip)
    {
        if (CommitAt(payload, "sha") is not { } commit)
        {
            return new Trigger(null, "status names no commit.", []);
        }

        var branches = payload.ItemsAt("branches").Select(branch => branch.TextAt("name")).OfType<string>().ToList();
        return commit == tip || branches.Any(branch => gitRef == $"refs/heads/{branch}")
            ? new Trigger(commit, null, [])
            : new Trigger(null, Elsewhere("status", commit, branches is [var first, ..] ? $"'{PlainText.Cut(first, 100)}'" : "no branch of this repository", gitRef), []);
    }

    /// <summary>A comment does not say which commit its writer has seen, and GITHUB_SHA is not the pull request's.</summary>
    private static Trigger Talk(string name, JsonElement? issue, CommitId? tip) =>
        issue.At("pull_request") is not null && NumberOf(issue) is { } number
            ? new Trigger(null, $"{name} started it on pull request #{number}, which does not say which of its commits; GITHUB_SHA is the default branch's. Name the one that is meant.", [new EventPull(number, [])])
            : new Trigger(tip, null, []);

    /// <summary>The queue's branch is called <c>gh-readonly-queue/main/pr-104-...</c> after the last pull request in it.</summary>
    private static IReadOnlyList<EventPull> Queued(JsonElement? group) =>
        QueueBranch().Match(group.TextAt("head_ref") ?? "") is { Success: true } branch && int.TryParse(branch.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && CommitAt(group, "head_sha") is { } head
            ? [new EventPull(number, [head])]
            : [];

    private static string Elsewhere(string name, CommitId commit, string whose, string? gitRef) =>
        $"{name} started it for {commit} of {whose}, and this workflow runs with the rights of {gitRef ?? "the default branch"}. Name the one that is meant: github:{commit}, or github:${{{{ github.sha }}}}, the branch's own.";

    private static CommitId? CommitAt(JsonElement? from, params ReadOnlySpan<string> path) => CommitId.TryParse(from.TextAt(path) ?? "", out var commit) ? commit : null;

    private static int? NumberOf(JsonElement? from) => from.NumberAt("number") is { } number and > 0 and <= int.MaxValue ? (int)number : null;

    /// <summary>Events give a repository whole, or by its address in the API alone.</summary>
    private static bool IsHere(JsonElement? repository, RepositoryName here) => repository.TextAt("full_name") is { } name
        ? string.Equals(name, here.Value, StringComparison.OrdinalIgnoreCase)
        : repository.TextAt("url")?.EndsWith($"/repos/{here}", StringComparison.OrdinalIgnoreCase) is true;

    private static string Named(JsonElement? repository) => RepositoryName.TryParse(repository.TextAt("full_name") ?? "", out var name) ? $" ({name})" : "";

    [GeneratedRegex(@"^refs/heads/gh-readonly-queue/.+/pr-(?<number>[0-9]{1,9})-[0-9a-f]{40}\z")]
    private static partial Regex QueueBranch();

    [GeneratedRegex("^0+\\z")]
    private static partial Regex NoCommit();
}
