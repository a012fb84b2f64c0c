using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.CloudFormation.Stacks;
using MacroPortfolio.Simulator.CodeDeploy;

namespace MacroPortfolio.Simulator.CloudFormation.Resources;

/// <summary>The properties of templates as CodeDeploy's own requests have them.</summary>
internal static class CodeDeployRequest
{
    private static readonly string[] Switches = ["Enabled", "IgnorePollAlarmFailure", "TerminationHookEnabled"];
    private static readonly string[] Numbers = ["TerminationWaitTimeInMinutes", "WaitTimeInMinutes", "FirstZoneMonitorDurationInSeconds", "MonitorDurationInSeconds"];

    public static JsonObject Of(JsonObject properties, params string[] without) =>
        new(properties.Where(property => property.Key != "Tags" && !without.Contains(property.Key)).Select(property => Member(property.Key, property.Value)));

    /// <summary>Tags and filters have their names in capitals there too.</summary>
    public static JsonArray Tags(IReadOnlyDictionary<string, string> tags) => [.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })];

    private static KeyValuePair<string, JsonNode?> Member(string name, JsonNode? value) => KeyValuePair.Create($"{char.ToLowerInvariant(name[0])}{name[1..]}", name switch
    {
        "Ec2TagFilters" => value?.DeepClone(),
        "MinimumHealthyHosts" or "MinimumHealthyHostsPerZone" => new JsonObject { ["type"] = $"{value?["Type"]}", ["value"] = Number(value?["Value"]) },
        _ when Switches.Contains(name) => JsonValue.Create(Templates.Functions.Plain(value) == "true"),
        _ when Numbers.Contains(name) => Number(value),
        _ => Convert(value),
    });

    private static JsonNode? Convert(JsonNode? value) => value switch
    {
        JsonObject map => new JsonObject(map.Select(member => Member(member.Key, member.Value))),
        JsonArray list => new JsonArray([.. list.Select(Convert)]),
        _ => value?.DeepClone(),
    };

    /// <summary>Parameters are text, whatever they hold.</summary>
    private static JsonValue? Number(JsonNode? value) => long.TryParse($"{value}", out var number) ? JsonValue.Create(number) : (value as JsonValue)?.DeepClone() as JsonValue;
}

internal sealed class ApplicationResource(CodeDeployService codeDeploy) : ResourceType
{
    public override string Name => "AWS::CodeDeploy::Application";

    public override IReadOnlyList<string> Known => ["ApplicationName", "ComputePlatform", "Tags"];

    public override IReadOnlyList<string> Replacing => ["ApplicationName", "ComputePlatform"];

    public override Made Create(ResourceCall call)
    {
        var name = call.Name("ApplicationName", 100);
        var request = CodeDeployRequest.Of(call.Properties);
        (request["applicationName"], request["tags"]) = (name, CodeDeployRequest.Tags(call.Tags));
        codeDeploy.Invoke(call.Principal, "CreateApplication", request);
        return new Made(name, new Dictionary<string, string>());
    }

    public override Made Update(ResourceCall call, StackResource old) => new(old.PhysicalId!, old.Attributes);

    public override void Delete(ResourceCall call, StackResource old) => codeDeploy.Invoke(call.Principal, "DeleteApplication", new JsonObject { ["applicationName"] = old.PhysicalId });
}

internal sealed class DeploymentGroupResource(CodeDeployService codeDeploy) : ResourceType
{
    public override string Name => "AWS::CodeDeploy::DeploymentGroup";

    public override IReadOnlyList<string> Known =>
    [
        "AlarmConfiguration", "ApplicationName", "AutoRollbackConfiguration", "AutoScalingGroups", "BlueGreenDeploymentConfiguration", "DeploymentConfigName", "DeploymentGroupName",
        "DeploymentStyle", "Ec2TagFilters", "LoadBalancerInfo", "OutdatedInstancesStrategy", "ServiceRoleArn", "Tags", "TerminationHookEnabled",
    ];

    public override IReadOnlyList<string> Required => ["ApplicationName", "ServiceRoleArn"];

    public override IReadOnlyList<string> Replacing => ["ApplicationName", "DeploymentGroupName"];

    public override Made Create(ResourceCall call)
    {
        var name = call.Name("DeploymentGroupName", 100);
        var request = CodeDeployRequest.Of(call.Properties);
        (request["deploymentGroupName"], request["tags"]) = (name, CodeDeployRequest.Tags(call.Tags));
        codeDeploy.Invoke(call.Principal, "CreateDeploymentGroup", request);
        return new Made(name, new Dictionary<string, string>());
    }

    public override Made Update(ResourceCall call, StackResource old)
    {
        var request = CodeDeployRequest.Of(call.Properties, "DeploymentGroupName");
        request["currentDeploymentGroupName"] = old.PhysicalId;
        codeDeploy.Invoke(call.Principal, "UpdateDeploymentGroup", request);
        return new Made(old.PhysicalId!, old.Attributes);
    }

    public override void Delete(ResourceCall call, StackResource old) => codeDeploy.Invoke(call.Principal, "DeleteDeploymentGroup",
        new JsonObject { ["applicationName"] = call.Text("ApplicationName"), ["deploymentGroupName"] = old.PhysicalId });
}

internal sealed class DeploymentConfigResource(CodeDeployService codeDeploy) : ResourceType
{
    public override string Name => "AWS::CodeDeploy::DeploymentConfig";

    public override IReadOnlyList<string> Known => ["ComputePlatform", "DeploymentConfigName", "MinimumHealthyHosts", "ZonalConfig"];

    public override IReadOnlyList<string> Replacing => Known;

    public override Made Create(ResourceCall call)
    {
        var name = call.Name("DeploymentConfigName", 100);
        var request = CodeDeployRequest.Of(call.Properties);
        request["deploymentConfigName"] = name;
        codeDeploy.Invoke(call.Principal, "CreateDeploymentConfig", request);
        return new Made(name, new Dictionary<string, string>());
    }

    public override Made Update(ResourceCall call, StackResource old) => new(old.PhysicalId!, old.Attributes);

    public override void Delete(ResourceCall call, StackResource old) =>
        codeDeploy.Invoke(call.Principal, "DeleteDeploymentConfig", new JsonObject { ["deploymentConfigName"] = old.PhysicalId });
}
