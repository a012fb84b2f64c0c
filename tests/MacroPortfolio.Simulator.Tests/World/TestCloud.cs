using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.World;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;

namespace MacroPortfolio.Simulator.Tests.World;

/// <summary>A simulator in this process with a world, a repository and a clock of its own, and the clients to talk to it.</summary>
internal sealed class TestCloud : IAsyncDisposable
{
    public const string Account = "123456789012";
    public const string GrayRole = "arn:aws:iam::123456789012:role/macro-portfolio-gray";
    public static readonly Keys Dana = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);

    private readonly StringWriter _log;
    private readonly StringWriter _notes;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    private TestCloud(Simulator simulator, string folder, FakeTimeProvider time, StringWriter log, StringWriter notes)
    {
        (Simulator, Folder, Time, _log, _notes) = (simulator, folder, time, log, notes);
        _client.BaseAddress = new Uri(simulator.Url);
    }

    public Simulator Simulator { get; }
    public string Folder { get; }
    public FakeTimeProvider Time { get; }
    public IReadOnlyList<string> Log => _log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    public string Notes => _notes.ToString();

    /// <param name="change">What is different from <see cref="Some.World"/>.</param>
    /// <param name="iamLog">Takes the decisions of IAM.</param>
    public static async Task<TestCloud> StartAsync(Func<WorldFile, WorldFile>? change = null, TextWriter? iamLog = null)
    {
        var (folder, time) = (Directory.CreateTempSubdirectory("cloud-").FullName, new FakeTimeProvider(new DateTimeOffset(2026, 10, 1, 8, 0, 0, TimeSpan.Zero)));
        var (log, notes) = (new StringWriter(), new StringWriter());
        var world = WorldReader.Parse(Some.World, folder);
        var simulator = await Simulator.StartAsync(new SimulatorOptions
        {
            World = change is null ? world : change(world),
            StateFolder = Path.Combine(folder, "state"),
            Log = log,
            IamLog = iamLog,
            Notes = notes,
            TimeProvider = time,
        });
        return new TestCloud(simulator, folder, time, log, notes);
    }

    public async Task<string> IdTokenAsync(StartedJob job, string? audience = "sts.amazonaws.com")
    {
        var url = job["ACTIONS_ID_TOKEN_REQUEST_URL"] + (audience is null ? "" : $"&audience={Uri.EscapeDataString(audience)}");
        using var response = await GetAsync(url, job["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!["value"]!.ToString();
    }

    public async Task<HttpResponseMessage> GetAsync(string url, string? bearer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("bearer", bearer);
        return await _client.SendAsync(request);
    }

    public async Task<HttpResponseMessage> PostAsync(string url, HttpContent content) => await _client.PostAsync(url, content);

    /// <summary>A call of CodeDeploy as Dana, or with other keys.</summary>
    public async Task<HttpResponseMessage> CodeDeployAsync(string operation, object body, Keys? keys = null, DateTimeOffset? signedAt = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = JsonContent.Create(body, options: JsonSerializerOptions.Default) };
        request.Headers.Add("X-Amz-Target", $"CodeDeploy_20141006.{operation}");
        await (keys ?? Dana).SignAsync(request, new Uri(Simulator.Url).Authority, "ap-east-1", "codedeploy", signedAt ?? TimeProvider.System.GetUtcNow());
        return await _client.SendAsync(request);
    }

    /// <summary>A call of a JSON protocol.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Body)> JsonAsync(Keys keys, string service, string target, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = JsonContent.Create(body, options: JsonSerializerOptions.Default) };
        request.Headers.Add("X-Amz-Target", target);
        await keys.SignAsync(request, new Uri(Simulator.Url).Authority, "ap-east-1", service, TimeProvider.System.GetUtcNow());
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    /// <summary>A call of S3.</summary>
    public async Task<(HttpStatusCode Status, string Body)> S3Async(Keys keys, HttpMethod method, string target, string? body = null)
    {
        using var request = new HttpRequestMessage(method, target) { Content = body is null ? null : new StringContent(body) };
        await keys.SignAsync(request, new Uri(Simulator.Url).Authority, "ap-east-1", "s3", TimeProvider.System.GetUtcNow());
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, string? body = null)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body is null ? null : new StringContent(body) };
        return await _client.SendAsync(request);
    }

    /// <summary>A call of the query protocol, signed when there are keys.</summary>
    public async Task<XmlAnswer> QueryAsync(string service, string version, Keys? keys, string action, params (string Name, string Value)[] parameters)
    {
        using var content = new FormUrlEncodedContent([new("Action", action), new("Version", version), .. parameters.Select(one => KeyValuePair.Create(one.Name, one.Value))]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
        if (keys is not null)
            await keys.SignAsync(request, new Uri(Simulator.Url).Authority, "ap-east-1", service, TimeProvider.System.GetUtcNow());
        using var response = await _client.SendAsync(request);
        return new XmlAnswer(response.StatusCode, XElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    public Task<XmlAnswer> StsAsync(Keys? keys, string action, params (string Name, string Value)[] parameters) => QueryAsync("sts", "2011-06-15", keys, action, parameters);

    public Task<XmlAnswer> AssumeAsync(string idToken, string role = GrayRole, string session = "run-1", params (string Name, string Value)[] more) =>
        StsAsync(null, "AssumeRoleWithWebIdentity", [("RoleArn", role), ("RoleSessionName", session), ("WebIdentityToken", idToken), .. more]);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Simulator.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>An answer in XML, its elements found by name alone.</summary>
internal sealed record XmlAnswer(HttpStatusCode Status, XElement Body)
{
    public string this[string element] => Body.Descendants().First(one => one.Name.LocalName == element).Value;

    public Keys Credentials => new(this["AccessKeyId"], this["SecretAccessKey"], this["SessionToken"]);

    public void ShouldBe(int status, string code, string message)
    {
        Body.ToString().Should().NotBeEmpty();
        ((int)Status, this["Code"], this["Message"]).Should().Be((status, code, message));
    }
}

/// <summary>Keys that sign a request as an AWS client does.</summary>
internal sealed record Keys(string Id, string Secret, string? Token)
{
    public async Task SignAsync(HttpRequestMessage request, string host, string region, string service, DateTimeOffset time)
    {
        var timestamp = time.ToString(SignatureV4.TimestampFormat);
        var scope = new Scope(timestamp[..8], region, service);
        Dictionary<string, string> headers = new() { ["host"] = host, ["x-amz-date"] = timestamp };
        if (Token is not null)
            headers["x-amz-security-token"] = Token;
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync();
        if (service == "s3")
            headers["x-amz-content-sha256"] = SignatureV4.Hash(body);
        var target = request.RequestUri!.OriginalString;
        var query = QueryHelpers.ParseQuery(target.Contains('?') ? target[target.IndexOf('?')..] : "").Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()));
        var signature = SignatureV4.Sign(new SignedParts(request.Method.Method, target.Split('?')[0], query, headers, SignatureV4.Hash(body)), timestamp, scope, Secret);

        foreach (var (name, value) in headers.Where(header => header.Key != "host"))
            request.Headers.Add(name, value);
        request.Headers.TryAddWithoutValidation("Authorization",
            $"{SignatureV4.Algorithm} Credential={Id}/{scope}, SignedHeaders={string.Join(';', headers.Keys.Order(StringComparer.Ordinal))}, Signature={signature}");
    }
}
