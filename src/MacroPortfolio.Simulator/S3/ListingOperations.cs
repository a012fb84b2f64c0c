using System.Text;
using System.Xml.Linq;

namespace MacroPortfolio.Simulator.S3;

/// <summary>Lists of objects and of versions, a page at a time, folded at a delimiter.</summary>
public sealed class ListingOperations(S3Store store)
{
    private const int PageSize = 1000;
    private const string TokenMark = "after ";
    private static readonly XNamespace Ns = S3Call.Namespace;

    public Task ObjectsAsync(S3Call call)
    {
        var objects = store.Objects(call.Request.Bucket);
        call.Demand("s3:ListBucket");
        if (call.Request.Query["list-type"] != "2")
            throw S3Errors.InvalidArgument("Invalid List Type specified in Query");

        var asked = new Asked(call);
        var token = call.Request.Query.GetValueOrDefault("continuation-token");
        var startAfter = call.Request.Query.GetValueOrDefault("start-after");
        var after = token is null ? startAfter : Continued(token);
        var page = Page.Of(asked.Fold(objects).SkipWhile(entry => after is not null && Bucket.Utf8Order.Compare(entry.Name, after) <= 0), asked.MaxKeys);
        var owner = call.Request.Query.GetValueOrDefault("fetch-owner") == "true" ? new XElement(Ns + "Owner", new XElement(Ns + "ID", store.AccountOf(call.Request.Bucket))) : null;
        return call.XmlAsync(new XElement(Ns + "ListBucketResult",
            asked.Echo(call.Request.Bucket),
            Optional("StartAfter", asked.Encode(startAfter)),
            Optional("ContinuationToken", token),
            page.Next is { } next ? new XElement(Ns + "NextContinuationToken", Token(next.Name)) : null,
            new XElement(Ns + "KeyCount", page.Entries.Count),
            new XElement(Ns + "IsTruncated", page.Next is not null),
            page.Versions.Select(version => new XElement(Ns + "Contents",
                new XElement(Ns + "Key", asked.Encode(version.Key)),
                Facts(version),
                owner)),
            asked.CommonPrefixes(page)));
    }

    public Task VersionsAsync(S3Call call)
    {
        var versions = store.Versions(call.Request.Bucket);
        call.Demand("s3:ListBucketVersions");
        var asked = new Asked(call);
        var keyMarker = call.Request.Query.GetValueOrDefault("key-marker") ?? "";
        var versionMarker = call.Request.Query.GetValueOrDefault("version-id-marker") ?? "";
        if (versionMarker.Length > 0 && keyMarker.Length == 0)
            throw S3Errors.InvalidArgument("A version-id marker cannot be specified without a key marker.");

        var newest = versions.DistinctBy(version => version.Key).ToHashSet();
        var page = Page.Of(Behind(asked.Fold(versions), keyMarker, versionMarker), asked.MaxKeys);
        return call.XmlAsync(new XElement(Ns + "ListVersionsResult",
            asked.Echo(call.Request.Bucket),
            new XElement(Ns + "KeyMarker", asked.Encode(keyMarker)),
            new XElement(Ns + "VersionIdMarker", versionMarker),
            Optional("NextKeyMarker", asked.Encode(page.Next?.Name)),
            Optional("NextVersionIdMarker", page.Next?.Version?.VersionId),
            new XElement(Ns + "IsTruncated", page.Next is not null),
            page.Versions.Select(version => new XElement(Ns + (version.IsDeleteMarker ? "DeleteMarker" : "Version"),
                new XElement(Ns + "Key", asked.Encode(version.Key)),
                new XElement(Ns + "VersionId", version.VersionId),
                new XElement(Ns + "IsLatest", newest.Contains(version)),
                Facts(version),
                new XElement(Ns + "Owner", new XElement(Ns + "ID", store.AccountOf(call.Request.Bucket))))),
            asked.CommonPrefixes(page)));
    }

    private static IEnumerable<Entry> Behind(IEnumerable<Entry> entries, string keyMarker, string versionMarker)
    {
        if (keyMarker.Length == 0)
            return entries;
        var seen = false;
        return entries.Where(entry =>
        {
            if (entry.Name != keyMarker)
                return Bucket.Utf8Order.Compare(entry.Name, keyMarker) > 0;
            var behind = seen;
            seen |= versionMarker.Length > 0 && entry.Version?.VersionId == versionMarker;
            return behind;
        });
    }

    private static IEnumerable<XElement> Facts(S3Version version)
    {
        yield return new XElement(Ns + "LastModified", S3Call.Instant(version.LastModified));
        if (version.IsDeleteMarker)
            yield break;
        yield return new XElement(Ns + "ETag", version.ETag);
        if (version.Checksum is { } checksum)
        {
            yield return new XElement(Ns + "ChecksumAlgorithm", checksum.Algorithm.Name);
            yield return new XElement(Ns + "ChecksumType", checksum.Type);
        }

        yield return new XElement(Ns + "Size", version.Size);
        yield return new XElement(Ns + "StorageClass", "STANDARD");
    }

    private static string Token(string after) => Convert.ToBase64String(Encoding.UTF8.GetBytes(TokenMark + after));

    /// <summary>Words that happen to be Base64 are no token.</summary>
    private static string Continued(string token)
    {
        var bytes = new byte[token.Length];
        var text = Convert.TryFromBase64String(token, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
        return text.StartsWith(TokenMark, StringComparison.Ordinal)
            ? text[TokenMark.Length..]
            : throw S3Errors.InvalidArgument("The continuation token provided is incorrect");
    }

    private static XElement? Optional(string name, string? value) => value is null ? null : new XElement(Ns + name, value);

    /// <summary>A version, or (without one) all keys that begin with the name, folded together.</summary>
    private sealed record Entry(string Name, S3Version? Version);

    /// <param name="Next">The last entry of this page when others follow.</param>
    private sealed record Page(IReadOnlyList<Entry> Entries, Entry? Next)
    {
        public IEnumerable<S3Version> Versions => Entries.Select(entry => entry.Version).OfType<S3Version>();

        public static Page Of(IEnumerable<Entry> rest, int size)
        {
            var entries = rest.Take(size + 1).ToList();
            return entries.Count <= size || size == 0 ? new Page(entries[..Math.Min(size, entries.Count)], null) : new Page(entries[..size], entries[size - 1]);
        }
    }

    /// <summary>The parameters that both lists have.</summary>
    private sealed class Asked(S3Call call)
    {
        private readonly string prefix = call.Request.Query.GetValueOrDefault("prefix") ?? "";
        private readonly string delimiter = call.Request.Query.GetValueOrDefault("delimiter") ?? "";
        private readonly bool url = Encoding(call.Request.Query.GetValueOrDefault("encoding-type"));

        public int MaxKeys { get; } = call.Number("max-keys", PageSize, PageSize);

        public IEnumerable<Entry> Fold(IEnumerable<S3Version> versions)
        {
            string? folded = null;
            foreach (var version in versions.Where(version => version.Key.StartsWith(prefix, StringComparison.Ordinal)))
            {
                var end = delimiter.Length == 0 ? -1 : version.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
                if (end < 0)
                {
                    yield return new Entry(version.Key, version);
                    continue;
                }

                var common = version.Key[..(end + delimiter.Length)];
                if (common != folded)
                    yield return new Entry(common, null);
                folded = common;
            }
        }

        public IEnumerable<XElement?> Echo(string bucket) =>
        [
            new XElement(Ns + "Name", bucket),
            new XElement(Ns + "Prefix", Encode(prefix)),
            delimiter.Length == 0 ? null : new XElement(Ns + "Delimiter", Encode(delimiter)),
            new XElement(Ns + "MaxKeys", MaxKeys),
            url ? new XElement(Ns + "EncodingType", "url") : null,
        ];

        public IEnumerable<XElement> CommonPrefixes(Page page) => page.Entries
            .Where(entry => entry.Version is null)
            .Select(entry => new XElement(Ns + "CommonPrefixes", new XElement(Ns + "Prefix", Encode(entry.Name))));

        public string? Encode(string? text) => url && text is not null
            ? Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal).Replace("%20", "+", StringComparison.Ordinal)
            : text;

        private static bool Encoding(string? type) => type switch
        {
            null => false,
            "url" => true,
            _ => throw S3Errors.InvalidArgument("Invalid Encoding Method specified in Request"),
        };
    }
}
