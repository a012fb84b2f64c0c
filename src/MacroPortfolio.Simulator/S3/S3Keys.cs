using MacroPortfolio.Simulator.Iam;
using Microsoft.AspNetCore.WebUtilities;

namespace MacroPortfolio.Simulator.S3;

/// <summary>S3's own condition keys. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html</summary>
internal static class S3Keys
{
    private static readonly string[] Lists = ["s3:ListBucket", "s3:ListBucketVersions"];
    private static readonly string[] Versioned = ["s3:GetObjectVersion", "s3:GetObjectVersionTagging", "s3:DeleteObjectVersion"];
    private static readonly string[] Writes = ["s3:PutObject", "s3:PutObjectTagging"];

    public static ContextKeys Of(S3Request request, string action, string owner, S3Version? version)
    {
        var keys = new ContextKeys()
            .Add("s3:ResourceAccount", owner)
            .Add("s3:signatureversion", SignatureV4.Algorithm)
            .Add("s3:authType", request.Headers.Authorization.Count > 0 ? "REST-HEADER" : "REST-QUERY-STRING")
            .Add("s3:x-amz-content-sha256", Header("x-amz-content-sha256"));
        if (Lists.Contains(action))
        {
            keys.Add("s3:prefix", request.Query.GetValueOrDefault("prefix"))
                .Add("s3:delimiter", request.Query.GetValueOrDefault("delimiter"))
                .Add("s3:max-keys", request.Query.GetValueOrDefault("max-keys"));
        }

        if (Versioned.Contains(action))
            keys.Add("s3:VersionId", request.VersionId);
        if (Writes.Contains(action))
        {
            var tags = QueryHelpers.ParseQuery(Header("x-amz-tagging")).ToDictionary(tag => tag.Key, tag => tag.Value.ToString());
            keys.AddTags("s3:RequestObjectTag", tags).AddList("s3:RequestObjectTagKeys", tags.Keys);
        }

        if (action == "s3:PutObject")
        {
            foreach (var name in (string[])["x-amz-server-side-encryption", "x-amz-acl", "x-amz-storage-class", "if-match", "if-none-match"])
                keys.Add($"s3:{name}", Header(name));
        }

        return version is null ? keys : keys.AddTags("s3:ExistingObjectTag", version.Description.Tags);

        string? Header(string name) => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
    }
}
