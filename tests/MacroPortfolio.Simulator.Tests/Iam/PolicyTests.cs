using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Tests.Iam;

public class PolicyTests
{
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
    [InlineData("\"*\"", true)]
    [InlineData("""{ "AWS": "*" }""", true)]
    [InlineData("""{ "AWS": "arn:aws:iam::123456789012:user/dana" }""", true)]
    [InlineData("""{ "AWS": ["arn:aws:iam::123456789012:user/lee", "arn:aws:iam::123456789012:user/dana"] }""", true)]
    [InlineData("""{ "AWS": "123456789012" }""", true)]
    [InlineData("""{ "AWS": "arn:aws:iam::123456789012:user/da*" }""", false)]
    [InlineData("""{ "Federated": "arn:aws:iam::123456789012:user/dana" }""", false)]
    public void A_trust_policy_names_its_callers_without_wildcards(string principal, bool allowed)
    {
        var policy = Policy.Parse(JsonNode.Parse($$"""{ "Statement": { "Effect": "Allow", "Principal": {{principal}}, "Action": "codedeploy:*" } }""")!, PolicyKind.Trust);

        var result = Policy.Judge([policy], Request() with { Callers = ["AWS:arn:aws:iam::123456789012:user/dana", "AWS:arn:aws:iam::123456789012:root"] });

        (result == Verdict.Allowed).Should().Be(allowed);
    }

    [Theory]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*" }""", PolicyKind.Identity, "'Principal' is not possible here")]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*" }""", PolicyKind.Trust, "'Resource' is not possible here")]
    [InlineData("""{ "Effect": "Allow", "Action": "*" }""", PolicyKind.Trust, "Principal is missing")]
    [InlineData("""{ "Effect": "Allow", "Action": "*" }""", PolicyKind.Identity, "needs either Resource or NotResource")]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "NotAction": "*", "Resource": "*" }""", PolicyKind.Identity, "needs either Action or NotAction")]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": { "StringMatches": { "a": "b" } } }""", PolicyKind.Identity, "'StringMatches' is no condition operator")]
    [InlineData("""{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": { "StringLike": { "a": "${aws:username}" } } }""", PolicyKind.Identity, "policy variable")]
    [InlineData("\"Allow\"", PolicyKind.Identity, "not a JSON object")]
    public void A_document_that_IAM_would_refuse_or_that_is_not_followed_here_is_refused(string statement, PolicyKind kind, string words)
    {
        var parse = () => Policy.Parse(JsonNode.Parse($$"""{ "Statement": [{{statement}}] }""")!, kind);

        parse.Should().Throw<MalformedPolicyException>().WithMessage($"*{words}*");
    }

    private static Policy Parse(string json) => Policy.Parse(JsonNode.Parse(json)!, PolicyKind.Identity);

    private static PolicyRequest Request() =>
        new("codedeploy:GetDeployment", "arn:aws:codedeploy:ap-east-1:123456789012:deploymentgroup:macro-portfolio/gray", [], new Dictionary<string, IReadOnlyList<string>>());
}
