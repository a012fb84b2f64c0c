using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Sts;

/// <summary>AssumeRole: one identity of AWS takes a role, in its own account or another.</summary>
public sealed class RoleChain(Identities identities, Guard guard, TimeProvider time)
{
    private static readonly TimeSpan ChainLimit = TimeSpan.FromHours(1);

    public IReadOnlyList<XElement> Assume(Query query, Principal caller)
    {
        var parameters = new Parameters(query);
        var arnText = parameters.Text("RoleArn", 20, 2048);
        var session = parameters.SessionName();
        var duration = parameters.Duration();
        var externalId = query["ExternalId"] is null ? null : parameters.Text("ExternalId", 2, 1224, Parameters.ExternalIdForm());
        parameters.Check();
        parameters.Refuse("SerialNumber", "TokenCode", "ProvidedContexts.member.1.ProviderArn");
        var arn = Parameters.Role(arnText);
        var asked = SessionRequest.Read(query, new Parameters(query), identities.Account(arn.Account));

        var carried = Carried(asked, caller);
        // Each thing that the call does must be allowed, and what a session hands on counts as done by it.
        string[] actions =
        [
            "sts:AssumeRole",
            .. carried.Tags.IsEmpty ? (string[])[] : ["sts:TagSession"],
            .. carried.SourceIdentity is null ? (string[])[] : ["sts:SetSourceIdentity"],
        ];
        var role = identities.Role(arn);
        foreach (var action in actions)
        {
            if (role is null || !guard.Decide(caller, Door(role, action, KeysOf(action, carried, asked, session, externalId))).IsAllowed)
                throw Refused(caller, action, arn);
        }

        if (caller.Session?.SourceIdentity is { } source && carried.SourceIdentity != source)
            throw Refused(caller, "sts:SetSourceIdentity", arn);
        if (identities.RoleOf(caller) is not null && duration > ChainLimit)
            throw new AwsException(400, "ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        Sessions.CheckDuration(duration, role!);

        var key = identities.Issue(role!, session, time.GetUtcNow(), duration, carried);
        return [.. Sessions.Describe(key), .. Sessions.Describe(carried, asked)];
    }

    /// <summary>The session of the role as it will be, with what the caller's own session hands on.</summary>
    private Session Carried(SessionRequest asked, Principal caller)
    {
        var inherited = caller.Session is { } own ? own.Tags.Where(tag => own.TransitiveKeys.Contains(tag.Key)).ToList() : [];
        if (inherited.Exists(tag => asked.Tags.ContainsKey(tag.Key)))
        {
            throw new AwsException(400, "InvalidParameterValue",
                "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.");
        }

        return new Session
        {
            Tags = asked.Tags.AddRange(inherited),
            TransitiveKeys = asked.TransitiveKeys.Union(inherited.Select(tag => tag.Key)),
            SourceIdentity = asked.SourceIdentity ?? caller.Session?.SourceIdentity,
            Policies = asked.Policies,
            Issued = time.GetUtcNow(),
        };
    }

    private static Access Door(Role role, string action, ContextKeys keys) => new(action, role.Arn)
    {
        ResourceAccount = role.RoleArn.Account,
        ResourcePolicy = role.Trust,
        IsDoor = true,
        Keys = new ContextKeys().AddAll(keys).AddTags("aws:ResourceTag", role.Tags).AddTags("iam:ResourceTag", role.Tags),
    };

    /// <summary>Each action has keys of its own. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html</summary>
    private static ContextKeys KeysOf(string action, Session carried, SessionRequest asked, string session, string? externalId)
    {
        var keys = new ContextKeys();
        if (action != "sts:TagSession")
            keys.Add("sts:SourceIdentity", carried.SourceIdentity);
        if (action != "sts:SetSourceIdentity")
            keys.AddList("sts:TransitiveTagKeys", asked.TransitiveKeys).AddList("aws:TagKeys", carried.Tags.Keys).AddTags("aws:RequestTag", carried.Tags);
        return action == "sts:AssumeRole" ? keys.Add("sts:RoleSessionName", session).Add("sts:ExternalId", externalId) : keys;
    }

    private static AwsException Refused(Principal caller, string action, RoleArn arn) =>
        new(403, "AccessDenied", $"User: {caller.Arn} is not authorized to perform: {action} on resource: {arn}");
}
