using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Aws;

/// <summary>Sessions of the role by other credentials: those of a laptop, or in one hop those of the role that the job's token is for.</summary>
internal sealed class AssumedRole(SessionRequest asked, AWSCredentials source, SecurityTokens security)
{
    /// <summary>What the role's trust policy asks for, where it is one of another party.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Who is behind the session; null leaves it untagged.</summary>
    public Func<SessionFacts>? Facts { get; init; }

    /// <summary>The role that the source is a session of, as policies name it; null where they are no role's.</summary>
    public string? From { get; init; }

    public async Task<Session> OpenAsync(CancellationToken ct)
    {
        using var sts = security.Client(source, asked.Region);
        var facts = Facts?.Invoke();
        var request = new AssumeRoleRequest
        {
            RoleArn = asked.Role.Value,
            RoleSessionName = asked.SessionName,
            DurationSeconds = asked.Seconds,
            ExternalId = ExternalId,
            SourceIdentity = facts?.SourceIdentity,
            Tags = facts is { Tags.Count: > 0 } ? [.. facts.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })] : null,
        };
        var answer = await security.AskAsync(asked.Role, () => sts.AssumeRoleAsync(request, ct), Explain, ct);
        return await security.SessionAsync(asked, answer.Credentials, answer.AssumedRoleUser);
    }

    private DeployException Explain(string code, AmazonServiceException error, int tries)
    {
        if (AwsErrors.Unaccepted(code, error, $"ask for a session of {asked.Role}") is { } unaccepted)
        {
            return unaccepted;
        }

        if (code is not ("AccessDenied" or "AccessDeniedException"))
        {
            return From is null
                ? TrustDiagnosis.Explain(asked, new TokenClaims(new Dictionary<string, string>()), code, error.Message, tries, error)
                : new DeployException(Outcome.NoAccess, $"AWS STS gave no session of {asked.Role} ({code}): {error.Message}", Remedy(code, error.Message), error);
        }

        var caller = Denial.Read(error.Message).Caller;
        IReadOnlyList<string> actions = ["sts:AssumeRole", .. Facts is null ? [] : SessionFacts.Actions];
        var tagged = Facts is null ? "" : $" The session carries tags and a source identity, for which the trust policy must allow {string.Join(" and ", SessionFacts.Actions)} too; session-tags: false leaves them out.";
        // The external id is known where the role is assumed, and may not be where its session is tagged: the latter has a statement of its own then.
        var trusted = From ?? (caller.Length > 0 ? caller : "THE CALLER'S ARN");
        var outside = ExternalId is null ? "" : " Where the trust policy asks for sts:ExternalId, role-external-id must be the same.";
        return new DeployException(
            Outcome.NoAccess,
            $"AWS refused to let {(caller.Length > 0 ? caller : "these credentials")} assume {asked.Role} ({code}): {error.Message}",
            $"Both sides must allow it: a policy of the caller, and the trust policy of the role. The statements are in the log and in the summary.{tagged}{outside}",
            error)
        {
            Details =
            [
                $"AWS says ({code}{(tries > 1 ? $", asked {tries} times" : "")})",
                $"  {error.Message}",
                "",
                $"A policy of {(caller.Length > 0 ? Denial.Who(caller) : "the caller")} needs the statement",
                .. PolicyJson.Allow(new Permission(asked.Role.Value, actions)),
                "",
                $"The trust policy of {asked.Role.Name} needs the statement (AWS says the same where there is no such role)",
                .. ExternalId is null
                    ? PolicyJson.TrustCaller(trusted, actions, null)
                    : [.. PolicyJson.TrustCaller(trusted, ["sts:AssumeRole"], ExternalId), .. Facts is null ? (string[])[] : [.. PolicyJson.TrustCaller(trusted, SessionFacts.Actions, null)]],
            ],
        };
    }

    private static string Remedy(string code, string message) => code switch
    {
        "ValidationError" when message.Contains("1 hour", StringComparison.Ordinal) => "A session that is taken from another lives an hour at most.",
        "ValidationError" when message.Contains("MaxSessionDuration", StringComparison.Ordinal) => "Lower role-duration-seconds, or raise the role's maximum session duration.",
        "PackedPolicyTooLarge" or "PackedPolicyTooLargeException" => "The session's tags are too long together: session-tags: false leaves them out.",
        "InvalidParameterValue" => "A tag may be one that the first session has passed on already: session-tags: false leaves them out.",
        _ => "Check role-chain and the trust policy of that role.",
    };
}
