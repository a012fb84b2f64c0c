using System.Xml.Linq;

namespace MacroPortfolio.Simulator.Iam.Operations;

/// <summary>What a role may do: policies within it, and policies that are attached to it.</summary>
internal static class RolePolicyOperations
{
    public static IReadOnlyList<XElement?>? Put(IamCall call)
    {
        var role = RoleOperations.Find(call);
        var (name, policy) = (call.Name("PolicyName", 128), call.Document("PolicyDocument", PolicyKind.Identity));
        call.Account.Roles.Change(role.Name, one => one with { Policies = one.Policies.SetItem(name, policy) });
        return null;
    }

    public static IReadOnlyList<XElement?> Get(IamCall call)
    {
        var (role, name) = (RoleOperations.Find(call), call.Name("PolicyName", 128));
        return
        [
            new XElement("RoleName", role.Name),
            new XElement("PolicyName", name),
            new XElement("PolicyDocument", IamCall.Encoded(role.Policies.GetValueOrDefault(name) ?? throw NoPolicy(name))),
        ];
    }

    public static IReadOnlyList<XElement?>? Delete(IamCall call)
    {
        var (role, name) = (RoleOperations.Find(call), call.Name("PolicyName", 128));
        if (!role.Policies.ContainsKey(name))
            throw NoPolicy(name);
        call.Account.Roles.Change(role.Name, one => one with { Policies = one.Policies.Remove(name) });
        return null;
    }

    public static IReadOnlyList<XElement?> List(IamCall call) =>
        [new XElement("PolicyNames", RoleOperations.Find(call).Policies.Keys.Select(name => new XElement("member", name))), new XElement("IsTruncated", "false")];

    public static IReadOnlyList<XElement?>? Attach(IamCall call)
    {
        var (role, policy) = (RoleOperations.Find(call), PolicyOperations.Find(call, call.Text("PolicyArn")));
        call.Account.Roles.Change(role.Name, one => one with { Attached = one.Attached.Remove(policy.Arn).Add(policy.Arn) });
        return null;
    }

    public static IReadOnlyList<XElement?>? Detach(IamCall call)
    {
        var (role, arn) = (RoleOperations.Find(call), call.Text("PolicyArn"));
        if (!role.Attached.Contains(arn))
            throw IamCall.NotFound($"Policy {arn} was not found.");
        call.Account.Roles.Change(role.Name, one => one with { Attached = one.Attached.Remove(arn) });
        return null;
    }

    public static IReadOnlyList<XElement?> ListAttached(IamCall call) =>
    [
        new XElement("AttachedPolicies", RoleOperations.Find(call).Attached.Select(arn =>
            new XElement("member", new XElement("PolicyName", arn[(arn.LastIndexOf('/') + 1)..]), new XElement("PolicyArn", arn)))),
        new XElement("IsTruncated", "false"),
    ];

    private static Front.AwsException NoPolicy(string name) => IamCall.NotFound($"The role policy with name {name} cannot be found.");
}
