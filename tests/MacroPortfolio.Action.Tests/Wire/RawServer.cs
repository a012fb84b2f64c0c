using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MacroPortfolio.Action.Tests.Wire;

/// <summary>A loopback port on which a test decides over bytes and connections: HTTP servers are too well behaved for that.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<Exchange, Task> serve;
    private readonly ConcurrentBag<TcpClient> clients = [];
    private readonly ConcurrentQueue<string> requests = new();
    private int connections;

    /// <param name="serve">Each request in turn. A connection stays open until it is closed here or there.</param>
    public RawServer(Func<Exchange, Task> serve)
    {
        this.serve = serve;
        listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public int Connections => connections;

    /// <summary>Every request that was read to its end: its first line, its headers and its body.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    public ValueTask DisposeAsync()
    {
        listener.Stop();
        foreach (var client in clients)
        {
            client.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                clients.Add(client);
                _ = ServeAsync(client, Interlocked.Increment(ref connections));
            }
        }
        catch (Exception ex) when (ex is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, int connection)
    {
        try
        {
            for (var number = 1; await ReadAsync(client.GetStream()) is { } request; number++)
            {
                requests.Enqueue(request);
                await serve(new Exchange(client, connection, number, request));
            }
        }
        catch (Exception ex) when (ex is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // This connection is over.
        }
    }

    private static async Task<string?> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[8192];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. bytes]);
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end and >= 0)
            {
                var length = text[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase))?[15..];
                if (bytes.Count - end - 4 >= int.Parse(length ?? "0"))
                {
                    return text;
                }
            }

            var read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                return null;
            }

            bytes.AddRange(buffer.AsSpan(0, read));
        }
    }

    /// <param name="Connection">The how-manieth.</param>
    /// <param name="Number">Of the request on its connection.</param>
    internal sealed record Exchange(TcpClient Client, int Connection, int Number, string Request)
    {
        public async Task AnswerAsync(string body, string status = "200 OK", string type = "application/x-amz-json-1.1", params string[] headers) => await SendAsync(
            $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}\r\n{body}");

        public async Task SendAsync(string text) => await Client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));

        /// <summary>Ends the connection in order; with <paramref name="reset"/> as a machine does that has forgotten it.</summary>
        public void Close(bool reset)
        {
            Client.LingerState = new LingerOption(reset, 0);
            Client.Close();
        }
    }
}
