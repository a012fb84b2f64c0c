using System.Text.Json;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.S3;

/// <summary>Bucket policies as they come with requests.</summary>
public static class BucketPolicies
{
    /// <exception cref="AwsException">S3 would not take it: not JSON, no policy, or about something else than this bucket.</exception>
    public static Policy Read(ReadOnlySpan<byte> document, string bucket)
    {
        try
        {
            var policy = Policy.Parse(JsonNode.Parse(document) ?? throw Malformed("This policy contains invalid Json"), PolicyKind.Resource);
            var resources = policy.Statements.SelectMany(statement => statement.Resources.List);
            return resources.All(resource => IsOf(resource, bucket)) ? policy : throw Malformed("Policy has invalid resource");
        }
        catch (JsonException)
        {
            throw Malformed("This policy contains invalid Json");
        }
        catch (MalformedPolicyException ex)
        {
            throw Malformed($"Policies must be valid: {ex.Message}");
        }
    }

    private static bool IsOf(string resource, string bucket) =>
        resource.Split(":::") is [var start, var name] && start.StartsWith("arn:", StringComparison.Ordinal) && start.EndsWith(":s3", StringComparison.Ordinal)
        && (name == bucket || name.StartsWith($"{bucket}/", StringComparison.Ordinal) || (name.EndsWith('*') && bucket.StartsWith(name[..^1], StringComparison.Ordinal)));

    private static AwsException Malformed(string message) => new(400, "MalformedPolicy", message);
}
