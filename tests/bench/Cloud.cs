using System.Diagnostics;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.Bench;

/// <summary>The simulator as a process of its own, in a folder for temporary files, over a repository with one commit.</summary>
internal sealed class Cloud : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("macro-portfolio-bench-");
    private readonly Lock sync = new();
    private readonly List<RequestRecord> requests = [];
    private readonly List<string> notes = [];
    private readonly Programs programs;
    private readonly TimeProvider time;
    private Process? process;
    private int jobs;
    private int settled;

    private Cloud(Programs programs, TimeProvider time) => (this.programs, this.time) = (programs, time);

    public string Sha { get; private set; } = "";
    public string Url { get; private set; } = "";

    public static async Task<Cloud> RaiseAsync(Programs programs, TimeProvider time, string world)
    {
        var cloud = new Cloud(programs, time);
        await cloud.StartAsync(world);
        return cloud;
    }

    /// <summary>The environment of a new job, as the runner would give it to a step.</summary>
    public async Task<Dictionary<string, string>> JobAsync()
    {
        var file = Path.Combine(folder.FullName, $"job-{++jobs}.env");
        await RunAsync(programs.Simulator, ["job", "--state", State, "--env-file", file], new() { ["DOTNET_ROOT"] = Programs.DotnetRoot, ["PATH"] = Path.GetDirectoryName(programs.Simulator) + ":/usr/bin:/bin" });
        var job = await ReadAsync(file);
        job["INPUT_APPLICATION"] = World.Application;
        job["INPUT_ROLE-TO-ASSUME"] = World.Role;
        return job;
    }

    /// <summary>Runs a program with exactly this environment to its end; what it said if it fails.</summary>
    public static async Task<string> RunAsync(string program, string[] words, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var run = Process.Start(start)!;
        var (said, complained) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync();
        var heard = await said + await complained;
        return run.ExitCode == 0 ? heard : throw new InvalidOperationException($"{program} {string.Join(' ', words)} ended with {run.ExitCode}:\n{heard}");
    }

    /// <summary>How many requests there were so far.</summary>
    public int Count => Snapshot().Count;

    /// <summary>The requests since there were so many. What was answered before this call is among them.</summary>
    public async Task<IReadOnlyList<RequestRecord>> SinceAsync(int count)
    {
        var mark = $"GET /settled/{++settled}";
        using var answer = await Http.GetAsync(new Uri(Url + mark["GET ".Length..]));
        await UntilAsync(() => Snapshot().Any(request => request.Operation == mark), mark);
        return [.. Snapshot().Skip(count).Where(request => request.Service != "unknown")];
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await RunAsync("/bin/kill", ["-TERM", $"{process.Id}"], []);
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task UntilAsync(Func<bool> condition, string what)
    {
        var began = time.GetTimestamp();
        while (!condition())
        {
            if (process!.HasExited || time.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException($"Waited in vain for {what}. The simulator says:\n{string.Join('\n', notes)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), time);
        }
    }

    private List<RequestRecord> Snapshot()
    {
        lock (sync)
        {
            return [.. requests];
        }
    }

    private string State => Path.Combine(folder.FullName, "cloud");

    private async Task StartAsync(string world)
    {
        var site = Path.Combine(folder.FullName, "site");
        Directory.CreateDirectory(site);
        await File.WriteAllTextAsync(Path.Combine(site, "index.html"), "<h1>Model allocation</h1>\n");
        await File.WriteAllTextAsync(Path.Combine(site, "appspec.yml"), "version: 0.0\nos: linux\nfiles:\n  - { source: /index.html, destination: /srv/site }\nfile_exists_behavior: OVERWRITE\n");
        var git = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin:/usr/local/bin", ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_SYSTEM"] = "/dev/null" };
        string[] who = ["-C", site, "-c", "user.name=dana", "-c", "user.email=dana@acme.example"];
        await RunAsync("git", [.. who, "init", "-q", "-b", "main"], git);
        await RunAsync("git", [.. who, "add", "-A"], git);
        await RunAsync("git", [.. who, "commit", "-q", "-m", "Model allocation, month end"], git);
        Sha = (await RunAsync("git", [.. who, "rev-parse", "HEAD"], git)).Trim();

        var file = Path.Combine(folder.FullName, "first.env");
        var worldFile = Path.Combine(folder.FullName, "world.yml");
        await File.WriteAllTextAsync(worldFile, world);
        string[] serve = [programs.Simulator, "serve", "--world", worldFile, "--state", State, "--env-file", file];

        // Without the right to mount, instances are folders and not views of the machine: a thousand of those would be a thousand mounts.
        string[] command = Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-sys_admin", .. serve] : serve;
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = Programs.DotnetRoot;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Take(line.Data, text => requests.Add(RequestRecord.Parse(text)));
        process.ErrorDataReceived += (_, line) => Take(line.Data, notes.Add);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await UntilAsync(() => File.Exists(file), "its environment file");
        Url = (await ReadAsync(file))["AWS_ENDPOINT_URL"];
    }

    private static async Task<Dictionary<string, string>> ReadAsync(string file) =>
        (await File.ReadAllLinesAsync(file)).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    private void Take(string? line, Action<string> take)
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
