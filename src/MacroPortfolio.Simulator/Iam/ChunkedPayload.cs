using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>
/// A body in signed chunks: each chunk's signature covers the one before it, and the first covers the request's own.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
/// </summary>
public static class ChunkedPayload
{
    private static readonly string EmptyHash = SignatureV4.Hash([]);

    public static bool IsSigned(byte[] body, SignatureClaim claim, string secret, bool hasTrailer)
    {
        var (previous, at) = (claim.Signature, 0);
        while (true)
        {
            if (Line(body, ref at)?.Split(";chunk-signature=") is not [var size, var signature]
                || !int.TryParse(size, NumberStyles.AllowHexSpecifier, null, out var length) || length < 0 || length > body.Length - at)
                return false;

            var hash = SignatureV4.Hash(body.AsSpan(at, length));
            if (!Same(Sign("PAYLOAD", $"{previous}\n{EmptyHash}\n{hash}", claim, secret), signature))
                return false;

            (previous, at) = (signature, at + length);
            if (length == 0)
                return !hasTrailer || IsTrailerSigned(body, at, previous, claim, secret);
            if (Line(body, ref at) is not "")
                return false;
        }
    }

    internal static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    private static bool IsTrailerSigned(byte[] body, int at, string previous, SignatureClaim claim, string secret)
    {
        var trailer = new StringBuilder();
        while (Line(body, ref at) is { Length: > 0 } line)
        {
            if (!line.StartsWith("x-amz-trailer-signature:", StringComparison.OrdinalIgnoreCase))
            {
                trailer.Append(line).Append('\n');
                continue;
            }

            var hash = SignatureV4.Hash(Encoding.UTF8.GetBytes(trailer.ToString()));
            return Same(Sign("TRAILER", $"{previous}\n{hash}", claim, secret), line[(line.IndexOf(':') + 1)..].Trim());
        }

        return false;
    }

    private static string Sign(string part, string text, SignatureClaim claim, string secret) =>
        SignatureV4.SignText($"{SignatureV4.Algorithm}-{part}\n{claim.Timestamp}\n{claim.Scope}\n{text}", claim.Scope, secret);

    private static string? Line(byte[] body, ref int at)
    {
        var length = body.AsSpan(at).IndexOf("\r\n"u8);
        if (length < 0)
            return null;
        var line = Encoding.ASCII.GetString(body, at, length);
        at += length + 2;
        return line;
    }
}
