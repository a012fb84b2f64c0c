using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.Iam.Operations;

/// <summary>Policies that stand by themselves. Of a policy's versions the last one is kept.</summary>
internal static class PolicyOperations
{
    public static IReadOnlyList<XElement?> Create(IamCall call)
    {
        var name = call.Name("PolicyName", 128);
        var thing = $"policy{call.Path}{name}";
        call.Demand(thing);
        var policy = new ManagedPolicy(call.Arn(thing), call.Document("PolicyDocument", PolicyKind.Identity));
        return call.Account.ManagedPolicies.Add(policy) ? [Describe(call, policy)] : throw IamCall.AlreadyThere($"A policy called {name} already exists. Duplicate names are not allowed.");
    }

    public static IReadOnlyList<XElement?> Get(IamCall call) => [Describe(call, Named(call))];

    public static IReadOnlyList<XElement?> GetVersion(IamCall call)
    {
        var (policy, version) = (Named(call), call.Text("VersionId"));
        return version == $"v{policy.Version}"
            ? [new XElement("PolicyVersion", new XElement("Document", IamCall.Encoded(policy.Policy)), new XElement("VersionId", version), new XElement("IsDefaultVersion", "true"))]
            : throw IamCall.NotFound($"Policy {policy.Arn} version {version} does not exist or is not attachable.");
    }

    public static IReadOnlyList<XElement?> CreateVersion(IamCall call)
    {
        var (policy, document) = (Named(call), call.Document("PolicyDocument", PolicyKind.Identity));
        if (call["SetAsDefault"] != "true")
            throw IamCall.Invalid("The simulator keeps one version of a policy: SetAsDefault must be true.");
        var changed = call.Account.ManagedPolicies.Change(policy.Arn, one => one with { Policy = document, Version = one.Version + 1 })!;
        return [new XElement("PolicyVersion", new XElement("VersionId", $"v{changed.Version}"), new XElement("IsDefaultVersion", "true"), new XElement("CreateDate", QueryProtocol.Instant(call.Now)))];
    }

    public static IReadOnlyList<XElement?>? Delete(IamCall call)
    {
        var policy = Named(call);
        if (call.Account.Roles.All.Any(role => role.Attached.Contains(policy.Arn)))
            throw IamCall.InUse("Cannot delete a policy attached to entities.");
        call.Account.ManagedPolicies.Remove(policy.Arn);
        return null;
    }

    /// <summary>A policy of the account, or one of AWS's own.</summary>
    internal static ManagedPolicy Find(IamCall call, string arn)
    {
        if (AwsPolicies.Find(arn, call.Identities.Partition) is { } known)
            call.Account.ManagedPolicies.Add(known);
        return call.Account.ManagedPolicies.Find(arn) ?? throw IamCall.NotFound($"Policy {arn} does not exist or is not attachable.");
    }

    private static ManagedPolicy Named(IamCall call)
    {
        var arn = call.Text("PolicyArn");
        call.DemandOn(call["Action"]!, arn);
        return Find(call, arn);
    }

    private static XElement Describe(IamCall call, ManagedPolicy policy) => new("Policy",
        new XElement("PolicyName", policy.Arn[(policy.Arn.LastIndexOf('/') + 1)..]),
        new XElement("Arn", policy.Arn),
        new XElement("DefaultVersionId", $"v{policy.Version}"),
        new XElement("AttachmentCount", call.Account.Roles.All.Count(role => role.Attached.Contains(policy.Arn))),
        new XElement("IsAttachable", "true"));
}
