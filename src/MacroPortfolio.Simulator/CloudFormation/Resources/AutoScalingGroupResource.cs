using MacroPortfolio.Simulator.CloudFormation.Stacks;
using MacroPortfolio.Simulator.CodeDeploy;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.CloudFormation.Resources;

/// <summary>An Auto Scaling group: it launches as many of the world's spare instances as it should have, or as there are.</summary>
internal sealed class AutoScalingGroupResource(CodeDeployService codeDeploy, IGuard guard, string region, string partition) : ResourceType
{
    public override string Name => "AWS::AutoScaling::AutoScalingGroup";

    public override IReadOnlyList<string> Required => ["MinSize", "MaxSize"];

    public override IReadOnlyList<string> Replacing => ["AutoScalingGroupName"];

    public override IReadOnlyList<string> Attributes => ["AutoScalingGroupARN"];

    public override Made Create(ResourceCall call)
    {
        var (name, account) = (call.Name("AutoScalingGroupName", 255), codeDeploy.Account(call.Principal.Account));
        var arn = $"arn:{partition}:autoscaling:{region}:{call.Principal.Account}:autoScalingGroup:{call.Chance.Identifier()}:autoScalingGroupName/{name}";
        guard.Demand(call.Principal, "autoscaling:CreateAutoScalingGroup", arn);
        foreach (var id in account.Roster.AddAutoScalingGroup(name).Take(int.Parse(call.Text("DesiredCapacity") ?? call.Text("MinSize")!)))
            account.Scaling.Join(id, name);
        return new Made(name, new Dictionary<string, string> { ["AutoScalingGroupARN"] = arn });
    }

    public override Made Update(ResourceCall call, StackResource old)
    {
        guard.Demand(call.Principal, "autoscaling:UpdateAutoScalingGroup", old.Attributes["AutoScalingGroupARN"]);
        return new Made(old.PhysicalId!, old.Attributes);
    }

    public override void Delete(ResourceCall call, StackResource old)
    {
        guard.Demand(call.Principal, "autoscaling:DeleteAutoScalingGroup", old.Attributes["AutoScalingGroupARN"]);
        codeDeploy.Account(call.Principal.Account).Roster.RemoveAutoScalingGroup(old.PhysicalId!);
    }
}
