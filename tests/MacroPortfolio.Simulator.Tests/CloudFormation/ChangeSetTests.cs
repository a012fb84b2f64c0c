using MacroPortfolio.Simulator.Tests.World;

namespace MacroPortfolio.Simulator.Tests.CloudFormation;

public class ChangeSetTests
{
    private const string Nothing = "The submitted information didn't contain changes. Submit different information to create a change set.";

    private const string Site = """
        Parameters: { Name: { Type: String, Default: site }, Percent: { Type: Number, Default: 75 } }
        Resources:
          App: { Type: AWS::CodeDeploy::Application, Properties: { ApplicationName: !Ref Name } }
          Config: { Type: AWS::CodeDeploy::DeploymentConfig, Properties: { MinimumHealthyHosts: { Type: FLEET_PERCENT, Value: !Ref Percent } } }
          Group:
            Type: AWS::EC2::SecurityGroup
            Properties: { GroupDescription: fixed, Tags: [{ Key: config, Value: !Ref Config }] }
        """;

    [Fact]
    public async Task A_change_set_of_a_new_stack_makes_nothing_until_it_is_executed()
    {
        await using var cloud = await StackClient.StartAsync();

        var made = await CreateAsync(cloud, "CREATE");
        var (set, before) = (await DescribeAsync(cloud), await cloud.StackAsync("DescribeStacks", ("StackName", "site")));
        await cloud.StackAsync("ExecuteChangeSet", ("StackName", "site"), ("ChangeSetName", "first"));

        made["Id"].Should().MatchRegex("^arn:aws:cloudformation:ap-east-1:123456789012:changeSet/first/");
        (set["Status"], set["ExecutionStatus"], before["StackStatus"]).Should().Be(("CREATE_COMPLETE", "AVAILABLE", "REVIEW_IN_PROGRESS"));
        set.All("Action").Zip(set.All("LogicalResourceId")).Should().Equal(("Add", "App"), ("Add", "Config"), ("Add", "Group"));
        (await cloud.StackAsync("DescribeStacks", ("StackName", "site")))["StackStatus"].Should().Be("CREATE_COMPLETE");
        (await DescribeAsync(cloud))["ExecutionStatus"].Should().Be("EXECUTE_COMPLETE");
    }

    [Fact]
    public async Task It_tells_what_is_replaced_what_that_changes_and_what_goes()
    {
        await using var cloud = await StackClient.StartAsync();
        await cloud.DeployAsync("CreateStack", Site);

        await CreateAsync(cloud, "UPDATE", Site.Replace("  App: { Type: AWS::CodeDeploy::Application, Properties: { ApplicationName: !Ref Name } }\n", "", StringComparison.Ordinal), ("Percent", "50"));

        var set = await DescribeAsync(cloud);
        set.All("Action").Zip(set.All("LogicalResourceId")).Should().Equal(("Modify", "Config"), ("Modify", "Group"), ("Remove", "App"));
        set.All("Replacement").Should().Equal("True", "False");
    }

    [Fact]
    public async Task One_without_changes_has_failed_and_cannot_be_executed()
    {
        await using var cloud = await StackClient.StartAsync();
        await cloud.DeployAsync("CreateStack", Site);

        await CreateAsync(cloud, "UPDATE");
        var set = await DescribeAsync(cloud);
        var executed = await cloud.StackAsync("ExecuteChangeSet", ("StackName", "site"), ("ChangeSetName", "first"));

        (set["Status"], set["StatusReason"], set["ExecutionStatus"]).Should().Be(("FAILED", Nothing, "UNAVAILABLE"));
        executed["Code"].Should().Be("InvalidChangeSetStatus");
    }

    [Fact]
    public async Task One_that_is_deleted_is_gone_and_its_name_can_be_taken_again()
    {
        await using var cloud = await StackClient.StartAsync();
        await CreateAsync(cloud, "CREATE");
        var twice = await CreateAsync(cloud, "CREATE");

        await cloud.StackAsync("DeleteChangeSet", ("StackName", "site"), ("ChangeSetName", "first"));

        var (gone, again) = (await DescribeAsync(cloud), await CreateAsync(cloud, "CREATE"));
        twice.ShouldBe(400, "AlreadyExistsException", "ChangeSet first already exists");
        gone.ShouldBe(404, "ChangeSetNotFound", "ChangeSet [first] does not exist");
        again.Status.Should().Be(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task Parameters_and_template_of_before_can_be_kept()
    {
        await using var cloud = await StackClient.StartAsync();
        await cloud.DeployAsync("CreateStack", Site, ("Name", "portfolio"));

        await cloud.StackAsync("CreateChangeSet", ("StackName", "site"), ("ChangeSetName", "first"), ("UsePreviousTemplate", "true"),
            ("Parameters.member.1.ParameterKey", "Name"), ("Parameters.member.1.UsePreviousValue", "true"), ("Parameters.member.2.ParameterKey", "Percent"), ("Parameters.member.2.ParameterValue", "50"));

        var set = await DescribeAsync(cloud);
        set.All("LogicalResourceId").Should().Equal("Config", "Group");
        set.All("ParameterValue").Should().Equal("portfolio", "50");
    }

    private static Task<XmlAnswer> CreateAsync(TestCloud cloud, string type, string template = Site, params (string Name, string Value)[] parameters) =>
        cloud.StackAsync("CreateChangeSet", [.. StackClient.Request(template, parameters), ("ChangeSetName", "first"), ("ChangeSetType", type)]);

    private static Task<XmlAnswer> DescribeAsync(TestCloud cloud) => cloud.StackAsync("DescribeChangeSet", ("StackName", "site"), ("ChangeSetName", "first"));
}
