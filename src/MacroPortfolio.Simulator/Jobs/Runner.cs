using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Jobs;

/// <summary>Starts jobs: decides what a job is, fills its folder and hands out its environment. Running the step is the caller's part.</summary>
/// <param name="state">The simulator's folder.</param>
/// <param name="url">The simulator's address, once it has one.</param>
/// <param name="started">Is told of each job that starts.</param>
public sealed class Runner(WorldFile world, string state, JobTokens tokens, Func<string> url, Action<Job>? started = null) : IDisposable
{
    /// <summary>The runner's own services, beside GitHub's API.</summary>
    public const string ServicesPath = "/_actions/";
    public const string IdTokenPath = $"{ServicesPath}idtoken/";

    private const long FirstRun = 9_100_200_301;

    private readonly Chance _chance = new(world.Seed, "jobs");
    private readonly JobResolver _resolver = new(world);
    private readonly ConcurrentDictionary<string, Job> _byRequestToken = new();
    private readonly Dictionary<long, Job> _lastAttempts = [];
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private long _lastRun = LastRunIn(state);

    public bool TryGetJob(string requestToken, [MaybeNullWhen(false)] out Job job) => _byRequestToken.TryGetValue(requestToken, out job);

    /// <exception cref="JobException">There can be no such job.</exception>
    public async Task<StartedJob> StartAsync(JobRequest request, CancellationToken ct)
    {
        await _oneAtATime.WaitAsync(ct);
        try
        {
            var earlier = request.Rerun is { } run ? LastAttempt(run) : null;
            var plan = earlier is null ? await _resolver.ResolveAsync(request, ct) : await JobResolver.ResolveRerunAsync(request, earlier, ct);
            var prepared = await PrepareAsync(plan, earlier, ct);

            var job = prepared.Job;
            _lastRun = Math.Max(_lastRun, job.RunId);
            _lastAttempts[job.RunId] = job;
            _byRequestToken[job.RequestToken] = job;
            tokens.Add(new JobToken(job.GitHubToken, job.Repository.Name, job.TokenPermissions, job.RunId, job.Actor));
            started?.Invoke(job);
            return prepared;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private Job LastAttempt(long run) => _lastAttempts.GetValueOrDefault(run)
        ?? throw new JobException([$"--rerun is '{run}', and there was no such run here; there were {string.Join(", ", _lastAttempts.Keys)}."]);

    private async Task<StartedJob> PrepareAsync(JobPlan plan, Job? earlier, CancellationToken ct)
    {
        var run = earlier?.RunId ?? _lastRun + 1;
        var job = new Job(plan.Repository, run, run - FirstRun + 1, (earlier?.Attempt ?? 0) + 1, plan.Sha, plan.Ref, plan.Pull, plan.Event, plan.Workflow,
            plan.WorkflowName, plan.Actor, plan.TriggeringActor, plan.Environment, plan.MakesDeployment, plan.MayRequestIdToken, plan.TokenPermissions,
            RequestToken: _chance.Text(120, Chance.Letters), GitHubToken: $"ghs_{_chance.Text(36, Chance.Letters)}");

        var folder = new JobFolder(state, job.RunId, job.Attempt);
        var workspace = folder.Workspace(job.Repository.Name);
        var checkout = new Checkout(job.Repository);
        folder.Create(job.Repository.Name, JobVariables.CommandFiles);
        await checkout.PrepareAsync(workspace, ct);
        if (job.Pull is { } pull)
            job = job with
            {
                Sha = await checkout.MergeAsync(workspace, pull.BaseSha, pull.HeadSha, ct)
                    ?? throw new JobException([$"Pull request {pull.World.Number} conflicts with {pull.BaseRef}; GitHub starts no workflow for it then."]),
            };
        await checkout.SwitchAsync(workspace, job.Sha, ct);

        var head = await checkout.ReadAsync(job.Pull?.HeadSha ?? job.Sha, ct);
        var payload = EventPayload.Of(job, head, url()).ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        await File.WriteAllTextAsync(folder.EventFile, $"{payload}\n", ct);
        return new StartedJob(job, JobVariables.Of(job, folder, url(), world.Region));
    }

    /// <summary>A simulator that is started again over the same folder goes on counting, so that no job writes into the files of another.</summary>
    private static long LastRunIn(string state)
    {
        var jobs = Path.Combine(state, "jobs");
        var runs = Directory.Exists(jobs) ? Directory.EnumerateDirectories(jobs).Select(Path.GetFileName) : [];
        return runs.Select(name => long.TryParse(name, NumberStyles.None, null, out var run) ? run : 0).Append(FirstRun - 1).Max();
    }
}
