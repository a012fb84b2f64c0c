using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.CodeDeploy.Validation;

public static partial class GroupRules
{
    private static readonly string[] TriggerEvents =
    [
        "DeploymentStart", "DeploymentSuccess", "DeploymentFailure", "DeploymentStop", "DeploymentRollback", "DeploymentReady",
        "InstanceStart", "InstanceSuccess", "InstanceFailure", "InstanceReady",
    ];

    /// <summary>What a deployment says of its replacement instances: only where the group has it discover them.</summary>
    public static void Check(TargetInstances? instances, Traffic traffic)
    {
        const string fault = "InvalidTargetInstances";
        if (!traffic.IsBlueGreen && instances is not null)
            throw Fault.Of(fault, "Configuration data for target instances was entered for an in-place deployment.");
        if (!traffic.IsBlueGreen || traffic.BlueGreen!.CopiesAutoScalingGroup)
        {
            if (instances is not null)
                throw Fault.Of(fault, "The replacement instances are copied from the Auto Scaling group of the deployment group.");
            return;
        }

        var filters = instances?.TagFilters ?? [];
        var sets = instances?.Ec2TagSet?.Ec2TagSetList ?? [];
        if (filters.Count == 0 && sets.Count == 0 && instances?.AutoScalingGroups is null or { Count: 0 })
            throw Fault.Of(fault, "The replacement instances of a blue/green deployment need tag filters, a tag set or Auto Scaling groups.");
        if (filters.Count > 0 && sets.Count > 0)
            throw Fault.Of(fault, "Only one of tagFilters and ec2TagSet can be specified.");
        if (sets.Count > 3 || sets.Prepend(filters).Any(some => some is null or { Count: > 10 } || some.Any(filter => !IsComplete(filter))))
            throw Fault.Of(fault, "Up to 3 groups of up to 10 tag filters are allowed, each with Type KEY_ONLY, VALUE_ONLY or KEY_AND_VALUE and what that compares.");
    }

    public static void Check(DeploymentGroupSettings settings)
    {
        CheckTags(settings);
        if (settings.ServiceRoleArn is { Length: > 0 } role && !RoleForm().IsMatch(role))
            throw Fault.Of("InvalidRole", $"The service role is not the ARN of a role: {role}");
        Values.OneOf(settings.OutdatedInstancesStrategy, "InvalidInput", "UPDATE", "IGNORE");
        CheckTriggers(settings.TriggerConfigurations ?? []);
        ConfigurationRules.Check(settings.AlarmConfiguration);
        ConfigurationRules.Check(settings.AutoRollbackConfiguration);
        CheckStyle(settings.DeploymentStyle);
        Check(settings.LoadBalancerInfo);
        Check(settings.BlueGreenDeploymentConfiguration);
        if (settings.AutoScalingGroups is { } scaled && (scaled.Count > 10 || scaled.Any(string.IsNullOrEmpty) || scaled.Distinct().Count() < scaled.Count))
            throw Fault.Of("InvalidAutoScalingGroup", "Up to 10 Auto Scaling groups are allowed, each once and with its name.");
        Refuse(settings.OnPremisesInstanceTagFilters, "InvalidTag", "on-premises instances");
        Refuse(settings.OnPremisesTagSet?["onPremisesTagSetList"], "InvalidTag", "on-premises instances");
        Refuse(settings.EcsServices, "InvalidECSService", "Amazon ECS");
    }

    /// <summary>What must hold between settings that requests may give one by one.</summary>
    public static void Check(Traffic traffic, IReadOnlyList<string?> autoScalingGroups)
    {
        if (traffic is { IsBlueGreen: true, IsControlled: false })
            throw Fault.Of("InvalidDeploymentStyle", "Blue/green deployments on EC2 need the deployment option WITH_TRAFFIC_CONTROL.");
        if (traffic is { IsBlueGreen: true, BlueGreen: null })
            throw Fault.Of("InvalidBlueGreenDeploymentConfiguration", "Blue/green deployments need a blue/green deployment configuration.");
        if (traffic is { IsBlueGreen: true, BlueGreen.CopiesAutoScalingGroup: true } && autoScalingGroups.Count == 0)
            throw Fault.Of("InvalidBlueGreenDeploymentConfiguration", "COPY_AUTO_SCALING_GROUP needs an Auto Scaling group in the deployment group.");
        if (traffic is { IsControlled: true, LoadBalancers: null or { IsEmpty: true } })
            throw Fault.Of("InvalidLoadBalancerInfo", "Traffic control needs at least one load balancer or target group.");
    }

    private static void CheckTags(DeploymentGroupSettings settings)
    {
        var sets = settings.Ec2TagSet?.Ec2TagSetList ?? [];
        if (sets.Count > 0 && settings.Ec2TagFilters is { Count: > 0 })
            throw Fault.Of("InvalidEC2TagCombination", "Only one of Ec2TagFilters and Ec2TagSet can be specified.");
        if (sets.Count > 3)
            throw Fault.Of("TagSetListLimitExceeded", "The number of tag groups included in the tag set list exceeded the maximum allowed limit of 3.");
        foreach (var filters in sets.Prepend(settings.Ec2TagFilters ?? []))
            CheckTags(filters);
    }

    private static void CheckTags(IReadOnlyList<Ec2TagFilter?>? filters)
    {
        if (filters is null or { Count: > 10 } || filters.Any(filter => !IsComplete(filter)))
            throw Fault.Of("InvalidEC2Tag", "Up to 10 tag filters are allowed, each with Type KEY_ONLY, VALUE_ONLY or KEY_AND_VALUE and what that compares.");
    }

    private static bool IsComplete(Ec2TagFilter? filter) => filter switch
    {
        { Type: "KEY_ONLY" or "KEY_AND_VALUE" or null, Key: { Length: > 0 } } => true,
        { Type: "VALUE_ONLY", Value: not null } => true,
        _ => false,
    };

    private static void CheckTriggers(IReadOnlyList<TriggerConfig?> triggers)
    {
        if (triggers.Count > Quotas.TriggersPerGroup)
            throw Fault.Of("TriggerTargetsLimitExceeded", $"The maximum allowed number of triggers ({Quotas.TriggersPerGroup}) was exceeded.");
        foreach (var trigger in triggers)
        {
            if (trigger is not { TriggerName.Length: > 0, TriggerEvents.Count: > 0 } || !TopicForm().IsMatch(trigger.TriggerTargetArn ?? ""))
                throw Fault.Of("InvalidTriggerConfig", "Each trigger needs a name, the ARN of an Amazon SNS topic and at least one event.");
            Values.AllOf(trigger.TriggerEvents, "InvalidTriggerConfig", TriggerEvents);
        }
    }

    private static void CheckStyle(DeploymentStyle? style)
    {
        Values.OneOf(style?.DeploymentType, "InvalidDeploymentStyle", "IN_PLACE", "BLUE_GREEN");
        Values.OneOf(style?.DeploymentOption, "InvalidDeploymentStyle", "WITH_TRAFFIC_CONTROL", "WITHOUT_TRAFFIC_CONTROL");
    }

    private static void Check(BlueGreenDeploymentConfiguration? blueGreen)
    {
        const string fault = "InvalidBlueGreenDeploymentConfiguration";
        Values.OneOf(blueGreen?.GreenFleetProvisioningOption?.Action, fault, "DISCOVER_EXISTING", "COPY_AUTO_SCALING_GROUP");
        Values.OneOf(blueGreen?.DeploymentReadyOption?.ActionOnTimeout, fault, "CONTINUE_DEPLOYMENT", "STOP_DEPLOYMENT");
        Values.OneOf(blueGreen?.TerminateBlueInstancesOnDeploymentSuccess?.Action, fault, "TERMINATE", "KEEP_ALIVE");
        int?[] waits = [blueGreen?.DeploymentReadyOption?.WaitTimeInMinutes, blueGreen?.TerminateBlueInstancesOnDeploymentSuccess?.TerminationWaitTimeInMinutes];
        if (waits.Any(minutes => minutes is < 0 or > 2880))
            throw Fault.Of(fault, "Waits are 0 to 2880 minutes long.");
    }

    private static void Check(LoadBalancerInfo? balancers)
    {
        if (balancers?.TargetGroupPairInfoList is { Count: > 0 })
            throw Fault.Of("InvalidTargetGroupPair", "Target group pairs are for Amazon ECS; the compute platform here is Server.");
        foreach (var names in new[] { balancers?.ElbInfoList ?? [], balancers?.TargetGroupInfoList ?? [] })
        {
            if (names.Count > 10 || names.Any(balancer => string.IsNullOrEmpty(balancer?.Name)))
                throw Fault.Of("InvalidLoadBalancerInfo", "Up to 10 load balancers and 10 target groups are allowed, each with its name.");
        }
    }

    private static void Refuse(JsonNode? asked, string fault, string what)
    {
        if (asked is JsonArray { Count: > 0 } or JsonObject { Count: > 0 })
            throw Fault.Of(fault, $"The simulator lacks {what}.");
    }

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::\d{12}:role/.+\z")]
    private static partial Regex RoleForm();

    [GeneratedRegex(@"^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]+\z")]
    private static partial Regex TopicForm();
}
