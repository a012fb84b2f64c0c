using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Amazon.CodeDeploy.Internal;

/// <summary>Every operation is signed with SigV4 and nothing else.</summary>
public class AmazonCodeDeployAuthSchemeHandler : BaseAuthResolverHandler
{
    public AmazonCodeDeployAuthSchemeResolver AuthSchemeResolver { get; } = new();

    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
        AuthSchemeResolver.ResolveAuthScheme(new AmazonCodeDeployAuthSchemeParameters
        {
            Operation = executionContext.RequestContext.RequestName,
            Region = executionContext.RequestContext.ClientConfig.RegionEndpoint?.SystemName,
        });
}

public class AmazonCodeDeployAuthSchemeParameters : IAuthSchemeParameters
{
    public string Operation { get; set; }
    public string Region { get; set; }
}

public class AmazonCodeDeployAuthSchemeResolver : IAuthSchemeResolver<AmazonCodeDeployAuthSchemeParameters>
{
    public List<IAuthSchemeOption> ResolveAuthScheme(AmazonCodeDeployAuthSchemeParameters authParameters) => AuthSchemeOption.DEFAULT_SIGV4;
}
