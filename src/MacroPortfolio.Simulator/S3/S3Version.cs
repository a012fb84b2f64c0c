namespace MacroPortfolio.Simulator.S3;

/// <summary>What a sender says of an object beside its bytes.</summary>
/// <param name="Headers">The standard ones, <c>Content-Type</c> and the like.</param>
/// <param name="Metadata">By the name behind <c>x-amz-meta-</c>.</param>
public sealed record ObjectDescription(
    IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, string> Tags)
{
    public static readonly ObjectDescription None = new(
        new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, string>());
}

/// <summary>One version of an object, or a delete marker, which has no file.</summary>
/// <param name="VersionId"><c>null</c>, the word, in a bucket without versioning.</param>
/// <param name="File">Where its bytes are.</param>
public sealed record S3Version(
    string Key, string VersionId, DateTimeOffset LastModified, string ETag, long Size, ObjectDescription Description, Checksum? Checksum, string File)
{
    public const string NullId = "null";

    public bool IsDeleteMarker => File.Length == 0;

    public static S3Version DeleteMarker(string key, string versionId, DateTimeOffset now) =>
        new(key, versionId, now, "", 0, ObjectDescription.None, null, "");
}

/// <summary>What must hold of the current version for a write to be made.</summary>
public sealed record WriteCondition(string? IfMatch, string? IfNoneMatch)
{
    public static readonly WriteCondition None = new(null, null);

    public void Check(S3Version? current)
    {
        if (IfNoneMatch is not null && current is not null)
            throw S3Errors.PreconditionFailed();
        if (IfMatch is not null && current is null)
            throw S3Errors.NoSuchKey();
        if (IfMatch is not null && !ETags.Match(IfMatch, current!.ETag))
            throw S3Errors.PreconditionFailed();
    }
}
