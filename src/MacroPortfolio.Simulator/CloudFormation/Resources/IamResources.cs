using MacroPortfolio.Simulator.CloudFormation.Stacks;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.CloudFormation.Resources;

/// <summary>A policy that stands by itself, and the roles that it is attached to.</summary>
internal sealed class ManagedPolicyResource(IamService iam) : ResourceType
{
    public override string Name => "AWS::IAM::ManagedPolicy";

    public override IReadOnlyList<string> Known => ["ManagedPolicyName", "Path", "Description", "PolicyDocument", "Roles"];

    public override IReadOnlyList<string> Required => ["PolicyDocument"];

    public override IReadOnlyList<string> Replacing => ["ManagedPolicyName", "Path", "Description"];

    public override IReadOnlyList<string> Attributes => ["PolicyArn"];

    public override Made Create(ResourceCall call)
    {
        var caller = new IamCaller(iam, call.Principal);
        var arn = caller.Ask("CreatePolicy",
            ("PolicyName", call.Name("ManagedPolicyName", 128)), ("Path", call.Text("Path")), ("Description", call.Text("Description")), ("PolicyDocument", Document(call)))
            .Element("Policy")!.Element("Arn")!.Value;
        Attach(caller, arn, [], call.List("Roles"));
        return new Made(arn, new Dictionary<string, string> { ["PolicyArn"] = arn });
    }

    public override Made Update(ResourceCall call, StackResource old)
    {
        var caller = new IamCaller(iam, call.Principal);
        caller.Ask("CreatePolicyVersion", ("PolicyArn", old.PhysicalId), ("PolicyDocument", Document(call)), ("SetAsDefault", "true"));
        Attach(caller, old.PhysicalId!, (call with { Properties = old.Properties }).List("Roles"), call.List("Roles"));
        return new Made(old.PhysicalId!, old.Attributes);
    }

    public override void Delete(ResourceCall call, StackResource old)
    {
        var caller = new IamCaller(iam, call.Principal);
        Attach(caller, old.PhysicalId!, call.List("Roles"), []);
        caller.Ask("DeletePolicy", ("PolicyArn", old.PhysicalId));
    }

    private static string? Document(ResourceCall call) => IamCaller.Document(call.Properties["PolicyDocument"]);

    private static void Attach(IamCaller caller, string arn, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        foreach (var role in after.Except(before))
            caller.Ask("AttachRolePolicy", ("RoleName", role), ("PolicyArn", arn));
        foreach (var role in before.Except(after))
            caller.Ask("DetachRolePolicy", ("RoleName", role), ("PolicyArn", arn));
    }
}

/// <summary>A policy within roles that are resources of their own.</summary>
internal sealed class PolicyResource(IamService iam) : ResourceType
{
    public override string Name => "AWS::IAM::Policy";

    public override IReadOnlyList<string> Known => ["PolicyName", "PolicyDocument", "Roles"];

    public override IReadOnlyList<string> Required => ["PolicyName", "PolicyDocument", "Roles"];

    public override IReadOnlyList<string> Replacing => ["PolicyName"];

    public override Made Create(ResourceCall call)
    {
        Put(call, []);
        return new Made(call.Text("PolicyName")!, new Dictionary<string, string>());
    }

    public override Made Update(ResourceCall call, StackResource old)
    {
        Put(call, (call with { Properties = old.Properties }).List("Roles"));
        return new Made(old.PhysicalId!, old.Attributes);
    }

    public override void Delete(ResourceCall call, StackResource old)
    {
        foreach (var role in call.List("Roles"))
            new IamCaller(iam, call.Principal).Ask("DeleteRolePolicy", ("RoleName", role), ("PolicyName", old.PhysicalId));
    }

    private void Put(ResourceCall call, IReadOnlyList<string> before)
    {
        var (caller, name) = (new IamCaller(iam, call.Principal), call.Text("PolicyName"));
        foreach (var role in call.List("Roles"))
            caller.Ask("PutRolePolicy", ("RoleName", role), ("PolicyName", name), ("PolicyDocument", IamCaller.Document(call.Properties["PolicyDocument"])));
        foreach (var role in before.Except(call.List("Roles")))
            caller.Ask("DeleteRolePolicy", ("RoleName", role), ("PolicyName", name));
    }
}

/// <summary>What instances get their role by.</summary>
internal sealed class InstanceProfileResource(IamService iam) : ResourceType
{
    public override string Name => "AWS::IAM::InstanceProfile";

    public override IReadOnlyList<string> Known => ["InstanceProfileName", "Path", "Roles"];

    public override IReadOnlyList<string> Required => ["Roles"];

    public override IReadOnlyList<string> Replacing => ["InstanceProfileName", "Path"];

    public override IReadOnlyList<string> Attributes => ["Arn"];

    public override Made Create(ResourceCall call)
    {
        var (caller, name) = (new IamCaller(iam, call.Principal), call.Name("InstanceProfileName", 128));
        var arn = caller.Ask("CreateInstanceProfile", ("InstanceProfileName", name), ("Path", call.Text("Path"))).Element("InstanceProfile")!.Element("Arn")!.Value;
        try
        {
            Change(caller, name, "AddRoleToInstanceProfile", call.List("Roles"));
        }
        catch
        {
            caller.Ask("DeleteInstanceProfile", ("InstanceProfileName", name));
            throw;
        }

        return new Made(name, new Dictionary<string, string> { ["Arn"] = arn });
    }

    public override Made Update(ResourceCall call, StackResource old)
    {
        var caller = new IamCaller(iam, call.Principal);
        Change(caller, old.PhysicalId!, "RemoveRoleFromInstanceProfile", (call with { Properties = old.Properties }).List("Roles"));
        Change(caller, old.PhysicalId!, "AddRoleToInstanceProfile", call.List("Roles"));
        return new Made(old.PhysicalId!, old.Attributes);
    }

    public override void Delete(ResourceCall call, StackResource old)
    {
        var caller = new IamCaller(iam, call.Principal);
        Change(caller, old.PhysicalId!, "RemoveRoleFromInstanceProfile", call.List("Roles"));
        caller.Ask("DeleteInstanceProfile", ("InstanceProfileName", old.PhysicalId));
    }

    private static void Change(IamCaller caller, string profile, string action, IEnumerable<string> roles)
    {
        foreach (var role in roles)
            caller.Ask(action, ("InstanceProfileName", profile), ("RoleName", role));
    }
}

/// <summary>An issuer of tokens that the account's roles may trust.</summary>
internal sealed class OidcProviderResource(IamService iam) : ResourceType
{
    public override string Name => "AWS::IAM::OIDCProvider";

    public override IReadOnlyList<string> Known => ["Url", "ClientIdList", "ThumbprintList", "Tags"];

    public override IReadOnlyList<string> Replacing => ["Url"];

    public override IReadOnlyList<string> Attributes => ["Arn"];

    public override Made Create(ResourceCall call)
    {
        var arn = new IamCaller(iam, call.Principal).Ask("CreateOpenIDConnectProvider",
            [("Url", call.Text("Url")), .. IamCaller.Members("ClientIDList", call.List("ClientIdList")), .. IamCaller.Tags(call.Tags)])
            .Element("OpenIDConnectProviderArn")!.Value;
        return new Made(arn, new Dictionary<string, string> { ["Arn"] = arn });
    }

    public override Made Update(ResourceCall call, StackResource old)
    {
        var (caller, before, after) = (new IamCaller(iam, call.Principal), (call with { Properties = old.Properties }).List("ClientIdList"), call.List("ClientIdList"));
        foreach (var client in after.Except(before))
            caller.Ask("AddClientIDToOpenIDConnectProvider", ("OpenIDConnectProviderArn", old.PhysicalId), ("ClientID", client));
        foreach (var client in before.Except(after))
            caller.Ask("RemoveClientIDFromOpenIDConnectProvider", ("OpenIDConnectProviderArn", old.PhysicalId), ("ClientID", client));
        return new Made(old.PhysicalId!, old.Attributes);
    }

    public override void Delete(ResourceCall call, StackResource old) =>
        new IamCaller(iam, call.Principal).Ask("DeleteOpenIDConnectProvider", ("OpenIDConnectProviderArn", old.PhysicalId));
}
