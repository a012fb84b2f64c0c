using MacroPortfolio.Simulator.CloudFormation.Stacks;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.CloudFormation.Resources;

/// <summary>What the simulator has no service for: it is asked for as the real one would be, gets an id and attributes such as that would have, and nothing else happens.</summary>
/// <param name="actions">What making, changing and removing takes.</param>
internal sealed class RecordedResource(string name, IGuard guard, (string Create, string Update, string Delete) actions, IReadOnlyList<string> replacing, IReadOnlyList<string> attributes, Func<ResourceCall, Made> make)
    : ResourceType
{
    private const string Hexadecimal = "0123456789abcdef";
    private const string Latest = "LatestVersionNumber";

    public override string Name => name;

    public override IReadOnlyList<string> Replacing => replacing;

    public override IReadOnlyList<string> Attributes => attributes;

    public static IEnumerable<ResourceType> All(IGuard guard, string region, string partition)
    {
        string Balancing(ResourceCall call, string thing) => $"arn:{partition}:elasticloadbalancing:{region}:{call.Principal.Account}:{thing}";

        yield return new RecordedResource("AWS::EC2::SecurityGroup", guard, ("ec2:CreateSecurityGroup", "ec2:AuthorizeSecurityGroupIngress", "ec2:DeleteSecurityGroup"), ["GroupName", "GroupDescription", "VpcId"], ["GroupId", "Id", "VpcId"], call =>
        {
            var id = $"sg-{call.Chance.Text(17, Hexadecimal)}";
            return Of(id, ("GroupId", id), ("Id", id), ("VpcId", call.Text("VpcId") ?? "vpc-0"));
        });
        yield return new RecordedResource("AWS::EC2::LaunchTemplate", guard, ("ec2:CreateLaunchTemplate", "ec2:CreateLaunchTemplateVersion", "ec2:DeleteLaunchTemplate"), ["LaunchTemplateName"],
            ["LaunchTemplateId", Latest, "DefaultVersionNumber"], call =>
        {
            var id = $"lt-{call.Chance.Text(17, Hexadecimal)}";
            return Of(id, ("LaunchTemplateId", id), (Latest, "1"), ("DefaultVersionNumber", "1"));
        });
        yield return new RecordedResource("AWS::ElasticLoadBalancingV2::LoadBalancer", guard,
            ("elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:ModifyLoadBalancerAttributes", "elasticloadbalancing:DeleteLoadBalancer"), ["Name", "Scheme", "Type"],
            ["LoadBalancerArn", "LoadBalancerName", "LoadBalancerFullName", "CanonicalHostedZoneID", "DNSName"], call =>
        {
            var (short_, tail) = (Short(call), call.Chance.Text(16, Hexadecimal));
            var arn = Balancing(call, $"loadbalancer/app/{short_}/{tail}");
            return Of(arn, ("LoadBalancerArn", arn), ("LoadBalancerName", short_), ("LoadBalancerFullName", $"app/{short_}/{tail}"), ("CanonicalHostedZoneID", "Z0000000000000"),
                ("DNSName", $"{short_}-{call.Chance.Text(10, Chance.Digits)}.{region}.elb.amazonaws.com"));
        });
        yield return new RecordedResource("AWS::ElasticLoadBalancingV2::TargetGroup", guard,
            ("elasticloadbalancing:CreateTargetGroup", "elasticloadbalancing:ModifyTargetGroup", "elasticloadbalancing:DeleteTargetGroup"), ["Name", "Port", "Protocol", "TargetType", "VpcId"],
            ["TargetGroupArn", "TargetGroupName", "TargetGroupFullName"], call =>
        {
            var (short_, tail) = (Short(call), call.Chance.Text(16, Hexadecimal));
            var arn = Balancing(call, $"targetgroup/{short_}/{tail}");
            return Of(arn, ("TargetGroupArn", arn), ("TargetGroupName", short_), ("TargetGroupFullName", $"targetgroup/{short_}/{tail}"));
        });
        yield return new RecordedResource("AWS::ElasticLoadBalancingV2::Listener", guard,
            ("elasticloadbalancing:CreateListener", "elasticloadbalancing:ModifyListener", "elasticloadbalancing:DeleteListener"), ["LoadBalancerArn"], ["ListenerArn"], call =>
        {
            var arn = $"{call.Text("LoadBalancerArn")!.Replace(":loadbalancer/", ":listener/", StringComparison.Ordinal)}/{call.Chance.Text(16, Hexadecimal)}";
            return Of(arn, ("ListenerArn", arn));
        });
    }

    public override Made Create(ResourceCall call)
    {
        guard.Demand(call.Principal, actions.Create, "*");
        return make(call);
    }

    public override Made Update(ResourceCall call, StackResource old)
    {
        guard.Demand(call.Principal, actions.Update, "*");
        return new Made(old.PhysicalId!, old.Attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Key == Latest ? $"{int.Parse(attribute.Value) + 1}" : attribute.Value));
    }

    public override void Delete(ResourceCall call, StackResource old) => guard.Demand(call.Principal, actions.Delete, "*");

    private static Made Of(string id, params (string Name, string Value)[] attributes) => new(id, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value));

    /// <summary>The name that load balancing gets from CloudFormation: at most 32 characters.</summary>
    private static string Short(ResourceCall call) => call.Text("Name") ?? $"{call.Stack.Name[..Math.Min(5, call.Stack.Name.Length)].TrimEnd('-')}-{call.LogicalId[..Math.Min(5, call.LogicalId.Length)]}-{call.Chance.Text(12, Chance.Capitals)}";
}
