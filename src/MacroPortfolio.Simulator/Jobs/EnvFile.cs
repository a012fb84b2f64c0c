namespace MacroPortfolio.Simulator.Jobs;

/// <summary>A job's environment as a file, one <c>NAME=value</c> a line.</summary>
public static class EnvFile
{
    /// <summary>Appears whole at once: whoever waits for the file may read it when it is there.</summary>
    public static async Task WriteAsync(string path, IEnumerable<KeyValuePair<string, string>> variables, CancellationToken ct)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var unfinished = $"{full}.{Environment.ProcessId}.tmp";
        await File.WriteAllTextAsync(unfinished, string.Concat(variables.Select(variable => $"{variable.Key}={variable.Value}\n")), ct);
        File.Move(unfinished, full, overwrite: true);
    }
}
