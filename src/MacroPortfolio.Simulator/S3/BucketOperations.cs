using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.S3;

/// <summary>What is asked of buckets themselves.</summary>
public sealed class BucketOperations(S3Store store)
{
    private static readonly XNamespace Ns = S3Call.Namespace;

    public Task ListAsync(S3Call call)
    {
        call.Demand("s3:ListAllMyBuckets");
        return call.XmlAsync(new XElement(Ns + "ListAllMyBucketsResult",
            new XElement(Ns + "Owner", new XElement(Ns + "ID", call.Account)),
            new XElement(Ns + "Buckets", store.Buckets(call.Account).Select(bucket => new XElement(Ns + "Bucket",
                new XElement(Ns + "Name", bucket.Name),
                new XElement(Ns + "CreationDate", S3Call.Instant(bucket.Created)))))));
    }

    public Task CreateAsync(S3Call call)
    {
        call.DemandInOwnAccount("s3:CreateBucket");
        var constraint = call.Document()?.Elements().FirstOrDefault(element => element.Name.LocalName == "LocationConstraint")?.Value ?? "";
        // Only us-east-1 is the region that no constraint means.
        if (constraint != (store.Region == "us-east-1" ? "" : store.Region))
        {
            throw new AwsException(400, "IllegalLocationConstraintException",
                $"The {(constraint.Length == 0 ? "unspecified" : constraint)} location constraint is incompatible for the region specific endpoint "
                + "this request was sent to.");
        }

        store.CreateBucket(call.Request.Bucket, call.Account);
        call.Response.Headers.Location = $"/{call.Request.Bucket}";
        return call.EmptyAsync();
    }

    public Task HeadAsync(S3Call call)
    {
        store.VersioningOf(call.Request.Bucket);
        call.Demand("s3:ListBucket");
        call.Response.Headers["x-amz-bucket-region"] = store.Region;
        call.Response.ContentType = "application/xml";
        return call.EmptyAsync();
    }

    public Task LocationAsync(S3Call call)
    {
        store.VersioningOf(call.Request.Bucket);
        call.Demand("s3:GetBucketLocation");
        return call.XmlAsync(new XElement(Ns + "LocationConstraint", store.Region == "us-east-1" ? null : store.Region));
    }

    public Task GetVersioningAsync(S3Call call)
    {
        var versioning = store.VersioningOf(call.Request.Bucket);
        call.Demand("s3:GetBucketVersioning");
        return call.XmlAsync(new XElement(Ns + "VersioningConfiguration",
            versioning == Versioning.None ? null : new XElement(Ns + "Status", versioning.ToString())));
    }

    public Task PutVersioningAsync(S3Call call)
    {
        store.VersioningOf(call.Request.Bucket);
        call.Demand("s3:PutBucketVersioning");
        var status = call.Document()?.Elements().FirstOrDefault(element => element.Name.LocalName == "Status")?.Value;
        store.SetVersioning(call.Request.Bucket, status switch
        {
            "Enabled" => Versioning.Enabled,
            "Suspended" => Versioning.Suspended,
            _ => throw S3Errors.MalformedXml(),
        });
        return call.EmptyAsync();
    }

    public async Task GetPolicyAsync(S3Call call, CancellationToken ct)
    {
        store.VersioningOf(call.Request.Bucket);
        call.Demand("s3:GetBucketPolicy");
        call.Response.ContentType = "application/json";
        await call.Response.WriteAsync(store.PolicyOf(call.Request.Bucket).Document.ToJsonString(), ct);
    }

    public Task PutPolicyAsync(S3Call call)
    {
        store.VersioningOf(call.Request.Bucket);
        call.Demand("s3:PutBucketPolicy");
        store.SetPolicy(call.Request.Bucket, BucketPolicies.Read(call.Payload().Bytes.Span, call.Request.Bucket));
        return call.EmptyAsync(204);
    }

    public Task DeletePolicyAsync(S3Call call)
    {
        store.VersioningOf(call.Request.Bucket);
        call.Demand("s3:DeleteBucketPolicy");
        store.SetPolicy(call.Request.Bucket, null);
        return call.EmptyAsync(204);
    }
}
