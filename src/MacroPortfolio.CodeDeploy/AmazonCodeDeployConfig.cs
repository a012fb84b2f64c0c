using Amazon.CodeDeploy.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Util.Internal;
using ExecutionContext = Amazon.Runtime.Internal.ExecutionContext;

namespace Amazon.CodeDeploy;

public class AmazonCodeDeployConfig : ClientConfig
{
    // The version of the AWSSDK.Core that does the work; the user agent names it for the service as well.
    private const string SdkVersion = "4.0.103";

    public AmazonCodeDeployConfig()
        : base(new DefaultConfigurationProvider(AmazonCodeDeployDefaultConfiguration.GetAllConfigurations()))
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new AmazonCodeDeployEndpointProvider();
    }

    /// <summary>The name by which Core finds settings of this service alone, such as AWS_ENDPOINT_URL_CODEDEPLOY.</summary>
    public static new string ServiceId => "CodeDeploy";

    public override string RegionEndpointServiceName => "codedeploy";

    public override string ServiceVersion => "2014-10-06";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString(ServiceId, SdkVersion);

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        var request = new DefaultRequest(parameters.Request, ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint };
        var context = new RequestContext(enableMetrics: false, new NullSigner())
        {
            ClientConfig = this,
            OriginalRequest = parameters.Request,
            Request = request,
        };
        return new AmazonCodeDeployEndpointResolver().GetEndpoint(new ExecutionContext(context, responseContext: null));
    }
}
