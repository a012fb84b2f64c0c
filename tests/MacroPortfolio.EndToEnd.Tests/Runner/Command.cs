namespace MacroPortfolio.EndToEnd.Tests.Runner;

/// <summary>
/// A workflow command as the runner reads it from a line: <c>::name key=value::data</c> behind leading white space, or the old
/// <c>##[name key=value]data</c> anywhere.
/// https://github.com/actions/runner/blob/v2.336.0/src/Runner.Common/ActionCommand.cs
/// </summary>
public sealed record Command(string Name, IReadOnlyDictionary<string, string> Properties, string Data)
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "internal-set-repo-path", "notice", "remove-matcher",
        "save-state", "set-env", "set-output", "stop-commands", "warning",
    };

    private static readonly (string Code, string Text)[] DataEscapes = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")];
    private static readonly (string Code, string Text)[] PropertyEscapes = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];
    private static readonly (string Code, string Text)[] OldEscapes = [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%25", "%")];

    /// <summary>Whether the runner takes a word to stop commands until it comes again; a step that gives another fails.</summary>
    public static bool MayStop(string token) => token.Length > 0 && !Known.Contains(token) && !token.Equals("pause-logging", StringComparison.OrdinalIgnoreCase);

    /// <param name="token">The word that a stopped runner waits for; it counts as a command then.</param>
    public static bool TryParse(string line, string? token, out Command? command) =>
        TryParseNew(line, token, out command) || TryParseOld(line, token, out command);

    private static bool TryParseNew(string line, string? token, out Command? command)
    {
        command = null;
        line = line.TrimStart();
        if (!line.StartsWith("::", StringComparison.Ordinal) || line.IndexOf("::", 2, StringComparison.Ordinal) is not (var end and >= 0))
        {
            return false;
        }

        command = Of(line[2..end], ',', token, PropertyEscapes, Unescape(line[(end + 2)..], DataEscapes));
        return command is not null;
    }

    private static bool TryParseOld(string line, string? token, out Command? command)
    {
        command = null;
        if (line.IndexOf("##[", StringComparison.Ordinal) is not (var begin and >= 0) || line.IndexOf(']', begin) is not (var end and >= 0))
        {
            return false;
        }

        command = Of(line[(begin + 3)..end], ';', token, OldEscapes, Unescape(line[(end + 1)..], OldEscapes));
        return command is not null;
    }

    private static Command? Of(string head, char separator, string? token, (string Code, string Text)[] escapes, string data)
    {
        var (name, rest) = head.IndexOf(' ') is var space and >= 0 ? (head[..space], head[(space + 1)..]) : (head, "");
        if (!Known.Contains(name) && !string.Equals(name, token, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in rest.Trim().Split(separator, StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2))
        {
            properties[pair[0]] = Unescape(pair[1], escapes);
        }

        return new Command(name.ToLowerInvariant(), properties, data);
    }

    private static string Unescape(string text, (string Code, string Text)[] escapes) =>
        escapes.Aggregate(text, (left, escape) => left.Replace(escape.Code, escape.Text, StringComparison.Ordinal));
}
