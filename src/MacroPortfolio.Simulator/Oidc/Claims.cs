using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Jobs;

namespace MacroPortfolio.Simulator.Oidc;

/// <summary>What GitHub's token says of a job. https://docs.github.com/en/actions/reference/security/oidc</summary>
public static class Claims
{
    public const string Issuer = "https://token.actions.githubusercontent.com";

    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public static JsonObject Of(Job job, string audience, Guid id, DateTimeOffset now)
    {
        var workflow = $"{job.Repository.Name}/{job.Workflow}@{job.Ref}";
        var claims = new JsonObject
        {
            ["jti"] = id.ToString(),
            ["sub"] = Subject(job),
            ["aud"] = audience,
            ["ref"] = job.Ref,
            ["sha"] = job.Sha,
            ["repository"] = job.Repository.Name,
            ["repository_owner"] = job.Owner,
            ["repository_owner_id"] = job.Repository.OwnerId.ToString(),
            ["run_id"] = job.RunId.ToString(),
            ["run_number"] = job.RunNumber.ToString(),
            ["run_attempt"] = job.Attempt.ToString(),
            ["repository_visibility"] = "private",
            ["repository_id"] = job.Repository.Id.ToString(),
            ["actor_id"] = Account.IdOf(job.Actor).ToString(),
            ["actor"] = job.Actor,
            ["workflow"] = job.WorkflowName,
            ["head_ref"] = job.Pull?.HeadRef ?? "",
            ["base_ref"] = job.Pull?.BaseRef ?? "",
            ["event_name"] = job.Event,
            ["enterprise"] = job.Owner,
            ["enterprise_id"] = Account.IdOf(job.Owner).ToString(),
            ["ref_protected"] = "false",
            ["ref_type"] = job.RefType,
            ["workflow_ref"] = workflow,
            ["workflow_sha"] = job.Sha,
            ["job_workflow_ref"] = workflow,
            ["job_workflow_sha"] = job.Sha,
            ["runner_environment"] = "github-hosted",
            ["check_run_id"] = job.CheckRunId.ToString(),
            ["iss"] = Issuer,
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Life).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
        };
        if (job.Environment is { } environment)
            claims["environment"] = environment;
        return claims;
    }

    /// <summary>An environment hides the event, and a pull request hides the ref.</summary>
    public static string Subject(Job job)
    {
        var (owner, name) = (job.Owner, job.Repository.Name[(job.Owner.Length + 1)..]);
        var repository = job.Repository.ImmutableSub ? $"{owner}@{job.Repository.OwnerId}/{name}@{job.Repository.Id}" : job.Repository.Name;
        var context = job switch
        {
            { Environment: { } environment } => $"environment:{Escape(environment)}",
            { Pull: not null } => "pull_request",
            _ => $"ref:{Escape(job.Ref)}",
        };
        return $"repo:{repository}:{context}";
    }

    private static string Escape(string value) => value.Replace(":", "%3A", StringComparison.Ordinal);
}
