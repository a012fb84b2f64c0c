using Amazon.CodeDeploy.Endpoints;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace Amazon.CodeDeploy.Internal;

/// <summary>Hands the endpoint rules what the configuration and the request say.</summary>
public class AmazonCodeDeployEndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = (AmazonCodeDeployConfig)requestContext.ClientConfig;
        return new CodeDeployEndpointParameters
        {
            Region = Region(requestContext.Request.AlternateEndpoint ?? config.RegionEndpoint, config.ServiceURL),
            UseDualStack = config.UseDualstackEndpoint,
            UseFIPS = config.UseFIPSEndpoint,
            Endpoint = config.ServiceURL,
        };
    }

    private static string Region(RegionEndpoint region, string serviceUrl) =>
        region?.SystemName ?? (string.IsNullOrEmpty(serviceUrl) ? null : RegionEndpoint.GetBySystemName(AWSSDKUtils.DetermineRegion(serviceUrl)).SystemName);
}
