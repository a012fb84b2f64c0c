using System.Net;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.Tests.CloudFormation;
using MacroPortfolio.Simulator.Tests.World;

namespace MacroPortfolio.Simulator.Tests.Iam;

public class IamServiceTests
{
    private const string GitHub = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";

    [Fact]
    public async Task A_provider_a_role_and_its_policy_made_by_hand_let_a_job_in_and_do_what_the_policy_says()
    {
        await using var cloud = await StackClient.StartAsync();

        var provider = await cloud.IamAsync("CreateOpenIDConnectProvider", ("Url", "https://token.actions.githubusercontent.com"), ("ClientIDList.member.1", "sts.amazonaws.com"));
        var role = await CreateAsync(cloud, Trust("\"StringEquals\": { \"token.actions.githubusercontent.com:sub\": \"repo:acme/macro-portfolio:environment:gray\" }"));
        var keys = (await cloud.AssumeAsync(await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default)), role["Arn"])).Credentials;
        var before = await ListAsync(cloud, keys);
        await cloud.IamAsync("PutRolePolicy", ("RoleName", "byhand"), ("PolicyName", "read"), ("PolicyDocument", """{"Statement":{"Effect":"Allow","Action":"codedeploy:ListApplications","Resource":"*"}}"""));
        var after = await ListAsync(cloud, keys);
        await cloud.IamAsync("DeleteRolePolicy", ("RoleName", "byhand"), ("PolicyName", "read"));

        (provider["OpenIDConnectProviderArn"], role["Arn"], role["Path"]).Should().Be((GitHub, "arn:aws:iam::123456789012:role/byhand", "/"));
        role["RoleId"].Should().MatchRegex("^AROA[A-Z2-7]{17}$");
        (before, after, await ListAsync(cloud, keys)).Should().Be((HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("\"StringEquals\": { \"token.actions.githubusercontent.com:aud\": \"sts.amazonaws.com\" }", false)]
    [InlineData("\"StringLike\": { \"token.actions.githubusercontent.com:sub\": \"*\" }", false)]
    [InlineData("\"StringLike\": { \"token.actions.githubusercontent.com:sub\": [\"repo:acme/site:*\", \"*\"] }", false)]
    [InlineData("\"StringNotEquals\": { \"token.actions.githubusercontent.com:sub\": \"repo:acme/site:environment:gray\" }", false)]
    [InlineData("\"StringEqualsIfExists\": { \"token.actions.githubusercontent.com:sub\": \"repo:acme/site:environment:gray\" }", false)]
    [InlineData("\"ForAllValues:StringEquals\": { \"token.actions.githubusercontent.com:sub\": \"repo:acme/site:environment:gray\" }", false)]
    [InlineData("\"StringLike\": { \"token.actions.githubusercontent.com:sub\": \"repo:acme/site:*\" }", true)]
    [InlineData("\"StringEquals\": { \"token.actions.githubusercontent.com:sub\": [\"repo:acme/site:environment:gray\"] }", true)]
    public async Task A_role_that_trusts_all_of_GitHub_is_refused(string condition, bool isTaken)
    {
        await using var cloud = await StackClient.StartAsync();
        await CreateAsync(cloud, """{ "Statement": { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" } }""", "other");

        var (made, changed) = (await CreateAsync(cloud, Trust(condition)), await cloud.IamAsync("UpdateAssumeRolePolicy", ("RoleName", "other"), ("PolicyDocument", Trust(condition))));

        (made.Status, changed.Status).Should().Be(isTaken ? (HttpStatusCode.OK, HttpStatusCode.OK) : (HttpStatusCode.BadRequest, HttpStatusCode.BadRequest));
        if (!isTaken)
            (made["Code"], changed["Code"]).Should().Be(("MalformedPolicyDocument", "MalformedPolicyDocument"));
    }

    [Fact]
    public async Task Nobody_can_be_trusted_who_is_not_there()
    {
        await using var cloud = await StackClient.StartAsync();
        string TrustIn(string who) => $$"""{ "Statement": { "Effect": "Allow", "Principal": { "AWS": "{{who}}" }, "Action": "sts:AssumeRole" } }""";

        var (missing, user) = (await CreateAsync(cloud, TrustIn("arn:aws:iam::123456789012:role/none")), await CreateAsync(cloud, TrustIn("arn:aws:iam::123456789012:user/dana")));

        missing.ShouldBe(400, "MalformedPolicyDocument", "Invalid principal in policy: \"AWS\":\"arn:aws:iam::123456789012:role/none\"");
        user.Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_role_goes_only_when_nothing_hangs_on_it_any_more()
    {
        await using var cloud = await StackClient.StartAsync();
        await CreateAsync(cloud, Trust("\"StringLike\": { \"token.actions.githubusercontent.com:sub\": \"repo:acme/site:*\" }"));
        await cloud.IamAsync("PutRolePolicy", ("RoleName", "byhand"), ("PolicyName", "read"), ("PolicyDocument", """{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"""));
        await cloud.IamAsync("AttachRolePolicy", ("RoleName", "byhand"), ("PolicyArn", "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRole"));
        await cloud.IamAsync("CreateInstanceProfile", ("InstanceProfileName", "profile"));
        await cloud.IamAsync("AddRoleToInstanceProfile", ("InstanceProfileName", "profile"), ("RoleName", "byhand"));

        var answers = new List<string>();
        foreach (var (action, name, value) in ((string, string, string)[])
            [("RemoveRoleFromInstanceProfile", "InstanceProfileName", "profile"), ("DetachRolePolicy", "PolicyArn", "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRole"), ("DeleteRolePolicy", "PolicyName", "read")])
        {
            answers.Add((await cloud.IamAsync("DeleteRole", ("RoleName", "byhand")))["Message"]);
            await cloud.IamAsync(action, ("RoleName", "byhand"), (name, value));
        }

        answers.Should().Equal("Cannot delete entity, must remove roles from instance profile first.", "Cannot delete entity, must detach all policies first.", "Cannot delete entity, must delete policies first.");
        (await cloud.IamAsync("DeleteRole", ("RoleName", "byhand"))).Status.Should().Be(HttpStatusCode.OK);
        (await cloud.IamAsync("GetRole", ("RoleName", "byhand"))).ShouldBe(404, "NoSuchEntity", "The role with name byhand cannot be found.");
    }

    [Theory]
    [InlineData("CreateRole", "RoleName", "a b", 400, "ValidationError")]
    [InlineData("GetRole", "RoleName", "none", 404, "NoSuchEntity")]
    [InlineData("GetOpenIDConnectProvider", "OpenIDConnectProviderArn", GitHub, 404, "NoSuchEntity")]
    [InlineData("GetPolicy", "PolicyArn", "arn:aws:iam::aws:policy/NobodyKnows", 404, "NoSuchEntity")]
    [InlineData("CreateUser", "UserName", "x", 400, "InvalidAction")]
    public async Task What_is_not_there_or_not_known_is_said_as_IAM_says_it(string action, string name, string value, int status, string code)
    {
        await using var cloud = await StackClient.StartAsync();

        var answer = await cloud.IamAsync(action, (name, value));

        ((int)answer.Status, answer["Code"]).Should().Be((status, code));
    }

    [Fact]
    public async Task Each_operation_asks_for_its_permission()
    {
        await using var cloud = await StackClient.StartAsync();

        var answer = await cloud.QueryAsync("iam", "2010-05-08", StackClient.Lee, "CreateRole", ("RoleName", "a"));

        answer.ShouldBe(403, "AccessDenied",
            "User: arn:aws:iam::123456789012:user/lee is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::123456789012:role/a because no identity-based policy allows the iam:CreateRole action");
    }

    [Fact]
    public async Task What_a_policy_of_its_own_says_changes_for_all_that_it_is_attached_to()
    {
        await using var cloud = await StackClient.StartAsync();
        await CreateAsync(cloud, """{ "Statement": { "Effect": "Allow", "Principal": { "AWS": "123456789012" }, "Action": "sts:AssumeRole" } }""");
        var policy = await cloud.IamAsync("CreatePolicy", ("PolicyName", "read"), ("PolicyDocument", """{"Statement":{"Effect":"Allow","Action":"codedeploy:ListApplications","Resource":"*"}}"""));
        await cloud.IamAsync("AttachRolePolicy", ("RoleName", "byhand"), ("PolicyArn", policy["Arn"]));
        var keys = (await cloud.StsAsync(TestCloud.Dana, "AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/byhand"), ("RoleSessionName", "run-1"))).Credentials;
        var before = await ListAsync(cloud, keys);

        await cloud.IamAsync("CreatePolicyVersion", ("PolicyArn", policy["Arn"]), ("SetAsDefault", "true"), ("PolicyDocument", """{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"""));

        (before, await ListAsync(cloud, keys)).Should().Be((HttpStatusCode.OK, HttpStatusCode.BadRequest));
        (await cloud.IamAsync("GetPolicy", ("PolicyArn", policy["Arn"])))["DefaultVersionId"].Should().Be("v2");
    }

    private static string Trust(string condition) =>
        $$"""{ "Statement": { "Effect": "Allow", "Principal": { "Federated": "{{GitHub}}" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { {{condition}} } } }""";

    private static Task<XmlAnswer> CreateAsync(TestCloud cloud, string trust, string name = "byhand") => cloud.IamAsync("CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", trust));

    private static async Task<HttpStatusCode> ListAsync(TestCloud cloud, Keys keys)
    {
        using var answer = await cloud.CodeDeployAsync("ListApplications", new { }, keys);
        return answer.StatusCode;
    }
}
