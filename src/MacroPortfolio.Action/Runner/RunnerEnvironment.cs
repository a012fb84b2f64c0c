using System.Globalization;
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
    public string? StateFile => Get("GITHUB_STATE");
    public string? SummaryFile => Get("GITHUB_STEP_SUMMARY");
    public string Workspace => Get("GITHUB_WORKSPACE") ?? ".";
    public Uri ApiUrl => new(Get("GITHUB_API_URL") ?? "https://api.github.com");

    public string RunUrl => Repository is { } repository ? $"{Get("GITHUB_SERVER_URL") ?? "https://github.com"}/{repository}/actions/runs/{RunId}" : "";

    /// <summary>Where to ask for an OIDC token, and the token to ask with. Null without <c>id-token: write</c>.</summary>
    public (Uri Url, Secret Token)? IdTokenRequest =>
        Get("ACTIONS_ID_TOKEN_REQUEST_URL") is { } url && Get("ACTIONS_ID_TOKEN_REQUEST_TOKEN") is { } token && Uri.TryCreate(url, UriKind.Absolute, out var address)
            ? (address, new Secret(token))
            : null;

    /// <summary>What started the run.</summary>
    public Trigger Trigger => field ??= Trigger.Of(Get("GITHUB_EVENT_NAME"), Repository, Get("GITHUB_REF"), Get("GITHUB_SHA"), () => EventFile.Read(Get("GITHUB_EVENT_PATH")));

    /// <summary>The commit of this run.</summary>
    public CommitId? Commit => Trigger.Commit;

    /// <summary>The repository that the run's pull request comes from, where that is another one.</summary>
    public string? Fork => Get("GITHUB_EVENT_NAME") is "pull_request" && EventFile.Read(Get("GITHUB_EVENT_PATH")).Root.TextAt("pull_request", "head", "repo", "full_name") is { } head && head != Get("GITHUB_REPOSITORY") ? head : null;

    public bool IsDependabot => Get("GITHUB_ACTOR") == "dependabot[bot]";

    /// <summary>What an earlier stage of this step has left; the runner keeps the name's case.</summary>
    public string? State(string name) => Get($"STATE_{name}");

    private string? Get(string name) => variables.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;
}
