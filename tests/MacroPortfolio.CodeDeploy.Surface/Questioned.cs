using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace Amazon.CodeDeploy.Surface;

/// <summary>Answers what the client looks like, what it makes of a call, and where it would send one.</summary>
internal sealed class Questioned : IDisposable
{
    private readonly Dictionary<string, AmazonCodeDeployClient> clients = [];

    public async Task<JsonObject> AnswerAsync(JsonObject question) => (string?)question["ask"] switch
    {
        "describe" => Description.OfClient(),
        "call" => await CallAsync((string)question["operation"]!, (string)question["url"]!, question["input"]!),
        "endpoint" => Endpoint((string)question["region"]!, (bool)question["fips"]!, (bool)question["dualStack"]!),
        var ask => throw new InvalidOperationException($"'{ask}' is not a question; 'describe', 'call' and 'endpoint' are."),
    };

    public void Dispose()
    {
        foreach (var client in clients.Values)
            client.Dispose();
    }

    private async Task<JsonObject> CallAsync(string operation, string url, JsonNode input)
    {
        var method = Description.Operations[operation];
        try
        {
            var request = Values.FromJson(input, method.GetParameters()[0].ParameterType);
            var call = (Task)method.Invoke(ClientOf(url), BindingFlags.DoNotWrapExceptions, null, [request, CancellationToken.None], null)!;
            await call;
            var response = (AmazonWebServiceResponse)call.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(call)!;
            return new JsonObject
            {
                ["output"] = Values.ToJson(response),
                ["status"] = (int)response.HttpStatusCode,
                ["requestId"] = response.ResponseMetadata.RequestId,
            };
        }
        catch (AmazonServiceException refused)
        {
            return new JsonObject
            {
                ["error"] = refused.GetType().Name,
                ["code"] = refused.ErrorCode,
                ["message"] = refused.Message,
                ["status"] = (int)refused.StatusCode,
                ["requestId"] = refused.RequestId,
            };
        }
        catch (Exception failed) when (failed is AmazonClientException or HttpRequestException or IOException or UnknownMemberException)
        {
            return new JsonObject { ["error"] = failed.GetType().Name, ["message"] = failed.Message };
        }
    }

    private static JsonObject Endpoint(string region, bool fips, bool dualStack)
    {
        var config = new AmazonCodeDeployConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
        };
        using var client = new AmazonCodeDeployClient(new AnonymousAWSCredentials(), config);
        try
        {
            return new JsonObject { ["url"] = client.DetermineServiceOperationEndpoint(new Model.GetDeploymentRequest()).URL };
        }
        catch (AmazonClientException refused)
        {
            return new JsonObject { ["error"] = refused.Message };
        }
    }

    private AmazonCodeDeployClient ClientOf(string url)
    {
        if (!clients.TryGetValue(url, out var client))
        {
            var config = new AmazonCodeDeployConfig { ServiceURL = url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0, MaxStaleConnectionRetries = 0 };
            clients[url] = client = new AmazonCodeDeployClient(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), config);
        }
        return client;
    }
}
