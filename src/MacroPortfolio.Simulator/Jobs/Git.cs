using System.Diagnostics;

namespace MacroPortfolio.Simulator.Jobs;

/// <summary>The git program in one folder, without the configuration of the machine or of a hook that the simulator may run in.</summary>
internal sealed class Git(string folder, IReadOnlyDictionary<string, string>? variables = null)
{
    private static readonly string[] HookVariables =
        ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX"];

    /// <exception cref="GitException">git ended with an error.</exception>
    public async Task<string> RunAsync(CancellationToken ct, params string[] arguments)
    {
        // The repositories of the world may belong to another user.
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "-c", "advice.detachedHead=false", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in HookVariables)
            start.Environment.Remove(name);
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0
            ? (await output).TrimEnd('\n')
            : throw new GitException($"git {string.Join(' ', arguments)} (in {folder}): {(await error).Trim()}");
    }

    /// <summary>The output, or null when git ended with an error.</summary>
    public async Task<string?> TryAsync(CancellationToken ct, params string[] arguments)
    {
        try
        {
            return await RunAsync(ct, arguments);
        }
        catch (GitException)
        {
            return null;
        }
    }
}

public sealed class GitException(string message) : Exception(message);
