using System.Text;

namespace MacroPortfolio.EndToEnd.Tests.Runner;

/// <summary>
/// Reads what a step wrote for its runner, as the runner does.
/// https://github.com/actions/runner/blob/v2.336.0/src/Runner.Worker/FileCommandManager.cs
/// </summary>
internal static class CommandFile
{
    /// <summary>A step without such a file has no values.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(string? path)
    {
        if (path is null)
        {
            return new Dictionary<string, string>();
        }

        var bytes = await File.ReadAllBytesAsync(path);
        return bytes is [0xef, 0xbb, 0xbf, ..]
            ? throw new FormatException($"{path} begins with a byte order mark.")
            : Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
    }

    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>();
        var at = 0;
        while (Line(text, ref at) is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            // Whichever comes first decides.
            var (equals, heredoc) = (line.IndexOf('='), line.IndexOf("<<", StringComparison.Ordinal));
            if (heredoc >= 0 && (equals < 0 || heredoc < equals))
            {
                var (name, delimiter) = (line[..heredoc], line[(heredoc + 2)..]);
                if (name.Length == 0 || delimiter.Length == 0)
                {
                    throw new FormatException($"Invalid format '{line}': name and delimiter must not be empty.");
                }

                values[name] = Heredoc(text, ref at, delimiter);
            }
            else
            {
                values[equals > 0 ? line[..equals] : throw new FormatException($"Invalid format '{line}'.")] = line[(equals + 1)..];
            }
        }

        return values;
    }

    private static string Heredoc(string text, ref int at, string delimiter)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = Line(text, ref at) ?? throw new FormatException($"Matching delimiter not found '{delimiter}'.");
            if (line == delimiter)
            {
                return string.Join('\n', lines);
            }

            lines.Add(line);
        }
    }

    private static string? Line(string text, ref int at)
    {
        if (at >= text.Length)
        {
            return null;
        }

        var end = text.IndexOf('\n', at) is var found and >= 0 ? found : text.Length;
        var line = text[at..end];
        at = end + 1;
        return line;
    }
}
