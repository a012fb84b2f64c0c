using MacroPortfolio.Core.Planning;

namespace MacroPortfolio.Core.Releases;

/// <summary>What an error of CodeDeploy or of its agent means, and what to do about it. Empty where nothing is known of a code.</summary>
public static class Hints
{
    private const string AgentLog = "/var/log/aws/codedeploy-agent/codedeploy-agent.log";

    /// <summary>How the service puts it when an agent has not fetched an event within five minutes.</summary>
    private const string AgentDidNotReceive = "was not able to receive the lifecycle event";

    private const string FileExists = "already exists at this location";

    private const string OutputLeftOpen = "failed to close STDOUT";

    /// <summary>What to do about a failure on instances. The situations come first, because the agent calls many of them by the same code.</summary>
    public static string Of(Failure failure) => failure switch
    {
        _ when failure.Message.Contains(AgentDidNotReceive, StringComparison.OrdinalIgnoreCase) =>
            "The agent on these instances does not answer: none of your scripts ran. Check that the instances run and reach CodeDeploy (codedeploy-commands.REGION.amazonaws.com), "
            + "that `systemctl status codedeploy-agent` is active, and that their instance profile is attached; an instance that was terminated looks the same.",
        _ when failure.Message.Contains(FileExists, StringComparison.OrdinalIgnoreCase) =>
            "A file is there that CodeDeploy did not install, and it is not overwritten unasked. Remove it, or deploy once with file-exists-behavior: OVERWRITE (or RETAIN to keep it).",
        _ when failure.Message.Contains(OutputLeftOpen, StringComparison.OrdinalIgnoreCase) =>
            $"{Named(failure)} ended, but something that it started still holds its output. Start background programs with their output away from it: `command > /dev/null 2>&1 &`, or better by systemd.",
        { Event: "ApplicationStop" or "BeforeBlockTraffic" or "AfterBlockTraffic" } =>
            $"{failure.Event} runs the script of the revision that was installed before, not of this one, so mending it here does not help yet. Get past it once with ignore-application-stop-failures: true; rollback does so by itself.",
        { ErrorCode: "ScriptTimedOut" } =>
            $"{Named(failure)} did not end within the timeout that the AppSpec file gives it. See what its last words wait for; if it only needs longer, raise `timeout` (3,600 s for all scripts of an event together).",
        { ErrorCode: "ScriptMissing" } =>
            $"The bundle has no {Named(failure)}. `location` in appspec.yml counts from the bundle's root, and letter case matters; look also at .gitignore and at what builds the bundle.",
        { ErrorCode: "ScriptNotExecutable" } =>
            $"{Named(failure)} cannot be executed: check its first line (#!) and its line ends (LF), and commit it executable with `git update-index --chmod=+x`.",
        { ErrorCode: "ScriptFailed" } =>
            ExitCode(failure.Message) is { Length: > 0 } known
                ? $"{Named(failure)} ended with an error: {known}. Its last words say more."
                : $"{Named(failure)} ended with an error; its last words say why. Scripts do not start in the bundle's folder (use \"$(dirname \"$0\")\") and have a bare environment.",
        { Event: "DownloadBundle" } =>
            "The instances could not fetch the revision. For GitHub they need a way out to api.github.com and the application its connection to GitHub; for S3 the instance profile needs s3:GetObject on the object (and kms:Decrypt where it is encrypted).",
        { Event: "Install" } =>
            $"Copying the files failed: see that `destination` is a folder, that the disk is not full and that the owners in `permissions` exist; the agent's log has more: {AgentLog}.",
        { Event: "BlockTraffic" } =>
            "The load balancer did not release the instance. Check that it is registered in the group's target group, and that the service role may deregister it.",
        { Event: "AllowTraffic" } =>
            "The load balancer did not find the instance healthy in time. Check the target group's health check (path, port, status) against what this revision serves.",
        { ErrorCode: "Success" } => "",
        { ErrorCode: "UnknownError" } => $"The agent gives no cause. Look at {AgentLog} on one of the instances.",
        { Event: null } => "CodeDeploy lost these instances without a word from them: were they terminated or stopped meanwhile? The console shows what it knows.",
        _ => "",
    };

    /// <summary>What to do about a deployment that ended with this code.</summary>
    /// <param name="counts">As the deployment ended; null when it never started.</param>
    public static string Of(DeploymentError error, GroupState group, Counts? counts) => error.Code switch
    {
        "HEALTH_CONSTRAINTS" when counts is { Total: > 0, Succeeded: 0, Failed: 0 } =>
            $"No instance was begun: {group.Health.InWords(counts.Total)}. Choose a deployment config with a lower minimum (deployment-config), or add instances.",
        "HEALTH_CONSTRAINTS" when counts is { Failed: > 0 } => "That only sums it up: the failed instances say why.",
        "HEALTH_CONSTRAINTS" => $"Too few instances could be kept healthy ({group.Health.InWords(counts?.Total)}). See which instances are unhealthy, or choose another deployment config.",
        "HEALTH_CONSTRAINTS_INVALID" => $"The minimum of healthy hosts does not fit the fleet: {group.Health.InWords(counts?.Total ?? group.LastFleet)}. Choose another deployment config.",
        "AGENT_ISSUE" => $"The agent on the instances has a problem of its own. Look at {AgentLog} there, then restart or update the agent.",
        "ALARM_ACTIVE" => "A CloudWatch alarm of the group went off and CodeDeploy stopped. Find out whether this revision set it off before you deploy again; while it stays red, the group takes no deployment.",
        "APPLICATION_MISSING" => "The application was deleted or renamed while the deployment ran.",
        "DEPLOYMENT_GROUP_MISSING" => "The deployment group was deleted or renamed while the deployment ran.",
        "REVISION_MISSING" => "The revision is not there: the commit was never pushed or is of another repository, or the object in S3 was deleted.",
        "INVALID_REVISION" => "The bundle or its appspec.yml cannot be read: it must stand at the bundle's root and say `version: 0.0` and `os: linux`.",
        "CUSTOMER_APPLICATION_UNHEALTHY" => "The application did not become healthy on the new instances. See its own log and the load balancer's health check.",
        "HOOK_EXECUTION_FAILURE" => "A hook script failed; the failed instances say which and why.",
        "NO_INSTANCES" => "The group's tags or Auto Scaling groups match no running instance. Compare the group's tags with those of the instances, in this region and account.",
        "OVER_MAX_INSTANCES" => "The group has more instances than CodeDeploy takes in one deployment (1,000). Divide it into several groups.",
        "NO_EC2_SUBSCRIPTION" => "The account is not signed up for EC2.",
        "IAM_ROLE_MISSING" => "The group's service role does not exist any more. Create it, or name another in the group.",
        "IAM_ROLE_PERMISSIONS" => "The group's service role lacks permissions: attach the managed policy AWSCodeDeployRole to it (the role of the group, not of this job).",
        "AUTO_SCALING_IAM_ROLE_PERMISSIONS" => "The group's service role may not work with Auto Scaling: attach the managed policy AWSCodeDeployRole to it; with a launch template it also needs ec2:RunInstances, ec2:CreateTags and iam:PassRole.",
        "AUTO_SCALING_CONFIGURATION" => "The Auto Scaling group's configuration does not let CodeDeploy work: see that its launch template exists and that CodeDeploy's lifecycle hook is in it.",
        "AUTOSCALING_VALIDATION_ERROR" => "The Auto Scaling group refuses what CodeDeploy asks of it; its activity history says why.",
        "UNABLE_TO_SEND_ASG" => "CodeDeploy could not reach the Auto Scaling group. See that it still exists and that the service role may use it, then deploy again.",
        "CODEDEPLOY_RESOURCE_CANNOT_BE_FOUND" => "Something that the deployment stands on was deleted: look at the group's Auto Scaling groups, load balancer and alarms.",
        "ELASTIC_LOAD_BALANCING_INVALID" => "The group's load balancer or target group is not usable: it was deleted, or is of another VPC or kind.",
        "ELB_INVALID_INSTANCE" => "An instance is not one that the load balancer takes: it is of another VPC or zone, or is not running.",
        "MISSING_ELB_INFORMATION" => "The group asks for traffic control but names no load balancer. Name one in the group, or switch traffic control off.",
        "MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION" => "The group is blue/green but does not say how: complete its blue/green settings.",
        "MISSING_GITHUB_TOKEN" => "CodeDeploy's connection to GitHub is gone. Connect the application once more in the CodeDeploy console (Create deployment, My application is stored in GitHub), or deploy from S3.",
        "MANUAL_STOP" => "Somebody stopped it, or a cancelled job did; AWS CloudTrail names who called StopDeployment. Instances that were in the middle may be half deployed.",
        "RESOURCE_LIMIT_EXCEEDED" => "A quota of the account is used up (CodeDeploy, EC2 or Auto Scaling). AWS Service Quotas shows which.",
        "THROTTLED" => "AWS throttled CodeDeploy's own calls in this account. Deploy again with fewer deployments at once.",
        "TIMEOUT" => "CodeDeploy waited too long for the instances: an event that an agent does not take up within 5 minutes, or that lasts longer than an hour, ends it. See which event the instances were in.",
        "INTERNAL_ERROR" => "The error is on AWS's side. Deploy again; if it comes back, AWS Health and support can say more.",
        "CLOUDFORMATION_STACK_FAILURE" => "The CloudFormation stack that made this deployment failed; its events say why.",
        "ECS_UPDATE_ERROR" or "INVALID_ECS_SERVICE" or "INVALID_LAMBDA_CONFIGURATION" or "INVALID_LAMBDA_FUNCTION" => "This code is of ECS or Lambda deployments; this action deploys to EC2 only.",
        _ => "",
    };

    /// <summary>What a shell means by the exit codes that scripts rarely choose themselves.</summary>
    private static string ExitCode(string message) => message.TrimEnd('.') switch
    {
        var text when text.EndsWith("exit code 126", StringComparison.Ordinal) => "126 means that something it calls is there but cannot be executed",
        var text when text.EndsWith("exit code 127", StringComparison.Ordinal) => "127 means that a command was not found, so it is not installed on these instances or not in the agent's PATH",
        var text when text.EndsWith("exit code 137", StringComparison.Ordinal) => "137 means that it was killed, most often because memory ran out",
        var text when text.EndsWith("exit code 143", StringComparison.Ordinal) => "143 means that something told it to end",
        _ => "",
    };

    private static string Named(Failure failure) => failure.Script.Length > 0 ? failure.Script : "The script";
}
