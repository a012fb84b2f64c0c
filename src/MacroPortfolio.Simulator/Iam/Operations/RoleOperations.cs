using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.Iam.Operations;

/// <summary>What is asked of roles themselves.</summary>
internal static class RoleOperations
{
    public static IReadOnlyList<XElement?> Create(IamCall call)
    {
        var name = call.Name("RoleName", 64);
        var thing = $"role{call.Path}{name}";
        call.Demand(thing);
        var tags = call.Tags();
        if (tags.Count > 0)
            call.DemandOn("TagRole", call.Arn(thing));
        if (!RoleArn.TryParse(call.Arn(thing), out var arn))
            throw IamCall.Invalid($"'{thing}' is no role's name.");

        var role = new Role(arn, call.Identities.NewId("AROA"), MaxSession(call) ?? TimeSpan.FromHours(1), Trust(call, "AssumeRolePolicyDocument"))
        {
            Description = call["Description"],
            Created = call.Now,
            Boundary = call["PermissionsBoundary"] is { } boundary ? PolicyOperations.Find(call, boundary).Policy : null,
            Tags = tags,
        };
        return call.Account.Roles.Add(role) ? [Describe(role)] : throw IamCall.AlreadyThere($"Role with name {name} already exists.");
    }

    public static IReadOnlyList<XElement?> Get(IamCall call) => [Describe(Find(call))];

    public static IReadOnlyList<XElement?> List(IamCall call)
    {
        call.Demand("role/");
        return [new XElement("IsTruncated", "false"), new XElement("Roles", call.Account.Roles.All.Select(role => new XElement("member", Describe(role).Elements())))];
    }

    public static IReadOnlyList<XElement?> Update(IamCall call)
    {
        var role = Find(call);
        call.Account.Roles.Change(role.Name, one => one with { Description = call["Description"] ?? one.Description, MaxSession = MaxSession(call) ?? one.MaxSession });
        return [];
    }

    public static IReadOnlyList<XElement?>? UpdateTrust(IamCall call)
    {
        var role = Find(call);
        var trust = Trust(call, "PolicyDocument");
        call.Account.Roles.Change(role.Name, one => one with { Trust = trust });
        return null;
    }

    public static IReadOnlyList<XElement?>? Delete(IamCall call)
    {
        var role = Find(call);
        if (call.Account.InstanceProfiles.All.Any(profile => profile.Roles.Contains(role.Name)))
            throw IamCall.InUse("Cannot delete entity, must remove roles from instance profile first.");
        if (role.Attached.Count > 0)
            throw IamCall.InUse("Cannot delete entity, must detach all policies first.");
        if (role.Policies.Count > 0)
            throw IamCall.InUse("Cannot delete entity, must delete policies first.");
        call.Account.Roles.Remove(role.Name);
        return null;
    }

    public static IReadOnlyList<XElement?>? Tag(IamCall call)
    {
        var role = Find(call);
        call.Account.Roles.Change(role.Name, one => one with { Tags = one.Tags.SetItems(call.Tags()) });
        return null;
    }

    public static IReadOnlyList<XElement?>? Untag(IamCall call)
    {
        var role = Find(call);
        call.Account.Roles.Change(role.Name, one => one with { Tags = one.Tags.RemoveRange(call.List("TagKeys")) });
        return null;
    }

    public static IReadOnlyList<XElement?> ListTags(IamCall call) => [IamCall.TagList(Find(call).Tags), new XElement("IsTruncated", "false")];

    /// <summary>The role that the request names, if its caller may do to it what it asks.</summary>
    internal static Role Find(IamCall call, string parameter = "RoleName")
    {
        var name = call.Name(parameter, 64);
        var role = call.Account.Roles.Find(name);
        call.DemandOn(call["Action"]!, role?.Arn ?? call.Arn($"role/{name}"));
        return role ?? throw IamCall.NotFound($"The role with name {name} cannot be found.");
    }

    internal static XElement Describe(Role role) => new("Role",
        new XElement("Path", role.Arn[(role.Arn.IndexOf(":role", StringComparison.Ordinal) + 5)..^role.Name.Length]),
        new XElement("RoleName", role.Name),
        new XElement("RoleId", role.Id),
        new XElement("Arn", role.Arn),
        new XElement("CreateDate", QueryProtocol.Instant(role.Created)),
        new XElement("AssumeRolePolicyDocument", IamCall.Encoded(role.Trust)),
        role.Description is { } description ? new XElement("Description", description) : null,
        new XElement("MaxSessionDuration", role.MaxSession.TotalSeconds),
        role.Tags.Count == 0 ? null : IamCall.TagList(role.Tags));

    private static Policy Trust(IamCall call, string parameter)
    {
        var trust = call.Document(parameter, PolicyKind.Trust);
        TrustRules.Check(trust, call.Identities);
        return trust;
    }

    private static TimeSpan? MaxSession(IamCall call) => call["MaxSessionDuration"] switch
    {
        null => null,
        var text when int.TryParse(text, out var seconds) && seconds is >= 3600 and <= 43_200 => TimeSpan.FromSeconds(seconds),
        var text => throw IamCall.Invalid($"1 validation error detected: Value '{text}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value between 3600 and 43200"),
    };
}
