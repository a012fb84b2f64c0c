using System.Diagnostics;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>Processes that are only means: they must work.</summary>
internal static class Shell
{
    public static async Task<string> RunAsync(string folder, string input, string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_ROOT"] = Programs.DotnetRoot;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? (await output).Trim()
            : throw new InvalidOperationException($"{program} {string.Join(' ', words)} ended with {process.ExitCode}: {await error}");
    }

    /// <param name="signal">INT, TERM, ...</param>
    public static Task SignalAsync(Process process, string signal) => RunAsync("/", "", "bash", "-c", $"kill -{signal} {process.Id}");
}
