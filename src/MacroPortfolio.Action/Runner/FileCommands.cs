using System.Text;

namespace MacroPortfolio.Action.Runner;

/// <summary>The runner's file commands. The other end: https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs</summary>
internal static class FileCommands
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>One output. The delimiter is new each time, so no value can end it.</summary>
    public static string Output(string name, string value)
    {
        var delimiter = $"ghadelimiter_{Guid.NewGuid()}";
        return $"{name}<<{delimiter}\n{value}\n{delimiter}\n";
    }

    /// <summary>Appends to a file of the runner's; without one (outside GitHub Actions) there is nobody to tell.</summary>
    public static async Task AppendAsync(string? path, string text, CancellationToken ct)
    {
        if (path is not null)
        {
            await File.AppendAllTextAsync(path, text, Utf8, ct);
        }
    }
}
