using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Sts;

/// <summary>AssumeRole: one identity of AWS takes a role, in its own account or another.</summary>
public sealed class RoleChain(Identities identities, Guard guard, TimeProvider time)
{
    private const string Action = "sts:AssumeRole";
    private static readonly TimeSpan ChainLimit = TimeSpan.FromHours(1);

    public IReadOnlyList<XElement> Assume(Query query, Principal caller)
    {
        var parameters = new Parameters(query);
        var arnText = parameters.Text("RoleArn", 20, 2048);
        var session = parameters.SessionName();
        var duration = parameters.Duration();
        parameters.Check();
        parameters.Refuse("Policy", "PolicyArns.member.1.arn", "TransitiveTagKeys.member.1", "SerialNumber", "ProvidedContexts.member.1.ProviderArn");
        var arn = Parameters.Role(arnText);

        if (identities.Role(arn) is not { } role || !MayAssume(caller, role, query, session))
            throw new AwsException(403, "AccessDenied", $"User: {caller.Arn} is not authorized to perform: {Action} on resource: {arn}");
        if (identities.RoleOf(caller) is not null && duration > ChainLimit)
            throw new AwsException(400, "ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        Sessions.CheckDuration(duration, role);

        var key = identities.Issue(role, session, time.GetUtcNow(), duration);
        return query["SourceIdentity"] is { } source ? [.. Sessions.Describe(key), new XElement("SourceIdentity", source)] : Sessions.Describe(key);
    }

    /// <summary>Each thing that the call does must be allowed: taking the role, and tagging the session or naming its source where it does that too.</summary>
    private bool MayAssume(Principal caller, Role role, Query query, string session)
    {
        var keys = KeysOf(caller, query, session);
        string[] actions =
        [
            Action,
            .. query["Tags.member.1.Key"] is null ? (string[])[] : ["sts:TagSession"],
            .. query["SourceIdentity"] is null ? (string[])[] : ["sts:SetSourceIdentity"],
        ];
        return actions.All(action => MayDo(action, caller, role, keys));
    }

    /// <summary>
    /// The role's door must be open for the caller. Named itself in the trust policy of its own account, that suffices; let in as a member of its account,
    /// or from another account, its own policies must allow it too.
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-req-context.html
    /// </summary>
    private bool MayDo(string action, Principal caller, Role role, IReadOnlyDictionary<string, IReadOnlyList<string>> keys)
    {
        var itself = identities.RoleOf(caller) is { } callerRole ? (string[])[$"AWS:{caller.Arn}", $"AWS:{callerRole.Arn}"] : [$"AWS:{caller.Arn}"];
        var account = $"AWS:arn:{role.RoleArn.Partition}:iam::{caller.Account}:root";
        Verdict Door(params string[] names) => Policy.Judge([role.Trust], new PolicyRequest(action, role.Arn, names, keys));

        var own = guard.Judge(caller, action, role.Arn);
        var isNamed = caller.Account == role.RoleArn.Account && Door(itself) == Verdict.Allowed;
        return Door([.. itself, account]) == Verdict.Allowed && own != Verdict.Denied && (isNamed || own == Verdict.Allowed);
    }

    private static Dictionary<string, IReadOnlyList<string>> KeysOf(Principal caller, Query query, string session)
    {
        var keys = new Dictionary<string, IReadOnlyList<string>>
        {
            ["aws:principalarn"] = [caller.Arn],
            ["aws:principalaccount"] = [caller.Account],
            ["aws:userid"] = [caller.UserId],
            ["sts:rolesessionname"] = [session],
        };
        if (query["ExternalId"] is { } externalId)
            keys["sts:externalid"] = [externalId];
        if (query["SourceIdentity"] is { } source)
            keys["sts:sourceidentity"] = [source];
        var tags = Enumerable.Range(1, 50).Select(index => query[$"Tags.member.{index}.Key"]).TakeWhile(key => key is not null).ToList();
        if (tags.Count > 0)
            keys["aws:tagkeys"] = tags!;
        for (var index = 0; index < tags.Count; index++)
            keys[$"aws:requesttag/{tags[index]!.ToLowerInvariant()}"] = [query[$"Tags.member.{index + 1}.Value"] ?? ""];
        return keys;
    }
}
