using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>GitHub's API, asked by the test itself with a job's token.</summary>
internal static class GitHub
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    /// <param name="path">Below the repository.</param>
    public static async Task<JsonNode> SendAsync(Job job, HttpMethod method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, $"{job["GITHUB_API_URL"]}/repos/{World.Repository}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", job.GitHubToken);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("tests", "1"));
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text.Length > 0 ? text : "{}")!
            : throw new InvalidOperationException($"{method} {path} answered {answer.StatusCode}: {text}");
    }
}
