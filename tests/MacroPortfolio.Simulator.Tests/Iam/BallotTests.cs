using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Tests.Iam;

/// <summary>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html</summary>
public class BallotTests
{
    private const string SessionArn = "arn:aws:sts::123456789012:assumed-role/gray/run-1";
    private const string RoleArn = "arn:aws:iam::123456789012:role/gray";
    private const string Root = "arn:aws:iam::123456789012:root";

    [Theory]
    [InlineData(true, true, null, true, "")]
    [InlineData(true, false, null, true, Ballot.IdentityKind)]
    [InlineData(true, false, SessionArn, true, "")]
    [InlineData(true, false, RoleArn, true, "")]
    [InlineData(true, false, "*", true, "")]
    [InlineData(true, false, Root, true, Ballot.IdentityKind)]
    [InlineData(true, true, "arn:aws:iam::123456789012:user/lee", true, "")]
    [InlineData(false, true, null, true, Ballot.ResourceKind)]
    [InlineData(false, true, Root, true, "")]
    [InlineData(false, true, RoleArn, true, "")]
    [InlineData(false, false, SessionArn, true, Ballot.IdentityKind)]
    [InlineData(false, true, "arn:aws:iam::123456789012:user/lee", true, Ballot.ResourceKind)]
    [InlineData(true, true, null, false, Ballot.BoundaryKind)]
    [InlineData(true, false, RoleArn, false, Ballot.BoundaryKind)]
    [InlineData(true, false, SessionArn, false, "")]
    [InlineData(false, true, SessionArn, false, Ballot.BoundaryKind)]
    public void In_its_own_account_one_side_lets_in_and_from_another_both_must(bool sameAccount, bool own, string? named, bool boundary, string refusedBy)
    {
        var ballot = new Ballot([], own ? [Allow()] : [], boundary ? null : Allow("s3:Nothing"), null, named is null ? null : Names(named));

        var decision = Decide(ballot, sameAccount);

        decision.Kind.Should().Be(refusedBy);
        decision.IsAllowed.Should().Be(refusedBy.Length == 0);
    }

    [Theory]
    [InlineData(SessionArn, true, true)]
    [InlineData(RoleArn, true, true)]
    [InlineData(Root, true, true)]
    [InlineData(Root, false, false)]
    [InlineData("arn:aws:iam::123456789012:user/lee", true, false)]
    public void A_door_opens_only_to_whom_its_policy_names(string named, bool own, bool opens)
    {
        var ballot = new Ballot([], own ? [Allow()] : [], null, null, Names(named));

        var decision = Decide(ballot, sameAccount: true, isDoor: true);

        decision.IsAllowed.Should().Be(opens);
    }

    [Theory]
    [InlineData(null, Ballot.SessionKind)]
    [InlineData(RoleArn, Ballot.SessionKind)]
    [InlineData("*", Ballot.SessionKind)]
    [InlineData(SessionArn, "")]
    public void What_a_session_policy_does_not_allow_is_refused_unless_the_resource_names_the_session_itself(string? named, string refusedBy)
    {
        var ballot = new Ballot([], [Allow()], null, [Allow("s3:PutObject")], named is null ? null : Names(named));

        Decide(ballot, sameAccount: true).Kind.Should().Be(refusedBy);
    }

    [Fact]
    public void A_deny_anywhere_wins_and_is_named()
    {
        var (allow, deny) = (Allow(), Statement("Deny", "s3:*"));
        Ballot[] ballots =
        [
            new([allow, deny], [allow], allow, [allow], Names("*")),
            new([allow], [allow], allow, [allow], Names("*", "Deny")),
            new([allow], [allow, deny], allow, [allow], Names("*")),
            new([allow], [allow], deny, [allow], Names("*")),
            new([allow], [allow], allow, [deny], Names("*")),
        ];

        var decisions = ballots.Select(ballot => Decide(ballot, sameAccount: true)).ToList();

        decisions.Should().OnlyContain(decision => decision.Verdict == Verdict.Denied);
        decisions.Select(decision => decision.Kind).Should()
            .Equal(Ballot.ServiceControlKind, Ballot.ResourceKind, Ballot.IdentityKind, Ballot.BoundaryKind, Ballot.SessionKind);
    }

    [Fact]
    public void A_deny_for_all_but_some_strikes_whoever_has_a_permissions_boundary()
    {
        var policy = Policy.Parse(JsonNode.Parse($$"""{ "Statement": { "Effect": "Deny", "NotPrincipal": { "AWS": "{{SessionArn}}" }, "Action": "*", "Resource": "*" } }""")!, PolicyKind.Resource);

        var (without, with) = (Decide(new Ballot([], [Allow()], null, null, policy), true), Decide(new Ballot([], [Allow()], Allow(), null, policy), true));

        (without.Verdict, with.Verdict).Should().Be((Verdict.Allowed, Verdict.Denied));
    }

    private static Decision Decide(Ballot ballot, bool sameAccount, bool isDoor = false) => ballot.Decide(
        new PolicyRequest("s3:GetObject", "arn:aws:s3:::bundles/key", new ContextKeys()), new Caller("AWS", SessionArn, "123456789012", RoleArn), sameAccount, isDoor);

    private static Policy Allow(string action = "s3:GetObject") => Statement("Allow", action);

    private static Policy Statement(string effect, string action) =>
        Policy.Parse(JsonNode.Parse($$"""{ "Statement": { "Effect": "{{effect}}", "Action": "{{action}}", "Resource": "*" } }""")!, PolicyKind.Identity);

    private static Policy Names(string principal, string effect = "Allow") => Policy.Parse(
        JsonNode.Parse($$"""{ "Statement": { "Effect": "{{effect}}", "Principal": { "AWS": "{{principal}}" }, "Action": "s3:*", "Resource": "*" } }""")!, PolicyKind.Resource);
}
