using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>
/// Somebody else at work: the world's user dana, with AWS clients of her own.
/// Signatures: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal sealed class Laptop(Cloud cloud)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    /// <summary>The environment of her shell: nothing of a runner's.</summary>
    public Job Shell { get; } = new Job(cloud, System.Collections.Immutable.ImmutableDictionary<string, string>.Empty)
        .With("AWS_ENDPOINT_URL", cloud.Url)
        .With("AWS_REGION", World.Region)
        .WithKeys()
        .With("HOME", cloud.FirstJob["HOME"]);

    public async Task<JsonNode> CodeDeployAsync(string operation, JsonObject request)
    {
        var body = Encoding.UTF8.GetBytes(request.ToJsonString());
        using var answer = await SendAsync(HttpMethod.Post, "/", "codedeploy", body, ("x-amz-target", $"CodeDeploy_20141006.{operation}"));
        return await answer.Content.ReadAsStringAsync() is { Length: > 0 } text ? JsonNode.Parse(text)! : new JsonObject();
    }

    /// <summary>Creates a deployment of a commit by hand and returns its id.</summary>
    public async Task<string> DeployAsync(Application application, string group, string commit)
    {
        var location = new JsonObject { ["repository"] = World.Repository, ["commitId"] = cloud.Commit(commit) };
        var answer = await CodeDeployAsync("CreateDeployment", new()
        {
            ["applicationName"] = application.Name,
            ["deploymentGroupName"] = group,
            ["revision"] = new JsonObject { ["revisionType"] = "GitHub", ["gitHubLocation"] = location },
            ["fileExistsBehavior"] = "OVERWRITE",
        });
        return answer["deploymentId"]!.ToString();
    }

    /// <summary>What CodeDeploy says of a deployment.</summary>
    public async Task<JsonNode> DeploymentAsync(string id) => (await CodeDeployAsync("GetDeployment", new() { ["deploymentId"] = id }))["deploymentInfo"]!;

    /// <summary>The same, when it is over.</summary>
    public async Task<JsonNode> EndedAsync(string id)
    {
        var asked = TimeProvider.System.GetTimestamp();
        JsonNode now;
        while ((now = await DeploymentAsync(id))["status"]!.ToString() is not ("Succeeded" or "Failed" or "Stopped"))
        {
            if (TimeProvider.System.GetElapsedTime(asked) > Patience)
            {
                throw new TimeoutException($"{id} is not over within {Patience}: {now.ToJsonString()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return now;
    }

    /// <summary>The same of one that was told to stop: CodeDeploy lets a script that runs already come to its end.</summary>
    public async Task<JsonNode> StoppedAsync(string id)
    {
        cloud.Release((await DeploymentAsync(id))["applicationName"]!.ToString());
        return await EndedAsync(id);
    }

    /// <summary>All deployments of a group, the oldest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> DeploymentsAsync(Application application, string group)
    {
        var ids = (await CodeDeployAsync("ListDeployments", new() { ["applicationName"] = application.Name, ["deploymentGroupName"] = group }))["deployments"]!.AsArray();
        return [.. (await Task.WhenAll(ids.Select(id => DeploymentAsync(id!.ToString())))).OrderBy(info => info["createTime"]!.GetValue<double>())];
    }

    /// <summary>Puts an object and returns its version.</summary>
    public async Task<string> PutAsync(string bucket, string key, byte[] content)
    {
        using var answer = await SendAsync(HttpMethod.Put, $"/{bucket}/{key}", "s3", content);
        return answer.Headers.GetValues("x-amz-version-id").Single();
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string service, byte[] content, params (string Name, string Value)[] headers)
    {
        var time = TimeProvider.System.GetUtcNow();
        var (stamp, hash) = ($"{time:yyyyMMdd'T'HHmmss'Z'}", Convert.ToHexStringLower(SHA256.HashData(content)));
        using var request = new HttpRequestMessage(method, cloud.Url + path) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        (string Name, string Value)[] own = [("x-amz-content-sha256", hash), ("x-amz-date", stamp), .. headers];
        foreach (var (name, value) in own)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var signed = own.Append(("host", new Uri(cloud.Url).Authority)).OrderBy(header => header.Item1, StringComparer.Ordinal).ToList();
        var names = string.Join(';', signed.Select(header => header.Item1));
        var canonical = $"{method}\n{path}\n\n{string.Concat(signed.Select(header => $"{header.Item1}:{header.Item2}\n"))}\n{names}\n{hash}";
        var scope = $"{time:yyyyMMdd}/{World.Region}/{service}/aws4_request";
        var text = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var secret = Encoding.UTF8.GetBytes($"AWS4{World.SecretKey}");
        var key = scope.Split('/').Aggregate(secret, (derived, part) => HMACSHA256.HashData(derived, Encoding.UTF8.GetBytes(part)));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={World.AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}");

        var answer = await Http.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? answer
            : throw new InvalidOperationException($"{service} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
