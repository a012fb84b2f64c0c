using System.Globalization;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Action.Runner;

/// <summary>What the runner says of the job, by the environment. Outside GitHub Actions nearly all of it is absent.</summary>
internal sealed class RunnerEnvironment(IReadOnlyDictionary<string, string> variables)
{
    /// <summary>What lies in the environment and is nobody's to read. The runner hides what it gave itself, so none of it is printed to be masked.</summary>
    private static readonly string[] Hidden = ["ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_RUNTIME_TOKEN", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "GITHUB_TOKEN", "INPUT_GITHUB-TOKEN"];

    private static readonly string[] Proxies = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"];

    /// <summary>What this run must not say, to which more comes as it goes.</summary>
    public Secrets Secrets => field ??= new Secrets([.. Hidden.Select(Get).OfType<string>(), .. Proxies.SelectMany(name => new[] { name, name.ToLowerInvariant() }).Select(Get).OfType<string>().SelectMany(PasswordOf)]);

    public bool InActions => Get("GITHUB_ACTIONS") == "true";
    public RepositoryName? Repository => Get("GITHUB_REPOSITORY") is { } text && RepositoryName.TryParse(text, out var name) ? name : null;
    public long RunId => long.TryParse(Get("GITHUB_RUN_ID"), CultureInfo.InvariantCulture, out var id) ? id : 0;
    public int RunAttempt => int.TryParse(Get("GITHUB_RUN_ATTEMPT"), CultureInfo.InvariantCulture, out var attempt) ? attempt : 1;
    public string Job => Get("GITHUB_JOB") ?? "";
    public string Step => Get("GITHUB_ACTION") ?? "";
    public string? Actor => Get("GITHUB_ACTOR");

    /// <summary>Who ran it again.</summary>
    public string? TriggeringActor => Get("GITHUB_TRIGGERING_ACTOR");
    public string? Workflow => Get("GITHUB_WORKFLOW");
    public string? Region => Get("AWS_REGION") ?? Get("AWS_DEFAULT_REGION");
    public string? OutputFile => Get("GITHUB_OUTPUT");
    public string? StateFile => Get("GITHUB_STATE");
    public string? SummaryFile => Get("GITHUB_STEP_SUMMARY");
    public string Workspace => Get("GITHUB_WORKSPACE") ?? ".";

    /// <summary>For what is needed until the step ends.</summary>
    public string Temporary => Get("RUNNER_TEMP") is { } folder && Directory.Exists(folder) ? folder : Path.GetTempPath();

    /// <summary>AWS, or this service of it, is not where it always is, but at an address that has no names below it.</summary>
    public bool HasOwnEndpoint(string service) => EndpointOf(service) is not null;

    public Uri? EndpointOf(string service) => Uri.TryCreate(Get($"AWS_ENDPOINT_URL_{service}") ?? Get("AWS_ENDPOINT_URL"), UriKind.Absolute, out var address) ? address : null;

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

    /// <summary>What GitHub calls the commit of this run, whichever is meant.</summary>
    public string Sha => Get("GITHUB_SHA") ?? "";

    /// <summary>The repository that the run's pull request comes from, where that is another one.</summary>
    public string? Fork => Get("GITHUB_EVENT_NAME") is "pull_request" && EventFile.Read(Get("GITHUB_EVENT_PATH")).Root.TextAt("pull_request", "head", "repo", "full_name") is { } head && head != Get("GITHUB_REPOSITORY") ? head : null;

    public bool IsDependabot => Get("GITHUB_ACTOR") == "dependabot[bot]";

    /// <summary>What an earlier stage of this step has left; the runner keeps the name's case.</summary>
    public string? State(string name) => Get($"STATE_{name}");

    /// <summary>As it stands in the address of a proxy, and as it is sent.</summary>
    private static IEnumerable<string> PasswordOf(string proxy) =>
        Uri.TryCreate(proxy.Contains("://", StringComparison.Ordinal) ? proxy : $"http://{proxy}", UriKind.Absolute, out var address) && address.UserInfo.Split(':', 2) is [_, { Length: > 0 } password]
            ? [address.UserInfo, Uri.UnescapeDataString(address.UserInfo), password, Uri.UnescapeDataString(password)]
            : [];

    private string? Get(string name) => variables.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;
}
