using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>A request or an answer as it is on the wire.</summary>
/// <param name="Head">Its lines before the body.</param>
internal sealed partial record HttpMessage(byte[] Bytes, IReadOnlyList<string> Head)
{
    /// <summary>What a request asks for: AWS's name of the operation, or method and path with ids blotted out.</summary>
    public string Operation
    {
        get
        {
            if (Head.FirstOrDefault(line => line.StartsWith("X-Amz-Target:", StringComparison.OrdinalIgnoreCase)) is { } target)
            {
                return target[(target.LastIndexOf('.') + 1)..];
            }

            var words = Head[0].Split(' ');
            var path = words[1].Split('?')[0];
            return path == "/" && Action().Match(Encoding.ASCII.GetString(Bytes)) is { Success: true } action
                ? action.Groups[1].Value
                : $"{words[0]} {Ids().Replace(path, "*")}";
        }
    }

    [GeneratedRegex(@"\bAction=(\w+)")]
    private static partial Regex Action();

    [GeneratedRegex("(?<=/)([0-9a-f]{40}|[0-9]+)(?=/|$)")]
    private static partial Regex Ids();
}

/// <summary>Reads HTTP/1.1 messages byte for byte. https://www.rfc-editor.org/rfc/rfc9112#section-6</summary>
internal sealed class HttpStream(Stream stream)
{
    private readonly byte[] buffer = new byte[32 * 1024];
    private int start;
    private int end;

    /// <summary>Null when the other end has nothing more to say.</summary>
    public async Task<HttpMessage?> ReadAsync(CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var head = new List<string>();
        var (length, isChunked) = (0L, false);
        while (true)
        {
            if (await LineAsync(bytes, ct) is not { } line)
            {
                return bytes.Length == 0 ? null : throw new IOException("The connection ended in the middle of a message.");
            }

            if (line.Length == 0)
            {
                break;
            }

            head.Add(line);
            var (name, value) = line.Split(':', 2) is [var before, var after] ? (before.ToLowerInvariant(), after.Trim()) : (line, "");
            length = name == "content-length" ? long.Parse(value, CultureInfo.InvariantCulture) : length;
            isChunked |= name == "transfer-encoding" && value == "chunked";
        }

        await CopyAsync(bytes, length, ct);
        for (var size = isChunked ? 1L : 0L; size > 0;)
        {
            var line = await LineAsync(bytes, ct) ?? throw new IOException("The connection ended in the middle of a body.");
            size = long.Parse(line.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            await CopyAsync(bytes, size + 2, ct);
        }

        return new HttpMessage(bytes.ToArray(), head);
    }

    private async Task<string?> LineAsync(MemoryStream bytes, CancellationToken ct)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (start == end && !await FillAsync(ct))
            {
                return null;
            }

            var next = buffer[start++];
            bytes.WriteByte(next);
            if (next == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)next);
        }
    }

    private async Task CopyAsync(MemoryStream bytes, long count, CancellationToken ct)
    {
        while (count > 0)
        {
            if (start == end && !await FillAsync(ct))
            {
                throw new IOException("The connection ended in the middle of a body.");
            }

            var some = (int)Math.Min(count, end - start);
            bytes.Write(buffer, start, some);
            (start, count) = (start + some, count - some);
        }
    }

    private async Task<bool> FillAsync(CancellationToken ct)
    {
        (start, end) = (0, await stream.ReadAsync(buffer, ct));
        return end > 0;
    }
}
