using System.Net;
using MacroPortfolio.Simulator.Tests.World;

namespace MacroPortfolio.Simulator.Tests.Ec2;

public class Ec2ServiceTests
{
    [Fact]
    public async Task Instances_are_described_with_their_zones_and_tags()
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await AskAsync(cloud);

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.Body.Name.ToString().Should().Be("{http://ec2.amazonaws.com/doc/2016-11-15/}DescribeInstancesResponse");
        Ids(answer).Should().Equal("i-0a", "i-0b", "i-0c");
        (answer["availabilityZone"], answer["name"], answer["key"], answer["value"]).Should().Be(("ap-east-1a", "running", "Name", "gray-1"));
    }

    [Theory]
    [InlineData("tag:Release", "gray", "i-0a i-0b")]
    [InlineData("tag:Release", "*a*", "i-0a i-0b i-0c")]
    [InlineData("tag:Release", "GRAY", "")]
    [InlineData("tag:Owner", "x", "")]
    [InlineData("tag-key", "Release", "i-0a i-0b i-0c")]
    [InlineData("instance-id", "i-0c", "i-0c")]
    [InlineData("availability-zone", "ap-east-1b", "i-0b")]
    [InlineData("instance-state-name", "stopped", "")]
    public async Task Filters_choose(string name, string value, string ids)
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await AskAsync(cloud, ("Filter.1.Name", name), ("Filter.1.Value.1", value));

        Ids(answer).Should().Equal(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task All_filters_must_fit_and_of_each_any_value()
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await AskAsync(cloud, ("Filter.1.Name", "tag:Release"), ("Filter.1.Value.1", "gray"), ("Filter.1.Value.2", "stable"),
            ("Filter.2.Name", "availability-zone"), ("Filter.2.Value.1", "ap-east-1a"));

        Ids(answer).Should().Equal("i-0a", "i-0c");
    }

    [Fact]
    public async Task Instances_are_asked_for_by_id_and_an_unknown_one_is_an_error()
    {
        await using var cloud = await TestCloud.StartAsync();

        var known = await AskAsync(cloud, ("InstanceId.1", "i-0b"));
        var unknown = await AskAsync(cloud, ("InstanceId.1", "i-0b"), ("InstanceId.2", "i-9"));

        Ids(known).Should().Equal("i-0b");
        unknown.ShouldBe(400, "InvalidInstanceID.NotFound", "The instance ID 'i-9' does not exist");
    }

    [Fact]
    public async Task Long_answers_come_in_pages()
    {
        await using var cloud = await TestCloud.StartAsync(world => world with
        {
            Instances = [.. Enumerable.Range(0, 7).Select(index => world.Instances[0] with { Id = $"i-{index}" })],
        });

        var first = await AskAsync(cloud, ("MaxResults", "5"));
        var second = await AskAsync(cloud, ("MaxResults", "5"), ("NextToken", first["nextToken"]));

        Ids(first).Should().HaveCount(5);
        Ids(second).Should().Equal("i-5", "i-6");
        second.Body.Descendants().Should().NotContain(element => element.Name.LocalName == "nextToken");
    }

    [Fact]
    public async Task What_it_does_not_know_or_allow_fails_as_AWS_fails()
    {
        await using var cloud = await TestCloud.StartAsync();

        var action = await cloud.QueryAsync("ec2", "2016-11-15", TestCloud.Dana, "RunInstances");
        var filter = await AskAsync(cloud, ("Filter.1.Name", "color"), ("Filter.1.Value.1", "gray"));
        var denied = await cloud.QueryAsync("ec2", "2016-11-15", new Keys("AKIALEE", "lee-secret", null), "DescribeInstances");

        action.ShouldBe(400, "InvalidAction", "The action RunInstances is not valid for this web service.");
        action.Body.Name.ToString().Should().Be("Response");
        filter.ShouldBe(400, "InvalidParameterValue", "The filter 'color' is invalid");
        (denied.Status, denied["Code"]).Should().Be((HttpStatusCode.Forbidden, "UnauthorizedOperation"));
    }

    private static Task<XmlAnswer> AskAsync(TestCloud cloud, params (string Name, string Value)[] parameters) =>
        cloud.QueryAsync("ec2", "2016-11-15", TestCloud.Dana, "DescribeInstances", parameters);

    private static IEnumerable<string> Ids(XmlAnswer answer) => answer.Body.Descendants().Where(element => element.Name.LocalName == "instanceId").Select(element => element.Value);
}
