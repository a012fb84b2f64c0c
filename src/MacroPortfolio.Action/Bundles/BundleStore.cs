using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Core.Checks;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Bundles;

/// <summary>Where a bundle comes from; it is kept with the object.</summary>
internal sealed record BundleOrigin(string? Repository, string? Commit, long Run);

/// <summary>The bucket that bundles are kept in, each under the hash of its bytes.</summary>
/// <param name="partition">The first part of ARNs there.</param>
/// <param name="say">Takes what is left behind and changes nothing of how the run ends.</param>
internal sealed class BundleStore(IAmazonS3 client, BundleBucket bucket, string partition, Func<string, Task> say)
{
    /// <summary>Smaller ones go in one request. Parts of this size are at most 10,000, S3's limit, up to 160 GB.</summary>
    private const long PartSize = 16 << 20;

    private const int PartsAtOnce = 4;

    public string Bucket => bucket.Name.Value;

    public string KeyOf(ApplicationName application, BundleArchive archive) => bucket.Prefix.KeyOf(application, archive.Hash);

    /// <summary>The object if the same bytes are there already. What stands under a bundle's key without being it is none.</summary>
    public async Task<Core.Inputs.Revision.S3?> FindAsync(string key, BundleArchive archive, CancellationToken ct)
    {
        try
        {
            var there = await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket.Name.Value, Key = key, ChecksumMode = ChecksumMode.ENABLED }, ct);
            return there.ContentLength == archive.Size && there.ChecksumCRC32 == archive.Crc32 ? Pinned(key, there.VersionId, there.ETag) : null;
        }
        catch (AmazonS3Exception ex) when (ex.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (Exception ex)
        {
            throw Explain(ex, $"look for s3://{bucket.Name}/{key}", On(key, "GetObject"), OnBucket("ListBucket"));
        }
    }

    /// <summary>What there is to say of an object that somebody else may have put there.</summary>
    public async Task<CheckLine> LookAsync(Core.Inputs.Revision.S3 revision, CancellationToken ct)
    {
        try
        {
            var there = await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = revision.Bucket, Key = revision.Key, VersionId = revision.Version }, ct);
            return revision.ETag is { } pinned && pinned.Trim('"') != there.ETag?.Trim('"')
                ? CheckLine.Fail("revision", $"{revision.Label} has the eTag {there.ETag?.Trim('"')} now, not {pinned.Trim('"')}.", "Somebody has replaced the object; name the one that is meant.")
                : CheckLine.Pass("revision", $"{revision.Label} is there, {Words.Bytes(there.ContentLength)}{(revision is { Version: null, ETag: null } ? "; without ?versionId= or ?eTag= an instance may get other bytes than another" : "")}.");
        }
        catch (AmazonS3Exception ex) when (ex.StatusCode == HttpStatusCode.NotFound)
        {
            return CheckLine.Fail("revision", $"There is no {revision.Label}.", "Push it first, and name it as the output revision of push does.");
        }
        catch (Exception ex)
        {
            throw Explain(ex, $"look for {revision.Label}", On(revision.Key, revision.Version is null ? "GetObject" : "GetObjectVersion"), OnBucket("ListBucket"));
        }
    }

    /// <summary>Uploads it unless the same bytes are there when it arrives.</summary>
    public async Task<Core.Inputs.Revision.S3> PutAsync(string key, BundleArchive archive, BundleOrigin origin, CancellationToken ct)
    {
        try
        {
            return archive.Size <= PartSize ? await WholeAsync(key, archive, origin, ct) : await InPartsAsync(key, archive, origin, ct);
        }
        catch (AmazonS3Exception ex) when (ex.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict && ex.ErrorCode != "NoSuchBucket")
        {
            // Another run has pushed the same, or this one has and its answer was lost.
            return await FindAsync(key, archive, ct)
                ?? throw new DeployException(Outcome.Failed, $"s3://{bucket.Name}/{key} holds other bytes than its name says, or bytes for which S3 has no checksum.", "Somebody else has written to it. Look who in the bucket's access log, delete that version, and run again.", ex);
        }
        catch (Exception ex)
        {
            throw Explain(ex, $"upload the bundle to s3://{bucket.Name}/{key}", On(key, "PutObject"), On(key, "PutObjectTagging"), On(key, "AbortMultipartUpload"));
        }
    }

    private async Task<Core.Inputs.Revision.S3> WholeAsync(string key, BundleArchive archive, BundleOrigin origin, CancellationToken ct)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket.Name.Value,
            Key = key,
            FilePath = archive.Place,
            ContentType = "application/zip",
            ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
            ChecksumCRC32 = archive.Crc32,
            IfNoneMatch = "*",
            TagSet = Tags(origin),
        };
        Describe(request.Metadata, archive, origin);
        var answer = await client.PutObjectAsync(request, ct);
        return Pinned(key, answer.VersionId, answer.ETag);
    }

    private async Task<Core.Inputs.Revision.S3> InPartsAsync(string key, BundleArchive archive, BundleOrigin origin, CancellationToken ct)
    {
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = bucket.Name.Value,
            Key = key,
            ContentType = "application/zip",
            ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
            ChecksumType = ChecksumType.FULL_OBJECT,
            TagSet = Tags(origin),
        };
        Describe(request.Metadata, archive, origin);
        var upload = (await client.InitiateMultipartUploadAsync(request, ct)).UploadId;
        try
        {
            var parts = new PartETag[(archive.Size + PartSize - 1) / PartSize];
            await Parallel.ForAsync(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = ct }, async (at, token) =>
            {
                var answer = await client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = bucket.Name.Value,
                        Key = key,
                        UploadId = upload,
                        PartNumber = at + 1,
                        FilePath = archive.Place,
                        FilePosition = at * PartSize,
                        PartSize = Math.Min(PartSize, archive.Size - (at * PartSize)),
                        ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
                    },
                    token);
                parts[at] = new PartETag(at + 1, answer.ETag) { ChecksumCRC32 = answer.ChecksumCRC32 };
            });
            var done = await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = bucket.Name.Value,
                    Key = key,
                    UploadId = upload,
                    PartETags = [.. parts],
                    ChecksumCRC32 = archive.Crc32,
                    ChecksumType = ChecksumType.FULL_OBJECT,
                    MpuObjectSize = archive.Size,
                    IfNoneMatch = "*",
                },
                ct);
            return Pinned(key, done.VersionId, done.ETag);
        }
        catch
        {
            await AbandonAsync(key, upload);
            throw;
        }
    }

    /// <summary>What is left of an upload costs money until the bucket's lifecycle removes it.</summary>
    private async Task AbandonAsync(string key, string upload)
    {
        try
        {
            await client.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = bucket.Name.Value, Key = key, UploadId = upload }, CancellationToken.None);
        }
        catch (Exception ex) when (ex is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            var told = Explain(ex, $"abandon the upload {upload} of s3://{bucket.Name}/{key}", On(key, "AbortMultipartUpload"));
            await say($"{told.Message} Its parts stay until the bucket's lifecycle removes them.");
        }
    }

    private Core.Inputs.Revision.S3 Pinned(string key, string? version, string? eTag) =>
        new(bucket.Name.Value, key, "zip", string.IsNullOrEmpty(version) || version == "null" ? null : version, string.IsNullOrEmpty(eTag) ? null : eTag.Trim('"'));

    private static void Describe(MetadataCollection metadata, BundleArchive archive, BundleOrigin origin)
    {
        metadata["sha256"] = archive.Hash;
        foreach (var (name, value) in Known(origin))
        {
            metadata[name] = value;
        }
    }

    private static List<Tag> Tags(BundleOrigin origin) => [.. Known(origin).Select(word => new Tag { Key = word.Name, Value = word.Value })];

    private static IEnumerable<(string Name, string Value)> Known(BundleOrigin origin)
    {
        if (origin.Repository is { } repository)
        {
            yield return ("repository", repository);
        }

        if (origin.Commit is { } commit)
        {
            yield return ("commit", commit);
        }

        if (origin.Run > 0)
        {
            yield return ("run", $"{origin.Run}");
        }
    }

    private Exception Explain(Exception error, string doing, params IReadOnlyList<Permission> needed) => error switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => new DeployException(Outcome.BadInput, $"Input 's3-bucket' is '{bucket.Name}', and there is no such bucket.", "Check the name; the stack that makes one names it in its outputs.", error),
        AmazonS3Exception { ErrorCode: "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" or "MovedPermanently" } or AmazonS3Exception { StatusCode: HttpStatusCode.MovedPermanently } =>
            new DeployException(Outcome.BadInput, $"Input 's3-bucket' is '{bucket.Name}', which is in another region than the application: {error.Message}", "CodeDeploy takes bundles from a bucket of its own region.", error),
        AmazonS3Exception { ErrorCode: "AccessDenied" or "Forbidden" } or AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden, ErrorCode: null or "" } =>
            Denial.Explain(((AmazonS3Exception)error).ErrorCode is { Length: > 0 } code ? code : "403", error.Message, doing, needed, error),
        AmazonS3Exception { ErrorCode: { } code } when AwsErrors.Unaccepted(code, error, doing) is { } unaccepted => unaccepted,
        _ => AwsErrors.Translate(error, doing, needed) switch
        {
            TransientException unreachable => new DeployException(Outcome.Failed, unreachable.Message, "Nothing was deployed; run again.", error),
            var told => told,
        },
    };

    private Permission On(string key, string action) => new($"arn:{partition}:s3:::{bucket.Name}/{key}", $"s3:{action}");

    private Permission OnBucket(string action) => new($"arn:{partition}:s3:::{bucket.Name}", $"s3:{action}");
}
