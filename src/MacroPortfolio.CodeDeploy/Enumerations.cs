using Amazon.Runtime;

namespace Amazon.CodeDeploy;

// Constants are open: a value that a newer service answers with makes a new instance and is never an error.

public class AutoRollbackEvent(string value) : ConstantClass(value)
{
    public static readonly AutoRollbackEvent DEPLOYMENT_FAILURE = new("DEPLOYMENT_FAILURE");
    public static readonly AutoRollbackEvent DEPLOYMENT_STOP_ON_ALARM = new("DEPLOYMENT_STOP_ON_ALARM");
    public static readonly AutoRollbackEvent DEPLOYMENT_STOP_ON_REQUEST = new("DEPLOYMENT_STOP_ON_REQUEST");

    public static AutoRollbackEvent FindValue(string value) => FindValue<AutoRollbackEvent>(value);

    public static implicit operator AutoRollbackEvent(string value) => FindValue(value);
}

public class BundleType(string value) : ConstantClass(value)
{
    public static readonly BundleType JSON = new("JSON");
    public static readonly BundleType Tar = new("tar");
    public static readonly BundleType Tgz = new("tgz");
    public static readonly BundleType YAML = new("YAML");
    public static readonly BundleType Zip = new("zip");

    public static BundleType FindValue(string value) => FindValue<BundleType>(value);

    public static implicit operator BundleType(string value) => FindValue(value);
}

public class ComputePlatform(string value) : ConstantClass(value)
{
    public static readonly ComputePlatform ECS = new("ECS");
    public static readonly ComputePlatform Lambda = new("Lambda");
    public static readonly ComputePlatform Server = new("Server");

    public static ComputePlatform FindValue(string value) => FindValue<ComputePlatform>(value);

    public static implicit operator ComputePlatform(string value) => FindValue(value);
}

public class DeploymentCreator(string value) : ConstantClass(value)
{
    public static readonly DeploymentCreator Autoscaling = new("autoscaling");
    public static readonly DeploymentCreator AutoscalingTermination = new("autoscalingTermination");
    public static readonly DeploymentCreator CloudFormation = new("CloudFormation");
    public static readonly DeploymentCreator CloudFormationRollback = new("CloudFormationRollback");
    public static readonly DeploymentCreator CodeDeploy = new("CodeDeploy");
    public static readonly DeploymentCreator CodeDeployAutoUpdate = new("CodeDeployAutoUpdate");
    public static readonly DeploymentCreator CodeDeployRollback = new("codeDeployRollback");
    public static readonly DeploymentCreator User = new("user");

    public static DeploymentCreator FindValue(string value) => FindValue<DeploymentCreator>(value);

    public static implicit operator DeploymentCreator(string value) => FindValue(value);
}

public class DeploymentMode(string value) : ConstantClass(value)
{
    public static readonly DeploymentMode RESTART = new("RESTART");
    public static readonly DeploymentMode STANDARD = new("STANDARD");

    public static DeploymentMode FindValue(string value) => FindValue<DeploymentMode>(value);

    public static implicit operator DeploymentMode(string value) => FindValue(value);
}

public class DeploymentOption(string value) : ConstantClass(value)
{
    public static readonly DeploymentOption WITHOUT_TRAFFIC_CONTROL = new("WITHOUT_TRAFFIC_CONTROL");
    public static readonly DeploymentOption WITH_TRAFFIC_CONTROL = new("WITH_TRAFFIC_CONTROL");

    public static DeploymentOption FindValue(string value) => FindValue<DeploymentOption>(value);

    public static implicit operator DeploymentOption(string value) => FindValue(value);
}

public class DeploymentReadyAction(string value) : ConstantClass(value)
{
    public static readonly DeploymentReadyAction CONTINUE_DEPLOYMENT = new("CONTINUE_DEPLOYMENT");
    public static readonly DeploymentReadyAction STOP_DEPLOYMENT = new("STOP_DEPLOYMENT");

    public static DeploymentReadyAction FindValue(string value) => FindValue<DeploymentReadyAction>(value);

    public static implicit operator DeploymentReadyAction(string value) => FindValue(value);
}

public class DeploymentStatus(string value) : ConstantClass(value)
{
    public static readonly DeploymentStatus Baking = new("Baking");
    public static readonly DeploymentStatus Created = new("Created");
    public static readonly DeploymentStatus Failed = new("Failed");
    public static readonly DeploymentStatus InProgress = new("InProgress");
    public static readonly DeploymentStatus Queued = new("Queued");
    public static readonly DeploymentStatus Ready = new("Ready");
    public static readonly DeploymentStatus Stopped = new("Stopped");
    public static readonly DeploymentStatus Succeeded = new("Succeeded");

    public static DeploymentStatus FindValue(string value) => FindValue<DeploymentStatus>(value);

    public static implicit operator DeploymentStatus(string value) => FindValue(value);
}

public class DeploymentTargetType(string value) : ConstantClass(value)
{
    public static readonly DeploymentTargetType CloudFormationTarget = new("CloudFormationTarget");
    public static readonly DeploymentTargetType ECSTarget = new("ECSTarget");
    public static readonly DeploymentTargetType InstanceTarget = new("InstanceTarget");
    public static readonly DeploymentTargetType LambdaTarget = new("LambdaTarget");

    public static DeploymentTargetType FindValue(string value) => FindValue<DeploymentTargetType>(value);

    public static implicit operator DeploymentTargetType(string value) => FindValue(value);
}

public class DeploymentType(string value) : ConstantClass(value)
{
    public static readonly DeploymentType BLUE_GREEN = new("BLUE_GREEN");
    public static readonly DeploymentType IN_PLACE = new("IN_PLACE");

    public static DeploymentType FindValue(string value) => FindValue<DeploymentType>(value);

    public static implicit operator DeploymentType(string value) => FindValue(value);
}

public class DeploymentWaitType(string value) : ConstantClass(value)
{
    public static readonly DeploymentWaitType READY_WAIT = new("READY_WAIT");
    public static readonly DeploymentWaitType TERMINATION_WAIT = new("TERMINATION_WAIT");

    public static DeploymentWaitType FindValue(string value) => FindValue<DeploymentWaitType>(value);

    public static implicit operator DeploymentWaitType(string value) => FindValue(value);
}

public class EC2TagFilterType(string value) : ConstantClass(value)
{
    public static readonly EC2TagFilterType KEY_AND_VALUE = new("KEY_AND_VALUE");
    public static readonly EC2TagFilterType KEY_ONLY = new("KEY_ONLY");
    public static readonly EC2TagFilterType VALUE_ONLY = new("VALUE_ONLY");

    public static EC2TagFilterType FindValue(string value) => FindValue<EC2TagFilterType>(value);

    public static implicit operator EC2TagFilterType(string value) => FindValue(value);
}

public class ErrorCode(string value) : ConstantClass(value)
{
    public static readonly ErrorCode AGENT_ISSUE = new("AGENT_ISSUE");
    public static readonly ErrorCode ALARM_ACTIVE = new("ALARM_ACTIVE");
    public static readonly ErrorCode APPLICATION_MISSING = new("APPLICATION_MISSING");
    public static readonly ErrorCode AUTOSCALING_VALIDATION_ERROR = new("AUTOSCALING_VALIDATION_ERROR");
    public static readonly ErrorCode AUTO_SCALING_CONFIGURATION = new("AUTO_SCALING_CONFIGURATION");
    public static readonly ErrorCode AUTO_SCALING_IAM_ROLE_PERMISSIONS = new("AUTO_SCALING_IAM_ROLE_PERMISSIONS");
    public static readonly ErrorCode CLOUDFORMATION_STACK_FAILURE = new("CLOUDFORMATION_STACK_FAILURE");
    public static readonly ErrorCode CODEDEPLOY_RESOURCE_CANNOT_BE_FOUND = new("CODEDEPLOY_RESOURCE_CANNOT_BE_FOUND");
    public static readonly ErrorCode CUSTOMER_APPLICATION_UNHEALTHY = new("CUSTOMER_APPLICATION_UNHEALTHY");
    public static readonly ErrorCode DEPLOYMENT_GROUP_MISSING = new("DEPLOYMENT_GROUP_MISSING");
    public static readonly ErrorCode ECS_UPDATE_ERROR = new("ECS_UPDATE_ERROR");
    public static readonly ErrorCode ELASTIC_LOAD_BALANCING_INVALID = new("ELASTIC_LOAD_BALANCING_INVALID");
    public static readonly ErrorCode ELB_INVALID_INSTANCE = new("ELB_INVALID_INSTANCE");
    public static readonly ErrorCode HEALTH_CONSTRAINTS = new("HEALTH_CONSTRAINTS");
    public static readonly ErrorCode HEALTH_CONSTRAINTS_INVALID = new("HEALTH_CONSTRAINTS_INVALID");
    public static readonly ErrorCode HOOK_EXECUTION_FAILURE = new("HOOK_EXECUTION_FAILURE");
    public static readonly ErrorCode IAM_ROLE_MISSING = new("IAM_ROLE_MISSING");
    public static readonly ErrorCode IAM_ROLE_PERMISSIONS = new("IAM_ROLE_PERMISSIONS");
    public static readonly ErrorCode INTERNAL_ERROR = new("INTERNAL_ERROR");
    public static readonly ErrorCode INVALID_ECS_SERVICE = new("INVALID_ECS_SERVICE");
    public static readonly ErrorCode INVALID_LAMBDA_CONFIGURATION = new("INVALID_LAMBDA_CONFIGURATION");
    public static readonly ErrorCode INVALID_LAMBDA_FUNCTION = new("INVALID_LAMBDA_FUNCTION");
    public static readonly ErrorCode INVALID_REVISION = new("INVALID_REVISION");
    public static readonly ErrorCode MANUAL_STOP = new("MANUAL_STOP");
    public static readonly ErrorCode MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION = new("MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION");
    public static readonly ErrorCode MISSING_ELB_INFORMATION = new("MISSING_ELB_INFORMATION");
    public static readonly ErrorCode MISSING_GITHUB_TOKEN = new("MISSING_GITHUB_TOKEN");
    public static readonly ErrorCode NO_EC2_SUBSCRIPTION = new("NO_EC2_SUBSCRIPTION");
    public static readonly ErrorCode NO_INSTANCES = new("NO_INSTANCES");
    public static readonly ErrorCode OVER_MAX_INSTANCES = new("OVER_MAX_INSTANCES");
    public static readonly ErrorCode RESOURCE_LIMIT_EXCEEDED = new("RESOURCE_LIMIT_EXCEEDED");
    public static readonly ErrorCode REVISION_MISSING = new("REVISION_MISSING");
    public static readonly ErrorCode THROTTLED = new("THROTTLED");
    public static readonly ErrorCode TIMEOUT = new("TIMEOUT");

    public static ErrorCode FindValue(string value) => FindValue<ErrorCode>(value);

    public static implicit operator ErrorCode(string value) => FindValue(value);
}

public class FileExistsBehavior(string value) : ConstantClass(value)
{
    public static readonly FileExistsBehavior DISALLOW = new("DISALLOW");
    public static readonly FileExistsBehavior OVERWRITE = new("OVERWRITE");
    public static readonly FileExistsBehavior RETAIN = new("RETAIN");

    public static FileExistsBehavior FindValue(string value) => FindValue<FileExistsBehavior>(value);

    public static implicit operator FileExistsBehavior(string value) => FindValue(value);
}

public class GreenFleetProvisioningAction(string value) : ConstantClass(value)
{
    public static readonly GreenFleetProvisioningAction COPY_AUTO_SCALING_GROUP = new("COPY_AUTO_SCALING_GROUP");
    public static readonly GreenFleetProvisioningAction DISCOVER_EXISTING = new("DISCOVER_EXISTING");

    public static GreenFleetProvisioningAction FindValue(string value) => FindValue<GreenFleetProvisioningAction>(value);

    public static implicit operator GreenFleetProvisioningAction(string value) => FindValue(value);
}

public class InstanceAction(string value) : ConstantClass(value)
{
    public static readonly InstanceAction KEEP_ALIVE = new("KEEP_ALIVE");
    public static readonly InstanceAction TERMINATE = new("TERMINATE");

    public static InstanceAction FindValue(string value) => FindValue<InstanceAction>(value);

    public static implicit operator InstanceAction(string value) => FindValue(value);
}

public class LifecycleErrorCode(string value) : ConstantClass(value)
{
    public static readonly LifecycleErrorCode ScriptFailed = new("ScriptFailed");
    public static readonly LifecycleErrorCode ScriptMissing = new("ScriptMissing");
    public static readonly LifecycleErrorCode ScriptNotExecutable = new("ScriptNotExecutable");
    public static readonly LifecycleErrorCode ScriptTimedOut = new("ScriptTimedOut");
    public static readonly LifecycleErrorCode Success = new("Success");
    public static readonly LifecycleErrorCode UnknownError = new("UnknownError");

    public static LifecycleErrorCode FindValue(string value) => FindValue<LifecycleErrorCode>(value);

    public static implicit operator LifecycleErrorCode(string value) => FindValue(value);
}

public class LifecycleEventStatus(string value) : ConstantClass(value)
{
    public static readonly LifecycleEventStatus Failed = new("Failed");
    public static readonly LifecycleEventStatus InProgress = new("InProgress");
    public static readonly LifecycleEventStatus Pending = new("Pending");
    public static readonly LifecycleEventStatus Skipped = new("Skipped");
    public static readonly LifecycleEventStatus Succeeded = new("Succeeded");
    public static readonly LifecycleEventStatus Unknown = new("Unknown");

    public static LifecycleEventStatus FindValue(string value) => FindValue<LifecycleEventStatus>(value);

    public static implicit operator LifecycleEventStatus(string value) => FindValue(value);
}

public class MinimumHealthyHostsPerZoneType(string value) : ConstantClass(value)
{
    public static readonly MinimumHealthyHostsPerZoneType FLEET_PERCENT = new("FLEET_PERCENT");
    public static readonly MinimumHealthyHostsPerZoneType HOST_COUNT = new("HOST_COUNT");

    public static MinimumHealthyHostsPerZoneType FindValue(string value) => FindValue<MinimumHealthyHostsPerZoneType>(value);

    public static implicit operator MinimumHealthyHostsPerZoneType(string value) => FindValue(value);
}

public class MinimumHealthyHostsType(string value) : ConstantClass(value)
{
    public static readonly MinimumHealthyHostsType FLEET_PERCENT = new("FLEET_PERCENT");
    public static readonly MinimumHealthyHostsType HOST_COUNT = new("HOST_COUNT");

    public static MinimumHealthyHostsType FindValue(string value) => FindValue<MinimumHealthyHostsType>(value);

    public static implicit operator MinimumHealthyHostsType(string value) => FindValue(value);
}

public class OutdatedInstancesStrategy(string value) : ConstantClass(value)
{
    public static readonly OutdatedInstancesStrategy IGNORE = new("IGNORE");
    public static readonly OutdatedInstancesStrategy UPDATE = new("UPDATE");

    public static OutdatedInstancesStrategy FindValue(string value) => FindValue<OutdatedInstancesStrategy>(value);

    public static implicit operator OutdatedInstancesStrategy(string value) => FindValue(value);
}

public class RevisionLocationType(string value) : ConstantClass(value)
{
    public static readonly RevisionLocationType AppSpecContent = new("AppSpecContent");
    public static readonly RevisionLocationType GitHub = new("GitHub");
    public static readonly RevisionLocationType S3 = new("S3");
    public static readonly RevisionLocationType String = new("String");

    public static RevisionLocationType FindValue(string value) => FindValue<RevisionLocationType>(value);

    public static implicit operator RevisionLocationType(string value) => FindValue(value);
}

public class StopStatus(string value) : ConstantClass(value)
{
    public static readonly StopStatus Pending = new("Pending");
    public static readonly StopStatus Succeeded = new("Succeeded");

    public static StopStatus FindValue(string value) => FindValue<StopStatus>(value);

    public static implicit operator StopStatus(string value) => FindValue(value);
}

public class TagFilterType(string value) : ConstantClass(value)
{
    public static readonly TagFilterType KEY_AND_VALUE = new("KEY_AND_VALUE");
    public static readonly TagFilterType KEY_ONLY = new("KEY_ONLY");
    public static readonly TagFilterType VALUE_ONLY = new("VALUE_ONLY");

    public static TagFilterType FindValue(string value) => FindValue<TagFilterType>(value);

    public static implicit operator TagFilterType(string value) => FindValue(value);
}

public class TargetFilterName(string value) : ConstantClass(value)
{
    public static readonly TargetFilterName ServerInstanceLabel = new("ServerInstanceLabel");
    public static readonly TargetFilterName TargetStatus = new("TargetStatus");

    public static TargetFilterName FindValue(string value) => FindValue<TargetFilterName>(value);

    public static implicit operator TargetFilterName(string value) => FindValue(value);
}

public class TargetLabel(string value) : ConstantClass(value)
{
    public static readonly TargetLabel Blue = new("Blue");
    public static readonly TargetLabel Green = new("Green");

    public static TargetLabel FindValue(string value) => FindValue<TargetLabel>(value);

    public static implicit operator TargetLabel(string value) => FindValue(value);
}

public class TargetStatus(string value) : ConstantClass(value)
{
    public static readonly TargetStatus Failed = new("Failed");
    public static readonly TargetStatus InProgress = new("InProgress");
    public static readonly TargetStatus Pending = new("Pending");
    public static readonly TargetStatus Ready = new("Ready");
    public static readonly TargetStatus Skipped = new("Skipped");
    public static readonly TargetStatus Succeeded = new("Succeeded");
    public static readonly TargetStatus Unknown = new("Unknown");

    public static TargetStatus FindValue(string value) => FindValue<TargetStatus>(value);

    public static implicit operator TargetStatus(string value) => FindValue(value);
}

public class TrafficRoutingType(string value) : ConstantClass(value)
{
    public static readonly TrafficRoutingType AllAtOnce = new("AllAtOnce");
    public static readonly TrafficRoutingType TimeBasedCanary = new("TimeBasedCanary");
    public static readonly TrafficRoutingType TimeBasedLinear = new("TimeBasedLinear");

    public static TrafficRoutingType FindValue(string value) => FindValue<TrafficRoutingType>(value);

    public static implicit operator TrafficRoutingType(string value) => FindValue(value);
}

public class TriggerEventType(string value) : ConstantClass(value)
{
    public static readonly TriggerEventType DeploymentFailure = new("DeploymentFailure");
    public static readonly TriggerEventType DeploymentReady = new("DeploymentReady");
    public static readonly TriggerEventType DeploymentRollback = new("DeploymentRollback");
    public static readonly TriggerEventType DeploymentStart = new("DeploymentStart");
    public static readonly TriggerEventType DeploymentStop = new("DeploymentStop");
    public static readonly TriggerEventType DeploymentSuccess = new("DeploymentSuccess");
    public static readonly TriggerEventType InstanceFailure = new("InstanceFailure");
    public static readonly TriggerEventType InstanceReady = new("InstanceReady");
    public static readonly TriggerEventType InstanceStart = new("InstanceStart");
    public static readonly TriggerEventType InstanceSuccess = new("InstanceSuccess");

    public static TriggerEventType FindValue(string value) => FindValue<TriggerEventType>(value);

    public static implicit operator TriggerEventType(string value) => FindValue(value);
}
