using System.Net;
using System.Text;
using System.Xml.Linq;
using MacroPortfolio.Simulator.S3;
using MacroPortfolio.Simulator.World;
using Microsoft.Extensions.Time.Testing;

namespace MacroPortfolio.Simulator.Tests.S3;

/// <summary>S3 with a bucket that keeps versions (<c>bundles</c>) and one that does not (<c>plain</c>), and a client that sends paths as they are.</summary>
internal sealed class S3World : IAsyncDisposable
{
    public static readonly XNamespace Ns = S3Call.Namespace;

    private readonly string state;
    private readonly ServiceServer server;
    private readonly HttpClient client = new(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });

    private S3World(string state, ServiceServer server, S3Store store, ScriptedGuard guard, FakeTimeProvider time)
    {
        (this.state, this.server, Store, Guard, Time) = (state, server, store, guard, time);
    }

    public S3Store Store { get; }
    public ScriptedGuard Guard { get; }
    public FakeTimeProvider Time { get; }
    public MacroPortfolio.Simulator.Front.Exchange Last => server.Exchanges[^1];

    /// <summary>All files that the store keeps.</summary>
    public IReadOnlyList<string> Files => Directory.GetFiles(Path.Combine(state, "s3"), "*", SearchOption.AllDirectories);

    public static async Task<S3World> StartAsync(string region = "ap-east-1")
    {
        var world = new WorldFile
        {
            Region = region,
            S3 = new() { Buckets = [new BucketWorld { Name = "bundles", Versioned = true }, new BucketWorld { Name = "plain" }] },
        };
        var state = Directory.CreateTempSubdirectory("s3-").FullName;
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 10, 1, 9, 30, 0, TimeSpan.Zero));
        var store = new S3Store(world, state, time);
        var guard = new ScriptedGuard();
        return new S3World(state, await ServiceServer.StartAsync(new S3Service(world, store, guard, time)), store, guard, time);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string target, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        // As written: without this the client would tidy "%2E%2E" and "//" away.
        var uri = new Uri($"{server.Url.GetLeftPart(UriPartial.Authority)}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, uri) { Content = body is null ? null : new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, all, await response.Content.ReadAsByteArrayAsync());
    }

    public Task<Answer> GetAsync(string target, params (string, string)[] headers) => SendAsync(HttpMethod.Get, target, null, headers);

    public Task<Answer> HeadAsync(string target, params (string, string)[] headers) => SendAsync(HttpMethod.Head, target, null, headers);

    public Task<Answer> PutAsync(string target, byte[] body, params (string, string)[] headers) => SendAsync(HttpMethod.Put, target, body, headers);

    public Task<Answer> PostAsync(string target, byte[] body, params (string, string)[] headers) => SendAsync(HttpMethod.Post, target, body, headers);

    public Task<Answer> DeleteAsync(string target) => SendAsync(HttpMethod.Delete, target);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        Directory.Delete(state, recursive: true);
    }

    internal sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
    {
        public string Text => Encoding.UTF8.GetString(Body);
        public XElement Xml => XElement.Parse(Text);
        public string? ErrorCode => Body.Length == 0 ? null : Xml.Element("Code")?.Value;
        public string ErrorMessage => Xml.Element("Message")!.Value;

        public string? Header(string name) => Headers.GetValueOrDefault(name);

        public IReadOnlyList<string> Values(params string[] path)
        {
            IEnumerable<XElement> elements = [Xml];
            foreach (var name in path)
                elements = elements.Elements(Ns + name);
            return [.. elements.Select(element => element.Value)];
        }
    }
}
