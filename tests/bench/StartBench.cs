using System.Globalization;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.Bench;

/// <summary>
/// P1: from the start of our process to CreateDeployment on the wire, beside the whole of the aws CLI's create-deployment, by turns and warm.
/// Ours fetches an OIDC token, assumes the role and reads the group before it creates; the CLI has its keys and only creates.
/// </summary>
internal static class StartBench
{
    private const int Rounds = 15;
    private const int Warming = 2;

    public static async Task RunAsync(Scores scores, Programs programs, TimeProvider time)
    {
        await using var cloud = await Cloud.RaiseAsync(programs, time, World.Render(0.001, [new("gray", 2), new("stable", 2)]));
        var (ours, peers, trips) = (new List<double>(), new List<double>(), int.MaxValue);
        for (var round = 0; round < Rounds + Warming; round++)
        {
            var job = await cloud.JobAsync();
            job["INPUT_DEPLOYMENT-GROUP"] = "gray";
            var (count, began) = (cloud.Count, time.GetUtcNow());
            await Cloud.RunAsync(programs.MacroPortfolio, ["deploy"], job);
            var requests = await cloud.SinceAsync(count);
            var own = (requests.Of("CreateDeployment")[0].Time - began).TotalMilliseconds;
            // Requests that go out together may be answered one after the other: the round that shows the fewest tells the most.
            trips = Math.Min(trips, requests.TakeWhile(request => request.Operation != "CreateDeployment").Where(request => request.Service != "github").RoundTrips() + 1);

            var start = time.GetTimestamp();
            await Cloud.RunAsync(programs.Aws, Create(cloud), Keys);
            var peer = time.GetElapsedTime(start).TotalMilliseconds;
            if (round >= Warming)
            {
                ours.Add(own);
                peers.Add(peer);
            }

            // One deployment a group at a time: the CLI's own has to be over before its next.
            await Task.Delay(TimeSpan.FromMilliseconds(300), time);
        }

        scores.Say(string.Create(CultureInfo.InvariantCulture, $"P1  process start to CreateDeployment on the wire: {Median(ours):0.0} ms (fastest {ours.Min():0.0}); aws deploy create-deployment: {Median(peers):0} ms (fastest {peers.Min():0}); medians of {Rounds}, by turns"));
        scores.AtLeast("P1", "times sooner than the aws CLI ends", Median(peers) / Median(ours), 20, 14, "x");
        scores.AtMost("P1", "round trips one after another, the create request's with them", trips, 6, 6, "");
    }

    internal static Dictionary<string, string> Keys { get; } = new()
    {
        ["PATH"] = "/usr/bin:/bin",
        ["HOME"] = "/nonexistent",
        ["AWS_ACCESS_KEY_ID"] = World.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = World.SecretKey,
        ["AWS_DEFAULT_REGION"] = World.Region,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_PAGER"] = "",
    };

    private static string[] Create(Cloud cloud) =>
    [
        "--endpoint-url", cloud.Url, "deploy", "create-deployment", "--application-name", World.Application, "--deployment-group-name", "stable",
        "--github-location", $"repository={World.Repository},commitId={cloud.Sha}",
    ];

    private static double Median(IEnumerable<double> figures) => figures.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;
}
