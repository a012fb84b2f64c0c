using Amazon.CodeDeploy.Model;
using static Amazon.CodeDeploy.Wire.DeclaredError;

namespace Amazon.CodeDeploy.Wire;

internal static class Operations
{
    public static readonly Operation<CreateDeploymentRequest, CreateDeploymentResponse> CreateDeployment = new(
        nameof(CreateDeployment), RequestBodies.Members, DeploymentAnswers.CreateDeploymentResponse,
        AlarmsLimitExceeded, ApplicationDoesNotExist, ApplicationNameRequired, DeploymentConfigDoesNotExist, DeploymentGroupDoesNotExist,
        DeploymentGroupNameRequired, DeploymentLimitExceeded, DescriptionTooLong, InvalidAlarmConfig, InvalidApplicationName, InvalidAutoRollbackConfig,
        InvalidAutoScalingGroup, InvalidComputePlatform, InvalidDeploymentConfigName, InvalidDeploymentGroupName, InvalidECSService,
        InvalidFileExistsBehavior, InvalidGitHubAccountToken, InvalidIgnoreApplicationStopFailuresValue, InvalidInput, InvalidLoadBalancerInfo,
        InvalidRevision, InvalidRole, InvalidTargetInstances, InvalidTrafficRoutingConfiguration, InvalidUpdateOutdatedInstancesOnlyValue,
        RevisionDoesNotExist, RevisionRequired, Throttling);

    public static readonly Operation<GetDeploymentRequest, GetDeploymentResponse> GetDeployment = new(
        nameof(GetDeployment), RequestBodies.Members, DeploymentAnswers.GetDeploymentResponse,
        DeploymentDoesNotExist, DeploymentIdRequired, InvalidDeploymentId);

    public static readonly Operation<BatchGetDeploymentsRequest, BatchGetDeploymentsResponse> BatchGetDeployments = new(
        nameof(BatchGetDeployments), RequestBodies.Members, DeploymentAnswers.BatchGetDeploymentsResponse,
        BatchLimitExceeded, DeploymentIdRequired, InvalidDeploymentId);

    public static readonly Operation<ListDeploymentsRequest, ListDeploymentsResponse> ListDeployments = new(
        nameof(ListDeployments), RequestBodies.Members, DeploymentAnswers.ListDeploymentsResponse,
        ApplicationDoesNotExist, ApplicationNameRequired, DeploymentGroupDoesNotExist, DeploymentGroupNameRequired, InvalidApplicationName,
        InvalidDeploymentGroupName, InvalidDeploymentStatus, InvalidExternalId, InvalidInput, InvalidNextToken, InvalidTimeRange);

    public static readonly Operation<StopDeploymentRequest, StopDeploymentResponse> StopDeployment = new(
        nameof(StopDeployment), RequestBodies.Members, DeploymentAnswers.StopDeploymentResponse,
        DeploymentAlreadyCompleted, DeploymentDoesNotExist, DeploymentGroupDoesNotExist, DeploymentIdRequired, InvalidDeploymentId,
        UnsupportedActionForDeploymentType);

    public static readonly Operation<ContinueDeploymentRequest, ContinueDeploymentResponse> ContinueDeployment = new(
        nameof(ContinueDeployment), RequestBodies.Members, new Structure<ContinueDeploymentResponse>(),
        DeploymentAlreadyCompleted, DeploymentDoesNotExist, DeploymentIdRequired, DeploymentIsNotInReadyState, InvalidDeploymentId,
        InvalidDeploymentStatus, InvalidDeploymentWaitType, UnsupportedActionForDeploymentType);

    public static readonly Operation<ListDeploymentTargetsRequest, ListDeploymentTargetsResponse> ListDeploymentTargets = new(
        nameof(ListDeploymentTargets), RequestBodies.Members, TargetAnswers.ListDeploymentTargetsResponse,
        ApplicationDoesNotExist, DeploymentDoesNotExist, DeploymentGroupDoesNotExist, DeploymentIdRequired, DeploymentNotStarted, InvalidDeploymentId,
        InvalidDeploymentInstanceType, InvalidInstanceStatus, InvalidInstanceType, InvalidNextToken, InvalidTargetFilterName);

    public static readonly Operation<BatchGetDeploymentTargetsRequest, BatchGetDeploymentTargetsResponse> BatchGetDeploymentTargets = new(
        nameof(BatchGetDeploymentTargets), RequestBodies.Members, TargetAnswers.BatchGetDeploymentTargetsResponse,
        DeploymentDoesNotExist, DeploymentIdRequired, DeploymentNotStarted, DeploymentTargetDoesNotExist, DeploymentTargetIdRequired,
        DeploymentTargetListSizeExceeded, InstanceDoesNotExist, InvalidDeploymentId, InvalidDeploymentTargetId);

    public static readonly Operation<GetDeploymentGroupRequest, GetDeploymentGroupResponse> GetDeploymentGroup = new(
        nameof(GetDeploymentGroup), RequestBodies.Members, DeploymentGroupAnswers.GetDeploymentGroupResponse,
        ApplicationDoesNotExist, ApplicationNameRequired, DeploymentConfigDoesNotExist, DeploymentGroupDoesNotExist, DeploymentGroupNameRequired,
        InvalidApplicationName, InvalidDeploymentGroupName);

    public static readonly Operation<BatchGetDeploymentGroupsRequest, BatchGetDeploymentGroupsResponse> BatchGetDeploymentGroups = new(
        nameof(BatchGetDeploymentGroups), RequestBodies.Members, DeploymentGroupAnswers.BatchGetDeploymentGroupsResponse,
        ApplicationDoesNotExist, ApplicationNameRequired, BatchLimitExceeded, DeploymentConfigDoesNotExist, DeploymentGroupNameRequired,
        InvalidApplicationName, InvalidDeploymentGroupName);

    public static readonly Operation<ListDeploymentGroupsRequest, ListDeploymentGroupsResponse> ListDeploymentGroups = new(
        nameof(ListDeploymentGroups), RequestBodies.Members, DeploymentGroupAnswers.ListDeploymentGroupsResponse,
        ApplicationDoesNotExist, ApplicationNameRequired, InvalidApplicationName, InvalidNextToken);

    public static readonly Operation<GetApplicationRequest, GetApplicationResponse> GetApplication = new(
        nameof(GetApplication), RequestBodies.Members, ApplicationAnswers.GetApplicationResponse,
        ApplicationDoesNotExist, ApplicationNameRequired, InvalidApplicationName);

    public static readonly Operation<GetDeploymentConfigRequest, GetDeploymentConfigResponse> GetDeploymentConfig = new(
        nameof(GetDeploymentConfig), RequestBodies.Members, DeploymentConfigAnswers.GetDeploymentConfigResponse,
        DeploymentConfigDoesNotExist, DeploymentConfigNameRequired, InvalidComputePlatform, InvalidDeploymentConfigName);

    public static readonly Operation<RegisterApplicationRevisionRequest, RegisterApplicationRevisionResponse> RegisterApplicationRevision = new(
        nameof(RegisterApplicationRevision), RequestBodies.Members, new Structure<RegisterApplicationRevisionResponse>(),
        ApplicationDoesNotExist, ApplicationNameRequired, DescriptionTooLong, InvalidApplicationName, InvalidRevision, RevisionRequired);

    public static readonly Operation<GetApplicationRevisionRequest, GetApplicationRevisionResponse> GetApplicationRevision = new(
        nameof(GetApplicationRevision), RequestBodies.Members, RevisionAnswers.GetApplicationRevisionResponse,
        ApplicationDoesNotExist, ApplicationNameRequired, InvalidApplicationName, InvalidRevision, RevisionDoesNotExist, RevisionRequired);
}
