using System.Text;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.S3;

public enum Versioning
{
    /// <summary>Never enabled.</summary>
    None,
    Enabled,
    Suspended,
}

/// <summary>The index of one bucket: each key's versions, oldest first. Not safe for several threads: the store's lock is around it.</summary>
public sealed class Bucket(string name, string account, DateTimeOffset created)
{
    private readonly SortedDictionary<string, List<S3Version>> keys = new(Utf8Order);

    /// <summary>Keys sort by their UTF-8 bytes, which is not the order of UTF-16 beyond the basic plane.</summary>
    public static IComparer<string> Utf8Order { get; } =
        Comparer<string>.Create((a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    public string Name { get; } = name;

    /// <summary>Its owner.</summary>
    public string Account { get; } = account;
    public DateTimeOffset Created { get; } = created;
    public Policy? Policy { get; set; }
    public Versioning Versioning { get; set; }

    /// <summary>All versions, by key, the newest of each key first.</summary>
    public IEnumerable<S3Version> Versions => keys.Values.SelectMany(versions => versions.AsEnumerable().Reverse());

    public IEnumerable<S3Version> Current => keys.Values.Select(versions => versions[^1]).Where(version => !version.IsDeleteMarker);

    /// <summary>The newest version, be it a delete marker.</summary>
    public S3Version? Newest(string key) => keys.TryGetValue(key, out var versions) ? versions[^1] : null;

    public S3Version? Find(string key, string versionId) => keys.GetValueOrDefault(key)?.Find(version => version.VersionId == versionId);

    public S3Version Get(string key, string? versionId)
    {
        var version = versionId is null ? Newest(key) : Find(key, versionId);
        return version ?? throw (versionId is null ? S3Errors.NoSuchKey()
            : IsVersionId(versionId) ? S3Errors.NoSuchVersion()
            : S3Errors.InvalidArgument("Invalid version id specified"));
    }

    /// <summary>Makes it the newest; of those called <c>null</c> there is only ever one, and the one before is returned.</summary>
    public S3Version? Add(S3Version version)
    {
        var replaced = version.VersionId == S3Version.NullId ? Remove(version.Key, S3Version.NullId) : null;
        if (!keys.TryGetValue(version.Key, out var versions))
            keys[version.Key] = versions = [];
        versions.Add(version);
        return replaced;
    }

    public S3Version? Remove(string key, string versionId)
    {
        if (Find(key, versionId) is not { } version)
            return null;
        var versions = keys[key];
        versions.Remove(version);
        if (versions.Count == 0)
            keys.Remove(key);
        return version;
    }

    /// <summary>S3's names: 3 to 63 of lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit.</summary>
    public static void CheckName(string name)
    {
        var good = name.Length is >= 3 and <= 63
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')
            && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]) && !name.Contains("..", StringComparison.Ordinal);
        if (!good)
            throw new AwsException(400, "InvalidBucketName", "The specified bucket is not valid.");
    }

    private static bool IsVersionId(string text) =>
        text == S3Version.NullId || (text.Length == 32 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_'));
}
