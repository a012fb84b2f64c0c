using Amazon.Runtime.Internal;

namespace Amazon.CodeDeploy.Internal;

public class AmazonCodeDeployMetadata : IServiceMetadata
{
    public string ServiceId => "CodeDeploy";

    // Names of operations and of their request classes agree, so there is nothing to map.
    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
