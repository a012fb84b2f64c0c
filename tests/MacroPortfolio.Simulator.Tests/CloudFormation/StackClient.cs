using MacroPortfolio.Simulator.Tests.World;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.CloudFormation;

/// <summary>A cloud whose accounts have people and instances and nothing else, asked as the aws CLI asks.</summary>
internal static class StackClient
{
    public static readonly Keys Lee = new("AKIALEE", "lee-secret", null);

    public static Task<TestCloud> StartAsync(Func<WorldFile, WorldFile>? change = null) => TestCloud.StartAsync(world =>
    {
        var empty = world with { Iam = world.Iam with { Roles = [] }, CodeDeploy = new(), S3 = new() };
        return change is null ? empty : change(empty);
    });

    public static Task<XmlAnswer> IamAsync(this TestCloud cloud, string action, params (string Name, string Value)[] parameters) => cloud.QueryAsync("iam", "2010-05-08", TestCloud.Dana, action, parameters);

    public static Task<XmlAnswer> StackAsync(this TestCloud cloud, string action, params (string Name, string Value)[] parameters) => cloud.StackAsAsync(TestCloud.Dana, action, parameters);

    public static Task<XmlAnswer> StackAsAsync(this TestCloud cloud, Keys keys, string action, params (string Name, string Value)[] parameters) =>
        cloud.QueryAsync("cloudformation", "2010-05-15", keys, action, parameters);

    /// <summary>CreateStack or UpdateStack, and what DescribeStacks says after it.</summary>
    public static async Task<XmlAnswer> DeployAsync(this TestCloud cloud, string action, string template, params (string Name, string Value)[] parameters)
    {
        var answer = await cloud.StackAsync(action, Request(template, parameters));
        return answer.Status == System.Net.HttpStatusCode.OK ? await cloud.StackAsync("DescribeStacks", ("StackName", "site")) : answer;
    }

    public static (string Name, string Value)[] Request(string template, params (string Name, string Value)[] parameters) =>
    [
        ("StackName", "site"),
        ("TemplateBody", template),
        ("Capabilities.member.1", "CAPABILITY_NAMED_IAM"),
        .. parameters.SelectMany((parameter, index) => ((string, string)[])
            [($"Parameters.member.{index + 1}.ParameterKey", parameter.Name), ($"Parameters.member.{index + 1}.ParameterValue", parameter.Value)]),
    ];

    public static string Output(this XmlAnswer stack, string name) =>
        stack.Body.Descendants().Single(element => element.Name.LocalName == "OutputKey" && element.Value == name).ElementsAfterSelf().First().Value;

    /// <summary>What the stack has of events, oldest first: <c>Bucket CREATE_COMPLETE</c>.</summary>
    public static async Task<IReadOnlyList<string>> EventsAsync(this TestCloud cloud, string stack = "site")
    {
        var answer = await cloud.StackAsync("DescribeStackEvents", ("StackName", stack));
        string Of(System.Xml.Linq.XElement one, string name) => one.Elements().Single(element => element.Name.LocalName == name).Value;
        return [.. answer.Body.Descendants().Where(element => element.Name.LocalName == "member").Select(one => $"{Of(one, "LogicalResourceId")} {Of(one, "ResourceStatus")}").Reverse()];
    }

    public static IReadOnlyList<string> All(this XmlAnswer answer, string element) => [.. answer.Body.Descendants().Where(one => one.Name.LocalName == element).Select(one => one.Value)];
}
