using System.Globalization;
using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.S3;

/// <summary>Put, get, head and delete.</summary>
public sealed class ObjectOperations(S3Store store)
{
    private static readonly XNamespace Ns = S3Call.Namespace;

    public Task PutAsync(S3Call call)
    {
        store.VersioningOf(call.Request.Bucket);
        var description = Descriptions.Read(call);
        call.Demand("s3:PutObject");
        var payload = call.Payload();
        var checksum = Checksum.Verified(payload);
        var version = store.Put(call.Request.Bucket, call.Request.Key, payload.Bytes.Span, description, checksum, Condition(call));
        call.Response.Headers.ETag = version.ETag;
        WriteVersion(call, version);
        WriteChecksum(call.Response, version.Checksum);
        return call.EmptyAsync();
    }

    public async Task GetAsync(S3Call call, CancellationToken ct)
    {
        var found = Find(call);
        await using var opened = store.Open(call.Request.Bucket, call.Request.Key, found.VersionId);
        var version = opened.Version;
        if (WriteHead(call, version) is not { } range)
            return;

        opened.Content.Position = range.First;
        var buffer = new byte[81920];
        for (var left = range.Length; left > 0;)
        {
            var count = await opened.Content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), ct);
            await call.Response.Body.WriteAsync(buffer.AsMemory(0, count), ct);
            left -= count;
        }
    }

    public Task HeadAsync(S3Call call)
    {
        WriteHead(call, Find(call));
        return Task.CompletedTask;
    }

    public Task DeleteAsync(S3Call call)
    {
        store.VersioningOf(call.Request.Bucket);
        call.Demand(call.Request.VersionId is null ? "s3:DeleteObject" : "s3:DeleteObjectVersion");
        var deletion = store.Delete(call.Request.Bucket, call.Request.Key, call.Request.VersionId);
        if (deletion.VersionId is { } id)
            call.Response.Headers["x-amz-version-id"] = id;
        if (deletion.DeleteMarker)
            call.Response.Headers["x-amz-delete-marker"] = "true";
        return call.EmptyAsync(204);
    }

    public Task GetTaggingAsync(S3Call call)
    {
        store.VersioningOf(call.Request.Bucket);
        call.Demand(call.Request.VersionId is null ? "s3:GetObjectTagging" : "s3:GetObjectVersionTagging", store.Peek(call.Request.Bucket, call.Request.Key, call.Request.VersionId));
        var version = Living(call, store.Get(call.Request.Bucket, call.Request.Key, call.Request.VersionId));
        WriteVersionId(call, version);
        return call.XmlAsync(new XElement(Ns + "Tagging", new XElement(Ns + "TagSet", version.Description.Tags.Select(tag =>
            new XElement(Ns + "Tag", new XElement(Ns + "Key", tag.Key), new XElement(Ns + "Value", tag.Value))))));
    }

    public static WriteCondition Condition(S3Call call)
    {
        var headers = call.Request.Headers;
        if (headers.IfNoneMatch.Count > 0 && headers.IfNoneMatch != "*")
            throw S3Errors.NotImplemented();
        return new WriteCondition(headers.IfMatch, headers.IfNoneMatch);
    }

    public void WriteVersion(S3Call call, S3Version version)
    {
        call.Response.Headers["x-amz-server-side-encryption"] = "AES256";
        WriteVersionId(call, version);
    }

    private void WriteVersionId(S3Call call, S3Version version)
    {
        if (store.VersioningOf(call.Request.Bucket) != Versioning.None)
            call.Response.Headers["x-amz-version-id"] = version.VersionId;
    }

    private S3Version Find(S3Call call)
    {
        var (bucket, key, versionId) = (call.Request.Bucket, call.Request.Key, call.Request.VersionId);
        store.VersioningOf(bucket);
        call.Demand(versionId is null ? "s3:GetObject" : "s3:GetObjectVersion", store.Peek(bucket, key, versionId));
        try
        {
            return Living(call, store.Get(bucket, key, versionId));
        }
        catch (AwsException missing) when (missing.Status == 404)
        {
            // Who may not list the bucket is not told that there is no such key.
            call.DemandOnBucket(versionId is null ? "s3:ListBucket" : "s3:ListBucketVersions");
            throw;
        }
    }

    /// <summary>A delete marker is no key when it is merely the newest, and no object to read when it is asked for by its id.</summary>
    private static S3Version Living(S3Call call, S3Version version)
    {
        if (!version.IsDeleteMarker)
            return version;
        call.Response.Headers["x-amz-delete-marker"] = "true";
        call.Response.Headers["x-amz-version-id"] = version.VersionId;
        if (call.Request.VersionId is null)
            throw S3Errors.NoSuchKey();
        call.Response.Headers.Allow = "DELETE";
        call.Response.Headers.LastModified = version.LastModified.ToString("R");
        throw S3Errors.MethodNotAllowed();
    }

    /// <summary>Writes status and headers. Returns which bytes follow; null when none do, because nothing changed for the sender.</summary>
    private ByteRange? WriteHead(S3Call call, S3Version version)
    {
        var (request, response) = (call.HttpRequest, call.Response);
        response.Headers.ETag = version.ETag;
        response.Headers.LastModified = version.LastModified.ToString("R");
        WriteVersion(call, version);
        if (NotModified(request, version))
        {
            response.StatusCode = 304;
            return null;
        }

        var range = ByteRange.Of(request.Headers.Range, version.Size);
        response.StatusCode = range.Partial ? 206 : 200;
        response.Headers.AcceptRanges = "bytes";
        response.ContentLength = range.Length;
        if (range.Partial)
            response.Headers.ContentRange = $"bytes {range.First}-{range.First + range.Length - 1}/{version.Size}";
        else if (request.Headers["x-amz-checksum-mode"].ToString().Equals("ENABLED", StringComparison.OrdinalIgnoreCase))
            WriteChecksum(response, version.Checksum);
        Descriptions.Write(call, version.Description);
        return range;
    }

    private static bool NotModified(HttpRequest request, S3Version version)
    {
        var headers = request.Headers;
        // Whole seconds, as the headers have.
        var modified = DateTimeOffset.FromUnixTimeSeconds(version.LastModified.ToUnixTimeSeconds());
        if (headers.IfMatch.Count > 0)
        {
            if (!ETags.Match(headers.IfMatch.ToString(), version.ETag))
                throw S3Errors.PreconditionFailed();
        }
        else if (Time(headers.IfUnmodifiedSince) is { } before && modified > before)
        {
            throw S3Errors.PreconditionFailed();
        }

        return headers.IfNoneMatch.Count > 0
            ? ETags.Match(headers.IfNoneMatch.ToString(), version.ETag)
            : Time(headers.IfModifiedSince) is { } since && modified <= since;
    }

    private static DateTimeOffset? Time(string? header) =>
        DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static void WriteChecksum(HttpResponse response, Checksum? checksum)
    {
        if (checksum is null)
            return;
        response.Headers[checksum.Algorithm.Header] = checksum.Value;
        response.Headers["x-amz-checksum-type"] = checksum.Type;
    }
}
