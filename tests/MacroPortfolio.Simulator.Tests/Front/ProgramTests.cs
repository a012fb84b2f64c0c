using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MacroPortfolio.Simulator.Tests.World;

namespace MacroPortfolio.Simulator.Tests.Front;

/// <summary>The program itself, as a process of its own.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("program-").FullName;
    private readonly TestRepository _repository;

    public ProgramTests()
    {
        _repository = new TestRepository(Path.Combine(_folder, "site"));
        File.WriteAllText(Path.Combine(_folder, "world.yml"), "github: { repositories: [{ name: acme/macro-portfolio, git: ./site }] }\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_serves_until_it_is_told_to_end_and_starts_jobs_meanwhile()
    {
        using var serve = Start("serve", "--world", "world.yml", "--state", "state", "--env-file", "job.env");
        var first = await EnvironmentAsync("job.env", serve);

        var plain = await RunAsync("job", "--state", "state", "--env-file", "second.env", "--sha", "feature", "--actor", "lee");
        var second = await EnvironmentAsync("second.env", serve);
        var command = await RunAsync("job", "--state", "state", "--env-file", "third.env", "--rerun", second["GITHUB_RUN_ID"], "--", "bash", "-c",
            "printf '%s ' \"$GITHUB_SHA\" \"$GITHUB_RUN_ATTEMPT\" \"$KEPT\" \"$GITHUB_STALE\"; env | grep --count '^INPUT_GITHUB-TOKEN=ghs_'; exit 7");
        var killed = await RunAsync("job", "--state", "state", "--env-file", "fourth.env", "--", "sh", "-c", "kill -TERM $$");
        var missing = await RunAsync("job", "--state", "state", "--env-file", "fifth.env", "--", "no-such-program");
        var refused = await RunAsync("job", "--state", "state", "--env-file", "sixth.env", "--sha", "nowhere");
        Process.Start("kill", ["-TERM", serve.Id.ToString()]).WaitForExit();
        await serve.WaitForExitAsync();

        first["GITHUB_SHA"].Should().Be(_repository.Main);
        plain.Should().Be((0, "", ""));
        (second["GITHUB_SHA"], second["GITHUB_ACTOR"], second["GITHUB_RUN_NUMBER"]).Should().Be((_repository.Feature, "lee", "2"));
        command.Should().Be((7, $"{_repository.Feature} 2 kept  1\n", ""));
        killed.Code.Should().Be(128 + 15);
        (missing.Code, missing.Error).Should().Be((127, "no-such-program: No such file or directory\n"));
        (refused.Code, refused.Error).Should().Be((2, $"simulator: 'nowhere' is no commit of acme/macro-portfolio ({_repository.Folder}).\n"));
        File.Exists(Path.Combine(_folder, "sixth.env")).Should().BeFalse();
        serve.ExitCode.Should().Be(0);
        (await serve.StandardOutput.ReadToEndAsync()).Should().BeEmpty();
        Directory.GetFiles(_folder, "*.tmp").Should().BeEmpty();
    }

    [Fact]
    public async Task It_lends_instances_a_web_server_that_serves_a_folder()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "site", "index.html"), "the page");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        using var serve = Start("serve", "--world", "world.yml", "--state", "state", "--env-file", "job.env");
        await EnvironmentAsync("job.env", serve);
        using var web = Process.Start(Path.Combine(_folder, "state", "web-server"), ["--root", Path.Combine(_folder, "site"), "--port", $"{port}"]);
        var page = await PageAsync(new Uri($"http://127.0.0.1:{port}/"), web);
        foreach (var process in new[] { web, serve })
        {
            Process.Start("kill", ["-TERM", process.Id.ToString()]).WaitForExit();
            await process.WaitForExitAsync();
        }

        page.Should().Be("the page");
        web.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task A_job_without_a_simulator_is_refused()
    {
        var (code, _, error) = await RunAsync("job", "--state", "state", "--env-file", "job.env");

        (code, error).Should().Be((2, error));
        error.Should().StartWith("simulator: No simulator runs with the state folder 'state':");
    }

    [Theory]
    [InlineData("", 2, "simulator serve --world FILE")]
    [InlineData("deploy", 2, "simulator: 'deploy' is not known; known: serve, job, web, --help.")]
    [InlineData("serve --world world.yml --stat x", 2, "simulator: '--stat' is not known here; known: --world, --state, --env-file, --port, --iam-log, --run-scripts, --folders.")]
    [InlineData("serve --world world.yml --port 99999", 2, "simulator: --port is '99999', which is not a number from 0 to 65535.")]
    [InlineData("serve --world none.yml --state s --env-file e", 2, "simulator: The world file 'none.yml' cannot be read:")]
    [InlineData("serve --world world.yml --state s --env-file e -- x", 2, "simulator: serve runs no command; 'simulator job ... -- COMMAND' does.")]
    [InlineData("job --state s --env-file e --rerun last", 2, "simulator: --rerun is 'last', which is not a number")]
    [InlineData("job --state s --env-file e --", 2, "simulator: There is no command after '--'.")]
    public async Task What_it_cannot_do_it_says_in_words(string words, int code, string error)
    {
        var result = await RunAsync(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        (result.Code, result.Output).Should().Be((code, ""));
        result.Error.Should().Contain(error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve --help")]
    [InlineData("job --help")]
    public async Task Help_is_no_error(string words)
    {
        var result = await RunAsync(words.Split(' '));

        (result.Code, result.Error).Should().Be((0, ""));
        result.Output.Should().Contain("simulator job --state DIR");
    }

    private Process Start(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "simulator.dll"), .. words])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KEPT"] = "kept";
        start.Environment["GITHUB_STALE"] = "of another job";
        return Process.Start(start)!;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] words)
    {
        using var process = Start(words);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static async Task<string> PageAsync(Uri url, Process server)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        while (true)
        {
            try
            {
                return await client.GetStringAsync(url);
            }
            catch (HttpRequestException) when (!server.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    /// <summary>The file appears whole, so it can be read as soon as it is there.</summary>
    private async Task<Dictionary<string, string>> EnvironmentAsync(string name, Process serve)
    {
        var file = Path.Combine(_folder, name);
        while (!File.Exists(file))
        {
            serve.HasExited.Should().BeFalse("the simulator should be serving");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        return (await File.ReadAllLinesAsync(file)).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }
}
