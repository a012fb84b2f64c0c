using MacroPortfolio.Simulator.Tests.World;

namespace MacroPortfolio.Simulator.Tests.CloudFormation;

public class StackTests
{
    private const string Site = """
        Description: a site
        Parameters:
          Application: { Type: String, Default: site }
          Versioning: { Type: String, Default: Enabled }
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument: { Statement: [{ Effect: Deny, Principal: '*', Action: s3:*, Resource: !Sub '${Bucket.Arn}/*', Condition: { Bool: { aws:SecureTransport: 'false' } } }] }
          Bucket:
            Type: AWS::S3::Bucket
            DeletionPolicy: RetainExceptOnCreate
            Properties: { BucketName: !Sub '${Application}-bundles', VersioningConfiguration: { Status: !Ref Versioning } }
          App: { Type: AWS::CodeDeploy::Application, Properties: { ApplicationName: !Ref Application } }
        Outputs:
          Bucket: { Value: !GetAtt Bucket.Arn, Export: { Name: !Sub '${AWS::StackName}-bucket' } }
        """;

    /// <summary>As <see cref="Site"/>, and then something that cannot be made.</summary>
    private static readonly string Broken = Site.Replace("Outputs:", "  Group:\n    Type: AWS::CodeDeploy::DeploymentGroup\n    DependsOn: [App, Policy]\n    Properties: { ApplicationName: nothing, ServiceRoleArn: arn:aws:iam::123456789012:role/none }\nOutputs:", StringComparison.Ordinal);

    [Fact]
    public async Task A_stack_makes_its_resources_one_after_the_other_and_tells_its_outputs()
    {
        await using var cloud = await StackClient.StartAsync();

        var stack = await cloud.DeployAsync("CreateStack", Site, ("Application", "portfolio"));

        (stack["StackStatus"], stack["Description"], stack.Output("Bucket"), stack["ExportName"]).Should().Be(("CREATE_COMPLETE", "a site", "arn:aws:s3:::portfolio-bundles", "site-bucket"));
        stack["StackId"].Should().MatchRegex("^arn:aws:cloudformation:ap-east-1:123456789012:stack/site/[0-9a-f-]{36}$");
        (await cloud.EventsAsync()).Should().Equal(
            "site CREATE_IN_PROGRESS", "Bucket CREATE_IN_PROGRESS", "Bucket CREATE_COMPLETE", "Policy CREATE_IN_PROGRESS", "Policy CREATE_COMPLETE", "App CREATE_IN_PROGRESS", "App CREATE_COMPLETE", "site CREATE_COMPLETE");
        (await ApplicationsAsync(cloud)).Should().Contain("portfolio");
    }

    [Fact]
    public async Task A_resource_that_cannot_be_made_takes_back_all_that_was()
    {
        await using var cloud = await StackClient.StartAsync();

        var stack = await cloud.DeployAsync("CreateStack", Broken);

        stack["StackStatus"].Should().Be("ROLLBACK_COMPLETE");
        (await cloud.EventsAsync()).Should().EndWith(["Group CREATE_FAILED", "site ROLLBACK_IN_PROGRESS", "App DELETE_IN_PROGRESS", "App DELETE_COMPLETE", "Policy DELETE_IN_PROGRESS", "Policy DELETE_COMPLETE", "Bucket DELETE_IN_PROGRESS", "Bucket DELETE_COMPLETE", "site ROLLBACK_COMPLETE"]);
        (await ApplicationsAsync(cloud)).Should().NotContain("site");
        (await cloud.StackAsync("UpdateStack", StackClient.Request(Site)))["Message"].Should().EndWith("is in ROLLBACK_COMPLETE state and can not be updated.");
    }

    [Theory]
    [InlineData("DO_NOTHING", "CREATE_FAILED", true)]
    [InlineData("DELETE", "DELETE_COMPLETE", false)]
    public async Task What_becomes_of_a_stack_that_failed_can_be_chosen(string onFailure, string status, bool isThere)
    {
        await using var cloud = await StackClient.StartAsync();

        var id = (await cloud.StackAsync("CreateStack", [.. StackClient.Request(Broken), ("OnFailure", onFailure)]))["StackId"];

        (await cloud.StackAsync("DescribeStacks", ("StackName", id)))["StackStatus"].Should().Be(status);
        (await ApplicationsAsync(cloud)).Contains("site", StringComparison.Ordinal).Should().Be(isThere);
    }

    [Fact]
    public async Task An_update_changes_replaces_adds_and_removes_what_differs_and_leaves_the_rest()
    {
        await using var cloud = await StackClient.StartAsync();
        await cloud.DeployAsync("CreateStack", Site);
        var earlier = (await cloud.EventsAsync()).Count;

        var stack = await cloud.DeployAsync("UpdateStack", Site.Replace("  App:", "  Other:", StringComparison.Ordinal).Replace("!Ref Application }", "!Sub '${Application}-2' }", StringComparison.Ordinal), ("Versioning", "Suspended"));

        stack["StackStatus"].Should().Be("UPDATE_COMPLETE");
        (await cloud.EventsAsync()).Skip(earlier).Should().Equal(
            "site UPDATE_IN_PROGRESS", "Bucket UPDATE_IN_PROGRESS", "Bucket UPDATE_COMPLETE", "Other CREATE_IN_PROGRESS", "Other CREATE_COMPLETE",
            "site UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "App DELETE_IN_PROGRESS", "App DELETE_COMPLETE", "site UPDATE_COMPLETE");
        (await ApplicationsAsync(cloud)).Should().Contain("site-2").And.NotContain("\"site\"");
    }

    [Fact]
    public async Task A_property_that_cannot_change_makes_another_thing_before_the_old_one_goes()
    {
        await using var cloud = await StackClient.StartAsync();
        await cloud.DeployAsync("CreateStack", Site);
        var earlier = (await cloud.EventsAsync()).Count;

        await cloud.DeployAsync("UpdateStack", Site, ("Application", "other"));

        (await cloud.EventsAsync()).Skip(earlier).Should().Equal(
            "site UPDATE_IN_PROGRESS", "Bucket CREATE_IN_PROGRESS", "Bucket CREATE_COMPLETE", "Policy CREATE_IN_PROGRESS", "Policy CREATE_COMPLETE", "App CREATE_IN_PROGRESS", "App CREATE_COMPLETE",
            "site UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "App DELETE_IN_PROGRESS", "App DELETE_COMPLETE", "Policy DELETE_IN_PROGRESS", "Policy DELETE_COMPLETE", "Bucket DELETE_IN_PROGRESS", "Bucket DELETE_COMPLETE",
            "site UPDATE_COMPLETE");
    }

    [Fact]
    public async Task An_update_that_fails_leaves_everything_as_it_was()
    {
        await using var cloud = await StackClient.StartAsync();
        await cloud.DeployAsync("CreateStack", Site);
        var earlier = (await cloud.EventsAsync()).Count;

        var stack = await cloud.DeployAsync("UpdateStack", Broken.Replace("!Ref Application }", "!Sub '${Application}-2' }", StringComparison.Ordinal), ("Versioning", "Suspended"));

        (stack["StackStatus"], stack["ParameterValue"], stack.Output("Bucket")).Should().Be(("UPDATE_ROLLBACK_COMPLETE", "site", "arn:aws:s3:::site-bundles"));
        (await cloud.EventsAsync()).Skip(earlier).Should().EndWith(["Group CREATE_FAILED", "site UPDATE_ROLLBACK_IN_PROGRESS", "App DELETE_IN_PROGRESS", "App DELETE_COMPLETE", "Bucket UPDATE_COMPLETE", "site UPDATE_ROLLBACK_COMPLETE"]);
        (await ApplicationsAsync(cloud)).Should().Contain("\"site\"").And.NotContain("site-2");
        (await cloud.StackAsync("UpdateStack", StackClient.Request(Site)))["Message"].Should().Be("No updates are to be performed.");
    }

    [Fact]
    public async Task The_same_again_is_no_update()
    {
        await using var cloud = await StackClient.StartAsync();
        await cloud.DeployAsync("CreateStack", Site);

        var answer = await cloud.StackAsync("UpdateStack", StackClient.Request(Site));

        answer.ShouldBe(400, "ValidationError", "No updates are to be performed.");
    }

    [Fact]
    public async Task A_stack_that_is_deleted_takes_its_resources_along_except_what_is_to_stay()
    {
        await using var cloud = await StackClient.StartAsync();
        var id = (await cloud.DeployAsync("CreateStack", Site))["StackId"];

        await cloud.StackAsync("DeleteStack", ("StackName", "site"));

        (await cloud.StackAsync("DescribeStacks", ("StackName", "site"))).ShouldBe(400, "ValidationError", "Stack with id site does not exist");
        (await cloud.StackAsync("DescribeStacks", ("StackName", id)))["StackStatus"].Should().Be("DELETE_COMPLETE");
        (await cloud.EventsAsync(id)).Should().EndWith(["App DELETE_IN_PROGRESS", "App DELETE_COMPLETE", "Policy DELETE_IN_PROGRESS", "Policy DELETE_COMPLETE", "Bucket DELETE_SKIPPED", "site DELETE_COMPLETE"]);
        (await ApplicationsAsync(cloud)).Should().NotContain("\"site\"");
        (await cloud.DeployAsync("CreateStack", Site))["StackStatus"].Should().Be("ROLLBACK_COMPLETE", "the bucket is still there");
    }

    [Fact]
    public async Task What_another_stack_imports_stays()
    {
        await using var cloud = await StackClient.StartAsync();
        await cloud.DeployAsync("CreateStack", Site);
        const string user = "Resources: { Group: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: !ImportValue site-bucket } } }";
        var missing = await cloud.StackAsync("CreateStack", ("StackName", "lost"), ("TemplateBody", user.Replace("site-bucket", "nothing", StringComparison.Ordinal)));
        await cloud.StackAsync("CreateStack", ("StackName", "user"), ("TemplateBody", user));

        var answer = await cloud.StackAsync("DeleteStack", ("StackName", "site"));

        answer.ShouldBe(400, "ValidationError", "Export site-bucket cannot be deleted as it is in use by user");
        (await cloud.StackAsync("DescribeStackEvents", ("StackName", "lost"))).All("ResourceStatusReason").Should().Contain(reason => reason.Contains("No export named nothing found.", StringComparison.Ordinal));
        missing.Status.Should().Be(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_caller_makes_the_resources_with_the_permissions_of_the_caller()
    {
        await using var cloud = await StackClient.StartAsync(world => world with { Iam = world.Iam with { Users = [world.Iam.Users[0], world.Iam.Users[1] with { Policies = [Policy("cloudformation:*", "s3:*")] }] } });

        await cloud.StackAsAsync(StackClient.Lee, "CreateStack", StackClient.Request(Site));

        var answer = await cloud.StackAsync("DescribeStackEvents", ("StackName", "site"));
        (await cloud.EventsAsync()).Should().Contain("App CREATE_FAILED").And.EndWith("site ROLLBACK_COMPLETE");
        answer.All("ResourceStatusReason").Should().Contain(
            "Resource handler returned message: \"User: arn:aws:iam::123456789012:user/lee is not authorized to perform: codedeploy:CreateApplication on resource: arn:aws:codedeploy:ap-east-1:123456789012:application:site "
            + "because no identity-based policy allows the codedeploy:CreateApplication action\" (HandlerErrorCode: AccessDenied)");
    }

    [Fact]
    public async Task A_role_that_the_stack_was_given_makes_them_instead()
    {
        await using var cloud = await StackClient.StartAsync(world => world with { Iam = world.Iam with { Users = [world.Iam.Users[0], world.Iam.Users[1] with { Policies = [Policy("cloudformation:*", "iam:PassRole")] }] } });
        await cloud.IamAsync("CreateRole", ("RoleName", "builder"), ("AssumeRolePolicyDocument", """{"Statement":{"Effect":"Allow","Principal":{"Service":"cloudformation.amazonaws.com"},"Action":"sts:AssumeRole"}}"""));
        await cloud.IamAsync("PutRolePolicy", ("RoleName", "builder"), ("PolicyName", "all"), ("PolicyDocument", """{"Statement":{"Effect":"Allow","Action":["s3:*","codedeploy:*"],"Resource":"*"}}"""));

        await cloud.StackAsAsync(StackClient.Lee, "CreateStack", [.. StackClient.Request(Site), ("RoleARN", "arn:aws:iam::123456789012:role/builder")]);

        (await cloud.EventsAsync()).Should().EndWith("site CREATE_COMPLETE");
    }

    [Fact]
    public async Task Who_may_not_ask_is_refused_before_anything_is_said()
    {
        await using var cloud = await StackClient.StartAsync();

        var answer = await cloud.StackAsAsync(StackClient.Lee, "DescribeStacks", ("StackName", "site"));

        answer.ShouldBe(403, "AccessDenied",
            "User: arn:aws:iam::123456789012:user/lee is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:ap-east-1:123456789012:stack/site/* "
            + "because no identity-based policy allows the cloudformation:DescribeStacks action");
    }

    [Fact]
    public async Task Identities_are_made_only_when_the_caller_says_that_they_may_be()
    {
        await using var cloud = await StackClient.StartAsync();
        const string template = "Resources: { Role: { Type: AWS::IAM::Role, Properties: { RoleName: a, AssumeRolePolicyDocument: {} } } }";

        var answer = await cloud.StackAsync("CreateStack", ("StackName", "site"), ("TemplateBody", template), ("Capabilities.member.1", "CAPABILITY_IAM"));

        answer.ShouldBe(400, "InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_NAMED_IAM]");
        (await cloud.StackAsync("DescribeStacks")).All("StackName").Should().BeEmpty();
    }

    [Theory]
    [InlineData("Resources: { A: { Type: AWS::Lambda::Function } }", "*Unrecognized resource types: [AWS::Lambda::Function]*")]
    [InlineData("Parameters: { P: { Type: String } }\nResources: { A: { Type: AWS::S3::Bucket } }", "Parameters: [P] must have values")]
    [InlineData("Rules: { R: { Assertions: [{ Assert: !Equals [a, b], AssertDescription: a is b } ] } }\nResources: { A: { Type: AWS::S3::Bucket } }", "*a is b*")]
    public async Task What_cannot_become_a_stack_makes_none(string template, string message)
    {
        await using var cloud = await StackClient.StartAsync();

        var answer = await cloud.StackAsync("CreateStack", StackClient.Request(template));

        answer["Message"].Should().Match(message);
        (await cloud.StackAsync("DescribeStacks")).All("StackName").Should().BeEmpty();
    }

    [Fact]
    public async Task A_property_that_its_type_does_not_have_fails_its_resource()
    {
        await using var cloud = await StackClient.StartAsync();

        await cloud.DeployAsync("CreateStack", Site.Replace("ApplicationName:", "Aplication:", StringComparison.Ordinal));

        (await cloud.StackAsync("DescribeStackEvents", ("StackName", "site"))).All("ResourceStatusReason").Should().Contain(reason => reason.Contains("extraneous key [Aplication] is not permitted", StringComparison.Ordinal));
    }

    private static System.Text.Json.Nodes.JsonNode Policy(params string[] actions) =>
        System.Text.Json.Nodes.JsonNode.Parse($$"""{ "Statement": { "Effect": "Allow", "Action": ["{{string.Join("\", \"", actions)}}"], "Resource": "*" } }""")!;

    private static async Task<string> ApplicationsAsync(TestCloud cloud)
    {
        using var answer = await cloud.CodeDeployAsync("ListApplications", new { });
        return await answer.Content.ReadAsStringAsync();
    }
}
