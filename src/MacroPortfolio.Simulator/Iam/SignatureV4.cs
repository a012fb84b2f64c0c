using System.Security.Cryptography;
using System.Text;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>Where and when a signature holds: <c>20261002/ap-east-1/codedeploy/aws4_request</c>.</summary>
public sealed record Scope(string Date, string Region, string Service)
{
    public override string ToString() => $"{Date}/{Region}/{Service}/aws4_request";
}

/// <summary>What of a request is signed.</summary>
/// <param name="Path">As it stands in the request line.</param>
/// <param name="Query">Names and values, decoded, without the signature itself.</param>
/// <param name="Headers">The signed ones.</param>
public sealed record SignedParts(
    string Method, string Path, IEnumerable<KeyValuePair<string, string>> Query, IEnumerable<KeyValuePair<string, string>> Headers, string PayloadHash);

/// <summary>Signature Version 4. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</summary>
public static class SignatureV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    public const string TimestampFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    public static string Sign(SignedParts parts, string timestamp, Scope scope, string secret) =>
        SignText($"{Algorithm}\n{timestamp}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(CanonicalRequest(parts, scope.Service)))}", scope, secret);

    public static string SignText(string text, Scope scope, string secret)
    {
        var key = Encoding.UTF8.GetBytes($"AWS4{secret}");
        foreach (var part in (string[])[scope.Date, scope.Region, scope.Service, "aws4_request"])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string CanonicalRequest(SignedParts parts, string service)
    {
        var query = parts.Query.Select(entry => (Name: Encode(entry.Key), Value: Encode(entry.Value)))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal).ThenBy(entry => entry.Value, StringComparer.Ordinal)
            .Select(entry => $"{entry.Name}={entry.Value}");
        var headers = parts.Headers.Select(header => (Name: header.Key.ToLowerInvariant(), Value: Collapse(header.Value)))
            .OrderBy(header => header.Name, StringComparer.Ordinal).ToList();
        return string.Join('\n',
            parts.Method,
            CanonicalPath(parts.Path, service),
            string.Join('&', query),
            string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n")),
            string.Join(';', headers.Select(header => header.Name)),
            parts.PayloadHash);
    }

    /// <summary>S3 encodes each segment once and keeps dots and empty segments; every other service normalises the path and encodes twice.</summary>
    private static string CanonicalPath(string path, string service)
    {
        if (service == "s3")
            return string.Join('/', path.Split('/').Select(segment => Encode(Uri.UnescapeDataString(segment))));

        var segments = new List<string>();
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != "."))
        {
            if (segment != "..")
                segments.Add(Encode(Encode(Uri.UnescapeDataString(segment))));
            else if (segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
        }

        var canonical = $"/{string.Join('/', segments)}";
        return path.EndsWith('/') && canonical.Length > 1 ? $"{canonical}/" : canonical;
    }

    private static string Collapse(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static string Encode(string text)
    {
        var encoded = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (Unreserved.Contains((char)b))
                encoded.Append((char)b);
            else
                encoded.Append($"%{b:X2}");
        }

        return encoded.ToString();
    }
}
