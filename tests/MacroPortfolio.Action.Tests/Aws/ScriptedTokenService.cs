using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>GitHub's issuer and STS on one port, answering each request for a session by the next line of a script.</summary>
internal sealed class ScriptedTokenService : IAsyncDisposable
{
    public const string Token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvOmFjbWUvc2l0ZTplbnZpcm9ubWVudDpncmF5IiwiYXVkIjoic3RzLmFtYXpvbmF3cy5jb20ifQ.c2ln";

    private const string Session = """
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
        <AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/deploy/x</Arn></AssumedRoleUser>
        <Credentials><AccessKeyId>ASIAX</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
        </AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
        """;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Queue<string> script;
    private readonly Task serving;

    /// <param name="script">A status, a code and a message each; <c>session</c> gives one, <c>drop</c> ends the connection without a word. The last one is repeated.</param>
    public ScriptedTokenService(params IEnumerable<string> script)
    {
        this.script = new(script);
        listener.Start();
        serving = ServeAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>How often STS was asked.</summary>
    public int Asked { get; private set; }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
            catch (Exception ex) when (ex is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        if ((await ReadAsync(stream)).StartsWith("GET ", StringComparison.Ordinal))
        {
            await WriteAsync(stream, "200", "application/json", $$"""{ "count": 1, "value": "{{Token}}" }""");
            return;
        }

        Asked++;
        var line = script.Count > 1 ? script.Dequeue() : script.Peek();
        if (line == "session")
        {
            await WriteAsync(stream, "200", "text/xml", Session);
        }
        else if (line.Split(' ', 3) is [var status, var code, var message])
        {
            await WriteAsync(stream, status, "text/xml", $"""<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>""");
        }
    }

    private static async Task WriteAsync(NetworkStream stream, string status, string type, string body) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"));

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. bytes]);
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end and >= 0)
            {
                var length = text[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase))?[15..];
                if (text.Length - end - 4 >= int.Parse(length ?? "0"))
                {
                    return text;
                }
            }

            var read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                return text;
            }

            bytes.AddRange(buffer.AsSpan(0, read));
        }
    }
}
