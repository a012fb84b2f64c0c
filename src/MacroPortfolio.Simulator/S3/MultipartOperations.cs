using System.Globalization;
using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.S3;

/// <summary>Objects that arrive in parts. https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html</summary>
public sealed class MultipartOperations(S3Store store, Uploads uploads, ObjectOperations objects)
{
    private static readonly XNamespace Ns = S3Call.Namespace;

    public Task CreateAsync(S3Call call)
    {
        store.VersioningOf(call.Request.Bucket);
        var description = Descriptions.Read(call);
        call.Demand("s3:PutObject");
        var algorithm = call.Request.Headers["x-amz-checksum-algorithm"].ToString() is { Length: > 0 } name ? ChecksumAlgorithm.Parse(name) : null;
        var upload = uploads.Create(call.Request.Bucket, call.Request.Key, description, algorithm, Type(call, algorithm));
        call.Response.Headers["x-amz-server-side-encryption"] = "AES256";
        if (algorithm is not null)
        {
            call.Response.Headers["x-amz-checksum-algorithm"] = algorithm.Name;
            call.Response.Headers["x-amz-checksum-type"] = upload.ChecksumType;
        }

        return call.XmlAsync(new XElement(Ns + "InitiateMultipartUploadResult", Names(call), new XElement(Ns + "UploadId", upload.Id)));
    }

    public Task PutPartAsync(S3Call call)
    {
        store.VersioningOf(call.Request.Bucket);
        call.Demand("s3:PutObject");
        var payload = call.Payload();
        var checksum = Checksum.Verified(payload);
        var number = call.Number("partNumber", 0, int.MaxValue);
        var part = uploads.Put(call.Request.Bucket, call.Request.Key, Id(call), number, payload.Bytes.Span, checksum);
        call.Response.Headers.ETag = part.ETag;
        call.Response.Headers["x-amz-server-side-encryption"] = "AES256";
        if (checksum is not null)
            call.Response.Headers[checksum.Algorithm.Header] = checksum.Value;
        return call.EmptyAsync();
    }

    public async Task CompleteAsync(S3Call call, CancellationToken ct)
    {
        store.VersioningOf(call.Request.Bucket);
        call.Demand("s3:PutObject");
        var condition = ObjectOperations.Condition(call);
        var version = await uploads.CompleteAsync(call.Request.Bucket, call.Request.Key, Id(call), Parts(call.Document()), condition, ct);
        objects.WriteVersion(call, version);
        await call.XmlAsync(new XElement(Ns + "CompleteMultipartUploadResult",
            new XElement(Ns + "Location", $"{call.HttpRequest.Scheme}://{call.HttpRequest.Host}{call.HttpRequest.Path.ToUriComponent()}"),
            Names(call),
            new XElement(Ns + "ETag", version.ETag),
            new XElement(Ns + version.Checksum!.Algorithm.Element, version.Checksum.Value),
            new XElement(Ns + "ChecksumType", version.Checksum.Type)));
    }

    public Task AbortAsync(S3Call call)
    {
        store.VersioningOf(call.Request.Bucket);
        call.Demand("s3:AbortMultipartUpload");
        uploads.Abort(call.Request.Bucket, call.Request.Key, Id(call));
        return call.EmptyAsync(204);
    }

    public Task ListPartsAsync(S3Call call)
    {
        store.VersioningOf(call.Request.Bucket);
        call.Demand("s3:ListMultipartUploadParts");
        var (upload, parts) = uploads.Parts(call.Request.Bucket, call.Request.Key, Id(call));
        var marker = call.Number("part-number-marker", 0, int.MaxValue);
        var size = call.Number("max-parts", 1000, 1000);
        var behind = parts.Where(part => part.Number > marker).ToList();
        var page = behind.Take(size).ToList();
        return call.XmlAsync(new XElement(Ns + "ListPartsResult",
            Names(call),
            new XElement(Ns + "UploadId", upload.Id),
            new XElement(Ns + "PartNumberMarker", marker),
            new XElement(Ns + "NextPartNumberMarker", page.Count == 0 ? 0 : page[^1].Number),
            new XElement(Ns + "MaxParts", size),
            new XElement(Ns + "IsTruncated", page.Count < behind.Count),
            upload.Algorithm is null ? null : new XElement(Ns + "ChecksumAlgorithm", upload.Algorithm.Name),
            upload.Algorithm is null ? null : new XElement(Ns + "ChecksumType", upload.ChecksumType),
            page.Select(part => new XElement(Ns + "Part",
                new XElement(Ns + "PartNumber", part.Number),
                new XElement(Ns + "LastModified", S3Call.Instant(part.LastModified)),
                new XElement(Ns + "ETag", part.ETag),
                part.Checksum is null ? null : new XElement(Ns + part.Checksum.Algorithm.Element, part.Checksum.Value),
                new XElement(Ns + "Size", part.Size))),
            new XElement(Ns + "StorageClass", "STANDARD")));
    }

    private static string Id(S3Call call) => call.Request.Query["uploadId"];

    private static IEnumerable<XElement> Names(S3Call call) => [new XElement(Ns + "Bucket", call.Request.Bucket), new XElement(Ns + "Key", call.Request.Key)];

    /// <summary>SHA checksums of a whole cannot be had from those of its parts, and CRC64NVME is never composite.</summary>
    private static string? Type(S3Call call, ChecksumAlgorithm? algorithm)
    {
        var type = call.Request.Headers["x-amz-checksum-type"].ToString();
        if (type.Length == 0)
            return null;
        var known = (type, algorithm?.Name) is (Checksum.FullObject, "CRC32" or "CRC32C" or "CRC64NVME")
            or (Checksum.Composite, "CRC32" or "CRC32C" or "SHA1" or "SHA256");
        return known ? type : throw new AwsException(400, "InvalidRequest",
            algorithm is null
                ? "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."
                : $"The {type} checksum type cannot be used with the {algorithm.Name.ToLowerInvariant()} checksum algorithm.");
    }

    private static List<CompletedPart> Parts(XElement? document)
    {
        var parts = document?.Elements().Where(element => element.Name.LocalName == "Part").Select(Part).ToList() ?? [];
        return parts.Count is > 0 and <= Uploads.MaximumParts ? parts : throw S3Errors.MalformedXml();
    }

    private static CompletedPart Part(XElement element)
    {
        var fields = element.Elements().ToLookup(field => field.Name.LocalName, field => field.Value);
        if (!int.TryParse(fields["PartNumber"].FirstOrDefault(), NumberStyles.None, null, out var number) || fields["ETag"].FirstOrDefault() is not { } eTag)
            throw S3Errors.MalformedXml();
        var checksum = ChecksumAlgorithm.All
            .SelectMany(algorithm => fields[algorithm.Element].Select(value => new Checksum(algorithm, value)))
            .FirstOrDefault();
        return new CompletedPart(number, eTag, checksum);
    }
}
