using MacroPortfolio.Action.Aws;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Tests;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>What a refused call is explained by, in the words of https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html</summary>
public sealed class DenialTests
{
    private const string Caller = "arn:aws:sts::123456789012:assumed-role/deploy/acme-site-run-4711";
    private const string Group = "arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:site/gray";
    private const string Refused = $"User: {Caller} is not authorized to perform: codedeploy:CreateDeployment on resource: {Group}";

    private static readonly CodeDeployPermissions Permissions = new(new("eu-west-1"), () => Caller);

    private static readonly Permission[] Needed =
    [
        Permissions.OnGroup(new("site"), new("gray"), "CreateDeployment"),
        Permissions.OnConfig("CodeDeployDefault.AllAtOnce", "GetDeploymentConfig"),
        Permissions.OnApplication(new("site"), "RegisterApplicationRevision", "GetApplicationRevision"),
    ];

    [Fact]
    public void A_missing_permission() => Approved.Match(Text(Explain($"{Refused} because no identity-based policy allows the codedeploy:CreateDeployment action")));

    [Fact]
    public void An_explicit_deny_of_the_organization() => Approved.Match(Text(Explain($"{Refused} with an explicit deny in a service control policy")));

    [Theory]
    [InlineData("because no identity-based policy allows the codedeploy:CreateDeployment action", "no identity-based policy allows", "Add codedeploy:CreateDeployment on", 3)]
    [InlineData("because no permissions boundary allows the codedeploy:CreateDeployment action", "no permissions boundary allows", "in the permissions boundary of role deploy too", 3)]
    [InlineData("because no session policy allows the codedeploy:CreateDeployment action", "no session policy allows", "narrows it", 0)]
    [InlineData("because no service control policy allows the codedeploy:CreateDeployment action", "no service control policy allows", "administers the AWS organization", 0)]
    [InlineData("because no VPC endpoint policy allows the codedeploy:CreateDeployment action", "no VPC endpoint policy allows", "endpoint's policy", 0)]
    [InlineData("because no resource-based policy allows the codedeploy:CreateDeployment action", "no resource-based policy allows", $"policy of the resource itself, {Group}", 0)]
    [InlineData("with an explicit deny in an identity-based policy", "an identity-based policy explicitly denies", "Find the Deny in the policies of role deploy", 0)]
    [InlineData("with an explicit deny in an identity-based policy: arn:aws:iam::123456789012:policy/freeze", "an identity-based policy explicitly denies", "Find the Deny", 0)]
    [InlineData("with an explicit deny in a permissions boundary", "a permissions boundary explicitly denies", "out of the permissions boundary of role deploy", 0)]
    [InlineData("with an explicit deny in a session policy", "a session policy explicitly denies", "narrows it", 0)]
    [InlineData("with an explicit deny in a resource control policy", "a resource control policy explicitly denies", "administers the AWS organization", 0)]
    [InlineData("", "it takes codedeploy:CreateDeployment on", "Add codedeploy:CreateDeployment on", 3)]
    public void The_kind_of_policy_decides_the_remedy(string why, string cause, string remedy, int statements)
    {
        var refusal = Explain($"{Refused} {why}".TrimEnd());

        refusal.Message.Should().StartWith("AWS does not allow role deploy to create the deployment to gray: ").And.Contain(cause).And.Contain(Group);
        refusal.Next.Should().Contain(remedy);
        Statements.In(refusal.Details).Should().HaveCount(statements, "an Allow is only shown where an Allow is missing");
    }

    [Fact]
    public void What_AWS_names_comes_first_and_the_rest_of_the_call_behind_it()
    {
        var refusal = Explain(
            $"User: {Caller} is not authorized to perform: codedeploy:GetDeploymentConfig on resource: arn:aws:codedeploy:eu-west-1:123456789012:deploymentconfig:CodeDeployDefault.AllAtOnce because no identity-based policy allows the codedeploy:GetDeploymentConfig action");

        var actions = Statements.In(refusal.Details).Select(statement => statement["Action"]!.ToJsonString());

        actions.Should().Equal("""["codedeploy:GetDeploymentConfig"]""", """["codedeploy:CreateDeployment"]""", """["codedeploy:RegisterApplicationRevision","codedeploy:GetApplicationRevision"]""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Access Denied")]
    [InlineData("User: dana is not authorized to perform: * on resource: *")]
    [InlineData("User: arn:aws:iam::1:user/x is not authorized to perform: iam:PutUserPolicy on resource: arn:aws:iam::1:user/x")]
    [InlineData("User: arn:aws:iam::1:user/x is not authorized to perform: codedeploy:* on resource: *")]
    public void Where_AWS_says_nothing_that_fits_our_own_table_speaks(string message)
    {
        var refusal = Explain(message);

        refusal.Message.Should().Contain($"it takes codedeploy:CreateDeployment on {Group}");
        Statements.In(refusal.Details)[0]["Resource"]!.ToString().Should().Be(Group);
        Statements.In(refusal.Details)[0]["Action"]!.ToJsonString().Should().Be("""["codedeploy:CreateDeployment"]""");
    }

    [Theory]
    [InlineData("arn:aws-cn:sts::210987654321:assumed-role/deploy/x", "cn-north-1", "arn:aws-cn:codedeploy:cn-north-1:210987654321:deploymentgroup:site/gray")]
    [InlineData("", "us-gov-west-1", "arn:aws-us-gov:codedeploy:us-gov-west-1:*:deploymentgroup:site/gray")]
    public void Partition_and_account_are_the_callers(string caller, string region, string arn)
    {
        var permissions = new CodeDeployPermissions(new(region), () => caller);

        permissions.OnGroup(new("site"), new("gray"), "CreateDeployment").Resource.Should().Be(arn);
    }

    [Theory]
    [InlineData("arn:aws:sts::123456789012:assumed-role/deploy/run", "role deploy")]
    [InlineData("arn:aws:iam::123456789012:user/teams/dana", "user dana")]
    [InlineData("arn:aws:sts::123456789012:federated-user/x", "this run's role")]
    [InlineData("", "this run's role")]
    public void Who_is_refused_is_called_by_name(string caller, string name) => Denial.Who(caller).Should().Be(name);

    [Theory]
    [InlineData("InvalidSignatureException", "Signature expired: 20261001T080000Z is now earlier than 20261001T081000Z (20261001T081500Z - 5 min.)", "clock")]
    [InlineData("SignatureDoesNotMatch", "Signature not yet current: 20261001T080000Z is still later than x", "clock")]
    [InlineData("InvalidSignatureException", "The request signature we calculated does not match the signature you provided.", "secret access key")]
    [InlineData("UnrecognizedClientException", "The security token included in the request is invalid.", "not enabled the region")]
    [InlineData("ExpiredTokenException", "The security token included in the request is expired", "expired")]
    [InlineData("OptInRequired", "The AWS Access Key Id needs a subscription for the service", "enable-region")]
    [InlineData("MissingAuthenticationTokenException", "Missing Authentication Token", "proxy")]
    public void Credentials_that_AWS_does_not_take_are_told_apart(string code, string message, string words)
    {
        var refusal = AwsErrors.Unaccepted(code, new InvalidOperationException(message), "watch the deployment")!;

        refusal.Outcome.Should().Be(Outcome.NoAccess);
        $"{refusal.Message} {refusal.Next}".Should().Contain(code).And.Contain(message).And.Contain("watch the deployment").And.Contain(words);
    }

    private static DeployException Explain(string message) =>
        Denial.Explain("AccessDeniedException", message, "create the deployment to gray", Needed, new InvalidOperationException());

    private static string Text(DeployException refusal) => $"{refusal.Message}\n{refusal.Next}\n\n{string.Join('\n', refusal.Details)}";
}
