using System.Globalization;
using System.Text.Json;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Action.Runner;

/// <summary>What the runner says of the job, by the environment. Outside GitHub Actions nearly all of it is absent.</summary>
internal sealed class RunnerEnvironment(IReadOnlyDictionary<string, string> variables)
{
    public bool InActions => Get("GITHUB_ACTIONS") == "true";
    public RepositoryName? Repository => Get("GITHUB_REPOSITORY") is { } text && RepositoryName.TryParse(text, out var name) ? name : null;
    public long RunId => long.TryParse(Get("GITHUB_RUN_ID"), CultureInfo.InvariantCulture, out var id) ? id : 0;
    public int RunAttempt => int.TryParse(Get("GITHUB_RUN_ATTEMPT"), CultureInfo.InvariantCulture, out var attempt) ? attempt : 1;
    public string Job => Get("GITHUB_JOB") ?? "";
    public string Step => Get("GITHUB_ACTION") ?? "";
    public string? Region => Get("AWS_REGION") ?? Get("AWS_DEFAULT_REGION");
    public string? OutputFile => Get("GITHUB_OUTPUT");
    public string? SummaryFile => Get("GITHUB_STEP_SUMMARY");
    public string Workspace => Get("GITHUB_WORKSPACE") ?? ".";
    public Uri ApiUrl => new(Get("GITHUB_API_URL") ?? "https://api.github.com");

    public string RunUrl => Repository is { } repository ? $"{Get("GITHUB_SERVER_URL") ?? "https://github.com"}/{repository}/actions/runs/{RunId}" : "";

    /// <summary>Where to ask for an OIDC token, and the token to ask with. Null without <c>id-token: write</c>.</summary>
    public (Uri Url, Secret Token)? IdTokenRequest =>
        Get("ACTIONS_ID_TOKEN_REQUEST_URL") is { } url && Get("ACTIONS_ID_TOKEN_REQUEST_TOKEN") is { } token && Uri.TryCreate(url, UriKind.Absolute, out var address)
            ? (address, new Secret(token))
            : null;

    /// <summary>The commit of this run. In pull requests GITHUB_SHA is a merge that GitHub makes up, so the head is taken.</summary>
    public CommitId? Commit => CommitId.TryParse(PullRequestHead ?? Get("GITHUB_SHA") ?? "", out var commit) ? commit : null;

    /// <summary>The repository that the run's pull request comes from, where that is another one.</summary>
    public string? Fork => Get("GITHUB_EVENT_NAME") is "pull_request" && PullRequest("head", "repo", "full_name") is { } head && head != Get("GITHUB_REPOSITORY") ? head : null;

    public bool IsDependabot => Get("GITHUB_ACTOR") == "dependabot[bot]";

    private string? PullRequestHead => Get("GITHUB_EVENT_NAME") is "pull_request" or "pull_request_target" ? PullRequest("head", "sha") : null;

    /// <summary>What the event says of its pull request; null where it says nothing.</summary>
    private string? PullRequest(params IEnumerable<string> path)
    {
        if (Get("GITHUB_EVENT_PATH") is not { } file || !File.Exists(file))
        {
            return null;
        }

        try
        {
            using var payload = JsonDocument.Parse(File.ReadAllBytes(file));
            return path.Aggregate(payload.RootElement.GetProperty("pull_request"), (element, name) => element.GetProperty(name)).GetString();
        }
        catch (Exception ex) when (ex is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private string? Get(string name) => variables.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;
}
