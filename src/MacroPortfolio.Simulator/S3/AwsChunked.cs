using System.Globalization;
using System.Text;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.S3;

/// <summary>
/// The <c>aws-chunked</c> coding: <c>HEX[;chunk-signature=...]CRLF bytes CRLF</c>, a chunk of 0 bytes, then trailers as header lines.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
/// </summary>
public static class AwsChunked
{
    public static (ReadOnlyMemory<byte> Bytes, IReadOnlyDictionary<string, string> Trailers) Decode(byte[] body, string? decodedLength)
    {
        if (!long.TryParse(decodedLength, NumberStyles.None, null, out var length))
            throw new AwsException(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
        if (length > body.Length)
            throw Incomplete();

        var bytes = new byte[length];
        var position = 0;
        var written = 0;
        for (var size = NextChunk(body, ref position); size > 0; size = NextChunk(body, ref position))
        {
            if (size > body.Length - position - 2 || size > bytes.Length - written)
                throw Incomplete();
            Array.Copy(body, position, bytes, written, size);
            written += size;
            position += size;
            if (Line(body, ref position).Length > 0)
                throw Incomplete();
        }

        return written == length ? (bytes, Trailers(body, position)) : throw Incomplete();
    }

    private static int NextChunk(byte[] body, ref int position)
    {
        var header = Line(body, ref position);
        return int.TryParse(header.Split(';')[0], NumberStyles.AllowHexSpecifier, null, out var size) && size >= 0 ? size : throw Incomplete();
    }

    private static Dictionary<string, string> Trailers(byte[] body, int position)
    {
        var trailers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (position < body.Length && Line(body, ref position) is { Length: > 0 } line)
        {
            if (line.Split(':', 2) is [var name, var value])
                trailers[name.Trim()] = value.Trim();
        }

        return trailers;
    }

    private static string Line(byte[] body, ref int position)
    {
        var length = body.AsSpan(position).IndexOf("\r\n"u8);
        if (length < 0)
            throw Incomplete();
        var line = Encoding.ASCII.GetString(body, position, length);
        position += length + 2;
        return line;
    }

    private static AwsException Incomplete() =>
        new(400, "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header.");
}
