using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>A CodeDeploy that reads every request and answers as it is told; without an answer it drops the connection.</summary>
internal sealed class LossyService : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string, string?> answer;
    private readonly Task serving;

    /// <param name="answer">Operation and body to the answer's body; null drops the connection.</param>
    public LossyService(Func<string, string, string?> answer)
    {
        this.answer = answer;
        listener.Start();
        serving = ServeAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>The operations that were asked for, in order.</summary>
    public List<string> Asked { get; } = [];

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
        var (operation, body) = await ReadAsync(stream);
        Asked.Add(operation);
        if (answer(operation, body) is { } text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
            await stream.WriteAsync(bytes);
        }
    }

    private static async Task<(string Operation, string Body)> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. bytes]);
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end and >= 0)
            {
                var headers = text[..end].Split("\r\n").Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
                var body = text[(end + 4)..];
                if (Encoding.UTF8.GetByteCount(body) >= int.Parse(headers["Content-Length"]))
                {
                    return (headers["X-Amz-Target"].Split('.')[1], body);
                }
            }

            var read = await stream.ReadAsync(buffer);
            bytes.AddRange(buffer.AsSpan(0, read));
        }
    }
}
