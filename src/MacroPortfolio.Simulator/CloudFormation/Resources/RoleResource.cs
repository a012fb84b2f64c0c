using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.CloudFormation.Stacks;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.CloudFormation.Resources;

/// <summary>A role with the policies that it has and those that are attached to it.</summary>
internal sealed class RoleResource(IamService iam) : ResourceType
{
    private const string Trust = "AssumeRolePolicyDocument";
    private const string Attached = "ManagedPolicyArns";

    public override string Name => "AWS::IAM::Role";

    public override IReadOnlyList<string> Known => [Trust, "Description", Attached, "MaxSessionDuration", "Path", "PermissionsBoundary", "Policies", "RoleName", "Tags"];

    public override IReadOnlyList<string> Required => [Trust];

    public override IReadOnlyList<string> Replacing => ["RoleName", "Path", "PermissionsBoundary"];

    public override IReadOnlyList<string> Attributes => ["Arn", "RoleId"];

    public override Made Create(ResourceCall call)
    {
        var (caller, name) = (new IamCaller(iam, call.Principal), call.Name("RoleName", 64));
        var role = caller.Ask("CreateRole",
        [
            ("RoleName", name),
            (Trust, IamCaller.Document(call.Properties[Trust])),
            ("Path", call.Text("Path")),
            ("Description", call.Text("Description")),
            ("MaxSessionDuration", call.Text("MaxSessionDuration")),
            ("PermissionsBoundary", call.Text("PermissionsBoundary")),
            .. IamCaller.Tags(call.Tags),
        ]).Element("Role")!;
        try
        {
            PutPolicies(caller, name, [], call.Properties);
        }
        catch
        {
            Strip(caller, name);
            throw;
        }

        return new Made(name, new Dictionary<string, string> { ["Arn"] = role.Element("Arn")!.Value, ["RoleId"] = role.Element("RoleId")!.Value });
    }

    public override Made Update(ResourceCall call, StackResource old)
    {
        var (caller, name) = (new IamCaller(iam, call.Principal), old.PhysicalId!);
        caller.Ask("UpdateAssumeRolePolicy", ("RoleName", name), ("PolicyDocument", IamCaller.Document(call.Properties[Trust])));
        caller.Ask("UpdateRole", ("RoleName", name), ("Description", call.Text("Description")), ("MaxSessionDuration", call.Text("MaxSessionDuration")));
        PutPolicies(caller, name, old.Properties, call.Properties);
        var gone = ResourceCall.Of(old.Properties["Tags"]).Keys.Except(call.Tags.Keys).ToList();
        if (gone.Count > 0)
            caller.Ask("UntagRole", [("RoleName", name), .. IamCaller.Members("TagKeys", gone)]);
        if (call.Tags.Count > 0)
            caller.Ask("TagRole", [("RoleName", name), .. IamCaller.Tags(call.Tags)]);
        return new Made(name, old.Attributes);
    }

    public override void Delete(ResourceCall call, StackResource old) => Strip(new IamCaller(iam, call.Principal), old.PhysicalId!);

    private static void PutPolicies(IamCaller caller, string role, JsonObject before, JsonObject after)
    {
        var wanted = Inline(after);
        foreach (var (name, document) in wanted)
            caller.Ask("PutRolePolicy", ("RoleName", role), ("PolicyName", name), ("PolicyDocument", document));
        foreach (var name in Inline(before).Keys.Except(wanted.Keys))
            caller.Ask("DeleteRolePolicy", ("RoleName", role), ("PolicyName", name));
        foreach (var arn in Arns(after).Except(Arns(before)))
            caller.Ask("AttachRolePolicy", ("RoleName", role), ("PolicyArn", arn));
        foreach (var arn in Arns(before).Except(Arns(after)))
            caller.Ask("DetachRolePolicy", ("RoleName", role), ("PolicyArn", arn));
    }

    /// <summary>Takes everything from the role that it has, whoever gave it, and then the role.</summary>
    private static void Strip(IamCaller caller, string role)
    {
        foreach (var name in caller.Ask("ListRolePolicies", ("RoleName", role)).Descendants("member").Select(member => member.Value).ToList())
            caller.Ask("DeleteRolePolicy", ("RoleName", role), ("PolicyName", name));
        foreach (var arn in caller.Ask("ListAttachedRolePolicies", ("RoleName", role)).Descendants("PolicyArn").Select(arn => arn.Value).ToList())
            caller.Ask("DetachRolePolicy", ("RoleName", role), ("PolicyArn", arn));
        caller.Ask("DeleteRole", ("RoleName", role));
    }

    private static Dictionary<string, string?> Inline(JsonObject properties) => (properties["Policies"] as JsonArray ?? []).OfType<JsonObject>()
        .ToDictionary(policy => $"{policy["PolicyName"]}", policy => IamCaller.Document(policy["PolicyDocument"]));

    private static List<string> Arns(JsonObject properties) => [.. (properties[Attached] as JsonArray ?? []).Select(arn => $"{arn}")];
}
