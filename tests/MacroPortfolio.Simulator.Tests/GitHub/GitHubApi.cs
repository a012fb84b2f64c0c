using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.GitHub;
using MacroPortfolio.Simulator.Tests.S3;
using MacroPortfolio.Simulator.World;
using Microsoft.Extensions.Time.Testing;

namespace MacroPortfolio.Simulator.Tests.GitHub;

/// <summary>GitHub with the repository <c>acme/site</c>, and a client with a job's token.</summary>
internal sealed class GitHubApi : IAsyncDisposable
{
    public const string Repository = "/repos/acme/site";
    private const string Token = "ghs_of_the_job";

    private readonly ServiceServer server;
    private readonly HttpClient client = new();

    private GitHubApi(ServiceServer server, GitHubStore store, FakeTimeProvider time)
    {
        (this.server, Store, Time) = (server, store, time);
    }

    public GitHubStore Store { get; }
    public FakeTimeProvider Time { get; }
    public GitHubRepository Site => Store.Find("acme/site")!;
    public string Html => server.Url.GetLeftPart(UriPartial.Authority);
    public string Api => $"{Html}/api/v3";
    public MacroPortfolio.Simulator.Front.Exchange Last => server.Exchanges[^1];

    public static async Task<GitHubApi> StartAsync(
        GitFolder? git = null, IReadOnlyList<PullWorld>? pulls = null,
        string permissions = "contents=read,pull-requests=write,deployments=write,checks=read", GitHubLimits? limits = null)
    {
        var world = new WorldFile
        {
            GitHub = new()
            {
                Repositories =
                [
                    new RepositoryWorld
                    {
                        Name = "acme/site",
                        Git = git is null ? null : Path.GetFileName(git.Folder),
                        Pulls = pulls ?? [new PullWorld { Number = 12 }],
                    },
                    new RepositoryWorld { Name = "acme/secret" },
                ],
            },
        };
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 10, 1, 9, 30, 0, TimeSpan.Zero));
        var store = new GitHubStore(world, git is null ? "/" : Path.GetDirectoryName(git.Folder)!, time);
        var granted = permissions.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).ToDictionary(one => one[0], one => one[1]);
        var caller = new GitHubCaller("acme/site", granted, "dana");
        var service = new GitHubService(store, token => token == Token ? caller : null, time, limits);
        return new GitHubApi(await ServiceServer.StartAsync(service), store, time);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, $"{Api}{path}");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        var all = new Dictionary<string, string?> { ["Authorization"] = $"Bearer {Token}", ["User-Agent"] = "tests" };
        foreach (var (name, value) in headers)
            all[name] = value;
        foreach (var (name, value) in all.Where(header => header.Value is not null))
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        var received = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, received, await response.Content.ReadAsStringAsync());
    }

    public Task<Answer> GetAsync(string path, params (string, string?)[] headers) => SendAsync(HttpMethod.Get, $"{Repository}{path}", null, headers);

    public Task<Answer> PostAsync(string path, JsonNode body) => SendAsync(HttpMethod.Post, $"{Repository}{path}", body.ToJsonString());

    public Task<Answer> PatchAsync(string path, JsonNode body) => SendAsync(HttpMethod.Patch, $"{Repository}{path}", body.ToJsonString());

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, $"{Repository}{path}");

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    internal sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Text)
    {
        public JsonNode Json => JsonNode.Parse(Text)!;
        public string Message => Json["message"]!.GetValue<string>();

        public string? Header(string name) => Headers.GetValueOrDefault(name);

        public string? this[params string[] path] => path.Aggregate((JsonNode?)Json, (node, name) => node![name])?.ToString();

        /// <summary>A field of every item of a list.</summary>
        public IReadOnlyList<string?> Each(string field, string? list = null) =>
            [.. (list is null ? Json : Json[list]!).AsArray().Select(item => item![field]?.ToString())];
    }
}
