using System.Globalization;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Aws;

/// <summary>The session that AWS was asked for.</summary>
internal sealed record SessionRequest(RoleArn Role, string Audience, string SessionName, int Seconds, RegionName Region);

/// <summary>
/// Why AWS would not take a job's token for a role. AWS itself says nearly nothing, so that nobody can feel his way: the token's claims, the inputs and the kind of the refusal
/// decide which of the usual causes fit. Pure: nothing is asked.
/// </summary>
internal static class TrustDiagnosis
{
    /// <summary>Causes beyond these are no longer likely, and a list of everything helps nobody.</summary>
    private const int MostCauses = 6;

    private static readonly string[] Shown =
    [
        "iss", "aud", "sub", "environment", "ref", "event_name", "repository", "repository_id", "repository_owner", "repository_owner_id",
        "job_workflow_ref", "workflow_ref", "actor", "iat", "exp",
    ];

    /// <param name="code">The error's code, by AWS's own word.</param>
    /// <param name="tries">How often STS was asked.</param>
    public static DeployException Explain(SessionRequest asked, TokenClaims claims, string code, string message, int tries, Exception? inner)
    {
        var causes = Causes(asked, claims, code, message).Take(MostCauses).ToList();
        var (first, isOnly) = (causes[0], causes.Count == 1);
        var isAboutTrust = code is "AccessDenied" or "AccessDeniedException" or "InvalidIdentityToken" or "IDPRejectedClaim" or "ExpiredToken" or "ExpiredTokenException";
        return new DeployException(
            Outcome.NoAccess,
            $"AWS refused to let this run assume {asked.Role} ({code}: {message.TrimEnd('.', ' ')}). {(isOnly ? "" : "Most likely: ")}{first.Words}",
            $"{first.Remedy}{(isAboutTrust ? " The token's claims and the trust policy that fits them are in the log and in the summary." : "")}",
            inner)
        {
            Details =
            [
                "AWS was asked for",
                .. Aligned([("role", asked.Role.Value), ("audience", asked.Audience), ("session name", asked.SessionName), ("duration", $"{asked.Seconds} s"), ("region", asked.Region.Value)]),
                "",
                $"AWS says ({code}{(tries > 1 ? $", asked {tries} times" : "")})",
                $"  {message}",
                "",
                isOnly ? "The cause" : "Causes that fit, the likeliest first",
                .. causes.SelectMany((cause, index) => (string[])[$"  {index + 1}. {cause.Words}", $"     {cause.Remedy}"]),
                .. isAboutTrust ? ["", .. ClaimLines(claims), .. TrustLines(asked, claims)] : (string[])[],
            ],
        };
    }

    /// <summary>The job has no variables to ask GitHub for a token with.</summary>
    /// <param name="fork">The repository that the run's pull request comes from, if it is another.</param>
    public static DeployException NoToken(RoleArn role, string? fork, bool isDependabot)
    {
        var what = $"This job may not ask GitHub for an OIDC token, so it cannot assume {role}";
        return (fork, isDependabot) switch
        {
            ({ }, _) => new DeployException(
                Outcome.NoAccess,
                $"{what}: it runs for a pull request of the fork {fork}, and GitHub gives such runs no token, whatever 'permissions: id-token: write' says.",
                "Deploy from a push to this repository, or by hand with workflow_dispatch. Do not turn to pull_request_target for this: it would hand the role to the fork's code."),
            (_, true) => new DeployException(
                Outcome.NoAccess,
                $"{what}: Dependabot started it, and GitHub gives such runs no token, whatever 'permissions: id-token: write' says.",
                "Deploy when the pull request is merged, or start the workflow by hand with workflow_dispatch."),
            _ => new DeployException(
                Outcome.NoAccess,
                $"{what}: most likely it lacks 'permissions: id-token: write'.",
                "Give the job 'permissions: { id-token: write, contents: read }'. A reusable workflow needs it from its caller as well; runs for pull requests from forks and of Dependabot never get it.")
            {
                Details =
                [
                    "Add to the job (and, where it runs in a reusable workflow, to the job that calls it)",
                    "permissions:",
                    "  id-token: write   # to ask GitHub for an OIDC token",
                    "  contents: read    # naming any permission takes away all that are not named",
                ],
            },
        };
    }

    private static IEnumerable<Cause> Causes(SessionRequest asked, TokenClaims claims, string code, string message)
    {
        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);

        return code switch
        {
            "ValidationError" or "ValidationException" => [Invalid(asked, message)],
            "RegionDisabledException" => [new($"STS is switched off in {asked.Region} for account {asked.Role.Account}.", $"Enable the region (Account settings of IAM, or 'aws account enable-region --region-name {asked.Region}'), or choose another with aws-region.")],
            "ExpiredTokenException" or "ExpiredToken" => [new($"The token had run out when AWS saw it: it lives five minutes, {Time(claims["iat"])} to {Time(claims["exp"])}.", "Run again. On GitHub Enterprise Server, compare the appliance's clock with the true time.")],
            "InvalidIdentityToken" when Says("No OpenIDConnect provider") => NoProvider(asked, claims),
            "InvalidIdentityToken" when Says("audience") => [WrongAudience(asked, claims)],
            "InvalidIdentityToken" when Says("not yet valid") || Says("nbf") => [new($"The token is from the future: it begins at {Time(claims["nbf"] ?? claims["iat"])}.", "Run again. On GitHub Enterprise Server, compare the appliance's clock with the true time.")],
            "AccessDenied" or "AccessDeniedException" when Says("explicit deny") => [new("A policy denies it explicitly: a control policy of the organization, or a Deny in the role's trust policy.", "Find that Deny; a further Allow does not help.")],
            "AccessDenied" or "AccessDeniedException" => Refused(asked, claims),
            _ => [new("AWS gives no more than that.", "Look the error's code up in the STS documentation of AssumeRoleWithWebIdentity.")],
        };
    }

    /// <summary>AWS answers the same to all of these, so what is out of the ordinary comes first.</summary>
    private static IEnumerable<Cause> Refused(SessionRequest asked, TokenClaims claims)
    {
        var role = asked.Role;
        var (classic, immutable, context) = claims.Subjects;
        if (claims.Audience.Length > 0 && claims.Audience != UsualAudience(role))
        {
            yield return WrongAudience(asked, claims);
        }

        if (classic is not null && claims.Subject == immutable)
        {
            yield return new Cause(
                $"The token's sub is of the immutable form, as in repositories made after July 15, 2026, renamed or moved ones: '{immutable}'. A trust policy written for '{classic}' does not match it.",
                "Put sub into the trust policy as the token has it, ids included.");
        }

        if (context is not null)
        {
            yield return Context(claims, context);
        }
        else if (claims.Subject.Length > 0)
        {
            yield return new Cause(
                $"The token's sub is not as GitHub makes it by itself: the repository or its organization customises it: '{claims.Subject}'.",
                "Put sub into the trust policy as the token has it, or take the customisation back (REST: PUT /repos/OWNER/REPO/actions/oidc/customization/sub).");
        }

        if (role.Name.Equals("GitHubActions", StringComparison.OrdinalIgnoreCase))
        {
            yield return new Cause("The role is named GitHubActions: a role of exactly this name has been reported to be refused whatever its trust policy says.", "Try a role of another name.");
        }

        yield return new Cause(
            $"There is no role {role.Name} in account {role.Account}: AWS answers the same then.",
            $"Compare the ARN with the account and the role that were meant{(IsPlain(role.Name) ? $": 'aws iam get-role --role-name {role.Name} --query Role.AssumeRolePolicyDocument'" : "")}.");
        if (claims["job_workflow_ref"] is { } called && called != claims["workflow_ref"])
        {
            yield return new Cause(
                $"The job is in the reusable workflow '{called}', and the trust policy asks for another job_workflow_ref.",
                "Write job_workflow_ref as the token has it, with the ref that it is called at, or StringLike with '@*'.");
        }

        var hasCapitals = claims["repository"]?.Any(char.IsAsciiLetterUpper) is true;
        yield return new Cause(
            $"The trust policy has a '*' under StringEquals, which takes it literally{(hasCapitals ? $", or other letter case than '{claims["repository"]}'" : "")}.",
            $"Use StringLike for patterns{(hasCapitals ? ", and the token's own capitals" : "")}.");
        yield return new Cause(
            "The trust policy names another provider: one of another account, or another issuer.",
            $"Principal must be {{ \"Federated\": \"{Provider(role, claims)}\" }}.");
    }

    private static Cause Context(TokenClaims claims, string context) => context switch
    {
        _ when context.StartsWith("environment:", StringComparison.Ordinal) => new(
            $"The job's 'environment: {claims["environment"]}' makes the token's sub '{claims.Subject}'; a trust policy for a branch or for another environment does not match it.",
            "Name this environment in the trust policy, or give the job the environment that the role trusts."),
        "pull_request" => new(
            $"The run is for a pull request, so the token's sub is '{claims.Subject}' and names no branch; a trust policy for a branch or an environment does not match it.",
            "Deploy from a push or by workflow_dispatch, or give the job the 'environment:' that the role trusts. Trusting ':pull_request' would let every pull request in."),
        _ => new(
            $"The job has no 'environment:', so the token's sub is '{claims.Subject}'; a trust policy for an environment or for another ref does not match it.",
            "Give the job the 'environment:' that the role trusts, or name this ref in the trust policy."),
    };

    private static IEnumerable<Cause> NoProvider(SessionRequest asked, TokenClaims claims) =>
    [
        new(
            $"Account {asked.Role.Account} has no OIDC provider for {claims.Issuer}.",
            $"Create it once, with credentials of that account: 'aws iam create-open-id-connect-provider --url {Shell(claims.Issuer)} --client-id-list {UsualAudience(asked.Role)}'."),
        new($"The account in the role's ARN, {asked.Role.Account}, is not the one that was meant.", "Compare role-to-assume with the account that has the role."),
    ];

    private static Cause WrongAudience(SessionRequest asked, TokenClaims claims)
    {
        var (usual, audience) = (UsualAudience(asked.Role), claims.Audience.Length > 0 ? claims.Audience : asked.Audience);
        return audience == usual
            ? new(
                $"The account's OIDC provider does not know the audience '{audience}'.",
                $"Add it: 'aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn {Shell(Provider(asked.Role, claims))} --client-id {usual}'.")
            : new(
                $"The token is made out to the audience '{audience}'; in this partition of AWS the usual one is '{usual}'.",
                $"Set the input audience to {usual}, or make '{audience}' known to the account's OIDC provider and to the trust policy.");
    }

    private static Cause Invalid(SessionRequest asked, string message) => message switch
    {
        _ when message.Contains("role chaining", StringComparison.Ordinal) => new(
            "The credentials are a role's session themselves, and a role assumed with those lasts an hour at most.",
            "Set role-duration-seconds to 3600 or less; the session is renewed as long as the run lasts."),
        _ when message.Contains("MaxSessionDuration", StringComparison.Ordinal) => new(
            $"role-duration-seconds is {asked.Seconds}, which is more than the role's maximum session duration; that is 3600 unless somebody raised it.",
            $"Leave role-duration-seconds out: 3600 fits every role, and the session is renewed as long as the run lasts.{(IsPlain(asked.Role.Name) ? $" Or raise the maximum: 'aws iam update-role --role-name {asked.Role.Name} --max-session-duration {asked.Seconds}'." : "")}"),
        _ when message.Contains("oleSessionName", StringComparison.Ordinal) => new(
            $"The session name '{asked.SessionName}' is not one that AWS takes.", "Set role-session-name to 2 to 64 letters, digits or _ + = , . @ -"),
        _ when message.Contains("ARN", StringComparison.Ordinal) || message.Contains("oleArn", StringComparison.Ordinal) => new(
            $"AWS does not take '{asked.Role}' for a role's ARN.", "Copy the ARN from the role: 'aws iam list-roles --query Roles[].Arn'."),
        _ => new("A value is not one that AWS takes.", "Compare the inputs role-to-assume, role-session-name and role-duration-seconds with what AWS says."),
    };

    private static IEnumerable<string> ClaimLines(TokenClaims claims) => claims.Values.Count == 0
        ? ["The token could not be read, so its claims are not shown."]
        : ["The token says", .. Aligned(Shown.Select(name => (name, name is "iat" or "exp" ? Time(claims[name]) : claims[name] ?? "(none)")))];

    private static IEnumerable<string> TrustLines(SessionRequest asked, TokenClaims claims)
    {
        if (claims.Subject.Length == 0)
        {
            return [];
        }

        var (provider, issuer) = (Provider(asked.Role, claims), Host(claims));
        var (classic, immutable, _) = claims.Subjects;
        var (other, form, why) = claims.Subject == immutable
            ? (classic, "classic", "what older trust policies have. It does not match this token; it would match one of before")
            : (immutable, "immutable", "what sub becomes when the repository is renamed, moved or opts in. It does not match this token");
        return
        [
            "",
            $"If this job shall have the role: the statement for the trust policy of {asked.Role.Name} that matches this token",
            .. PolicyJson.TrustToken(provider, issuer, claims.Audience, claims.Subject),
            .. other is null ? (string[])[] : ["", $"The same in the {form} form: {why}", .. PolicyJson.TrustToken(provider, issuer, claims.Audience, other)],
        ];
    }

    /// <summary>The audience that AWS's documentation has providers made with, by partition.</summary>
    private static string UsualAudience(RoleArn role) => role.Partition == "aws-cn" ? "sts.amazonaws.com.cn" : "sts.amazonaws.com";

    private static string Provider(RoleArn role, TokenClaims claims) => $"arn:{role.Partition}:iam::{role.Account}:oidc-provider/{Host(claims)}";

    private static string Host(TokenClaims claims) => claims.Issuer.StartsWith("https://", StringComparison.Ordinal) ? claims.Issuer["https://".Length..] : claims.Issuer;

    private static IEnumerable<string> Aligned(IEnumerable<(string Name, string Value)> rows) => rows.Select(row => $"  {row.Name,-20} {row.Value}");

    private static string Time(string? seconds) => long.TryParse(seconds, CultureInfo.InvariantCulture, out var unix) && unix is > 0 and < 253_402_300_800
        ? DateTimeOffset.FromUnixTimeSeconds(unix).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        : "(unknown)";

    /// <summary>Fit to be pasted into a shell as it is.</summary>
    private static bool IsPlain(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '@' or '+' or '=' or ',' or ':' or '/');

    private static string Shell(string text) => IsPlain(text) ? text : "...";

    private sealed record Cause(string Words, string Remedy);
}
