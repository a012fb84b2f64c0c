using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>
/// AWS's own policies, of which there are hundreds; these can be attached here. What is not known is refused, because a role without what its policy allows
/// would mislead. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/
/// </summary>
public static class AwsPolicies
{
    /// <summary>What CodeDeploy needs of EC2 Auto Scaling, EC2, load balancing, alarms and notifications. The simulated CodeDeploy asks nobody.</summary>
    private const string CodeDeployRole = """
        { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Resource": "*", "Action": [
          "autoscaling:CompleteLifecycleAction", "autoscaling:DeleteLifecycleHook", "autoscaling:PutLifecycleHook", "autoscaling:RecordLifecycleActionHeartbeat",
          "autoscaling:CreateAutoScalingGroup", "autoscaling:CreateOrUpdateTags", "autoscaling:UpdateAutoScalingGroup", "autoscaling:EnableMetricsCollection",
          "autoscaling:DescribePolicies", "autoscaling:DescribeScheduledActions", "autoscaling:DescribeNotificationConfigurations", "autoscaling:SuspendProcesses",
          "autoscaling:ResumeProcesses", "autoscaling:AttachLoadBalancers", "autoscaling:AttachLoadBalancerTargetGroups", "autoscaling:PutScalingPolicy",
          "autoscaling:PutScheduledUpdateGroupAction", "autoscaling:PutNotificationConfiguration", "autoscaling:DescribeScalingActivities", "autoscaling:DeleteAutoScalingGroup",
          "autoscaling:PutWarmPool", "autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeLifecycleHooks",
          "ec2:DescribeInstances", "ec2:DescribeInstanceStatus", "ec2:TerminateInstances", "tag:GetResources", "sns:Publish", "cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm",
          "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeLoadBalancerAttributes", "elasticloadbalancing:DescribeInstanceHealth",
          "elasticloadbalancing:RegisterInstancesWithLoadBalancer", "elasticloadbalancing:DeregisterInstancesFromLoadBalancer", "elasticloadbalancing:DescribeTargetGroups",
          "elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetHealth", "elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"
        ] }] }
        """;

    private const string Administrator = """{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] }""";

    public static ManagedPolicy? Find(string arn, string partition) => arn.Split($"arn:{partition}:iam::aws:policy/") is ["", var name] ? name switch
    {
        "service-role/AWSCodeDeployRole" => Read(arn, CodeDeployRole),
        "AdministratorAccess" => Read(arn, Administrator),
        _ => null,
    } : null;

    private static ManagedPolicy Read(string arn, string document) => new(arn, Policy.Parse(JsonNode.Parse(document)!, PolicyKind.Identity));
}
