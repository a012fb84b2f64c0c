using System.Net;
using System.Text;
using MacroPortfolio.Simulator.Tests.World;

namespace MacroPortfolio.Simulator.Tests.Front;

public class AdminTests
{
    [Fact]
    public async Task An_instance_is_launched_and_terminated_from_outside_and_EC2_tells_of_it()
    {
        await using var cloud = await TestCloud.StartAsync(world => world with
        {
            Instances = [.. world.Instances, new() { Id = "i-0d", AutoScalingGroup = "fleet", Spare = true }],
        });

        var before = await IdsAsync(cloud, "running");
        var launched = await PostAsync(cloud, "instances/i-0d", """{ "state": "running" }""");
        var member = await cloud.QueryAsync(
            "ec2", "2016-11-15", TestCloud.Dana, "DescribeInstances", ("Filter.1.Name", "tag:aws:autoscaling:groupName"), ("Filter.1.Value.1", "fleet"));
        var terminated = await PostAsync(cloud, "instances/i-0a", """{ "state": "terminated" }""");

        (launched.Status, terminated.Status).Should().Be((HttpStatusCode.NoContent, HttpStatusCode.NoContent));
        before.Should().Equal("i-0a", "i-0b", "i-0c");
        member["instanceId"].Should().Be("i-0d");
        (await IdsAsync(cloud, "running")).Should().Equal("i-0b", "i-0c", "i-0d");
        (await IdsAsync(cloud, "terminated")).Should().Equal("i-0a");
    }

    [Theory]
    [InlineData("instances/i-9", """{ "state": "running" }""", "i-9")]
    [InlineData("instances/i-0a", """{ "state": "asleep" }""", "running, terminated")]
    [InlineData("instances/i-0a", """{ "mood": "good" }""", "mood")]
    [InlineData("instances/i-0a", "state=running", "not what is expected")]
    [InlineData("alarms/slow", "{}", "OK, ALARM, INSUFFICIENT_DATA")]
    public async Task What_cannot_be_is_refused_with_what_is_wrong(string path, string body, string words)
    {
        await using var cloud = await TestCloud.StartAsync();

        var refused = await PostAsync(cloud, path, body);

        refused.Status.Should().Be(HttpStatusCode.BadRequest);
        refused.Body.Should().Contain(words);
    }

    [Fact]
    public async Task An_alarm_is_set_from_outside()
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await PostAsync(cloud, "alarms/slow", """{ "state": "ALARM" }""");

        answer.Status.Should().Be(HttpStatusCode.NoContent);
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(TestCloud cloud, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await cloud.PostAsync($"/_simulator/{path}", content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<IEnumerable<string>> IdsAsync(TestCloud cloud, string state)
    {
        var answer = await cloud.QueryAsync(
            "ec2", "2016-11-15", TestCloud.Dana, "DescribeInstances", ("Filter.1.Name", "instance-state-name"), ("Filter.1.Value.1", state));
        return answer.Body.Descendants().Where(element => element.Name.LocalName == "instanceId").Select(element => element.Value);
    }
}
