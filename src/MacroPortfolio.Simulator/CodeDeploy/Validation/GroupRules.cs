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
        Refuse(settings.BlueGreenDeploymentConfiguration, "InvalidBlueGreenDeploymentConfiguration", "blue/green deployments");
        Refuse(settings.LoadBalancerInfo, "InvalidLoadBalancerInfo", "load balancers");
        Refuse(settings.AutoScalingGroups, "InvalidAutoScalingGroup", "Auto Scaling groups");
        Refuse(settings.OnPremisesInstanceTagFilters, "InvalidTag", "on-premises instances");
        Refuse(settings.OnPremisesTagSet?["onPremisesTagSetList"], "InvalidTag", "on-premises instances");
        Refuse(settings.EcsServices, "InvalidECSService", "Amazon ECS");
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
        if (style is { DeploymentType: "BLUE_GREEN" } or { DeploymentOption: "WITH_TRAFFIC_CONTROL" })
            throw Fault.Of("InvalidDeploymentStyle", "The simulator lacks blue/green deployments and traffic control.");
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
