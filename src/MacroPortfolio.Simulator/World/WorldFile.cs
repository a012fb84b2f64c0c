using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MacroPortfolio.Simulator.GitHub;

namespace MacroPortfolio.Simulator.World;

/// <summary>The world file as it is written: accounts, repositories, roles, groups and instances that exist when the simulator starts. Keys are in kebab case.</summary>
public sealed record WorldFile
{
    public string Account { get; init; } = "123456789012";
    public string Region { get; init; } = "ap-east-1";

    /// <summary>All randomness derives from it.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>How far the clock of all services is ahead of this machine's; below 0: behind.</summary>
    public double ClockSkewSeconds { get; init; }

    [JsonPropertyName("github")]
    public GitHubWorld GitHub { get; init; } = new();
    public IamWorld Iam { get; init; } = new();

    [JsonPropertyName("codedeploy")]
    public CodeDeployWorld CodeDeploy { get; init; } = new();

    [JsonPropertyName("s3")]
    public S3World S3 { get; init; } = new();
    public IReadOnlyList<InstanceWorld> Instances { get; init; } = [];

    /// <summary>The accounts beside the first, which is this file's own.</summary>
    public IReadOnlyList<AccountWorld> Accounts { get; init; } = [];

    /// <summary>What goes wrong, in the order in which it is looked at.</summary>
    public IReadOnlyList<FaultWorld> Faults { get; init; } = [];

    /// <summary>Each account as a world of its own, the first one first. What is random in one account does not depend on the others.</summary>
    public IReadOnlyList<WorldFile> EachAccount() =>
    [
        this with { Accounts = [] },
        .. Accounts.Select(account => this with
        {
            Account = account.Account,
            Seed = Seed ^ account.Account.Aggregate(0, (hash, digit) => unchecked((hash * 31) + digit)),
            Iam = account.Iam,
            CodeDeploy = account.CodeDeploy,
            S3 = account.S3,
            Instances = account.Instances,
            Accounts = [],
        }),
    ];
}

/// <summary>A further account, with the same keys as the world itself has for its first.</summary>
public sealed record AccountWorld
{
    public required string Account { get; init; }

    /// <summary>What people call it; nothing depends on it.</summary>
    public string? Name { get; init; }
    public IamWorld Iam { get; init; } = new();

    [JsonPropertyName("codedeploy")]
    public CodeDeployWorld CodeDeploy { get; init; } = new();

    [JsonPropertyName("s3")]
    public S3World S3 { get; init; } = new();
    public IReadOnlyList<InstanceWorld> Instances { get; init; } = [];
}

public sealed record GitHubWorld
{
    public IReadOnlyList<RepositoryWorld> Repositories { get; init; } = [];

    /// <summary>The job that <c>serve --env-file</c> describes.</summary>
    public JobWorld Job { get; init; } = new();

    /// <summary>How much the jobs of one repository may ask together; omitted: what GitHub lets them.</summary>
    public GitHubLimits Limits { get; init; } = new();
}

public sealed record RepositoryWorld
{
    /// <summary><c>owner/name</c>.</summary>
    public required string Name { get; init; }
    public long Id { get; init; } = 700100200;
    public long OwnerId { get; init; } = 600100;

    /// <summary>A local git repository (work tree or bare), relative to the world file.</summary>
    public string? Git { get; init; }

    /// <summary>True: <c>sub</c> is <c>repo:owner@id/name@id:...</c>, as for repositories made after 2026-07-15.</summary>
    public bool ImmutableSub { get; init; }
    public string DefaultBranch { get; init; } = "main";
    public IReadOnlyList<PullWorld> Pulls { get; init; } = [];
    public IReadOnlyList<EnvironmentWorld> Environments { get; init; } = [];
}

/// <summary>An environment with its rules. One that a job names and that is not here has none.</summary>
public sealed record EnvironmentWorld
{
    public required string Name { get; init; }

    /// <summary>Logins of people of whom one must approve.</summary>
    public IReadOnlyList<string> Reviewers { get; init; } = [];
    public int WaitMinutes { get; init; }

    /// <summary>True: only protected branches may deploy to it.</summary>
    public bool ProtectedBranches { get; init; }
}

public sealed record PullWorld
{
    public required int Number { get; init; }
    public string Title { get; init; } = "";
    public string Author { get; init; } = "dana";

    /// <summary>A branch or commit of the repository.</summary>
    public string Head { get; init; } = "main";
    public string Base { get; init; } = "main";

    /// <summary><c>open</c>, <c>closed</c> or <c>merged</c>.</summary>
    public string State { get; init; } = "open";
    public IReadOnlyList<string> Labels { get; init; } = [];
}

public sealed record JobWorld
{
    /// <summary>Default: the first repository.</summary>
    public string? Repository { get; init; }

    /// <summary>Any revision of the repository; resolved to 40 hex digits.</summary>
    public string Sha { get; init; } = "main";
    public string Ref { get; init; } = "refs/heads/main";
    public string Event { get; init; } = "push";
    public string Workflow { get; init; } = ".github/workflows/deploy.yml";
    public string Actor { get; init; } = "dana";
    public string? TriggeringActor { get; init; }

    /// <summary>Omitted: the job names no environment.</summary>
    public string? Environment { get; init; }

    /// <summary>True: GitHub makes a deployment for the environment that the job names; false: as with <c>environment: { deployment: false }</c>.</summary>
    public bool EnvironmentDeployment { get; init; }

    /// <summary><c>write</c>, or <c>none</c>: the OIDC variables are absent.</summary>
    public string IdToken { get; init; } = "write";

    /// <summary>What the job's token may do, as in a workflow's <c>permissions</c>: <c>contents=read,pull-requests=write</c>.</summary>
    public string TokenPermissions { get; init; } = "contents=read,pull-requests=write,deployments=write,checks=read";
}

public sealed record IamWorld
{
    public IReadOnlyList<UserWorld> Users { get; init; } = [];
    public IReadOnlyList<RoleWorld> Roles { get; init; } = [];

    /// <summary>The organization's limits to what anybody in the account may do, each an IAM policy document; none: no limit.</summary>
    public IReadOnlyList<JsonNode> ServiceControlPolicies { get; init; } = [];

    /// <summary>How long the keys of a session work, whatever DurationSeconds asks for. Omitted: as long as it asks for.</summary>
    public double? SessionSeconds { get; init; }

    /// <summary>False: Expiration says what DurationSeconds asked for, and the keys end sooner.</summary>
    public bool TellsSessionEnd { get; init; } = true;
}

public sealed record UserWorld
{
    public required string Name { get; init; }
    public required string AccessKeyId { get; init; }
    public required string SecretAccessKey { get; init; }

    /// <summary>IAM policy documents.</summary>
    public IReadOnlyList<JsonNode> Policies { get; init; } = [];

    /// <summary>An IAM policy document that limits what <see cref="Policies"/> can allow; none: no limit.</summary>
    public JsonNode? PermissionsBoundary { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

public sealed record RoleWorld
{
    public required string Arn { get; init; }
    public int MaxSessionSeconds { get; init; } = 3600;

    /// <summary>An IAM trust policy document.</summary>
    public required JsonNode Trust { get; init; }

    /// <summary>An IAM policy document that limits what <see cref="Policies"/> can allow; none: no limit.</summary>
    public JsonNode? PermissionsBoundary { get; init; }

    /// <summary>IAM policy documents.</summary>
    public IReadOnlyList<JsonNode> Policies { get; init; } = [];

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

public sealed record CodeDeployWorld
{
    /// <summary>How long the service waits for an agent to take a lifecycle event before the event fails. Five minutes at AWS.</summary>
    public double AgentPatienceSeconds { get; init; } = 300;

    /// <summary>How long the service waits for the end of a lifecycle event whose instance is gone. An hour at AWS.</summary>
    public double EventPatienceSeconds { get; init; } = 3600;

    /// <summary>How long a minute of the waits of blue/green deployments takes.</summary>
    public double MinuteSeconds { get; init; } = 60;

    /// <summary>CloudWatch alarms that change their state by themselves. Others are OK until they are set.</summary>
    public IReadOnlyList<AlarmWorld> Alarms { get; init; } = [];

    public IReadOnlyList<ApplicationWorld> Applications { get; init; } = [];
    public IReadOnlyList<DeploymentConfigWorld> DeploymentConfigs { get; init; } = [];
}

public sealed record AlarmWorld
{
    public required string Name { get; init; }

    /// <summary>OK, ALARM or INSUFFICIENT_DATA.</summary>
    public string State { get; init; } = "ALARM";

    /// <summary>So long after the simulator started, or after the deployment of <see cref="AtDeployment"/> began.</summary>
    public double? AfterSeconds { get; init; }
    public int? AtDeployment { get; init; }
}

public sealed record ApplicationWorld
{
    public required string Name { get; init; }
    public string ComputePlatform { get; init; } = "Server";
    public bool LinkedToGithub { get; init; }
    public IReadOnlyList<DeploymentGroupWorld> DeploymentGroups { get; init; } = [];
}

public sealed record DeploymentGroupWorld
{
    public required string Name { get; init; }
    public IReadOnlyList<TagFilterWorld> Ec2TagFilters { get; init; } = [];
    public string DeploymentConfig { get; init; } = "CodeDeployDefault.OneAtATime";

    /// <summary>DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM, DEPLOYMENT_STOP_ON_REQUEST.</summary>
    public IReadOnlyList<string> AutoRollback { get; init; } = [];
    public IReadOnlyList<string> Alarms { get; init; } = [];

    /// <summary>Classic Load Balancers, by name. With these or <see cref="TargetGroups"/> the group's deployments control traffic.</summary>
    public IReadOnlyList<string> LoadBalancers { get; init; } = [];

    /// <summary>Target groups of Application and Network Load Balancers, by name.</summary>
    public IReadOnlyList<string> TargetGroups { get; init; } = [];
    public IReadOnlyList<string> AutoScalingGroups { get; init; } = [];

    /// <summary>Given: the group's deployments are blue/green.</summary>
    public BlueGreenWorld? BlueGreen { get; init; }

    /// <summary>UPDATE or IGNORE: what becomes of instances that are launched during a deployment.</summary>
    public string OutdatedInstancesStrategy { get; init; } = "UPDATE";

    /// <summary>How long BlockTraffic takes: the connections of an instance drain.</summary>
    public double DrainSeconds { get; init; } = 0.05;

    /// <summary>How long AllowTraffic takes: an instance becomes healthy to its load balancers.</summary>
    public double RegisterSeconds { get; init; } = 0.05;
}

public sealed record BlueGreenWorld
{
    /// <summary>Where replacement instances come from: DISCOVER_EXISTING or COPY_AUTO_SCALING_GROUP, which launches the group's spare instances.</summary>
    public string Provisioning { get; init; } = "DISCOVER_EXISTING";

    /// <summary>When they are ready: CONTINUE_DEPLOYMENT, or STOP_DEPLOYMENT if nobody continues it within <see cref="ReadyWaitMinutes"/>.</summary>
    public string OnReady { get; init; } = "CONTINUE_DEPLOYMENT";
    public int ReadyWaitMinutes { get; init; } = 60;

    /// <summary>What becomes of the original instances: KEEP_ALIVE, or TERMINATE after <see cref="TerminationWaitMinutes"/>.</summary>
    public string Originals { get; init; } = "KEEP_ALIVE";
    public int TerminationWaitMinutes { get; init; }
}

public sealed record TagFilterWorld(
    [property: JsonPropertyName("Key")] string? Key,
    [property: JsonPropertyName("Value")] string? Value,
    [property: JsonPropertyName("Type")] string? Type);

/// <summary>A custom deployment config for EC2. <c>minimum-healthy-hosts: { type: HOST_COUNT, value: 1 }</c>.</summary>
public sealed record DeploymentConfigWorld
{
    public required string Name { get; init; }
    public required MinimumHealthyHostsWorld MinimumHealthyHosts { get; init; }

    /// <summary>Given: one Availability Zone after the other.</summary>
    public ZonalConfigWorld? ZonalConfig { get; init; }
}

public sealed record ZonalConfigWorld
{
    public long? FirstZoneMonitorDurationInSeconds { get; init; }
    public long? MonitorDurationInSeconds { get; init; }
    public MinimumHealthyHostsWorld? MinimumHealthyHostsPerZone { get; init; }
}

public sealed record MinimumHealthyHostsWorld(string Type, int Value);

public sealed record S3World
{
    public IReadOnlyList<BucketWorld> Buckets { get; init; } = [];
}

public sealed record BucketWorld
{
    public required string Name { get; init; }
    public bool Versioned { get; init; }

    /// <summary>A bucket policy document.</summary>
    public JsonNode? Policy { get; init; }
}

public sealed record InstanceWorld
{
    public required string Id { get; init; }
    public string Zone { get; init; } = "ap-east-1a";
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>How long each lifecycle event takes at least, beside the time of its script. Seconds.</summary>
    public double EventSeconds { get; init; } = 0.05;

    /// <summary><c>running</c>, or <c>silent</c>: it takes no lifecycle event.</summary>
    public string Agent { get; init; } = "running";

    /// <summary>A lifecycle event that the agent does not take any more, nor anything after it.</summary>
    public string? AgentSilentFrom { get; init; }

    /// <summary>The Auto Scaling group that it belongs to. The instance carries the tag <c>aws:autoscaling:groupName</c> then.</summary>
    public string? AutoScalingGroup { get; init; }

    /// <summary>True: it is not there until something launches it.</summary>
    public bool Spare { get; init; }

    /// <summary>It is launched so long after the simulator started, or after the deployment of <see cref="JoinsAtDeployment"/> began.</summary>
    public double? JoinsAfterSeconds { get; init; }

    /// <summary>It is launched when the n-th deployment begins, counted from 1.</summary>
    public int? JoinsAtDeployment { get; init; }

    /// <summary>It is terminated so long after the simulator started, or after the deployment of <see cref="LeavesAtDeployment"/> began.</summary>
    public double? LeavesAfterSeconds { get; init; }
    public int? LeavesAtDeployment { get; init; }
}

/// <summary>
/// Something that goes wrong on demand: with requests (<see cref="Service"/>, <see cref="Operation"/>), or on instances (<see cref="Instance"/> or
/// <see cref="Tag"/>, <see cref="Event"/>). Which other keys go with a kind is in <c>FaultKind</c>.
/// </summary>
public sealed record FaultWorld
{
    /// <summary>sts, codedeploy, s3, ec2, monitoring, iam, cloudformation, github or oidc; any of them when neither this nor an instance is named.</summary>
    public string? Service { get; init; }

    /// <summary>AWS's name, for GitHub and its issuer <c>METHOD /path/{template}</c>; omitted: any.</summary>
    public string? Operation { get; init; }

    /// <summary>The id of an instance.</summary>
    public string? Instance { get; init; }

    /// <summary><c>Key=value</c>: the instances that carry the tag.</summary>
    public string? Tag { get; init; }

    /// <summary>A lifecycle event; omitted: any.</summary>
    public string? Event { get; init; }

    /// <summary>How many matching requests or events are spared first.</summary>
    public int After { get; init; }

    /// <summary>How many it strikes; omitted: all that follow.</summary>
    public int? Times { get; init; }

    /// <summary>Above 0, at most 1: how likely it strikes one that it could. Drawn from the world's seed.</summary>
    public double Probability { get; init; } = 1;

    public required string Kind { get; init; }
    public int? Status { get; init; }

    /// <summary>service, html or none: whose words a status comes with.</summary>
    public string? Body { get; init; }

    /// <summary>A code of the service.</summary>
    public string? Error { get; init; }
    public string? Message { get; init; }
    public double? Seconds { get; init; }

    /// <summary>Seconds, as the header says them.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>secondary or primary: which of GitHub's limits.</summary>
    public string? Limit { get; init; }

    /// <summary>before or after: whether a request is held before it is worked on, or before the answer.</summary>
    public string? At { get; init; }

    /// <summary>How many times as long events take.</summary>
    public double? Factor { get; init; }
}
