using System.Security.Cryptography;
using Amazon;
using Amazon.CodeDeploy;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.S3;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Action.Bundles;
using MacroPortfolio.Action.Checks;
using MacroPortfolio.Action.Gates;
using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Action.Verbs;
using MacroPortfolio.Core.Checks;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Planning.AppSpec;
using MacroPortfolio.Core.Releases;
using NodaTime;
using Octokit;

namespace MacroPortfolio.Action;

/// <summary>The services that a run talks to, with the run's credentials.</summary>
internal sealed class Cloud : IDisposable
{
    private static readonly TimeSpan CreateTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);

    /// <summary>For a part of a bundle, 16 MB, to arrive.</summary>
    private static readonly TimeSpan PartTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TokenTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long CodeDeploy is asked again that cannot answer, before anything is created.</summary>
    private static readonly Duration ReadPatience = Duration.FromMinutes(10);

    /// <summary>GitHub keeps ten warnings of a step.</summary>
    private const int MostWarnings = 5;

    private static readonly Duration UnreachedPatience = Duration.FromSeconds(20);

    private readonly CommonInputs inputs;
    private readonly RunnerEnvironment runner;
    private readonly Identity identity;
    private readonly AmazonCodeDeployClient client;
    private readonly AmazonCodeDeployClient creator;
    private readonly HttpClient http;
    private readonly Connections connections;
    private readonly CodeDeployPermissions permissions;
    private readonly TimeProvider time;
    private readonly Log log;

    private Cloud(CommonInputs inputs, RunnerEnvironment runner, Identity identity, HttpClient http, Connections connections, Log log, TimeProvider time)
    {
        (this.inputs, this.runner, this.identity, this.http, this.connections, this.log, this.time) = (inputs, runner, identity, http, connections, log, time);
        var once = Configured(new AmazonCodeDeployConfig());
        once.MaxErrorRetry = once.MaxStaleConnectionRetries = 0;
        once.Timeout = CreateTimeout;
        client = new RepeatingClient(identity.Credentials, Configured(new AmazonCodeDeployConfig()));
        creator = new AmazonCodeDeployClient(identity.Credentials, once);
        permissions = new CodeDeployPermissions(inputs.Region, identity.KnownArn);
        CodeDeployReader ReaderWith(Duration patience) => new(client, inputs.Application, permissions, new Patience(patience, time, Random.Shared, (words, _) => log.SayAsync(words)) { Unreached = Duration.Min(patience, UnreachedPatience) });
        Reader = ReaderWith(ReadPatience);
        ReportReader = ReaderWith(Duration.Zero);
        Deployer = new CodeDeployDeployer(client, creator, Reader, permissions, ContainsAsync);
        GitHub = inputs.GithubToken is { } token ? new GitHubApi(runner.ApiUrl, token, time) : null;
    }

    public CodeDeployReader Reader { get; }

    /// <summary>For reports: they do not hold up the end of a run.</summary>
    public CodeDeployReader ReportReader { get; }
    public IDeployer Deployer { get; }
    public GitHubApi? GitHub { get; }

    /// <summary>What only a check asks.</summary>
    public FleetReader Fleet => new(client, () => new AmazonEC2Client(identity.Credentials, Configured(new AmazonEC2Config())), inputs.Application, permissions);

    public AlarmReader Alarms => new(http, identity.Credentials, inputs.Region, runner.EndpointOf("CLOUDWATCH"), time);

    /// <summary>Of the job's token; empty outside of a job.</summary>
    public TokenClaims Claims => identity.Claims();

    public Task<string> CallerArnAsync(CancellationToken ct) => identity.CallerArnAsync(ct);

    public static async Task<Cloud> OpenAsync(CommonInputs inputs, RunnerEnvironment runner, Log log, TimeProvider time, CancellationToken ct)
    {
        if (inputs.GithubToken is { } token)
        {
            await log.MaskAsync(token);
        }

        // Signing needs OpenSSL, which takes some milliseconds to load: while the token and the session are fetched there is time.
        _ = Task.Run(() => HMACSHA256.HashData([], []), CancellationToken.None);

        // They live as long as the run: the credentials ask for a fresh token whenever they are renewed.
        var connections = new Connections(time);
        var http = connections.Client(TokenTimeout);
        try
        {
            return new Cloud(inputs, runner, await Aws.Credentials.OpenAsync(inputs, runner, http, connections, log, time, ct), http, connections, log, time);
        }
        catch
        {
            http.Dispose();
            connections.Dispose();
            throw;
        }
    }

    /// <summary>What of the revision a deployment can name: a folder is pushed first.</summary>
    /// <param name="before">What must be known to be right before anything is uploaded.</param>
    public async Task<Core.Inputs.Revision> DeployableAsync(Core.Inputs.Revision revision, BundleBucket? bucket, Task before, CancellationToken ct)
    {
        if (revision is not Core.Inputs.Revision.Bundle bundle)
        {
            return revision;
        }

        var (pushed, words) = await PushAsync(bundle, bucket!, before, ct);
        await log.SayAsync(words);
        return pushed;
    }

    /// <returns>The object, and in a line what was done for it.</returns>
    public async Task<(Core.Inputs.Revision.S3 Revision, string Words)> PushAsync(Core.Inputs.Revision.Bundle bundle, BundleBucket bucket, Task before, CancellationToken ct)
    {
        using var s3 = S3();
        var push = new Push(new BundleStore(s3, bucket, inputs.Region.Partition, log.SayAsync), new RevisionRegistry(client, inputs.Application, permissions, log.SayAsync), inputs.Application, time);
        var origin = runner is { Repository: { } repository, Commit: { } commit } ? new Origin(repository, commit) : null;
        return await push.RunAsync(Path.Combine(runner.Workspace, bundle.Folder), runner.Temporary, origin, runner.RunId, inputs.DryRun, findings => JudgeAsync(bundle, findings), before, ct);
    }

    /// <summary>What would fail ends the run; the usual mistakes are told, as many as GitHub shows beside the rest.</summary>
    /// <param name="findings">Null where the AppSpec could not be read, which the agent will.</param>
    public async Task JudgeAsync(Core.Inputs.Revision revision, IReadOnlyList<AppSpecFinding>? findings)
    {
        if (findings is null)
        {
            return;
        }

        AppSpecReading.Demand(revision, findings);
        foreach (var finding in findings.Take(MostWarnings))
        {
            await log.WarnAsync($"{AppSpecReading.Words(finding)} ({AppSpecReading.When(finding.Stage)}). {AppSpecReading.Sentence(finding.Fix)}");
        }

        if (findings.Count > MostWarnings)
        {
            await log.SayAsync($"And {findings.Count - MostWarnings} more of the kind; check lists them all.");
        }
    }

    /// <summary>What gates ask with.</summary>
    public GateSource Gates(IReadOnlyList<GateHeader> headers) => new(GitHub, headers, words => log.SayAsync(words), time);

    /// <summary>Something of GitHub that a rule needs. That it could not be found out is told, and is for the rule to judge.</summary>
    public async Task<T?> AskGitHubAsync<T>(string what, string permission, Func<GitHubApi, Task<T?>> ask, CancellationToken ct)
        where T : class
    {
        if (GitHub is not { } github)
        {
            return null;
        }

        try
        {
            return await ask(github).WaitAsync(ct);
        }
        catch (Exception ex) when (ex is ApiException or HttpRequestException or TimeoutException)
        {
            await log.SayAsync($"GitHub did not tell {what}: {GitHubApi.Words(ex).TrimEnd('.', ' ')}.{(ex is ForbiddenException or NotFoundException ? $" The job needs '{permission}' in its permissions." : "")}");
            return null;
        }
    }

    /// <summary>Why nobody can download a revision any more; null when it is there, or nobody can tell.</summary>
    public async Task<string?> GoneAsync(Core.Inputs.Revision revision, CancellationToken ct)
    {
        try
        {
            return revision switch
            {
                Core.Inputs.Revision.S3 s3 when await ObjectAsync(s3, ct) is { Verdict: CheckVerdict.Fail } gone => gone.What,
                Core.Inputs.Revision.GitHub hub when GitHub is not null && !await GitHub.HasAsync(hub.Repository, hub.Id, ct) => $"GitHub does not know the commit in {hub.Repository}.",
                _ => null,
            };
        }
        catch (Exception ex) when (ex is DeployException or TransientException or ApiException or HttpRequestException or TimeoutException)
        {
            await log.SayAsync($"Whether {revision.Label} is still there could not be found out: {GitHubApi.Words(ex).TrimEnd('.', ' ')}. The way back goes on.");
            return null;
        }
    }

    /// <summary>Whether an object is there that a deployment would name.</summary>
    public async Task<CheckLine> ObjectAsync(Core.Inputs.Revision.S3 revision, CancellationToken ct)
    {
        using var s3 = S3();
        return await new BundleStore(s3, new BundleBucket(new BucketName(revision.Bucket), KeyPrefix.None), inputs.Region.Partition, log.SayAsync).LookAsync(revision, ct);
    }

    private AmazonS3Client S3()
    {
        var config = Configured(new AmazonS3Config { ForcePathStyle = runner.HasOwnEndpoint("S3") });
        config.Timeout = PartTimeout;
        return new AmazonS3Client(identity.Credentials, config);
    }

    /// <summary>What every plan starts from; the titles and the caller are read at once.</summary>
    public async Task<Basis> BasisAsync(IEnumerable<Core.Inputs.Revision?> revisions, CancellationToken ct)
    {
        var caller = identity.CallerArnAsync(ct);
        var known = revisions.OfType<Core.Inputs.Revision>().ToList();
        var registry = new RevisionRegistry(client, inputs.Application, permissions, log.SayAsync);
        var bundles = Task.WhenAll(known.OfType<Core.Inputs.Revision.S3>().Where(s3 => s3.BuiltOf is null).DistinctBy(s3 => s3.Text).Select(async s3 => (s3.Text, Origin: await registry.OriginAsync(s3, ct))));
        var origins = (await bundles).Where(read => read.Origin is not null).ToDictionary(read => read.Text, read => read.Origin!);
        var commits = known.Select(revision => revision.From).Concat(origins.Values).OfType<Origin>();
        var titles = await Task.WhenAll(commits.Distinct().Select(async hub => (hub.Id, Title: await TitleAsync(hub, ct))));
        return new Basis(
            await caller,
            inputs.Region,
            inputs.Application,
            new InputReading(new InputReader(), runner).Run,
            titles.Where(read => read.Title is not null).DistinctBy(read => read.Id).ToDictionary(read => read.Id, read => read.Title!))
        {
            Origins = origins,
        };
    }

    public void Dispose()
    {
        client.Dispose();
        creator.Dispose();
        identity.Dispose();
        http.Dispose();
        connections.Dispose();
    }

    private T Configured<T>(T config)
        where T : ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(inputs.Region.Value);
        config.AuthenticationRegion = inputs.Region.Value;
        config.HttpClientFactory = connections;
        config.Timeout = CallTimeout;
        return config;
    }

    /// <summary>Asked of GitHub, which knows the commits.</summary>
    private async Task<bool?> ContainsAsync(Core.Inputs.Revision.GitHub one, Core.Inputs.Revision.GitHub other, CancellationToken ct)
    {
        try
        {
            return GitHub is null ? null : await GitHub.ContainsAsync(one.Repository, one.Id, other.Id, ct);
        }
        catch (Exception ex) when (ex is ApiException or HttpRequestException or TimeoutException)
        {
            await log.SayAsync($"GitHub did not tell whether {one.Label} contains {other.Label}: {GitHubApi.Words(ex).TrimEnd('.', ' ')}.");
            return null;
        }
    }

    /// <summary>A title is a courtesy: without it the plan shows the commit alone.</summary>
    private async Task<string?> TitleAsync(Origin hub, CancellationToken ct)
    {
        try
        {
            return GitHub is null ? null : await GitHub.TitleAsync(hub.Repository, hub.Id, ct);
        }
        catch (Exception ex) when (ex is ApiException or HttpRequestException or TimeoutException)
        {
            await log.SayAsync($"GitHub did not tell the title of {hub.Repository}@{hub.Id.Abbreviated}: {GitHubApi.Words(ex).TrimEnd('.', ' ')}.");
            return null;
        }
    }
}
