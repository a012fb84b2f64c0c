using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>
/// The cloud's GitHub with one comment of a person's: jobs' tokens write as a bot only, so this door in front of it changes who wrote that one.
/// </summary>
internal sealed class PersonsGitHub : IDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private readonly HttpListener listener = new();
    private readonly string behind;
    private readonly long comment;

    public PersonsGitHub(Cloud cloud, long comment)
    {
        (behind, this.comment) = (cloud.FirstJob["GITHUB_API_URL"], comment);
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

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
        }
        catch (Exception ex) when (ex is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), behind + context.Request.RawUrl);
        foreach (var name in new[] { "Authorization", "User-Agent" })
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name]);
        }

        request.Content = context.Request.HasEntityBody ? new StreamContent(context.Request.InputStream) : null;
        using var answer = await Http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        if (JsonNode.Parse(body) is JsonArray comments && comments.FirstOrDefault(one => one!["id"]!.GetValue<long>() == comment) is { } persons)
        {
            persons["user"] = new JsonObject { ["login"] = "dana", ["type"] = "User" };
            body = comments.ToJsonString();
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Close(Encoding.UTF8.GetBytes(body), willBlock: false);
    }
}
