using System.Security.Cryptography;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.S3;

/// <summary>What a request carries, out of its chunks, with its headers and those that followed as trailers.</summary>
public sealed record S3Payload(ReadOnlyMemory<byte> Bytes, IHeaderDictionary Headers, IReadOnlyDictionary<string, string> Trailers)
{
    private static readonly IReadOnlyDictionary<string, string> NoTrailers = new Dictionary<string, string>();

    public static S3Payload Read(Exchange exchange)
    {
        var headers = exchange.Http.Request.Headers;
        var declared = headers["x-amz-content-sha256"].ToString();
        if (declared.StartsWith("STREAMING-", StringComparison.Ordinal))
        {
            var (bytes, trailers) = AwsChunked.Decode(exchange.Body, headers["x-amz-decoded-content-length"]);
            return new S3Payload(bytes, headers, trailers);
        }

        if (declared.Length == 64 && !declared.Equals(Convert.ToHexStringLower(SHA256.HashData(exchange.Body)), StringComparison.OrdinalIgnoreCase))
            throw new AwsException(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");
        return new S3Payload(exchange.Body, headers, NoTrailers);
    }

    public string? Header(string name) =>
        Headers.TryGetValue(name, out var value) ? value.ToString() : Trailers.GetValueOrDefault(name);
}
