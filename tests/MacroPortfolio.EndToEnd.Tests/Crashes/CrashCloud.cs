using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests.Crashes;

/// <summary>A cloud for many runs at once, whose commits <c>chain-*</c> and <c>held</c> have pull requests. Runs share jobs: they differ by their application.</summary>
internal sealed class CrashCloud : Harness.Cloud, IAsyncDisposable
{
    public const int ChainPull = 116;
    public const int HeldPull = 117;

    private static readonly int[] Pulls = [ChainPull, HeldPull];
    private static readonly string[] Kept = ["INPUT_APPLICATION", "INPUT_ROLE-TO-ASSUME"];

    private readonly ConcurrentDictionary<(string, string), Lazy<Task<Job>>> first = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<Job>>> later = new();

    private CrashCloud(int applications)
        : base(applications)
    {
    }

    public static async Task<CrashCloud> StartAsync(int applications)
    {
        var cloud = new CrashCloud(applications + 2);
        await cloud.InitializeAsync();
        return cloud;
    }

    /// <summary>The first attempt of the run at a commit.</summary>
    public Task<Job> JobOfAsync(string commit, string environment) =>
        first.GetOrAdd((commit, environment), _ => new(() => JobAsync(new JsonObject { ["sha"] = commit, ["environment"] = environment }))).Value;

    /// <summary>A later attempt of the job's run.</summary>
    public async Task<Job> LaterAsync(Job job)
    {
        var attempt = await later.GetOrAdd(job.RunId, _ => new(() => AttemptAsync(job))).Value;
        return Kept.Aggregate(attempt, (same, name) => same.With(name, job[name]));
    }

    /// <summary>Groups come to run a commit, by a person's hand.</summary>
    public Task HaveAsync(Application application, string commit, params IReadOnlyList<string> groups) => Task.WhenAll(groups.Select(async group =>
    {
        var laptop = new Laptop(this);
        var ended = await laptop.EndedAsync(await laptop.DeployAsync(application, group, commit));
        ended["status"]!.ToString().Should().Be("Succeeded");
    }));

    /// <summary>The application's comments, each with its pull request.</summary>
    public async Task<IReadOnlyList<(int Pull, string Body)>> CommentsAsync(Application application)
    {
        var pages = await Task.WhenAll(Pulls.Select(async pull => (Pull: pull, All: await GitHub.SendAsync(FirstJob, HttpMethod.Get, $"issues/{pull}/comments?per_page=100"))));
        return [.. pages.SelectMany(page => page.All.AsArray().Select(comment => (page.Pull, Body: comment!["body"]!.ToString())))
            .Where(comment => comment.Body.Contains($"comment for {application.Name} ", StringComparison.Ordinal))];
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    protected override string Adapt(string world) => world.Replace("pulls:\n", """
        pulls:
                - { number: 116, title: "Steps", author: dana, head: chain, state: open }
                - { number: 117, title: "Wait for the vendor", author: dana, head: held, state: open }

        """);
}
