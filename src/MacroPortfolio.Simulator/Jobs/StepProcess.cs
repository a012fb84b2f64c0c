using System.Collections;
using System.Runtime.InteropServices;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.Jobs;

/// <summary>
/// A command in a job's environment. It takes the place of this process (execvpe), so that its exit code, its signals and its terminal are its own.
/// </summary>
internal static partial class StepProcess
{
    private const int SignalPipe = 13;
    private const int NotFound = 2;

    public static ExitCode Become(IReadOnlyList<string> command, IReadOnlyList<KeyValuePair<string, string>> variables, TextWriter notes)
    {
        var environment = Inherited().Where(inherited => variables.All(variable => variable.Key != inherited.Key)).Concat(variables)
            .Select(variable => $"{variable.Key}={variable.Value}");

        // .NET ignores SIGPIPE, and an ignored signal stays ignored in what a process becomes.
        _ = Signal(SignalPipe, 0);
        _ = Execute(command[0], [.. command, null], [.. environment, null]);

        var error = Marshal.GetLastPInvokeError();
        notes.WriteLine($"{command[0]}: {Marshal.GetPInvokeErrorMessage(error)}");
        return error == NotFound ? ExitCode.CommandNotFound : ExitCode.CommandNotExecutable;
    }

    /// <summary>What this process has itself, without what a runner around it has set for its own job.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Inherited() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""))
        .Where(entry => !entry.Key.StartsWith("GITHUB_", StringComparison.Ordinal) && !entry.Key.StartsWith("RUNNER_", StringComparison.Ordinal)
            && !entry.Key.StartsWith("ACTIONS_", StringComparison.Ordinal));

    [LibraryImport("libc", EntryPoint = "execvpe", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string file, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int number, nint handler);
}
