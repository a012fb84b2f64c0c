using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Tests.Iam;

public class PolicyTests
{
    private static readonly Caller Session =
        new("AWS", "arn:aws:sts::123456789012:assumed-role/gray/run-1", "123456789012", "arn:aws:iam::123456789012:role/deploy/gray");

    [Theory]
    [InlineData("""{ "Effect": "Allow", "Action": "codedeploy:Get*", "Resource": "*" }""", Verdict.Allowed)]
    [InlineData("""{ "Effect": "Allow", "Action": "CODEDEPLOY:getdeployment", "Resource": "*" }""", Verdict.Allowed)]
    [InlineData("""{ "Effect": "Allow", "Action": ["s3:*", "codedeploy:*"], "Resource": "*" }""", Verdict.Allowed)]
    [InlineData("""{ "Effect": "Allow", "Action": "codedeploy:List*", "Resource": "*" }""", Verdict.NotMentioned)]
    [InlineData("""{ "Effect": "Allow", "NotAction": "codedeploy:Stop*", "Resource": "*" }""", Verdict.Allowed)]
    [InlineData("""{ "Effect": "Allow", "NotAction": "codedeploy:*", "Resource": "*" }""", Verdict.NotMentioned)]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "arn:aws:codedeploy:*:*:deploymentgroup:macro-portfolio/*" }""", Verdict.Allowed)]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "arn:aws:codedeploy:*:*:deploymentgroup:other/*" }""", Verdict.NotMentioned)]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "arn:aws:codedeploy:*:*:deploymentgroup:Macro-Portfolio/*" }""", Verdict.NotMentioned)]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "NotResource": "arn:aws:codedeploy:*:*:deploymentgroup:*/stable" }""", Verdict.Allowed)]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "arn:aws:codedeploy:*" }""", Verdict.Allowed)]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "arn:*:deploymentgroup:macro-portfolio/gray" }""", Verdict.NotMentioned)]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "arn:aws:codedeploy:ap-east-1:123456789012:deploymentgroup:${aws:PrincipalTag/app}/*" }""", Verdict.Allowed)]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "arn:aws:codedeploy:ap-east-1:123456789012:deploymentgroup:${aws:PrincipalTag/none}*" }""", Verdict.NotMentioned)]
    [InlineData("""{ "Effect": "Deny", "Action": "codedeploy:GetDeployment", "Resource": "*" }""", Verdict.Denied)]
    public void A_statement_speaks_about_a_request_when_action_and_resource_match(string statement, Verdict verdict)
    {
        var policy = Parse($$"""{ "Version": "2012-10-17", "Statement": {{statement}} }""");

        var result = Policy.Judge([policy], Request());

        result.Should().Be(verdict);
    }

    [Fact]
    public void An_explicit_deny_wins_whatever_stands_first_and_in_whichever_policy()
    {
        var allow = Parse("""{ "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] }""");
        var deny = Parse("""{ "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }, { "Effect": "Deny", "Action": "codedeploy:*", "Resource": "*" }] }""");

        var results = (Policy.Judge([allow, deny], Request()), Policy.Judge([deny, allow], Request()), Policy.Judge([allow], Request()), Policy.Judge([], Request()));

        results.Should().Be((Verdict.Denied, Verdict.Denied, Verdict.Allowed, Verdict.NotMentioned));
    }

    [Theory]
    [InlineData("\"*\"", Naming.Anyone)]
    [InlineData("""{ "AWS": "*" }""", Naming.Anyone)]
    [InlineData("""{ "AWS": "arn:aws:sts::123456789012:assumed-role/gray/run-1" }""", Naming.Itself)]
    [InlineData("""{ "AWS": "arn:aws:iam::123456789012:role/deploy/gray" }""", Naming.Role)]
    [InlineData("""{ "AWS": ["arn:aws:iam::123456789012:user/lee", "arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:role/deploy/gray"] }""", Naming.Role)]
    [InlineData("""{ "AWS": "123456789012" }""", Naming.Account)]
    [InlineData("""{ "AWS": "arn:aws:iam::123456789012:root" }""", Naming.Account)]
    [InlineData("""{ "AWS": "999999999999" }""", Naming.None)]
    [InlineData("""{ "AWS": "arn:aws:iam::123456789012:role/deploy/gr*" }""", Naming.None)]
    [InlineData("""{ "Federated": "arn:aws:sts::123456789012:assumed-role/gray/run-1" }""", Naming.None)]
    [InlineData("""{ "Service": "codedeploy.amazonaws.com" }""", Naming.None)]
    public void A_principal_is_named_closely_or_as_one_of_many_and_never_by_wildcards(string principal, Naming naming)
    {
        var statement = JsonNode.Parse($$"""{ "Principal": {{principal}} }""")!.AsObject();
        var inverse = JsonNode.Parse($$"""{ "NotPrincipal": {{principal}} }""")!.AsObject();

        var (named, others) = (Callers.Parse(statement).Naming(Session), Callers.Parse(inverse).Naming(Session));

        named.Should().Be(naming);
        others.Should().Be(naming == Naming.None ? Naming.Anyone : Naming.None);
    }

    [Theory]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*" }""", PolicyKind.Identity, "'Principal' is not possible here")]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*" }""", PolicyKind.Trust, "'Resource' is not possible here")]
    [InlineData("""{ "Effect": "Allow", "Action": "*" }""", PolicyKind.Trust, "Principal is missing")]
    [InlineData("""{ "Effect": "Allow", "Action": "*" }""", PolicyKind.Identity, "needs either Resource or NotResource")]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "NotAction": "*", "Resource": "*" }""", PolicyKind.Identity, "needs either Action or NotAction")]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": { "StringMatches": { "a": "b" } } }""", PolicyKind.Identity, "'StringMatches' is no condition operator")]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*", "NotPrincipal": "*" }""", PolicyKind.Resource, "either Principal or NotPrincipal")]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "*" }""", PolicyKind.Resource, "Principal is missing")]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Principal": { "CanonicalUser": "a" } }""", PolicyKind.Trust, "'CanonicalUser' is no kind of Principal")]
    [InlineData("\"Allow\"", PolicyKind.Identity, "not a JSON object")]
    public void A_document_that_IAM_would_refuse_or_that_is_not_followed_here_is_refused(string statement, PolicyKind kind, string words)
    {
        var parse = () => Policy.Parse(JsonNode.Parse($$"""{ "Statement": [{{statement}}] }""")!, kind);

        parse.Should().Throw<MalformedPolicyException>().WithMessage($"*{words}*");
    }

    private static Policy Parse(string json) => Policy.Parse(JsonNode.Parse(json)!, PolicyKind.Identity);

    private static PolicyRequest Request() =>
        new("codedeploy:GetDeployment", "arn:aws:codedeploy:ap-east-1:123456789012:deploymentgroup:macro-portfolio/gray", new ContextKeys().Add("aws:PrincipalTag/app", "macro-portfolio"));
}
