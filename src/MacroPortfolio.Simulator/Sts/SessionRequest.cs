using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Sts;

/// <summary>What a request to take a role wants its session to carry.</summary>
/// <param name="Tags">Those of this request alone.</param>
internal sealed partial record SessionRequest(
    ImmutableSortedDictionary<string, string> Tags, ImmutableSortedSet<string> TransitiveKeys, string? SourceIdentity, IReadOnlyList<Policy>? Policies, int PackedPercent)
{
    private const int MaximumTags = 50;
    private const int MaximumPolicyArns = 10;
    private const int MaximumPolicyLength = 2048;

    /// <summary>
    /// AWS does not say how it packs. Nine tags with 2,268 characters in all were told to take 498 % of the room.
    /// https://github.com/aws-actions/configure-aws-credentials/issues/1898
    /// </summary>
    private const double PackedRoom = 456;

    /// <exception cref="AwsException">STS would not take it.</exception>
    public static SessionRequest Read(Query query, Parameters parameters, IamAccount? account)
    {
        var (keys, values) = (query.List("Tags", ".member", ".Key"), query.List("Tags", ".member", ".Value"));
        var transitive = query.List("TransitiveTagKeys", ".member");
        parameters.Count("Tags", keys.Count, MaximumTags);
        parameters.Count("TransitiveTagKeys", transitive.Count, MaximumTags);
        for (var index = 0; index < keys.Count; index++)
        {
            parameters.Member(keys[index], $"tags.{index + 1}.member.key", 1, 128, TagText());
            parameters.Member(values.ElementAtOrDefault(index), $"tags.{index + 1}.member.value", 0, 256, TagText());
        }

        for (var index = 0; index < transitive.Count; index++)
            parameters.Member(transitive[index], $"transitiveTagKeys.{index + 1}.member", 1, 128, TagText());
        var source = query["SourceIdentity"] is null ? null : parameters.Text("SourceIdentity", 2, 64, Parameters.NameForm());
        var policy = query["Policy"] is null ? null : parameters.Text("Policy", 1, MaximumPolicyLength);
        parameters.Check();

        if (keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() < keys.Count)
            throw new AwsException(400, "InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        if (transitive.FirstOrDefault(key => !keys.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new AwsException(400, "ValidationError", $"The specified transitive tag key must be included in the requested tags: {unknown}");
        return new SessionRequest(
            keys.Zip(values, KeyValuePair.Create).ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase),
            transitive.ToImmutableSortedSet(StringComparer.OrdinalIgnoreCase),
            source,
            Limits(query, policy, account),
            Packed(keys, values));
    }

    private static IReadOnlyList<Policy>? Limits(Query query, string? inline, IamAccount? account)
    {
        var arns = query.List("PolicyArns", ".member", ".arn");
        if (arns.Count > MaximumPolicyArns)
            throw new AwsException(400, "ValidationError", $"The number of managed session policies is {arns.Count}, more than {MaximumPolicyArns}.");
        var managed = arns.Select(arn => account?.ManagedPolicies.Find(arn)?.Policy
            ?? throw new AwsException(400, "ValidationError", $"The simulator knows no managed policy '{arn}' in the account {account?.Id ?? "of the role"}.")).ToList();
        return inline is null && managed.Count == 0 ? null : [.. managed, .. inline is null ? (Policy[])[] : [Parse(inline)]];
    }

    private static Policy Parse(string text)
    {
        try
        {
            return Policy.Parse(JsonNode.Parse(text)!, PolicyKind.Identity);
        }
        catch (JsonException)
        {
            throw new AwsException(400, "MalformedPolicyDocument", "This policy contains invalid Json");
        }
        catch (MalformedPolicyException ex)
        {
            throw new AwsException(400, "MalformedPolicyDocument", $"Syntax errors in policy: {ex.Message}");
        }
    }

    private static int Packed(IReadOnlyList<string> keys, IReadOnlyList<string> values)
    {
        var percent = (int)Math.Ceiling(keys.Concat(values).Sum(Encoding.UTF8.GetByteCount) * 100 / PackedRoom);
        return percent <= 100 ? percent : throw new AwsException(400, "PackedPolicyTooLarge", $"Packed size of session tags consumes {percent}% of allotted space.");
    }

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z")]
    private static partial Regex TagText();
}
