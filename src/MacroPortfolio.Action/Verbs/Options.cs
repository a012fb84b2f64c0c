using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using CommandLine;

namespace MacroPortfolio.Action.Verbs;

/// <summary>A verb by the class of its options.</summary>
internal sealed class Verb([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type options)
{
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
    public Type Options { get; } = options;
    public string Name => Attribute.Name;
    public string Help => Attribute.HelpText;

    private VerbAttribute Attribute => Options.GetCustomAttribute<VerbAttribute>()!;
}

/// <summary>
/// The inputs, each named once: here. An option has the name of the action's input; its text is read into a type by <see cref="InputReading"/>.
/// A list is an <see cref="IEnumerable{T}"/>; the switches are named in <see cref="Arguments"/> by their default.
/// </summary>
internal abstract class CommonOptions
{
    [Option("role-to-assume", HelpText = "ARN of the IAM role to assume: with the job's OIDC token in GitHub Actions, from the standard credential chain elsewhere. Without it the standard chain itself is used.")]
    public string? RoleToAssume { get; set; }

    [Option("aws-region", HelpText = "AWS region of the application. Default: AWS_REGION or AWS_DEFAULT_REGION of the environment.")]
    public string? AwsRegion { get; set; }

    [Option("audience", Default = "sts.amazonaws.com", HelpText = "Audience of the OIDC token; sts.amazonaws.com.cn in the China partition.")]
    public string? Audience { get; set; }

    [Option("role-session-name", HelpText = "Name of the role's session, as AWS's audit log shows it. Default: repository and run id.")]
    public string? RoleSessionName { get; set; }

    [Option("role-duration-seconds", Default = "3600", HelpText = "How long the role's session lives, 900 to 43200 seconds.")]
    public string? RoleDurationSeconds { get; set; }

    [Option("role-chain", HelpText = "ARN of a role of another account, assumed with the session of role-to-assume: from a shared services account into the one that is deployed to. An hour at most, renewed from the first.")]
    public string? RoleChain { get; set; }

    [Option("role-external-id", HelpText = "External id that the trust policy of role-chain asks for (outside GitHub Actions also that of role-to-assume).")]
    public string? RoleExternalId { get; set; }

    [Option("session-tags", Default = "true", HelpText = "Tag the session of role-chain with repository, commit, run, actor, environment and workflow, and name the actor as its source identity. Its trust policy must allow sts:TagSession and sts:SetSourceIdentity.")]
    public string? SessionTags { get; set; }

    [Option("allowed-account-ids", HelpText = "AWS accounts that may be deployed to, one per line. Any other is refused before anything is asked of it.")]
    public IEnumerable<string> AllowedAccountIds { get; set; } = [];

    [Option("allow-instance-role", Default = "false", HelpText = "Without role-to-assume, in GitHub Actions: allow the role of the runner's own EC2 instance or container.")]
    public string? AllowInstanceRole { get; set; }

    [Option("github-token", HelpText = "Token for commit titles, pull request comments and GitHub's deployments. The actions pass the job's own.")]
    public string? GithubToken { get; set; }

    [Option("application", HelpText = "Name of the CodeDeploy application. Required.")]
    public string? Application { get; set; }

    [Option("config", Default = ".github/macro-portfolio.yml", HelpText = "The release file: stages, gates, windows, freezes, approvals. Read from the default branch when it is needed, never from the commit that is released.")]
    public string? Config { get; set; }

    [Option("result-file", HelpText = "Also write the JSON record of the run to this file of the workspace.")]
    public string? ResultFile { get; set; }

    [Option("dry-run", Default = "false", HelpText = "Show what would happen, and the aws commands that would do it; nothing is written to AWS or GitHub.")]
    public string? DryRun { get; set; }
}

internal abstract class ReleaseOptions : CommonOptions
{
    [Option("comment", Default = "true", HelpText = "Keep one comment up to date on the change's pull requests.")]
    public string? Comment { get; set; }

    [Option("timeout", Default = "60m", HelpText = "How long to wait for the deployment, 12h at most. A deployment that takes longer goes on; the run ends as still-running.")]
    public string? Timeout { get; set; }

    [Option("max-failed-instances", Default = "0", HelpText = "Instances that may miss the revision in a deployment that CodeDeploy calls succeeded: a number or a percentage.")]
    public string? MaxFailedInstances { get; set; }

    [Option("on-cancel", Default = "stop", HelpText = "When the job is cancelled: stop the deployment, stop-and-rollback, or leave it running.")]
    public string? OnCancel { get; set; }
}

[Verb("deploy", HelpText = "Deploy a revision to deployment groups and watch it to the end.")]
internal sealed class DeployOptions : ReleaseOptions
{
    [Option("deployment-group", HelpText = "Deployment group, or several one per line. Required, unless deployment-id is given.")]
    public IEnumerable<string> DeploymentGroup { get; set; } = [];

    [Option("revision", Default = "github", HelpText = "What to deploy: github (this run's commit), github:<commit>, s3://bucket/key?versionId=V (or ?eTag=E), or bundle:<folder>, which is zipped and pushed to s3-bucket first.")]
    public string? Revision { get; set; }

    [Option("s3-bucket", HelpText = "S3 bucket of the application's region that bundles are pushed to, as bundle:<folder> and push need it. Versioned, so that each deployment names one version.")]
    public string? S3Bucket { get; set; }

    [Option("s3-prefix", HelpText = "What the keys of bundles begin with; the application's name and the bundle's SHA-256 follow.")]
    public string? S3Prefix { get; set; }

    [Option("deployment-config", HelpText = "Deployment config instead of the group's own, such as CodeDeployDefault.OneAtATime.")]
    public string? DeploymentConfig { get; set; }

    [Option("description", HelpText = "Words for the deployment's description, before the marker that this action writes.")]
    public string? Description { get; set; }

    [Option("file-exists-behavior", HelpText = "What the agent does with files that are there and are not of the last deployment: DISALLOW, OVERWRITE or RETAIN.")]
    public string? FileExistsBehavior { get; set; }

    [Option("ignore-application-stop-failures", Default = "false", HelpText = "Go on when the old revision's stop script fails.")]
    public string? IgnoreApplicationStopFailures { get; set; }

    [Option("update-outdated-instances-only", Default = "false", HelpText = "Deploy only to instances that do not have the group's latest revision.")]
    public string? UpdateOutdatedInstancesOnly { get; set; }

    [Option("auto-rollback", Default = "group", HelpText = "CodeDeploy's own rollback: as the group says, off, or at events (DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM, DEPLOYMENT_STOP_ON_REQUEST).")]
    public string? AutoRollback { get; set; }

    [Option("wait", Default = "true", HelpText = "False: end when the deployment is created.")]
    public string? Wait { get; set; }

    [Option("on-busy", Default = "queue", HelpText = "When the group has a deployment in flight: queue (wait for it), fail, attach (watch it, if of the same revision) or supersede (stop it, if an older run made it).")]
    public string? OnBusy { get; set; }

    [Option("queue-timeout", Default = "30m", HelpText = "How long to wait for deployments that are in the way.")]
    public string? QueueTimeout { get; set; }

    [Option("redeploy", Default = "false", HelpText = "When the job is run again: deploy anew also what has succeeded.")]
    public string? Redeploy { get; set; }

    [Option("insist", Default = "false", HelpText = "Deploy although a later run has deployed something that this revision would undo.")]
    public string? Insist { get; set; }

    [Option("deployment-id", HelpText = "Watch this deployment, which exists already; nothing is created.")]
    public string? DeploymentId { get; set; }

    [Option("environment-url", HelpText = "Where what is deployed can be tried; shown in the comment.")]
    public string? EnvironmentUrl { get; set; }
}

[Verb("gray", HelpText = "Deploy a revision to the gray stage.")]
internal sealed class GrayOptions : ReleaseOptions
{
    [Option("stage", HelpText = "The stage to deploy to, by its name in the release file; without one the name of a deployment group. Default: the first stage, gray without a release file.")]
    public string? Stage { get; set; }

    [Option("revision", Default = "github", HelpText = "What to deploy: github (this run's commit), github:<commit>, s3://bucket/key?versionId=V (or ?eTag=E), or bundle:<folder>, which is zipped and pushed to s3-bucket first.")]
    public string? Revision { get; set; }

    [Option("s3-bucket", HelpText = "S3 bucket of the application's region that bundles are pushed to, as bundle:<folder> and push need it. Versioned, so that each deployment names one version.")]
    public string? S3Bucket { get; set; }

    [Option("s3-prefix", HelpText = "What the keys of bundles begin with; the application's name and the bundle's SHA-256 follow.")]
    public string? S3Prefix { get; set; }

    [Option("watch-bake", Default = "0s", HelpText = "Ask the stage's pages for at least as long as this after the deployment, 6h at most.")]
    public string? WatchBake { get; set; }

    [Option("gate-headers", HelpText = "Headers that gates send to pages, NAME: VALUE, one per line. Values are masked.")]
    public IEnumerable<string> GateHeaders { get; set; } = [];

    [Option("environment-url", HelpText = "Where gray can be tried; shown in the comment. Default: the stage's url in the release file.")]
    public string? EnvironmentUrl { get; set; }
}

[Verb("promote", HelpText = "Deploy what gray runs, exactly that, to the next stage.")]
internal sealed class PromoteOptions : ReleaseOptions
{
    [Option("revision", HelpText = "The revision to promote: one that has proved itself in the stage before. Default: what that stage runs.")]
    public string? Revision { get; set; }

    [Option("to", HelpText = "The stage to promote to, by its name in the release file; without one the name of a deployment group. Default: the next stage, stable without a release file.")]
    public string? To { get; set; }

    [Option("override", HelpText = "Why bake, windows, freezes, an inconclusive gate or a former rollback do not hold this promotion; for those whom the release file names as override-actors. Shown wherever the release is.")]
    public string? Override { get; set; }

    [Option("gate-headers", HelpText = "Headers that gates send to pages, NAME: VALUE, one per line. Values are masked.")]
    public IEnumerable<string> GateHeaders { get; set; } = [];

    [Option("environment-url", HelpText = "Where the stage can be reached; shown in the comment. Default: the stage's url in the release file.")]
    public string? EnvironmentUrl { get; set; }
}

[Verb("rollback", HelpText = "Take stages back to their last known good revision.")]
internal sealed class RollbackOptions : ReleaseOptions
{
    [Option("stage", HelpText = "Roll back this stage alone. Default: the last stage that has a deployment, and earlier ones that run the same revision.")]
    public string? Stage { get; set; }

    [Option("to", HelpText = "The revision to go back to, as in revision. Default: the last known good one of each stage.")]
    public string? To { get; set; }

    [Option("reason", HelpText = "Why; kept in the deployment's description.")]
    public string? Reason { get; set; }
}

[Verb("push", HelpText = "Zip a folder into the bundle bucket and register it as a revision; nothing is deployed.")]
internal sealed class PushOptions : CommonOptions
{
    [Option("path", Default = ".", HelpText = "The folder whose content is the bundle, with appspec.yml at its root. What .codedeployignore names stays out, and .git.")]
    public string? Path { get; set; }

    [Option("s3-bucket", HelpText = "S3 bucket of the application's region that bundles are pushed to, as bundle:<folder> and push need it. Versioned, so that each deployment names one version.")]
    public string? S3Bucket { get; set; }

    [Option("s3-prefix", HelpText = "What the keys of bundles begin with; the application's name and the bundle's SHA-256 follow.")]
    public string? S3Prefix { get; set; }
}

[Verb("check", HelpText = "Walk the path that a deployment would take and say what is missing; changes nothing.")]
internal sealed class CheckOptions : CommonOptions
{
    [Option("deployment-group", HelpText = "Deployment groups to check, one per line. Default: all of the application.")]
    public IEnumerable<string> DeploymentGroup { get; set; } = [];

    [Option("revision", Default = "github", HelpText = "The revision that would be deployed: github (this run's commit), github:<commit>, s3://bucket/key?versionId=V (or ?eTag=E), or bundle:<folder>.")]
    public string? Revision { get; set; }

    [Option("s3-bucket", HelpText = "S3 bucket of the application's region that bundles are pushed to, as bundle:<folder> and push need it. Versioned, so that each deployment names one version.")]
    public string? S3Bucket { get; set; }

    [Option("s3-prefix", HelpText = "What the keys of bundles begin with; the application's name and the bundle's SHA-256 follow.")]
    public string? S3Prefix { get; set; }

    [Option("format", Default = "text", HelpText = "text, json or markdown.")]
    public string? Format { get; set; }
}

[Verb("status", HelpText = "Say what runs where.")]
internal sealed class StatusOptions : CommonOptions
{
    [Option("format", Default = "text", HelpText = "text, json or markdown.")]
    public string? Format { get; set; }
}

/// <summary>The post stage. It is given the inputs of the main stage and needs these.</summary>
[Verb("settle", Hidden = true)]
internal sealed class SettleOptions : CommonOptions
{
    [Option("on-cancel", Default = "stop")]
    public string? OnCancel { get; set; }

    [Option("comment", Default = "true")]
    public string? Comment { get; set; }
}
