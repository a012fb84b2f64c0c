using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Amazon.CodeDeploy.Internal;

/// <summary>
/// AWS's endpoint rules for CodeDeploy; what a partition is called and what it supports is Core's knowledge.
/// https://github.com/boto/botocore/blob/develop/botocore/data/codedeploy/2014-10-06/endpoint-rule-set-1.json
/// </summary>
public class AmazonCodeDeployEndpointProvider : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var endpoint = (string)parameters["Endpoint"];
        var region = (string)parameters["Region"];
        var fips = (bool?)parameters["UseFIPS"] ?? throw Invalid("UseFIPS parameter must be set for endpoint resolution");
        var dualStack = (bool?)parameters["UseDualStack"] ?? throw Invalid("UseDualStack parameter must be set for endpoint resolution");

        if (endpoint is not null)
        {
            return (fips, dualStack) switch
            {
                (true, _) => throw Invalid("Invalid Configuration: FIPS and custom endpoint are not supported"),
                (_, true) => throw Invalid("Invalid Configuration: Dualstack and custom endpoint are not supported"),
                _ => new Endpoint(endpoint),
            };
        }
        if (region is null)
            throw Invalid("Invalid Configuration: Missing Region");

        var partition = Fn.Partition(region);
        return (fips, dualStack) switch
        {
            (true, true) when !partition.supportsFIPS || !partition.supportsDualStack =>
                throw Invalid("FIPS and DualStack are enabled, but this partition does not support one or both"),
            (true, _) when !partition.supportsFIPS => throw Invalid("FIPS is enabled but this partition does not support FIPS"),
            (_, true) when !partition.supportsDualStack => throw Invalid("DualStack is enabled but this partition does not support DualStack"),
            _ => new Endpoint($"https://codedeploy{(fips ? "-fips" : "")}.{region}.{(dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix)}"),
        };
    }

    private static AmazonClientException Invalid(string message) => new(message);
}
