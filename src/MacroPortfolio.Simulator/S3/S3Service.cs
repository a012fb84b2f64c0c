using System.Text.Json.Nodes;
using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.S3;

/// <summary>S3's REST protocol, path style. What it does not know it refuses as S3 refuses what it has not implemented.</summary>
public sealed class S3Service : IService
{
    private readonly IGuard guard;
    private readonly S3Store store;
    private readonly BucketOperations buckets;
    private readonly ListingOperations listings;
    private readonly ObjectOperations objects;
    private readonly MultipartOperations multipart;
    private readonly Lock gate = new();
    private readonly Random random;

    public S3Service(WorldFile world, S3Store store, IGuard guard, TimeProvider time)
    {
        (this.guard, this.store) = (guard, store);
        random = new Random(world.Seed);
        buckets = new BucketOperations(store);
        listings = new ListingOperations(store);
        objects = new ObjectOperations(store);
        multipart = new MultipartOperations(store, new Uploads(store, time), objects);
    }

    public static IReadOnlyList<string> Operations { get; } =
    [
        "ListBuckets", "CreateBucket", "HeadBucket", "GetBucketLocation", "GetBucketVersioning", "PutBucketVersioning", "GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy", "ListObjectsV2", "ListObjectVersions",
        "PutObject", "GetObject", "HeadObject", "DeleteObject", "GetObjectTagging", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload",
        "AbortMultipartUpload", "ListParts",
    ];

    public string Name => "s3";

    public void Describe(Exchange exchange)
    {
        var request = S3Request.Read(exchange.Http);
        exchange.Operation = Operation(request).Name;
        exchange.Request = Noted(request, exchange.Body.Length);
    }

    public async Task AnswerAsync(Exchange exchange, CancellationToken ct)
    {
        Describe(exchange);
        var request = S3Request.Read(exchange.Http);
        Sign(exchange.Http.Response);
        try
        {
            var principal = guard.Authenticate(exchange, Name);
            await Operation(request).Answer(new S3Call(exchange, request, principal, guard, store), ct);
        }
        catch (AwsException ex)
        {
            await RefuseAsync(exchange.Http.Response, request, ex.Error);
        }
    }

    public Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct)
    {
        Sign(exchange.Http.Response);
        return RefuseAsync(exchange.Http.Response, S3Request.Read(exchange.Http), refusal);
    }

    private void Sign(HttpResponse response)
    {
        response.Headers["x-amz-request-id"] = RandomText(16);
        response.Headers["x-amz-id-2"] = RandomText(76);
        response.Headers.Server = "AmazonS3";
    }

    private (string Name, Func<S3Call, CancellationToken, Task> Answer) Operation(S3Request asked) => (asked.Method, asked.Level, asked.SubResource) switch
    {
        ("GET", S3Level.Service, "") => ("ListBuckets", (call, _) => buckets.ListAsync(call)),
        ("PUT", S3Level.Bucket, "") => ("CreateBucket", (call, _) => buckets.CreateAsync(call)),
        ("HEAD", S3Level.Bucket, "") => ("HeadBucket", (call, _) => buckets.HeadAsync(call)),
        ("GET", S3Level.Bucket, "location") => ("GetBucketLocation", (call, _) => buckets.LocationAsync(call)),
        ("GET", S3Level.Bucket, "versioning") => ("GetBucketVersioning", (call, _) => buckets.GetVersioningAsync(call)),
        ("PUT", S3Level.Bucket, "versioning") => ("PutBucketVersioning", (call, _) => buckets.PutVersioningAsync(call)),
        ("GET", S3Level.Bucket, "policy") => ("GetBucketPolicy", (call, ct) => buckets.GetPolicyAsync(call, ct)),
        ("PUT", S3Level.Bucket, "policy") => ("PutBucketPolicy", (call, _) => buckets.PutPolicyAsync(call)),
        ("DELETE", S3Level.Bucket, "policy") => ("DeleteBucketPolicy", (call, _) => buckets.DeletePolicyAsync(call)),
        ("GET", S3Level.Bucket, "list-type") => ("ListObjectsV2", (call, _) => listings.ObjectsAsync(call)),
        ("GET", S3Level.Bucket, "versions") => ("ListObjectVersions", (call, _) => listings.VersionsAsync(call)),
        ("PUT", S3Level.Key, "") => ("PutObject", (call, _) => objects.PutAsync(call)),
        ("GET", S3Level.Key, "") => ("GetObject", objects.GetAsync),
        ("HEAD", S3Level.Key, "") => ("HeadObject", (call, _) => objects.HeadAsync(call)),
        ("DELETE", S3Level.Key, "") => ("DeleteObject", (call, _) => objects.DeleteAsync(call)),
        ("GET", S3Level.Key, "tagging") => ("GetObjectTagging", (call, _) => objects.GetTaggingAsync(call)),
        ("POST", S3Level.Key, "uploads") => ("CreateMultipartUpload", (call, _) => multipart.CreateAsync(call)),
        ("PUT", S3Level.Key, "partNumber&uploadId") => ("UploadPart", (call, _) => multipart.PutPartAsync(call)),
        ("POST", S3Level.Key, "uploadId") => ("CompleteMultipartUpload", multipart.CompleteAsync),
        ("DELETE", S3Level.Key, "uploadId") => ("AbortMultipartUpload", (call, _) => multipart.AbortAsync(call)),
        ("GET", S3Level.Key, "uploadId") => ("ListParts", (call, _) => multipart.ListPartsAsync(call)),
        _ => ($"{asked.Method} {asked.Level} {asked.SubResource}".TrimEnd(), (_, _) => throw S3Errors.NotImplemented()),
    };

    private static async Task RefuseAsync(HttpResponse response, S3Request request, ServiceError error)
    {
        if (request.Method == "HEAD")
        {
            response.StatusCode = error.Status;
            response.ContentType = "application/xml";
            return;
        }

        await S3Call.XmlAsync(response, new XElement("Error",
            new XElement("Code", error.Code == "AccessDeniedException" ? "AccessDenied" : error.Code),
            new XElement("Message", error.Message),
            error.Code == "NoSuchBucket" ? new XElement("BucketName", request.Bucket) : null,
            error.Code is "NoSuchKey" or "NoSuchVersion" ? new XElement("Key", request.Key) : null,
            error.Code == "NoSuchVersion" ? new XElement("VersionId", request.VersionId) : null,
            new XElement("Resource", $"/{request.Bucket}{(request.Key.Length > 0 ? "/" : "")}{request.Key}"),
            new XElement("RequestId", response.Headers["x-amz-request-id"].ToString()),
            new XElement("HostId", response.Headers["x-amz-id-2"].ToString())), error.Status);
    }

    /// <summary>For the log: what was asked for, without the query's signature.</summary>
    private static JsonObject Noted(S3Request request, int bytes)
    {
        var noted = new JsonObject();
        if (request.Bucket.Length > 0)
            noted["bucket"] = request.Bucket;
        if (request.Key.Length > 0)
            noted["key"] = request.Key;
        foreach (var (name, value) in request.Query.Where(pair => !pair.Key.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)))
            noted[name] = value;
        if (bytes > 0)
            noted["bytes"] = bytes;
        return noted;
    }

    private string RandomText(int length)
    {
        lock (gate)
            return random.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", length);
    }
}
