using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.S3;

public sealed record UploadedPart(int Number, long Size, byte[] Md5, Checksum? Checksum, DateTimeOffset LastModified, string File)
{
    public string ETag => ETags.Of(Md5);
}

/// <summary>What the completion of an upload says of a part.</summary>
public sealed record CompletedPart(int Number, string ETag, Checksum? Checksum);

/// <param name="Algorithm">Null: the sender wants none, and the object gets S3's own.</param>
public sealed record Upload(
    string Id, string Bucket, string Key, ObjectDescription Description, ChecksumAlgorithm? Algorithm, string ChecksumType, DateTimeOffset Initiated)
{
    public SortedDictionary<int, UploadedPart> Parts { get; } = [];
}

/// <summary>Multipart uploads that are neither completed nor aborted.</summary>
public sealed class Uploads(S3Store store, TimeProvider time)
{
    /// <summary>Of every part but the last. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</summary>
    public const long MinimumPartSize = 5 * 1024 * 1024;
    public const int MaximumParts = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Upload> uploads = [];

    public Upload Create(string bucket, string key, ObjectDescription description, ChecksumAlgorithm? algorithm, string? checksumType)
    {
        var type = checksumType ?? (algorithm == ChecksumAlgorithm.Crc64Nvme ? Checksum.FullObject : Checksum.Composite);
        var upload = new Upload(store.NewId(), bucket, key, description, algorithm, type, time.GetUtcNow());
        lock (gate)
            uploads[upload.Id] = upload;
        return upload;
    }

    public UploadedPart Put(string bucket, string key, string id, int number, ReadOnlySpan<byte> bytes, Checksum? checksum)
    {
        if (number is < 1 or > MaximumParts)
            throw S3Errors.InvalidArgument($"Part number must be an integer between 1 and {MaximumParts}, inclusive");
        var upload = Get(bucket, key, id);
        if (upload.Algorithm is { } expected && checksum?.Algorithm != expected)
        {
            throw new AwsException(400, "InvalidRequest", "Checksum Type mismatch occurred, expected checksum Type: "
                + $"{expected.Name.ToLowerInvariant()}, actual checksum Type: {checksum?.Algorithm.Name.ToLowerInvariant() ?? "null"}");
        }

        var file = store.NewFile();
        File.WriteAllBytes(file, bytes);
        var part = new UploadedPart(number, bytes.Length, ETags.Md5(bytes), checksum, time.GetUtcNow(), file);
        lock (gate)
        {
            Get(bucket, key, id);
            if (upload.Parts.TryGetValue(number, out var earlier))
                File.Delete(earlier.File);
            upload.Parts[number] = part;
        }

        return part;
    }

    public (Upload Upload, IReadOnlyList<UploadedPart> Parts) Parts(string bucket, string key, string id)
    {
        lock (gate)
        {
            var upload = Get(bucket, key, id);
            return (upload, [.. upload.Parts.Values]);
        }
    }

    public void Abort(string bucket, string key, string id)
    {
        lock (gate)
        {
            var upload = Get(bucket, key, id);
            uploads.Remove(id);
            Discard(upload);
        }
    }

    public async Task<S3Version> CompleteAsync(
        string bucket, string key, string id, IReadOnlyList<CompletedPart> named, WriteCondition condition, CancellationToken ct)
    {
        var (upload, uploaded) = Parts(bucket, key, id);
        var parts = Chosen(upload, uploaded, named);
        var (file, size, checksum) = await AssembleAsync(upload, parts, ct);
        // S3 dates an object by when its upload began.
        var version = new S3Version(
            key, "", upload.Initiated, ETags.OfParts([.. parts.Select(part => part.Md5)]), size, upload.Description, checksum, file);
        lock (gate)
        {
            if (!uploads.ContainsKey(id))
            {
                File.Delete(file);
                throw S3Errors.NoSuchUpload();
            }

            var added = store.Add(bucket, version, condition);
            uploads.Remove(id);
            Discard(upload);
            return added;
        }
    }

    private static List<UploadedPart> Chosen(Upload upload, IReadOnlyList<UploadedPart> uploaded, IReadOnlyList<CompletedPart> named)
    {
        if (named.Zip(named.Skip(1)).Any(pair => pair.First.Number >= pair.Second.Number))
        {
            throw new AwsException(400, "InvalidPartOrder",
                "The list of parts was not in ascending order. The parts list must be specified in order by part number.");
        }

        var parts = named.Select(part => uploaded.FirstOrDefault(candidate => candidate.Number == part.Number && Agree(candidate, part))
            ?? throw new AwsException(400, "InvalidPart", "One or more of the specified parts could not be found.  The part may not have been uploaded, "
                + "or the specified entity tag may not match the part's entity tag.")).ToList();
        if (upload is { Algorithm: { } algorithm, ChecksumType: Checksum.Composite } && named.FirstOrDefault(part => part.Checksum is null) is { } bare)
        {
            throw new AwsException(400, "InvalidRequest", $"The upload was created using a {algorithm.Name.ToLowerInvariant()} checksum. "
                + $"The complete request must include the checksum for each part. It was missing for part {bare.Number} in the request.");
        }

        if (parts.SkipLast(1).Any(part => part.Size < MinimumPartSize))
            throw new AwsException(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
        return parts;
    }

    private static bool Agree(UploadedPart uploaded, CompletedPart named) =>
        ETags.Match(named.ETag, uploaded.ETag) && (named.Checksum is null || named.Checksum.Value == uploaded.Checksum?.Value);

    private async Task<(string File, long Size, Checksum Checksum)> AssembleAsync(Upload upload, List<UploadedPart> parts, CancellationToken ct)
    {
        var algorithm = upload.Algorithm ?? ChecksumAlgorithm.Crc64Nvme;
        var composite = upload is { Algorithm: not null, ChecksumType: Checksum.Composite };
        var digest = algorithm.Start();
        var file = store.NewFile();
        await using var whole = File.Create(file);
        var buffer = new byte[1 << 20];
        foreach (var part in parts)
        {
            await using var bytes = S3Store.Read(part.File);
            for (var count = await bytes.ReadAsync(buffer, ct); count > 0; count = await bytes.ReadAsync(buffer, ct))
            {
                if (!composite)
                    digest.Append(buffer.AsSpan(0, count));
                await whole.WriteAsync(buffer.AsMemory(0, count), ct);
            }

            if (composite)
                digest.Append(Convert.FromBase64String(part.Checksum!.Value));
        }

        var value = Convert.ToBase64String(digest.Finish());
        var checksum = composite ? new Checksum(algorithm, $"{value}-{parts.Count}", Checksum.Composite) : new Checksum(algorithm, value);
        return (file, whole.Length, checksum);
    }

    private Upload Get(string bucket, string key, string id)
    {
        lock (gate)
            return uploads.GetValueOrDefault(id) is { } upload && upload.Bucket == bucket && upload.Key == key ? upload : throw S3Errors.NoSuchUpload();
    }

    private static void Discard(Upload upload)
    {
        foreach (var part in upload.Parts.Values)
            File.Delete(part.File);
    }
}
