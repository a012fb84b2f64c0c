using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.Iam.Operations;

/// <summary>Instance profiles. The simulated instances read bundles whatever their profile is.</summary>
internal static class ProfileOperations
{
    public static IReadOnlyList<XElement?> Create(IamCall call)
    {
        var name = call.Name("InstanceProfileName", 128);
        var thing = $"instance-profile{call.Path}{name}";
        call.Demand(thing);
        var profile = new InstanceProfile(name, call.Arn(thing), call.Identities.NewId("AIPA"), call.Now);
        return call.Account.InstanceProfiles.Add(profile) ? [Describe(call, profile)] : throw IamCall.AlreadyThere($"Instance Profile {name} already exists.");
    }

    public static IReadOnlyList<XElement?> Get(IamCall call) => [Describe(call, Find(call))];

    public static IReadOnlyList<XElement?>? AddRole(IamCall call)
    {
        var (profile, name) = (Find(call), call.Name("RoleName", 64));
        var role = call.Account.Roles.Find(name) ?? throw IamCall.NotFound($"The role with name {name} cannot be found.");
        call.DemandOn("PassRole", role.Arn);
        if (profile.Roles.Count > 0)
            throw new AwsException(409, "LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
        call.Account.InstanceProfiles.Change(profile.Name, one => one with { Roles = one.Roles.Add(name) });
        return null;
    }

    public static IReadOnlyList<XElement?>? RemoveRole(IamCall call)
    {
        var (profile, name) = (Find(call), call.Name("RoleName", 64));
        if (!profile.Roles.Contains(name))
            throw IamCall.NotFound($"The role with name {name} cannot be found.");
        call.Account.InstanceProfiles.Change(profile.Name, one => one with { Roles = one.Roles.Remove(name) });
        return null;
    }

    public static IReadOnlyList<XElement?>? Delete(IamCall call)
    {
        var profile = Find(call);
        if (profile.Roles.Count > 0)
            throw IamCall.InUse("Cannot delete entity, must remove roles from instance profile first.");
        call.Account.InstanceProfiles.Remove(profile.Name);
        return null;
    }

    private static InstanceProfile Find(IamCall call)
    {
        var name = call.Name("InstanceProfileName", 128);
        var profile = call.Account.InstanceProfiles.Find(name);
        call.DemandOn(call["Action"]!, profile?.Arn ?? call.Arn($"instance-profile/{name}"));
        return profile ?? throw IamCall.NotFound($"Instance Profile {name} cannot be found.");
    }

    private static XElement Describe(IamCall call, InstanceProfile profile) => new("InstanceProfile",
        new XElement("Path", profile.Arn[(profile.Arn.IndexOf(":instance-profile", StringComparison.Ordinal) + 17)..^profile.Name.Length]),
        new XElement("InstanceProfileName", profile.Name),
        new XElement("InstanceProfileId", profile.Id),
        new XElement("Arn", profile.Arn),
        new XElement("CreateDate", QueryProtocol.Instant(profile.Created)),
        new XElement("Roles", profile.Roles.Select(call.Account.Roles.Find).OfType<Role>().Select(role => new XElement("member", RoleOperations.Describe(role).Elements()))));
}
