using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests.Crashes;

/// <summary>What a run is to bring about, of each verb that deploys.</summary>
internal sealed class Intent
{
    private const string Old = "chain-1";
    private const string Bad = "chain-3";

    private readonly Func<CrashCloud, Application, string, bool, Task<Scene>> arrange;

    private Intent(string verb, Func<CrashCloud, Application, string, bool, Task<Scene>> arrange) => (Verb, this.arrange) = (verb, arrange);

    public static IReadOnlyList<Intent> All { get; } =
    [
        new("deploy", async (cloud, application, commit, _) =>
        {
            var job = (await cloud.JobOfAsync(commit, "gray")).For(application);
            return new Scene(job, ["deploy", "--deployment-group", "gray"], ["gray"], commit, null, [PullOf(commit)], $"{Short(cloud, commit)} is in gray");
        }),
        new("gray", async (cloud, application, commit, _) =>
        {
            await cloud.HaveAsync(application, Old, "gray");
            var job = (await cloud.JobOfAsync(commit, "gray")).For(application);
            return new Scene(job, ["gray"], ["gray"], commit, Old, [PullOf(commit)], $"{Short(cloud, commit)} is in gray");
        }),
        new("promote", async (cloud, application, commit, _) =>
        {
            await cloud.HaveAsync(application, commit, "gray");
            var job = (await cloud.JobOfAsync("v3", "production")).For(application, World.ProductionRole);
            return new Scene(job, ["promote"], ["stable"], commit, null, [PullOf(commit)], $"{Short(cloud, commit)} is in gray and stable");
        }),
        new("rollback", async (cloud, application, commit, slow) =>
        {
            // In flight it is about one group, so that there is one deployment to be in flight.
            string[] groups = slow ? ["gray"] : ["stable", "gray"];
            await cloud.HaveAsync(application, commit, groups);
            await cloud.HaveAsync(application, Bad, groups);
            var job = (await cloud.JobOfAsync("v3", "production")).For(application, World.ProductionRole);
            string[] words = slow ? ["rollback", "--stage", "gray"] : ["rollback"];
            return new Scene(job, words, groups, commit, Bad, [.. new[] { PullOf(Bad), PullOf(commit) }.Distinct()], $"rolled back in {string.Join(", ", groups)}");
        }),
    ];

    public string Verb { get; }

    /// <param name="slow">Deployments of the run wait at the gate.</param>
    public async Task<Scene> ArrangeAsync(CrashCloud cloud, Application application, bool slow)
    {
        cloud.Release(application);
        var scene = await arrange(cloud, application, slow ? "held" : "chain-2", slow);
        cloud.Close(application);
        return scene;
    }

    private static int PullOf(string commit) => commit == "held" ? CrashCloud.HeldPull : CrashCloud.ChainPull;

    private static string Short(CrashCloud cloud, string commit) => cloud.Commit(commit)[..7];
}
