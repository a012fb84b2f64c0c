using Amazon.CodeDeploy.Internal;
using Amazon.CodeDeploy.Model;
using Amazon.CodeDeploy.Wire;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Amazon.CodeDeploy;

/// <summary>CodeDeploy on AWSSDK.Core's own pipeline, which signs, retries, and reads credentials and settings where every AWS client does.</summary>
/// <remarks>
/// CreateDeployment carries no idempotency token, and the pipeline sends it again after a failure or a dropped connection.
/// Once and only once needs <see cref="ClientConfig.MaxErrorRetry"/> and <see cref="ClientConfig.MaxStaleConnectionRetries"/> both at 0.
/// </remarks>
public class AmazonCodeDeployClient : AmazonServiceClient, IAmazonCodeDeploy
{
    private CodeDeployPaginatorFactory paginators;

    public AmazonCodeDeployClient()
        : base(new AmazonCodeDeployConfig()) { }

    public AmazonCodeDeployClient(RegionEndpoint region)
        : base(new AmazonCodeDeployConfig { RegionEndpoint = region }) { }

    public AmazonCodeDeployClient(AmazonCodeDeployConfig config)
        : base(config) { }

    public AmazonCodeDeployClient(AWSCredentials credentials)
        : this(credentials, new AmazonCodeDeployConfig()) { }

    public AmazonCodeDeployClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonCodeDeployConfig { RegionEndpoint = region }) { }

    public AmazonCodeDeployClient(AWSCredentials credentials, AmazonCodeDeployConfig clientConfig)
        : base(credentials, clientConfig) { }

    public AmazonCodeDeployClient(string awsAccessKeyId, string awsSecretAccessKey)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonCodeDeployConfig()) { }

    public AmazonCodeDeployClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonCodeDeployConfig { RegionEndpoint = region }) { }

    public AmazonCodeDeployClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonCodeDeployConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig) { }

    public AmazonCodeDeployClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonCodeDeployConfig()) { }

    public AmazonCodeDeployClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonCodeDeployConfig { RegionEndpoint = region }) { }

    public AmazonCodeDeployClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonCodeDeployConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig) { }

    public ICodeDeployPaginatorFactory Paginators => paginators ??= new CodeDeployPaginatorFactory(this);

    protected override IServiceMetadata ServiceMetadata { get; } = new AmazonCodeDeployMetadata();

    public virtual Task<BatchGetDeploymentGroupsResponse> BatchGetDeploymentGroupsAsync(
        BatchGetDeploymentGroupsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.BatchGetDeploymentGroups, request, cancellationToken);

    public virtual Task<BatchGetDeploymentsResponse> BatchGetDeploymentsAsync(
        BatchGetDeploymentsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.BatchGetDeployments, request, cancellationToken);

    public virtual Task<BatchGetDeploymentTargetsResponse> BatchGetDeploymentTargetsAsync(
        BatchGetDeploymentTargetsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.BatchGetDeploymentTargets, request, cancellationToken);

    public virtual Task<ContinueDeploymentResponse> ContinueDeploymentAsync(ContinueDeploymentRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.ContinueDeployment, request, cancellationToken);

    public virtual Task<CreateDeploymentResponse> CreateDeploymentAsync(CreateDeploymentRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.CreateDeployment, request, cancellationToken);

    public virtual Task<GetApplicationResponse> GetApplicationAsync(GetApplicationRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.GetApplication, request, cancellationToken);

    public virtual Task<GetApplicationRevisionResponse> GetApplicationRevisionAsync(
        GetApplicationRevisionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.GetApplicationRevision, request, cancellationToken);

    public virtual Task<GetDeploymentResponse> GetDeploymentAsync(GetDeploymentRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.GetDeployment, request, cancellationToken);

    public virtual Task<GetDeploymentConfigResponse> GetDeploymentConfigAsync(
        GetDeploymentConfigRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.GetDeploymentConfig, request, cancellationToken);

    public virtual Task<GetDeploymentGroupResponse> GetDeploymentGroupAsync(GetDeploymentGroupRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.GetDeploymentGroup, request, cancellationToken);

    public virtual Task<ListDeploymentGroupsResponse> ListDeploymentGroupsAsync(
        ListDeploymentGroupsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.ListDeploymentGroups, request, cancellationToken);

    public virtual Task<ListDeploymentsResponse> ListDeploymentsAsync(ListDeploymentsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.ListDeployments, request, cancellationToken);

    public virtual Task<ListDeploymentTargetsResponse> ListDeploymentTargetsAsync(
        ListDeploymentTargetsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.ListDeploymentTargets, request, cancellationToken);

    public virtual Task<RegisterApplicationRevisionResponse> RegisterApplicationRevisionAsync(
        RegisterApplicationRevisionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.RegisterApplicationRevision, request, cancellationToken);

    public virtual Task<StopDeploymentResponse> StopDeploymentAsync(StopDeploymentRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(Operations.StopDeployment, request, cancellationToken);

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new AmazonCodeDeployEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new AmazonCodeDeployAuthSchemeHandler());
    }

    // The pipeline is asked for the base type whatever the operation answers: natively compiled, each of its some fifteen handlers is looked up
    // anew for every type that it is invoked with, which took a sixth of the time before a deployment was created.
    private async Task<TResponse> InvokeAsync<TRequest, TResponse>(Operation<TRequest, TResponse> operation, TRequest request, CancellationToken ct)
        where TRequest : AmazonCodeDeployRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        (TResponse)await InvokeAsync<AmazonWebServiceResponse>(request, new InvokeOptions { RequestMarshaller = operation, ResponseUnmarshaller = operation }, ct)
            .ConfigureAwait(false);
}
