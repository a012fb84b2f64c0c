using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>What the program sent, and what it got for it.</summary>
/// <param name="Head">The address and the headers that carry no credentials by design.</param>
public sealed record Passage(string Method, string Path, string Head, string Body, string SecurityToken, int Status, string Answer)
{
    /// <summary>What STS takes an ID token in.</summary>
    public bool CarriesToken => Body.Contains("WebIdentityToken=", StringComparison.Ordinal);
}

/// <summary>
/// A recorder in front of the cloud: it keeps everything that goes through it. It can end sessions before their time, saying so or not, and answer in the cloud's place.
/// </summary>
internal sealed partial class Recorder : IDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private static readonly string[] Carriers = ["Authorization", "X-Amz-Security-Token"];

    private readonly HttpListener listener = new();
    private readonly string behind;
    private readonly ConcurrentQueue<Passage> passages = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> ends = new();

    public Recorder(Cloud cloud)
    {
        behind = cloud.Url;
        using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        listener.Prefixes.Add($"{Url}/");
        listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public IReadOnlyCollection<Passage> Passages => passages;

    /// <summary>How long the keys of a session work. Null: as long as the cloud says.</summary>
    public TimeSpan? SessionsLast { get; init; }

    /// <summary>Whether STS's answer says when a shortened session ends.</summary>
    public bool SaysTheEnd { get; init; } = true;

    /// <summary>How many requests came with keys that had ended.</summary>
    public int Late => passages.Count(passage => passage.Answer.Contains("ExpiredTokenException", StringComparison.Ordinal));

    /// <summary>Answers instead of the cloud: a status and a body.</summary>
    public Func<Passage, (int Status, string Body)?> Instead { get; init; } = _ => null;

    /// <summary>A job that goes through the door, whatever it asks for.</summary>
    public Job Before(Job job) => job with { Environment = job.Environment.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Replace(behind, Url, StringComparison.Ordinal)) };

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                _ = AnswerAsync(context);
            }
        }
        catch (Exception ex) when (ex is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var headers = context.Request.Headers.AllKeys.OfType<string>().ToDictionary(name => name, name => context.Request.Headers[name]!);
            var head = string.Join('\n', headers.Where(header => !Carriers.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).Select(header => $"{header.Key}: {header.Value}"));
            var asked = new Passage(context.Request.HttpMethod, context.Request.RawUrl!, head, await reader.ReadToEndAsync(), context.Request.Headers["X-Amz-Security-Token"] ?? "", 0, "");
            var (status, type, answer) = Instead(asked) is var (code, body) ? (code, "application/x-amz-json-1.1", body)
                : HasEnded(context.Request.Headers["Authorization"] ?? "") ? (400, "application/x-amz-json-1.1", """{ "__type": "ExpiredTokenException", "message": "The security token included in the request is expired" }""")
                : await PassAsync(asked, headers);
            answer = Shortened(answer);
            passages.Enqueue(asked with { Status = status, Answer = answer });
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            context.Response.Close(Encoding.UTF8.GetBytes(answer), willBlock: false);
        }
        catch (Exception ex) when (ex is HttpListenerException or HttpRequestException or ObjectDisposedException or IOException)
        {
            // Whoever asked is gone.
        }
    }

    private async Task<(int Status, string Type, string Body)> PassAsync(Passage asked, Dictionary<string, string> headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(asked.Method), behind + asked.Path);
        request.Content = asked.Body.Length > 0 ? new ByteArrayContent(Encoding.UTF8.GetBytes(asked.Body)) : null;
        foreach (var (name, value) in headers.Where(header => header.Key is not "Content-Length" and not "Connection"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var answer = await Http.SendAsync(request);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString() ?? "application/json", await answer.Content.ReadAsStringAsync());
    }

    private bool HasEnded(string authorization) =>
        Credential().Match(authorization) is { Success: true } found && ends.TryGetValue(found.Groups[1].Value, out var end) && end <= TimeProvider.System.GetUtcNow();

    private string Shortened(string answer)
    {
        if (SessionsLast is not { } last || AccessKey().Match(answer) is not { Success: true } key)
        {
            return answer;
        }

        // Seconds are all that STS says, and what it says is never too late.
        var end = ends[key.Groups[1].Value] = TimeProvider.System.GetUtcNow() + last;
        return SaysTheEnd ? Expiration().Replace(answer, $"<Expiration>{end.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}</Expiration>") : answer;
    }

    [GeneratedRegex("Credential=([A-Z0-9]+)/")]
    private static partial Regex Credential();

    [GeneratedRegex("<AccessKeyId>([^<]+)</AccessKeyId>")]
    private static partial Regex AccessKey();

    [GeneratedRegex("<Expiration>[^<]*</Expiration>")]
    private static partial Regex Expiration();
}
