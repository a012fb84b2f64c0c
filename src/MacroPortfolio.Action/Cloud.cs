using System.Security.Cryptography;
using Amazon;
using Amazon.CodeDeploy;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Action.Verbs;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using Octokit;

namespace MacroPortfolio.Action;

/// <summary>The services that a run talks to, with the run's credentials.</summary>
internal sealed class Cloud : IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private readonly CommonInputs inputs;
    private readonly RunnerEnvironment runner;
    private readonly Identity identity;
    private readonly AmazonCodeDeployClient client;
    private readonly AmazonCodeDeployClient creator;
    private readonly HttpClient http;
    private readonly Connections connections;
    private readonly Log log;

    private Cloud(CommonInputs inputs, RunnerEnvironment runner, Identity identity, HttpClient http, Connections connections, Log log, TimeProvider time)
    {
        (this.inputs, this.runner, this.identity, this.http, this.connections, this.log) = (inputs, runner, identity, http, connections, log);
        AmazonCodeDeployConfig Config() => new()
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(inputs.Region.Value),
            AuthenticationRegion = inputs.Region.Value,
            HttpClientFactory = connections,
            Timeout = CallTimeout,
        };
        var once = Config();
        once.MaxErrorRetry = once.MaxStaleConnectionRetries = 0;
        client = new AmazonCodeDeployClient(identity.Credentials, Config());
        creator = new AmazonCodeDeployClient(identity.Credentials, once);
        var permissions = new CodeDeployPermissions(inputs.Region, identity.KnownArn);
        Reader = new CodeDeployReader(client, inputs.Application, permissions);
        Deployer = new CodeDeployDeployer(client, creator, permissions, time);
        GitHub = inputs.GithubToken is { } token ? new GitHubApi(runner.ApiUrl, token) : null;
    }

    public CodeDeployReader Reader { get; }
    public IDeployer Deployer { get; }
    public GitHubApi? GitHub { get; }

    public static async Task<Cloud> OpenAsync(CommonInputs inputs, RunnerEnvironment runner, Log log, TimeProvider time, CancellationToken ct)
    {
        // Signing needs OpenSSL, which takes some milliseconds to load: while the token and the session are fetched there is time.
        _ = Task.Run(() => HMACSHA256.HashData([], []), CancellationToken.None);

        // They live as long as the run: the credentials ask for a fresh token whenever they are renewed.
        var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1024 * 1024 };
        var connections = new Connections();
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

    /// <summary>What every plan starts from; the titles and the caller are read at once.</summary>
    public async Task<Basis> BasisAsync(IEnumerable<Core.Inputs.Revision?> revisions, CancellationToken ct)
    {
        var caller = identity.CallerArnAsync(ct);
        var titles = await Task.WhenAll(revisions.OfType<Core.Inputs.Revision.GitHub>().Distinct().Select(async hub => (hub.Id, Title: await TitleAsync(hub, ct))));
        return new Basis(
            await caller,
            inputs.Region,
            inputs.Application,
            new InputReading(new InputReader(), runner).Run,
            titles.Where(read => read.Title is not null).ToDictionary(read => read.Id, read => read.Title!));
    }

    public void Dispose()
    {
        client.Dispose();
        creator.Dispose();
        http.Dispose();
        connections.Dispose();
    }

    /// <summary>A title is a courtesy: without it the plan shows the commit alone.</summary>
    private async Task<string?> TitleAsync(Core.Inputs.Revision.GitHub hub, CancellationToken ct)
    {
        try
        {
            return GitHub is null ? null : await GitHub.TitleAsync(hub.Repository, hub.Id, ct);
        }
        catch (Exception ex) when (ex is ApiException or HttpRequestException or TimeoutException)
        {
            await log.SayAsync($"GitHub did not tell the title of {hub.Label}: {GitHubApi.Words(ex).TrimEnd('.', ' ')}.");
            return null;
        }
    }
}
