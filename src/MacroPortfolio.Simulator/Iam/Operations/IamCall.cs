using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.Iam.Operations;

/// <summary>One request to IAM, authenticated. What it may do it must demand before it says anything about what exists.</summary>
public sealed partial class IamCall(Query query, Principal principal, Identities identities, IGuard guard, TimeProvider time)
{
    public Identities Identities { get; } = identities;

    public IamAccount Account { get; } = identities.Account(principal.Account) ?? throw new AwsException(403, "InvalidClientTokenId", "The account of the caller is not of this world.");

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Null when it is not given.</summary>
    public string? this[string name] => query[name];

    /// <summary>The operation's own action on the thing, such as <c>role/name</c>.</summary>
    public void Demand(string thing) => DemandOn(query.Action, Arn(thing));

    public void DemandOn(string action, string arn) => guard.Demand(principal, $"iam:{action}", arn);

    public string Arn(string thing) => $"arn:{Identities.Partition}:iam::{Account.Id}:{thing}";

    public string Text(string name) => query[name] is { Length: > 0 } text ? text : throw Invalid($"Value null at '{Camel(name)}' failed to satisfy constraint: Member must not be null");

    /// <summary>A name as IAM takes it.</summary>
    public string Name(string parameter, int longest)
    {
        var name = Text(parameter);
        if (!NameForm().IsMatch(name))
            throw Invalid($"The specified value for {Camel(parameter)} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
        return name.Length <= longest ? name : throw Invalid($"Value '{name}' at '{Camel(parameter)}' failed to satisfy constraint: Member must have length less than or equal to {longest}");
    }

    /// <summary>Where in the account's tree a thing is: between slashes.</summary>
    public string Path => query["Path"] is not { Length: > 0 } path ? "/" : path is ['/', .., '/'] or "/" ? path : throw Invalid("The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.");

    public Policy Document(string parameter, PolicyKind kind)
    {
        try
        {
            return Policy.Parse(JsonNode.Parse(Text(parameter))!, kind);
        }
        catch (JsonException)
        {
            throw new AwsException(400, "MalformedPolicyDocument", "Syntax errors in policy.");
        }
        catch (MalformedPolicyException ex)
        {
            throw new AwsException(400, "MalformedPolicyDocument", $"Syntax errors in policy: {ex.Message}");
        }
    }

    public ImmutableSortedDictionary<string, string> Tags() => Enumerable.Range(1, 50)
        .Select(index => (Key: query[$"Tags.member.{index}.Key"], Value: query[$"Tags.member.{index}.Value"]))
        .TakeWhile(tag => tag.Key is not null)
        .ToImmutableSortedDictionary(tag => tag.Key!, tag => tag.Value ?? "", StringComparer.Ordinal);

    public IReadOnlyList<string> List(string name) => query.List(name, ".member");

    /// <summary>A document as answers carry it.</summary>
    public static string Encoded(Policy policy) => Uri.EscapeDataString(policy.Document.ToJsonString());

    public static XElement TagList(IEnumerable<KeyValuePair<string, string>> tags) =>
        new("Tags", tags.Select(tag => new XElement("member", new XElement("Key", tag.Key), new XElement("Value", tag.Value))));

    public static AwsException Invalid(string message) => new(400, "ValidationError", message);

    public static AwsException NotFound(string message) => new(404, "NoSuchEntity", message);

    public static AwsException AlreadyThere(string message) => new(409, "EntityAlreadyExists", message);

    public static AwsException InUse(string message) => new(409, "DeleteConflict", message);

    private static string Camel(string name) => $"{char.ToLowerInvariant(name[0])}{name[1..]}";

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]+\z")]
    private static partial Regex NameForm();
}
