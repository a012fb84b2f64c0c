using System.Text;
using MacroPortfolio.Simulator.Front;
using Microsoft.AspNetCore.WebUtilities;

namespace MacroPortfolio.Simulator.S3;

/// <summary>An object's description as request headers say it and as response headers tell it.</summary>
public static class Descriptions
{
    private const string MetaPrefix = "x-amz-meta-";
    private const int MaximumKeyBytes = 1024;
    private const int MaximumMetadataBytes = 2048;
    private const int MaximumTags = 10;

    private static readonly string[] Standard = ["Content-Type", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires"];

    /// <summary>Reads what comes with an object that is to be made, and refuses what S3 (with object ownership enforced, its default) refuses.</summary>
    public static ObjectDescription Read(S3Call call)
    {
        var headers = call.Request.Headers;
        if (Encoding.UTF8.GetByteCount(call.Request.Key) > MaximumKeyBytes)
            throw new AwsException(400, "KeyTooLongError", "Your key is too long");
        if (headers["x-amz-acl"].ToString() is not ("" or "bucket-owner-full-control" or "private"))
            throw new AwsException(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
        if (headers["x-amz-server-side-encryption"].ToString() is not ("" or "AES256") || headers["x-amz-storage-class"].ToString() is not ("" or "STANDARD"))
            throw S3Errors.NotImplemented();

        var standard = Standard.Where(headers.ContainsKey).ToDictionary(name => name, name => headers[name].ToString());
        // The coding of the request itself is not the object's.
        if (standard.TryGetValue("Content-Encoding", out var coding))
        {
            var kept = string.Join(',', coding.Split(',', StringSplitOptions.TrimEntries).Where(one => one != "aws-chunked"));
            standard.Remove("Content-Encoding");
            if (kept.Length > 0)
                standard["Content-Encoding"] = kept;
        }

        var metadata = headers.Where(header => header.Key.StartsWith(MetaPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key[MetaPrefix.Length..].ToLowerInvariant(), header => header.Value.ToString());
        if (metadata.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value)) > MaximumMetadataBytes)
            throw new AwsException(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");
        return new ObjectDescription(standard, metadata, Tags(call));
    }

    public static void Write(S3Call call, ObjectDescription description)
    {
        var response = call.Response;
        response.ContentType = "binary/octet-stream";
        foreach (var (name, value) in description.Headers)
            response.Headers[name] = value;
        foreach (var name in Standard)
        {
            if (call.Request.Query.TryGetValue($"response-{name.ToLowerInvariant()}", out var instead))
                response.Headers[name] = instead;
        }

        foreach (var (name, value) in description.Metadata)
            response.Headers[MetaPrefix + name] = Ascii.IsValid(value) ? value : $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";
        if (description.Tags.Count > 0)
            response.Headers["x-amz-tagging-count"] = description.Tags.Count.ToString();
    }

    private static Dictionary<string, string> Tags(S3Call call)
    {
        var header = call.Request.Headers["x-amz-tagging"].ToString();
        if (header.Length == 0)
            return [];
        call.Demand("s3:PutObjectTagging");
        var tags = QueryHelpers.ParseQuery(header);
        if (tags.Values.Any(values => values.Count > 1))
            throw S3Errors.InvalidArgument("Cannot provide multiple Tags with the same key");
        if (tags.Count > MaximumTags)
            throw new AwsException(400, "BadRequest", $"Object tags cannot be greater than {MaximumTags}");
        if (tags.Any(tag => tag.Key.Length is 0 or > 128 || tag.Value.ToString().Length > 256))
            throw new AwsException(400, "InvalidTag", "The TagKey you have provided is invalid");
        return tags.ToDictionary(tag => tag.Key, tag => tag.Value.ToString(), StringComparer.Ordinal);
    }
}
