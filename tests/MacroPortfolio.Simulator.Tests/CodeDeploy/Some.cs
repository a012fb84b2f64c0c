using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

internal static class Some
{
    private static readonly string[] Counted = ["Pending", "InProgress", "Succeeded", "Failed", "Skipped"];

    public static string[] List(params string[] items) => items;

    public static WorldFile World(params DeploymentGroupWorld[] groups) => new()
    {
        GitHub = new() { Repositories = [new() { Name = "acme/site" }] },
        CodeDeploy = new() { Applications = [new() { Name = "site", LinkedToGithub = true, DeploymentGroups = groups }] },
    };

    public static WorldFile WithConfig(this WorldFile world, string name, string type, int value) => world with
    {
        CodeDeploy = world.CodeDeploy with { DeploymentConfigs = [new() { Name = name, MinimumHealthyHosts = new(type, value) }] },
    };

    /// <summary>With what is special about some of the instances.</summary>
    public static WorldFile With(this WorldFile world, params InstanceWorld[] instances) => world with { Instances = instances };

    public static DeploymentGroupWorld Group(string name = "web", string config = "CodeDeployDefault.AllAtOnce", string[]? autoRollback = null) => new()
    {
        Name = name,
        Ec2TagFilters = [new("Release", name, "KEY_AND_VALUE")],
        DeploymentConfig = config,
        AutoRollback = autoRollback ?? [],
    };

    public static ScriptedHost Host(string id = "i-1") => new(id, ("Release", "web"));

    public static ScriptedHost[] Hosts(int count) => [.. Enumerable.Range(1, count).Select(number => Host($"i-{number}"))];

    public static object Revision(string commit) => new { revisionType = "GitHub", gitHubLocation = new { repository = "acme/site", commitId = commit } };

    public static object Request(object revision) => new { applicationName = "site", deploymentGroupName = "web", revision };

    public static string Counts(JsonNode deployment) => deployment["deploymentOverview"] is { } overview
        ? string.Join(' ', Counted.Select(name => overview[name]!.GetValue<long>()))
        : "none";

    public static string[] Strings(this JsonNode? list) => [.. list!.AsArray().Select(item => item!.GetValue<string>())];

    public static string Text(this JsonNode node, string member) => node[member]!.GetValue<string>();

    public static double Number(this JsonNode node, string member) => node[member]!.GetValue<double>();
}
