using Amazon.CodeDeploy.Tests.Server;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Tests;

internal static class Some
{
    public static readonly AWSCredentials Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "secret");

    /// <summary>A client that asks once, where the test is not about asking again.</summary>
    public static AmazonCodeDeployClient Client(RawServer server, int retries = 0, AWSCredentials? credentials = null) =>
        new(credentials ?? Credentials, Config(server, retries));

    public static AmazonCodeDeployConfig Config(RawServer server, int retries = 0) =>
        new() { ServiceURL = server.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = retries };
}
