using System.Net;
using System.Net.Http.Json;
using MacroPortfolio.Simulator.Tests.World;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.Monitoring;

public class MonitoringServiceTests
{
    private static readonly string[] Slow = ["slow"];
    private static readonly Keys Lee = new("AKIALEE", "lee-secret", null);

    [Fact]
    public async Task Alarms_of_groups_and_of_the_world_are_told_with_their_states()
    {
        await using var cloud = await StartAsync();
        using var change = JsonContent.Create(new { state = "ALARM" });
        using var _ = await cloud.PostAsync("/_simulator/alarms/slow", change);

        var all = await AskAsync(cloud);
        var active = await AskAsync(cloud, ("StateValue", "ALARM"));
        var named = await AskAsync(cloud, ("AlarmNames.member.1", "errors"), ("AlarmNames.member.2", "nobody"));
        var prefixed = await AskAsync(cloud, ("AlarmNamePrefix", "la"));

        Names(all).Should().Equal("errors", "later", "slow");
        Names(active).Should().Equal("slow");
        (active["AlarmArn"], active["StateValue"]).Should().Be(("arn:aws:cloudwatch:ap-east-1:123456789012:alarm:slow", "ALARM"));
        (string.Join(' ', Names(named)), named["StateValue"]).Should().Be(("errors", "OK"));
        Names(prefixed).Should().Equal("later");
    }

    [Fact]
    public async Task The_list_comes_in_pages()
    {
        await using var cloud = await StartAsync();

        var first = await AskAsync(cloud, ("MaxRecords", "2"));
        var second = await AskAsync(cloud, ("MaxRecords", "2"), ("NextToken", first["NextToken"]));

        (string.Join(' ', Names(first)), string.Join(' ', Names(second))).Should().Be(("errors later", "slow"));
    }

    [Fact]
    public async Task Who_may_not_see_alarms_is_told_the_action()
    {
        await using var cloud = await StartAsync();

        var answer = await cloud.QueryAsync("monitoring", "2010-08-01", Lee, "DescribeAlarms");

        answer.ShouldBe(403, "AccessDenied", "User: arn:aws:iam::123456789012:user/lee is not authorized to perform: cloudwatch:DescribeAlarms on resource: "
            + "arn:aws:cloudwatch:ap-east-1:123456789012:alarm:* because no identity-based policy allows the cloudwatch:DescribeAlarms action");
    }

    [Fact]
    public async Task It_speaks_JSON_too()
    {
        await using var cloud = await StartAsync();

        var (status, body) = await cloud.JsonAsync(TestCloud.Dana, "monitoring", "GraniteServiceVersion20100801.DescribeAlarms", new { AlarmNames = Slow });
        var (refused, refusal) = await cloud.JsonAsync(Lee, "monitoring", "GraniteServiceVersion20100801.DescribeAlarms", new { });

        (status, body["MetricAlarms"]![0]!["AlarmName"]!.ToString(), body["MetricAlarms"]![0]!["StateValue"]!.ToString()).Should().Be((HttpStatusCode.OK, "slow", "OK"));
        (refused, refusal["__type"]!.ToString()).Should().Be((HttpStatusCode.Forbidden, "AccessDenied"));
    }

    private static Task<TestCloud> StartAsync() => TestCloud.StartAsync(world => world with
    {
        CodeDeploy = new()
        {
            Alarms = [new AlarmWorld { Name = "later", AfterSeconds = 3600 }],
            Applications = [new ApplicationWorld { Name = "site", DeploymentGroups = [new DeploymentGroupWorld { Name = "gray", Alarms = ["slow", "errors"] }] }],
        },
    });

    private static Task<XmlAnswer> AskAsync(TestCloud cloud, params (string, string)[] parameters) =>
        cloud.QueryAsync("monitoring", "2010-08-01", TestCloud.Dana, "DescribeAlarms", parameters);

    private static IEnumerable<string> Names(XmlAnswer answer) => answer.Body.Descendants().Where(one => one.Name.LocalName == "AlarmName").Select(one => one.Value);
}
