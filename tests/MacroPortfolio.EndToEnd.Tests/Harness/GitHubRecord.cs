using System.Text.Json.Nodes;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>A deployment as GitHub has it.</summary>
/// <param name="Statuses">The oldest first.</param>
public sealed record GitHubRecord(JsonNode Deployment, IReadOnlyList<JsonNode> Statuses)
{
    private const int PageSize = 100;

    public string this[string field] => Deployment[field]!.ToString();

    public JsonNode Payload => Deployment["payload"]!;

    public IReadOnlyList<string> States => [.. Statuses.Select(status => status["state"]!.ToString())];

    public string State => States.Count > 0 ? States[^1] : "";

    /// <summary>All of an environment, the oldest first.</summary>
    public static async Task<IReadOnlyList<GitHubRecord>> AllAsync(Cloud cloud, string environment)
    {
        Task<JsonNode> GetAsync(string path) => GitHub.SendAsync(cloud.FirstJob, HttpMethod.Get, path);
        var all = new List<JsonNode>();
        JsonArray page;
        do
        {
            page = (await GetAsync($"deployments?environment={environment}&per_page={PageSize}&page={1 + (all.Count / PageSize)}")).AsArray();
            all.AddRange(page.OfType<JsonNode>());
        }
        while (page.Count == PageSize);

        var records = await Task.WhenAll(all.Select(async one => new GitHubRecord(one, [.. (await GetAsync($"deployments/{one["id"]}/statuses?per_page={PageSize}")).AsArray().OfType<JsonNode>().Reverse()])));
        return [.. records.Reverse()];
    }

    /// <summary>Those of ours that are about an application, the oldest first.</summary>
    public static async Task<IReadOnlyList<GitHubRecord>> OfAsync(Cloud cloud, Application application, string environment) =>
        [.. (await AllAsync(cloud, environment)).Where(record => (record.Payload as JsonObject)?["application"]?.ToString() == application.Name)];
}
