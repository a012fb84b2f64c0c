using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Amazon.CodeDeploy.Tests.Server;

/// <summary>A request as it came over the wire.</summary>
internal sealed record ReceivedRequest(string Line, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    public string? this[string header] => Headers.FirstOrDefault(it => it.Name.Equals(header, StringComparison.OrdinalIgnoreCase)).Value;

    public string Operation => this["X-Amz-Target"]!.Split('.')[1];

    /// <summary>Reads the next request, or null when the client has closed the connection.</summary>
    public static async Task<ReceivedRequest?> ReadAsync(Stream stream, CancellationToken ct)
    {
        var head = new List<byte>();
        var next = new byte[1];
        while (!CollectionsMarshal.AsSpan(head).EndsWith("\r\n\r\n"u8))
        {
            if (await stream.ReadAsync(next, ct) == 0)
                return null;
            head.Add(next[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).TrimEnd().Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).Select(parts => (parts[0], parts[1])).ToList();
        var request = new ReceivedRequest(lines[0], headers, "");
        var body = new byte[int.Parse(request["Content-Length"] ?? "0", CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, ct);
        return request with { Body = Encoding.UTF8.GetString(body) };
    }
}
