using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MacroPortfolio.Hostile.Tests;

/// <param name="Length">What the head says of the body's length; null says nothing and closes the connection behind it.</param>
internal sealed record Reply(int Status, string ContentType, byte[] Body, int? Length)
{
    public static Reply Json(string body) => Of("application/x-amz-json-1.1", body);

    public static Reply Of(string contentType, string body) => Encoding.UTF8.GetBytes(body) is var bytes ? new Reply(200, contentType, bytes, bytes.Length) : null!;

    public byte[] Head => Encoding.Latin1.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} Whatever\r\nContent-Type: {ContentType}\r\nX-Amzn-RequestId: 1\r\n{(Length is { } length ? $"Content-Length: {length}\r\n" : "Connection: close\r\n")}\r\n"));

    public override string ToString() => $"{Status} {ContentType} {Body.Length} of {Length}: {Convert.ToBase64String(Body.AsSpan(0, Math.Min(Body.Length, 3_000)))}";

    public bool Ends => Length != Body.Length;
}

/// <param name="Target">Where the request goes: the path, and for CodeDeploy the operation.</param>
internal sealed record Asked(string Target, string Head, string Body);

/// <summary>All services on one port, on bytes: what each request is answered is decided by whoever is asking at the moment.</summary>
internal static class Loopback
{
    private static readonly TcpListener Listener = Start();

    public static string Url { get; } = $"http://{Listener.LocalEndpoint}";

    /// <summary>Who answers a request that carries this word in its head or body.</summary>
    public static System.Collections.Concurrent.ConcurrentDictionary<string, Func<Asked, Reply>> ByWord { get; } = new();

    /// <summary>Who answers all others.</summary>
    public static Func<Asked, Reply>? Others { get; set; }

    private static TcpListener Start()
    {
        // The SDK reads these once.
        Environment.SetEnvironmentVariable("AWS_MAX_ATTEMPTS", "1");
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", $"http://{listener.LocalEndpoint}");
        _ = Task.Run(async () =>
        {
            while (true)
            {
                _ = ConverseAsync(await listener.AcceptTcpClientAsync());
            }
        });
        return listener;
    }

    private static async Task ConverseAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                var stream = client.GetStream();
                while (await ReadAsync(stream) is { } asked)
                {
                    var word = ByWord.Keys.FirstOrDefault(word => asked.Body.Contains(word, StringComparison.Ordinal) || asked.Head.Contains(word, StringComparison.Ordinal));
                    var reply = (word is not null && ByWord.TryGetValue(word, out var answer) ? answer : Others ?? (_ => new Reply(404, "text/plain", [], 0)))(asked);
                    await stream.WriteAsync((byte[])[.. reply.Head, .. reply.Body]);
                    if (reply.Ends)
                    {
                        return;
                    }
                }
            }
            catch (IOException)
            {
                // The client has had enough of it.
            }
        }
    }

    private static async Task<Asked?> ReadAsync(NetworkStream stream)
    {
        var buffer = new byte[16_384];
        var read = 0;
        while (true)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(read));
            if (count == 0)
            {
                return null;
            }

            read += count;
            if (buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8) is var end and >= 0)
            {
                var head = Encoding.Latin1.GetString(buffer, 0, end);
                var length = Header(head, "content-length") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
                var body = new byte[length];
                var have = Math.Min(length, read - end - 4);
                buffer.AsSpan(end + 4, have).CopyTo(body);
                await stream.ReadExactlyAsync(body.AsMemory(have));
                return new Asked(Header(head, "x-amz-target")?.Split('.')[^1] ?? head.Split(' ')[1], head, Encoding.UTF8.GetString(body));
            }

            if (read == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    private static string? Header(string head, string name) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
