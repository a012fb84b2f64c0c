using Microsoft.AspNetCore.Http.Features;

namespace MacroPortfolio.Simulator.S3;

public enum S3Level
{
    Service,
    Bucket,
    Key,
}

/// <summary>A path-style request. Bucket and key come from the raw target: a path that the server has decoded and tidied is no longer the key.</summary>
public sealed record S3Request(string Method, string Bucket, string Key, IReadOnlyDictionary<string, string> Query, IHeaderDictionary Headers)
{
    /// <summary>Query parameters that refine an operation and do not choose another one.</summary>
    private static readonly HashSet<string> Parameters = new(StringComparer.Ordinal)
    {
        "versionId", "prefix", "delimiter", "max-keys", "continuation-token", "start-after", "encoding-type", "fetch-owner", "key-marker",
        "version-id-marker", "max-parts", "part-number-marker", "x-id",
    };

    public S3Level Level => Key.Length > 0 ? S3Level.Key : Bucket.Length > 0 ? S3Level.Bucket : S3Level.Service;

    /// <summary>
    /// What, beside method and path, tells which operation this is: <c>uploads</c>, <c>partNumber&amp;uploadId</c>, or <c>copy</c> for a copy source.
    /// </summary>
    public string SubResource { get; } = string.Join('&', Query.Keys.Where(IsSubResource)
        .Concat(Headers.ContainsKey("x-amz-copy-source") ? ["copy"] : []).Order(StringComparer.Ordinal));

    public string? VersionId => Query.GetValueOrDefault("versionId");

    public static S3Request Read(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/') && Uri.TryCreate(target, UriKind.Absolute, out var proxied))
            target = target[proxied.GetLeftPart(UriPartial.Authority).Length..];
        var path = target.Split('?', 2)[0].TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var (bucket, key) = slash < 0 ? (path, "") : (path[..slash], path[(slash + 1)..]);
        var query = http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        return new S3Request(http.Request.Method, Uri.UnescapeDataString(bucket), Uri.UnescapeDataString(key), query, http.Request.Headers);
    }

    private static bool IsSubResource(string name) =>
        !Parameters.Contains(name)
        && !name.StartsWith("response-", StringComparison.Ordinal)
        && !name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase);
}
