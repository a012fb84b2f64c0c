using System.Net;
using Amazon.CodeDeploy.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CodeDeploy.Wire;

/// <summary>An error that operations declare, and the exception that it becomes.</summary>
internal sealed class DeclaredError
{
    public static readonly DeclaredError AlarmsLimitExceeded = Is<AlarmsLimitExceededException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError ApplicationDoesNotExist = Is<ApplicationDoesNotExistException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError ApplicationNameRequired = Is<ApplicationNameRequiredException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError BatchLimitExceeded = Is<BatchLimitExceededException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DeploymentAlreadyCompleted = Is<DeploymentAlreadyCompletedException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DeploymentConfigDoesNotExist = Is<DeploymentConfigDoesNotExistException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DeploymentConfigNameRequired = Is<DeploymentConfigNameRequiredException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DeploymentDoesNotExist = Is<DeploymentDoesNotExistException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DeploymentGroupDoesNotExist = Is<DeploymentGroupDoesNotExistException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DeploymentGroupNameRequired = Is<DeploymentGroupNameRequiredException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DeploymentIdRequired = Is<DeploymentIdRequiredException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DeploymentIsNotInReadyState = Is<DeploymentIsNotInReadyStateException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DeploymentLimitExceeded = Is<DeploymentLimitExceededException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DeploymentNotStarted = Is<DeploymentNotStartedException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DeploymentTargetDoesNotExist = Is<DeploymentTargetDoesNotExistException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DeploymentTargetIdRequired = Is<DeploymentTargetIdRequiredException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DeploymentTargetListSizeExceeded =
        Is<DeploymentTargetListSizeExceededException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError DescriptionTooLong = Is<DescriptionTooLongException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
#pragma warning disable CS0618 // obsolete, and still declared
    public static readonly DeclaredError InstanceDoesNotExist = Is<InstanceDoesNotExistException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
#pragma warning restore CS0618
    public static readonly DeclaredError InvalidAlarmConfig = Is<InvalidAlarmConfigException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidApplicationName = Is<InvalidApplicationNameException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidAutoRollbackConfig = Is<InvalidAutoRollbackConfigException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidAutoScalingGroup = Is<InvalidAutoScalingGroupException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidComputePlatform = Is<InvalidComputePlatformException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidDeploymentConfigName = Is<InvalidDeploymentConfigNameException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidDeploymentGroupName = Is<InvalidDeploymentGroupNameException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidDeploymentId = Is<InvalidDeploymentIdException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidDeploymentInstanceType =
        Is<InvalidDeploymentInstanceTypeException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidDeploymentStatus = Is<InvalidDeploymentStatusException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidDeploymentTargetId = Is<InvalidDeploymentTargetIdException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidDeploymentWaitType = Is<InvalidDeploymentWaitTypeException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidECSService = Is<InvalidECSServiceException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidExternalId = Is<InvalidExternalIdException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidFileExistsBehavior = Is<InvalidFileExistsBehaviorException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidGitHubAccountToken = Is<InvalidGitHubAccountTokenException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidIgnoreApplicationStopFailuresValue =
        Is<InvalidIgnoreApplicationStopFailuresValueException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidInput = Is<InvalidInputException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidInstanceStatus = Is<InvalidInstanceStatusException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidInstanceType = Is<InvalidInstanceTypeException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidLoadBalancerInfo = Is<InvalidLoadBalancerInfoException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidNextToken = Is<InvalidNextTokenException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidRevision = Is<InvalidRevisionException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidRole = Is<InvalidRoleException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidTargetFilterName = Is<InvalidTargetFilterNameException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidTargetInstances = Is<InvalidTargetInstancesException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidTimeRange = Is<InvalidTimeRangeException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidTrafficRoutingConfiguration =
        Is<InvalidTrafficRoutingConfigurationException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError InvalidUpdateOutdatedInstancesOnlyValue =
        Is<InvalidUpdateOutdatedInstancesOnlyValueException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError RevisionDoesNotExist = Is<RevisionDoesNotExistException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError RevisionRequired = Is<RevisionRequiredException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError Throttling = Is<ThrottlingException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));
    public static readonly DeclaredError UnsupportedActionForDeploymentType =
        Is<UnsupportedActionForDeploymentTypeException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));

    private static readonly DeclaredError Any = Is<AmazonCodeDeployException>((m, i, t, c, r, s) => new(m, i, t, c, r, s));

    private readonly string code;
    private readonly Constructor<AmazonCodeDeployException> construct;

    private DeclaredError(string code, Constructor<AmazonCodeDeployException> construct) => (this.code, this.construct) = (code, construct);

    private delegate T Constructor<out T>(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode);

    public static AmazonCodeDeployException ToException(ErrorResponse error, IEnumerable<DeclaredError> declared) =>
        (declared.FirstOrDefault(candidate => candidate.code == error.Code) ?? Any)
            .construct(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode);

    private static DeclaredError Is<T>(Constructor<T> construct)
        where T : AmazonCodeDeployException => new(typeof(T).Name, construct);
}
