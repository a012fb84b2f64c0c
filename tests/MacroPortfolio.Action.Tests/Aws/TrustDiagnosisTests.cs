using MacroPortfolio.Action.Aws;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using MacroPortfolio.Core.Tests;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>What a refused token is explained by.</summary>
public sealed class TrustDiagnosisTests
{
    private const string Denied = "Not authorized to perform sts:AssumeRoleWithWebIdentity";

    private static readonly SessionRequest Asked = new(new("arn:aws:iam::123456789012:role/deploy"), "sts.amazonaws.com", "acme-site-run-4711", 3600, new("eu-west-1"));

    [Fact]
    public void A_refused_job_of_another_environment() => Approved.Match(Text(Explain(Tokens.Job())));

    [Fact]
    public void A_refused_job_with_an_immutable_sub_in_China() => Approved.Match(Text(Explain(
        Tokens.Job("ref:refs/heads/main", immutable: true, audience: "sts.amazonaws.com.cn"),
        asked: Asked with { Role = new("arn:aws-cn:iam::123456789012:role/teams/deploy"), Audience = "sts.amazonaws.com.cn", Region = new("cn-north-1") })));

    [Fact]
    public void An_account_without_GitHubs_provider() => Approved.Match(Text(Explain(
        Tokens.Job(), "InvalidIdentityToken", "No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com")));

    [Fact]
    public void A_session_that_is_longer_than_the_role_allows() => Approved.Match(Text(Explain(
        Tokens.Job(), "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", Asked with { Seconds = 7200 })));

    public static TheoryData<string, string> FirstCauses => new()
    {
        { "environment:staging", "'environment: staging' makes the token's sub 'repo:acme/site:environment:staging'" },
        { "environment:a%3Ab", "'environment: a:b' makes the token's sub 'repo:acme/site:environment:a%3Ab'" },
        { "ref:refs/heads/main", "has no 'environment:', so the token's sub is 'repo:acme/site:ref:refs/heads/main'" },
        { "pull_request", "is for a pull request, so the token's sub is 'repo:acme/site:pull_request'" },
        { "ref:refs/heads/main:job_workflow_ref:x", "customises it: 'repo:acme/site:ref:refs/heads/main:job_workflow_ref:x'" },
    };

    [Theory]
    [MemberData(nameof(FirstCauses))]
    public void What_sub_ends_in_decides_the_likeliest_cause(string context, string words)
    {
        var claims = Tokens.Job(context);
        claims["environment"] = context.StartsWith("environment:", StringComparison.Ordinal) ? claims["environment"] : null;

        var refusal = Explain(claims);

        refusal.Message.Should().Contain("Most likely: ").And.Contain(words);
    }

    [Fact]
    public void What_is_out_of_the_ordinary_comes_before_what_every_job_has()
    {
        var odd = Tokens.Job("environment:gray", owner: "Acme", immutable: true, audience: "https://github.com/Acme");
        odd["job_workflow_ref"] = "acme/flows/.github/workflows/gray.yml@refs/tags/v1";

        var causes = Explain(odd, asked: Asked with { Role = new("arn:aws:iam::123456789012:role/GitHubActions") }).Details.Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line.Length > 4 && line[3] == '.').ToList();

        causes.Should().HaveCount(6);
        causes.Zip(["audience 'https://github.com/Acme'", "immutable form", "'environment: gray'", "named GitHubActions", "There is no role", "reusable workflow 'acme/flows/"], (cause, words) => cause.Contains(words, StringComparison.Ordinal))
            .Should().OnlyContain(fits => fits);
        Explain(Tokens.Job(owner: "Acme")).Details.Should().Contain(line => line.Contains("other letter case than 'Acme/site'"));
    }

    [Theory]
    [InlineData("AccessDenied", "... with an explicit deny in a resource control policy", "A policy denies it explicitly", "Find that Deny")]
    [InlineData("InvalidIdentityToken", "Incorrect token audience", "does not know the audience 'sts.amazonaws.com'", "aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com --client-id sts.amazonaws.com")]
    [InlineData("ExpiredTokenException", "Token expired: current date/time 1 must be before the expiration date/time 0", "lives five minutes, 2026-09-21 14:13:20 UTC to 2026-09-21 14:18:20 UTC", "clock")]
    [InlineData("RegionDisabledException", "STS is not activated in this region for account:123456789012.", "switched off in eu-west-1 for account 123456789012", "aws account enable-region --region-name eu-west-1")]
    [InlineData("ValidationError", "1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint", "session name 'acme-site-run-4711'", "role-session-name")]
    [InlineData("ValidationError", "Request ARN is invalid", "does not take 'arn:aws:iam::123456789012:role/deploy'", "Copy the ARN")]
    [InlineData("ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining", "lasts an hour at most", "3600 or less")]
    [InlineData("SomethingNew", "so it is", "AWS gives no more than that", "SomethingNew")]
    public void Each_kind_of_refusal_has_its_cause_and_its_remedy(string code, string message, string cause, string remedy)
    {
        var refusal = Explain(Tokens.Job(), code, message);

        refusal.Outcome.Should().Be(Outcome.NoAccess);
        $"{refusal.Message} {refusal.Next}".Should().Contain(code).And.Contain(message.TrimEnd('.')).And.Contain(cause).And.Contain(remedy);
    }

    [Fact]
    public void An_audience_that_the_partition_does_not_use_is_named_beside_the_usual_one()
    {
        var refusal = Explain(Tokens.Job(), asked: Asked with { Role = new("arn:aws-cn:iam::123456789012:role/deploy") });

        refusal.Message.Should().Contain("made out to the audience 'sts.amazonaws.com'").And.Contain("'sts.amazonaws.com.cn'");
        refusal.Next.Should().StartWith("Set the input audience to sts.amazonaws.com.cn");
    }

    [Theory]
    [InlineData("acme/site:environment:\"}] , { \"Effect")]
    [InlineData("acme/site:environment:##[error]x")]
    [InlineData("acme/site:environment:a\n::error::b\u202e\u0007")]
    [InlineData("acme/site:environment:${aws:userid}")]
    [InlineData("acme/site:environment:ünïcode 🙂 <b>`")]
    public void Words_of_the_token_stay_words(string text)
    {
        var claims = Tokens.Job();
        claims["sub"] = $"repo:{text}";
        claims["environment"] = text["acme/site:environment:".Length..];

        var shown = Explain(claims).Details.Select(PlainText.Line).ToList();

        shown.Should().OnlyContain(line => !line.Contains("##[") && !line.TrimStart().StartsWith("::") && !line.Contains('\n') && !line.Contains('\u202e'));
        var condition = Statements.In(shown)[0]["Condition"]!["StringEquals"]!;
        condition["token.actions.githubusercontent.com:sub"]!.ToString().Should().Be($"repo:{text}".Replace("${", "${$}{", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_of_the_token_itself_is_shown()
    {
        var token = Tokens.Sign(Tokens.Job());

        var refusal = TrustDiagnosis.Explain(Asked, TokenClaims.Read(token), "AccessDenied", Denied, 2, null);

        var parts = token.Value.Split('.');
        Text(refusal).Should().NotContainAny(parts[0], parts[1], parts[2]);
    }

    [Theory]
    [InlineData("no token")]
    [InlineData("a.b.c")]
    [InlineData("a.bnVsbA.c")]
    [InlineData("a.W10.c")]
    public void A_token_that_cannot_be_read_is_said_to_be_so(string token)
    {
        var refusal = TrustDiagnosis.Explain(Asked, TokenClaims.Read(new Secret(token)), "InvalidIdentityToken", "The ID Token provided is not a valid JWT.", 1, null);

        refusal.Details.Should().Contain("The token could not be read, so its claims are not shown.").And.NotContain(token);
        Statements.In(refusal.Details).Should().BeEmpty();
    }

    [Fact]
    public void Why_a_job_gets_no_token_is_told_apart()
    {
        var role = Asked.Role;

        var (lacking, fork, dependabot) = (TrustDiagnosis.NoToken(role, null, false), TrustDiagnosis.NoToken(role, "lee/site", false), TrustDiagnosis.NoToken(role, null, true));

        lacking.Details.Should().Contain(line => line.StartsWith("  id-token: write"));
        fork.Message.Should().Contain("fork lee/site");
        fork.Next.Should().Contain("workflow_dispatch");
        dependabot.Message.Should().Contain("Dependabot");
        new[] { lacking, fork, dependabot }.Should().OnlyContain(refusal => refusal.Outcome == Outcome.NoAccess && refusal.Message.Contains(role.Value));
    }

    private static DeployException Explain(IReadOnlyDictionary<string, object?> claims, string code = "AccessDenied", string message = Denied, SessionRequest? asked = null) =>
        TrustDiagnosis.Explain(asked ?? Asked, Tokens.Claims(claims), code, message, 2, null);

    private static string Text(DeployException refusal) => $"{refusal.Message}\n{refusal.Next}\n\n{string.Join('\n', refusal.Details)}";
}
