using Amazon.CodeDeploy.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.CodeDeploy;

/// <summary>CodeDeploy, in the words and types of AWSSDK.CodeDeploy 4; an operation is added with its first caller.</summary>
public interface IAmazonCodeDeploy : IAmazonService, IDisposable
{
    ICodeDeployPaginatorFactory Paginators { get; }

    Task<BatchGetDeploymentGroupsResponse> BatchGetDeploymentGroupsAsync(
        BatchGetDeploymentGroupsRequest request, CancellationToken cancellationToken = default);
    Task<BatchGetDeploymentsResponse> BatchGetDeploymentsAsync(BatchGetDeploymentsRequest request, CancellationToken cancellationToken = default);
    Task<BatchGetDeploymentTargetsResponse> BatchGetDeploymentTargetsAsync(
        BatchGetDeploymentTargetsRequest request, CancellationToken cancellationToken = default);
    Task<ContinueDeploymentResponse> ContinueDeploymentAsync(ContinueDeploymentRequest request, CancellationToken cancellationToken = default);
    Task<CreateDeploymentResponse> CreateDeploymentAsync(CreateDeploymentRequest request, CancellationToken cancellationToken = default);
    Task<GetApplicationResponse> GetApplicationAsync(GetApplicationRequest request, CancellationToken cancellationToken = default);
    Task<GetApplicationRevisionResponse> GetApplicationRevisionAsync(GetApplicationRevisionRequest request, CancellationToken cancellationToken = default);
    Task<GetDeploymentResponse> GetDeploymentAsync(GetDeploymentRequest request, CancellationToken cancellationToken = default);
    Task<GetDeploymentConfigResponse> GetDeploymentConfigAsync(GetDeploymentConfigRequest request, CancellationToken cancellationToken = default);
    Task<GetDeploymentGroupResponse> GetDeploymentGroupAsync(GetDeploymentGroupRequest request, CancellationToken cancellationToken = default);
    Task<ListDeploymentGroupsResponse> ListDeploymentGroupsAsync(ListDeploymentGroupsRequest request, CancellationToken cancellationToken = default);
    Task<ListDeploymentsResponse> ListDeploymentsAsync(ListDeploymentsRequest request, CancellationToken cancellationToken = default);
    Task<ListDeploymentTargetsResponse> ListDeploymentTargetsAsync(ListDeploymentTargetsRequest request, CancellationToken cancellationToken = default);
    Task<RegisterApplicationRevisionResponse> RegisterApplicationRevisionAsync(
        RegisterApplicationRevisionRequest request, CancellationToken cancellationToken = default);
    Task<StopDeploymentResponse> StopDeploymentAsync(StopDeploymentRequest request, CancellationToken cancellationToken = default);

    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonCodeDeployConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonCodeDeployClient(awsCredentials, (AmazonCodeDeployConfig)clientConfig);
}
