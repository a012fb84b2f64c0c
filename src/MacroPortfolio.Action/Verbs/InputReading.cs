using System.Text.RegularExpressions;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using NodaTime;

namespace MacroPortfolio.Action.Verbs;

/// <summary>Reads each verb's options into inputs. What is wrong is collected in the reader; the inputs are good only when it has no errors.</summary>
internal sealed partial class InputReading(InputReader reader, RunnerEnvironment runner)
{
    private static readonly Dictionary<string, OnCancel> CancelPolicies = new()
    {
        ["stop"] = OnCancel.Stop,
        ["stop-and-rollback"] = OnCancel.StopAndRollback,
        ["leave"] = OnCancel.Leave,
    };

    private static readonly Dictionary<string, OnBusy> BusyPolicies = new()
    {
        ["queue"] = OnBusy.Queue,
        ["fail"] = OnBusy.Fail,
        ["attach"] = OnBusy.Attach,
        ["supersede"] = OnBusy.Supersede,
    };

    private static readonly Dictionary<string, StatusFormat> Formats = new()
    {
        ["text"] = StatusFormat.Text,
        ["json"] = StatusFormat.Json,
        ["markdown"] = StatusFormat.Markdown,
    };

    public DeployInputs Deploy(DeployOptions options)
    {
        var existing = reader.Optional<DeploymentId>(options.DeploymentId, DeploymentId.TryParse, DeploymentId.Expected);
        var groups = existing is null ? Groups(options) : [];
        var revision = existing is null ? RequiredRevision(options.Revision, "revision", mayPush: true) : null;
        var settings = new DeploymentSettings(
            options.DeploymentConfig,
            options.Description,
            options.FileExistsBehavior is null ? null : reader.Choice(options.FileExistsBehavior, Words("DISALLOW", "OVERWRITE", "RETAIN")),
            reader.Boolean(options.IgnoreApplicationStopFailures),
            reader.Boolean(options.UpdateOutdatedInstancesOnly),
            reader.Required<AutoRollback>(options.AutoRollback, AutoRollback.TryParse, AutoRollback.Expected));
        return new DeployInputs(Common(options), groups, revision, Bucket(revision, options.S3Bucket, options.S3Prefix), settings, Start(options), Watch(options, reader.Boolean(options.Wait)), existing, Url(options.EnvironmentUrl, "environment-url"));
    }

    public GrayInputs Gray(GrayOptions options)
    {
        var stage = reader.Optional<StageName>(options.Stage, StageName.TryParse, StageName.Expected);
        var revision = RequiredRevision(options.Revision, "revision", mayPush: true);
        var bake = reader.Required<Duration>(options.WatchBake, (string text, out Duration time) => Durations.TryParse(text, out time) && time <= Duration.FromHours(6), $"{Durations.Expected}, 6h at most");
        return new GrayInputs(Common(options), stage, revision, Bucket(revision, options.S3Bucket, options.S3Prefix), Watch(options), bake, Headers(options.GateHeaders), Url(options.EnvironmentUrl, "environment-url"));
    }

    public PromoteInputs Promote(PromoteOptions options) => new(
        Common(options),
        options.Revision is null ? null : RequiredRevision(options.Revision, "revision"),
        reader.Optional<StageName>(options.To, StageName.TryParse, StageName.Expected),
        options.Override,
        Watch(options),
        Headers(options.GateHeaders),
        Url(options.EnvironmentUrl, "environment-url"));

    public RollbackInputs Rollback(RollbackOptions options) => new(
        Common(options),
        reader.Optional<StageName>(options.Stage, StageName.TryParse, StageName.Expected),
        options.To is null ? null : RequiredRevision(options.To, "to"),
        options.Reason,
        Watch(options));

    public PushInputs Push(PushOptions options)
    {
        var bundle = new Revision.Bundle(options.Path!);
        return new PushInputs(Common(options), bundle, Bucket(bundle, options.S3Bucket, options.S3Prefix)!);
    }

    /// <summary>From a laptop no commit is meant, and the rest can be checked all the same.</summary>
    public CheckInputs Check(CheckOptions options)
    {
        IReadOnlyList<DeploymentGroupName> groups = [.. options.DeploymentGroup.Select(name => reader.Required<DeploymentGroupName>(name, DeploymentGroupName.TryParse, DeploymentGroupName.Expected, "DeploymentGroup"))];
        var revision = options.Revision == "github" && runner.Repository is null ? null : RequiredRevision(options.Revision, "revision", mayPush: true);
        return new CheckInputs(Common(options), groups, revision, Bucket(revision, options.S3Bucket, options.S3Prefix), reader.Choice(options.Format, Formats));
    }

    public StatusInputs Status(StatusOptions options) => new(Common(options), reader.Choice(options.Format, Formats));

    /// <summary>The main stage has read the inputs and said what is wrong with them.</summary>
    public (CommonInputs Common, OnCancel OnCancel) Settle(SettleOptions options) => (Common(options) with { Comment = reader.Boolean(options.Comment) }, reader.Choice(options.OnCancel, CancelPolicies));

    public RunIdentity? Run => runner is { Repository: { } repository, RunId: > 0 }
        ? new RunIdentity(repository.Value, runner.RunId, runner.RunAttempt, Word(runner.Job), Word(runner.Step))
        : null;

    private CommonInputs Common(CommonOptions options)
    {
        var release = options as ReleaseOptions;
        var role = reader.Optional<RoleArn>(options.RoleToAssume, RoleArn.TryParse, RoleArn.Expected);
        var hop = Hop(options);
        return new CommonInputs(
            role,
            Region(options),
            reader.Required<string>(options.Audience, TryParseAny, "an audience"),
            reader.Required<string>(options.RoleSessionName ?? DefaultSessionName, TryParseSessionName, "a session name: 2 to 64 letters, digits or _ + = , . @ -", "RoleSessionName"),
            reader.Required<int>(options.RoleDurationSeconds, TryParseSessionSeconds, "a number of seconds from 900 to 43200"),
            options.GithubToken is { } token ? new Secret(token) : null,
            reader.Required<ApplicationName>(options.Application, ApplicationName.TryParse, ApplicationName.Expected),
            reader.Boolean(options.DryRun),
            release is not null && reader.Boolean(release.Comment),
            release is null ? Duration.Zero : reader.Required<Duration>(release.Timeout, TryParseTimeout, $"{Durations.Expected}, 12h at most"),
            options.Config!,
            options.ResultFile,
            reader.Boolean(options.AllowInstanceRole))
        {
            Hop = hop,
            ExternalId = options.RoleExternalId is null ? null : reader.Required<string>(options.RoleExternalId, TryParseExternalId, "an external id: 2 to 1224 letters, digits or _ + = , . @ : / -"),
            AllowedAccounts = Allowed(options, hop?.Role ?? role, hop is null ? "role-to-assume" : "role-chain"),
        };
    }

    private RoleHop? Hop(CommonOptions options)
    {
        var tags = reader.Boolean(options.SessionTags);
        if (reader.Optional<RoleArn>(options.RoleChain, RoleArn.TryParse, RoleArn.Expected) is not { } further)
        {
            return null;
        }

        if (options.RoleToAssume is null)
        {
            reader.Reject($"Input 'role-chain' is '{further}', and there is no 'role-to-assume' whose session would assume it.");
        }

        return new RoleHop(further, tags);
    }

    /// <summary>The account is in the ARN of the role that acts, so a wrong one is known before anything is asked of AWS.</summary>
    private List<AccountId> Allowed(CommonOptions options, RoleArn? acts, string input)
    {
        var allowed = options.AllowedAccountIds.Select(text => reader.Required<AccountId>(text, AccountId.TryParse, AccountId.Expected, "AllowedAccountIds")).ToList();
        if (allowed.Count > 0 && acts is { } role && allowed.All(account => account.Value != role.Account))
        {
            reader.Reject($"Input '{input}' is '{role}', a role of account {role.Account}, which is none of allowed-account-ids ({string.Join(", ", allowed)}).");
        }

        return allowed;
    }

    private RegionName Region(CommonOptions options)
    {
        var text = options.AwsRegion ?? runner.Region;
        if (text is null)
        {
            reader.Reject($"Input 'aws-region' is missing, and neither AWS_REGION nor AWS_DEFAULT_REGION is set; it must be {RegionName.Expected}.");
            return default;
        }

        return reader.Required<RegionName>(text, RegionName.TryParse, RegionName.Expected, "AwsRegion");
    }

    private StartSettings Start(DeployOptions options) => new(
        reader.Choice(options.OnBusy, BusyPolicies),
        reader.Required<Duration>(options.QueueTimeout, TryParseTimeout, $"{Durations.Expected}, 12h at most"),
        reader.Boolean(options.Redeploy),
        reader.Boolean(options.Insist));

    private WatchSettings Watch(ReleaseOptions options, bool wait = true) => new(
        wait,
        Durations.TryParse(options.Timeout ?? "", out var timeout) ? timeout : Duration.Zero,
        reader.Required<FailureAllowance>(options.MaxFailedInstances, FailureAllowance.TryParse, FailureAllowance.Expected),
        reader.Choice(options.OnCancel, CancelPolicies));

    private IReadOnlyList<DeploymentGroupName> Groups(DeployOptions options)
    {
        var names = options.DeploymentGroup.ToList();
        if (names.Count == 0)
        {
            reader.Reject($"Input 'deployment-group' is missing; it must be {DeploymentGroupName.Expected}, or several, one per line.");
        }

        foreach (var twice in names.GroupBy(name => name).Where(same => same.Count() > 1))
        {
            reader.Reject($"Input 'deployment-group' names '{twice.Key}' {twice.Count()} times; a group takes one deployment at a time.");
        }

        return [.. names.Select(name => reader.Required<DeploymentGroupName>(name, DeploymentGroupName.TryParse, DeploymentGroupName.Expected, "DeploymentGroup"))];
    }

    /// <summary>What is wrong is told without the value, which is a secret.</summary>
    private List<GateHeader> Headers(IEnumerable<string> lines)
    {
        var headers = new List<GateHeader>();
        foreach (var (line, number) in lines.Select((line, at) => (line, at + 1)))
        {
            if (GateHeader.TryParse(line, out var header))
            {
                headers.Add(header);
            }
            else
            {
                reader.Reject($"Input 'gate-headers' has a line {number} that is not {GateHeader.Expected}; it is not shown, because it may hold a secret.");
            }
        }

        return headers;
    }

    /// <summary>Where a bundle goes; null for any other revision, for which the inputs mean nothing.</summary>
    private BundleBucket? Bucket(Revision? revision, string? s3Bucket, string? s3Prefix)
    {
        if (revision is not Revision.Bundle)
        {
            return null;
        }

        var name = reader.Required<BucketName>(s3Bucket, BucketName.TryParse, BucketName.Expected);
        return new BundleBucket(name, reader.Optional<KeyPrefix>(s3Prefix, KeyPrefix.TryParse, KeyPrefix.Expected) ?? KeyPrefix.None);
    }

    /// <param name="mayPush">A folder may be given, which is pushed first.</param>
    private Revision RequiredRevision(string? text, string input, bool mayPush = false)
    {
        if (Revision.TryParse(text ?? "", runner.Repository, runner.Commit, out var revision) && (mayPush || revision is not Revision.Bundle))
        {
            return revision;
        }

        reader.Reject(text == "github"
            ? $"Input '{input}' is 'github', the commit of this run, but {runner.Trigger.Doubt ?? "this run has none (GITHUB_REPOSITORY is not set)."} Give github:<commit> or s3://bucket/key."
            : $"Input '{input}' is '{text}', which is not {(mayPush ? Revision.ExpectedOrBundle : Revision.Expected)}.");
        return null!;
    }

    private Uri? Url(string? text, string input)
    {
        if (text is null)
        {
            return null;
        }

        // .NET takes two backslashes for a host, and of some that follow them it throws what is no failure to parse.
        if (text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        reader.Reject($"Input '{input}' is '{text}', which is not an http or https address.");
        return null;
    }

    /// <summary>Says which run it is in AWS's audit log.</summary>
    private string DefaultSessionName
    {
        get
        {
            var name = runner.Repository is { } repository ? $"{repository.Value.Replace('/', '-')}-run-{runner.RunId}" : "macro-portfolio";
            return name.Length <= 64 ? name : name[^64..];
        }
    }

    private static bool TryParseAny(string text, out string value) => (value = text).Length > 0;

    private static bool TryParseSessionName(string text, out string name) => SessionName().IsMatch(name = text);

    private static bool TryParseExternalId(string text, out string id) => ExternalId().IsMatch(id = text);

    private static bool TryParseSessionSeconds(string text, out int seconds) => int.TryParse(text, out seconds) && seconds is >= 900 and <= 43_200;

    private static bool TryParseTimeout(string text, out Duration timeout) =>
        Durations.TryParse(text, out timeout) && timeout > Duration.Zero && timeout <= Duration.FromHours(12);

    private static Dictionary<string, string> Words(params string[] words) => words.ToDictionary(word => word);

    private static string Word(string text) => string.IsNullOrWhiteSpace(text) ? "-" : text.Replace(' ', '_');

    [GeneratedRegex(@"^[\w+=,.@:/\-]{2,1224}\z", RegexOptions.ECMAScript)]
    private static partial Regex ExternalId();

    [GeneratedRegex(@"^[\w+=,.@\-]{2,64}\z", RegexOptions.ECMAScript)]
    private static partial Regex SessionName();
}
