using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.Bench;

/// <summary>P6: what a run takes of the 1,000 requests an hour that GitHub gives a repository.</summary>
internal static class GitHubBench
{
    public static async Task RunAsync(Scores scores, Programs programs, TimeProvider time)
    {
        await using var cloud = await Cloud.RaiseAsync(programs, time, World.Render(0.001, [new("gray", 2), new("stable", 2)]));
        scores.AtMost("P6", "requests to GitHub of a deployment of one group", await CountAsync(cloud, programs, "deploy", "--deployment-group", "gray"), 20, 20, "");
        scores.AtMost("P6", "requests to GitHub of a gray release with its comment", await CountAsync(cloud, programs, "gray"), 40, 40, "");
    }

    private static async Task<int> CountAsync(Cloud cloud, Programs programs, params string[] words)
    {
        var job = await cloud.JobAsync();
        var before = cloud.Count;
        await Cloud.RunAsync(programs.MacroPortfolio, words, job);
        var requests = await cloud.SinceAsync(before);
        return requests.To("github").Count;
    }
}
