using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>
/// The embedded cloud as a process of its own, over a repository and a world made for it. A class of tests has one;
/// each test takes an application of its own from it.
/// </summary>
public class Cloud : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("macro-portfolio-e2e-");
    private readonly Gate gate = Gate.Open();
    private readonly Lock sync = new();
    private readonly List<RequestRecord> requests = [];
    private readonly List<string> notes = [];
    private readonly IReadOnlyList<Application> applications;
    private readonly string gray;
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });
    private Process? process;
    private Site? site;
    private int taken;
    private int jobs;
    private int settled;

    public Cloud()
        : this(24)
    {
    }

    /// <param name="gray">More keys of every group gray.</param>
    protected Cloud(int applications, string gray = "")
    {
        this.applications =
        [
            new Application("macro-portfolio", 1),
            .. Enumerable.Range(2, applications - 1).Select(number => new Application($"macro-portfolio-{number}", number)),
        ];
        this.gray = gray;
    }

    /// <summary>The environment of the job that the world describes.</summary>
    public Job FirstJob { get; private set; } = null!;

    public string Url => FirstJob["AWS_ENDPOINT_URL"];
    public string StateFolder => Path.Combine(folder.FullName, "state");
    public string SiteFolder => site!.Folder;

    public string Commit(string name) => site![name];

    /// <summary>A commit as the input <c>revision</c> is written.</summary>
    public string Revision(string name) => $"github:{Commit(name)}";

    /// <summary>A commit as the log says it.</summary>
    public string Label(string name) => $"{World.Repository}@{Commit(name)[..7]}";

    /// <summary>The one called <c>macro-portfolio</c>, for tests that change nothing or are alone.</summary>
    public Application Plain => applications[0];

    /// <summary>An application that no other test touches.</summary>
    public Application TakeApplication() => applications[Interlocked.Increment(ref taken)];

    /// <summary>Lets the scripts of the commit <c>held</c> go on.</summary>
    public void Release(Application application) => Release(application.Name);

    public void Release(string application) => gate.Release(application);

    /// <summary>Lets them wait again.</summary>
    public void Close(Application application) => gate.Close(application.Name);

    public async Task InitializeAsync()
    {
        site = await Site.CreateAsync(Path.Combine(folder.FullName, "site"), gate);
        var world = Path.Combine(folder.FullName, "world.yml");
        await File.WriteAllTextAsync(world, Adapt(World.Render(applications, gray)));
        var file = Path.Combine(folder.FullName, "first.env");
        var start = new ProcessStartInfo(Programs.Simulator, ["serve", "--world", world, "--state", StateFolder, "--env-file", file, "--run-scripts", "--folders"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ROOT"] = Programs.DotnetRoot;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data, text => requests.Add(RequestRecord.Parse(text)));
        process.ErrorDataReceived += (_, line) => Note(line.Data, notes.Add);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        // The file appears whole, and only when the cloud is ready.
        await UntilAsync(() => File.Exists(file), "the simulator writes its environment file");
        FirstJob = await Job.ReadAsync(this, file);
    }

    public async Task DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await Shell.SignalAsync(process, "TERM");
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        gate.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>Makes the world what a class of tests needs beyond the usual.</summary>
    protected virtual string Adapt(string world) => world;

    /// <summary>Another job, as <c>simulator job</c> makes it.</summary>
    /// <param name="options">Its options: <c>--event</c>, <c>--id-token</c>, ...</param>
    public async Task<Job> JobAsync(string commit = "v1", string environment = "gray", params string[] options)
    {
        var file = Path.Combine(folder.FullName, $"job-{Interlocked.Increment(ref jobs)}.env");
        var sha = site!.Commits.GetValueOrDefault(commit, commit);
        string[] words = ["job", "--state", StateFolder, "--env-file", file, "--sha", sha, "--environment", environment, .. options];
        await Shell.RunAsync(folder.FullName, "", Programs.Simulator, words);
        return await Job.ReadAsync(this, file);
    }

    /// <summary>Another job, without the cost of a process.</summary>
    /// <param name="request">As <c>simulator job</c> sends it: <c>sha</c>, <c>environment</c>, <c>rerun</c>, ...</param>
    public async Task<Job> JobAsync(JsonObject request)
    {
        if (request["sha"] is { } sha)
        {
            request["sha"] = site!.Commits.GetValueOrDefault(sha.ToString(), sha.ToString());
        }

        var answer = (await AdminAsync(HttpMethod.Post, "jobs", request))!.AsArray();
        return new Job(this, answer.ToImmutableDictionary(pair => pair!["key"]!.ToString(), pair => pair!["value"]!.ToString()));
    }

    /// <summary>The next attempt of a job's run.</summary>
    public Task<Job> AttemptAsync(Job job) => JobAsync(new JsonObject { ["rerun"] = long.Parse(job.RunId) });

    /// <summary>Adds faults, which strike whoever asks, until they are cleared.</summary>
    public async Task FaultsAsync(params IReadOnlyList<JsonObject> faults)
    {
        foreach (var fault in faults)
        {
            await AdminAsync(HttpMethod.Post, "faults", fault);
        }
    }

    public Task ClearFaultsAsync() => AdminAsync(HttpMethod.Delete, "faults");

    /// <summary>Every request so far. What was answered before this call is in it.</summary>
    public async Task<IReadOnlyList<RequestRecord>> RequestsAsync()
    {
        var mark = $"GET /settled/{Interlocked.Increment(ref settled)}";
        using var answer = await Http.GetAsync(new Uri(Url + mark["GET ".Length..]));
        IReadOnlyList<RequestRecord> seen = [];
        await UntilAsync(() => (seen = Snapshot()).Any(request => request.Operation == mark), $"the request log has {mark}");
        return [.. seen.Where(request => request.Service != "unknown")];
    }

    /// <summary>Waits until the log has such a request.</summary>
    public async Task<RequestRecord> RequestAsync(string operation, Func<RequestRecord, bool> which)
    {
        RequestRecord? found = null;
        bool IsThere() => (found = Snapshot().FirstOrDefault(request => request.Operation == operation && which(request))) is not null;
        await UntilAsync(IsThere, $"{operation} is asked");
        return found!;
    }

    /// <summary>The page that an instance serves from its disk; null when there is none.</summary>
    public string? PageOf(string instance)
    {
        var file = Path.Combine(StateFolder, "instances", instance, "var/www/html/index.html");
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    public async Task UntilAsync(Func<bool> condition, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (process!.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
            {
                var end = process.HasExited ? $" ended with {process.ExitCode} and" : "";
                throw new InvalidOperationException($"Waited in vain that {what}. The simulator{end} says:\n{string.Join('\n', Notes())}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private async Task<JsonNode?> AdminAsync(HttpMethod method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, $"{Url}/_simulator/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return !answer.IsSuccessStatusCode ? throw new InvalidOperationException($"{method} {path} answered {answer.StatusCode}: {text}")
            : text.Length > 0 ? JsonNode.Parse(text) : null;
    }

    private IReadOnlyList<RequestRecord> Snapshot()
    {
        lock (sync)
        {
            return [.. requests];
        }
    }

    private IReadOnlyList<string> Notes()
    {
        lock (sync)
        {
            return [.. notes];
        }
    }

    private void Note(string? line, Action<string> take)
    {
        if (line is not null)
        {
            lock (sync)
            {
                take(line);
            }
        }
    }
}
