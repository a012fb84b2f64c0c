using System.Globalization;
using System.Text;

namespace MacroPortfolio.Core.Reporting;

/// <summary>
/// Makes text from outside harmless on a line of the log. The runner obeys <c>::command::</c> at the start of a line, white space aside, and <c>##[command]</c> anywhere in it,
/// on both streams (actions/runner, src/Runner.Common/ActionCommand.cs); terminals obey escape sequences; readers are misled by text that changes its direction.
/// </summary>
public static class PlainText
{
    /// <summary>Of a line of the log that is there to be read. What is cut off no person would have read, and browsers show no longer ones.</summary>
    public const int LongestLine = 4_096;

    /// <summary>One line: line ends become spaces, control characters become visible.</summary>
    public static string Line(string text)
    {
        var line = Visible(text).Replace("##[", "## [", StringComparison.Ordinal);
        var start = line.Length - line.TrimStart().Length;
        return line.AsSpan(start).StartsWith("::") ? line.Insert(start + 1, " ") : line;
    }

    /// <summary>One line of a length that is read. What is cut off is not looked at, however much it is.</summary>
    public static string Short(string text, int longest) => Cut(Line(Cut(text, longest)), longest);

    /// <summary>The lines of a text from outside, each harmless.</summary>
    public static IReadOnlyList<string> Lines(string text) =>
        [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(Line)];

    public static string Cut(string text, int length) =>
        text.Length <= length ? text : $"{text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)]}…";

    /// <summary>The end of a text; of a script's words the last say why it failed.</summary>
    public static string Last(string text, int length) =>
        text.Length <= length ? text : $"…{text[^(char.IsLowSurrogate(text[^(length - 1)]) ? length - 2 : length - 1)..]}";

    private static string Visible(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            visible.Append(rune.Value switch
            {
                '\r' or '\n' or '\t' or 0x85 or 0x2028 or 0x2029 => " ",
                < ' ' => ((char)(0x2400 + rune.Value)).ToString(),
                0x7f => "␡",
                _ when Misleads(rune) => $"\\u{rune.Value.ToString("X4", CultureInfo.InvariantCulture)}",
                _ => rune.ToString(),
            });
        }

        return visible.ToString();
    }

    /// <summary>C1 controls, marks that turn the direction of text, tags, and what a broken encoding leaves.</summary>
    private static bool Misleads(Rune rune) => rune.Value
        is (>= 0x80 and <= 0x9f) or 0x61c or (>= 0x200b and <= 0x200f) or (>= 0x202a and <= 0x202e) or (>= 0x2060 and <= 0x206f) or 0xfeff or (>= 0xe0000 and <= 0xe007f);
}
