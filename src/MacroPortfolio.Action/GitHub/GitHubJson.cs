using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Octokit;
using Octokit.Internal;

namespace MacroPortfolio.Action.GitHub;

/// <summary>What we read of a commit: https://docs.github.com/rest/commits/commits</summary>
/// <param name="Author">The account behind the author's address; null where GitHub knows none.</param>
internal sealed record CommitAnswer(string Sha, CommitDetail? Commit, UserAnswer? Author);

internal sealed record CommitDetail(string? Message);

/// <summary>Two commits compared: https://docs.github.com/rest/commits/commits#compare-two-commits</summary>
/// <param name="Status">ahead, behind, diverged or identical: the second, seen from the first.</param>
/// <param name="Commits">The second's that the first has not, as far as one page goes.</param>
internal sealed record CompareAnswer(string? Status, int TotalCommits, IReadOnlyList<CommitAnswer>? Commits);

internal sealed record PullAnswer(int Number, SideAnswer? Head, SideAnswer? Base, UserAnswer? User, DateTimeOffset? MergedAt);

/// <summary>https://docs.github.com/rest/actions/workflow-runs</summary>
internal sealed record RunAnswer(UserAnswer? Actor, UserAnswer? TriggeringActor);

/// <summary>https://docs.github.com/rest/checks/runs</summary>
internal sealed record CheckRunsAnswer(IReadOnlyList<CheckRunAnswer>? CheckRuns);

internal sealed record CheckRunAnswer(string? Name, string? Status, string? Conclusion, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt);

internal sealed record SideAnswer(string? Sha, RepositoryAnswer? Repo);

internal sealed record RepositoryAnswer(string? FullName);

/// <summary>A file: https://docs.github.com/rest/repos/contents</summary>
internal sealed record ContentAnswer(string? Content, string? Encoding);

/// <summary>https://docs.github.com/rest/git/trees</summary>
internal sealed record TreeAnswer(IReadOnlyList<TreeEntryAnswer>? Tree, bool Truncated);

/// <param name="Mode">git's: 100644, 100755 (executable), 120000 (link), 040000 (folder), 160000 (submodule).</param>
internal sealed record TreeEntryAnswer(string? Path, string? Mode, string? Type, long? Size);

/// <summary>https://docs.github.com/rest/deployments/environments</summary>
internal sealed record EnvironmentAnswer(string? Name, IReadOnlyList<ProtectionAnswer>? ProtectionRules, BranchPolicyAnswer? DeploymentBranchPolicy);

/// <param name="Type">required_reviewers, wait_timer, branch_policy, ...</param>
/// <param name="WaitTimer">Minutes.</param>
internal sealed record ProtectionAnswer(string? Type, int? WaitTimer, IReadOnlyList<ReviewerAnswer>? Reviewers);

internal sealed record ReviewerAnswer(string? Type);

internal sealed record BranchPolicyAnswer(bool ProtectedBranches, bool CustomBranchPolicies);

internal sealed record IdAnswer(long Id);

/// <summary>https://docs.github.com/rest/deployments/deployments</summary>
/// <param name="Payload">Whatever whoever made it has put in.</param>
internal sealed record DeploymentAnswer(long Id, string? Sha, JsonElement? Payload);

/// <summary>https://docs.github.com/rest/deployments/statuses</summary>
internal sealed record DeploymentStatusAnswer(string? State, string? LogUrl);

/// <param name="Ref">A commit, so that there is nothing to merge.</param>
/// <param name="RequiredContexts">None: this job's own check has not succeeded yet.</param>
internal sealed record DeploymentBody(
    string Ref, string Task, bool AutoMerge, IReadOnlyList<string> RequiredContexts, JsonElement Payload, string Environment, string Description, bool TransientEnvironment, bool ProductionEnvironment);

/// <param name="Description">Of at most 140 letters.</param>
internal sealed record DeploymentStatusBody(
    string State, string LogUrl, string Description, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EnvironmentUrl, bool AutoInactive);

internal sealed record CommentAnswer(long Id, string? Body, UserAnswer? User);

internal sealed record UserAnswer(string? Login, string? Type);

internal sealed record CommentBody(string Body);

/// <summary>GitHub's error body.</summary>
internal sealed record ErrorAnswer(string? Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CommitAnswer))]
[JsonSerializable(typeof(CompareAnswer))]
[JsonSerializable(typeof(ContentAnswer))]
[JsonSerializable(typeof(TreeAnswer))]
[JsonSerializable(typeof(EnvironmentAnswer))]
[JsonSerializable(typeof(List<IdAnswer>))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(CheckRunsAnswer))]
[JsonSerializable(typeof(PullAnswer))]
[JsonSerializable(typeof(List<PullAnswer>))]
[JsonSerializable(typeof(List<CommentAnswer>))]
[JsonSerializable(typeof(CommentAnswer))]
[JsonSerializable(typeof(CommentBody))]
[JsonSerializable(typeof(DeploymentAnswer))]
[JsonSerializable(typeof(List<DeploymentAnswer>))]
[JsonSerializable(typeof(DeploymentBody))]
[JsonSerializable(typeof(DeploymentStatusAnswer))]
[JsonSerializable(typeof(List<DeploymentStatusAnswer>))]
[JsonSerializable(typeof(DeploymentStatusBody))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class GitHubJson : JsonSerializerContext;

/// <summary>Octokit's own serializer reflects over its models and does not survive Native AOT; its connection takes another one.</summary>
internal sealed class SourceGeneratedJson : IJsonSerializer
{
    public string Serialize(object item) => JsonSerializer.Serialize(item, item.GetType(), GitHubJson.Default);

    public T Deserialize<T>(string json)
    {
        // Octokit asks for its own error type of every answer that failed; what it makes of it is not needed, see GitHubApi.Words.
        var type = GitHubJson.Default.GetTypeInfo(typeof(T));
        if (type is null)
        {
            return default!;
        }

        try
        {
            return JsonSerializer.Deserialize(json, type) is { } read && (read is not IEnumerable<object?> list || list.All(item => item is not null))
                ? (T)read
                : throw new ApiException("GitHub's answer is empty where something was asked for", HttpStatusCode.BadGateway);
        }
        catch (JsonException ex)
        {
            throw new ApiException($"GitHub's answer is not what was asked for ({ex.Message.TrimEnd('.')})", HttpStatusCode.BadGateway);
        }
    }
}
