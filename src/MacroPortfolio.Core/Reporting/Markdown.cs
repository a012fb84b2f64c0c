using System.Text;
using System.Text.RegularExpressions;

namespace MacroPortfolio.Core.Reporting;

/// <summary>
/// Shows text from outside in GitHub's markdown without letting it act. In code, inline or fenced, GitHub renders no HTML, image or link and notifies nobody who is mentioned.
/// </summary>
public static partial class Markdown
{
    /// <summary>Inline code, fit for a table's cell too. The fence is longer than any run of backticks inside: https://spec.commonmark.org/0.31.2/#code-spans</summary>
    public static string Code(string text)
    {
        var line = PlainText.Line(text).Trim();
        if (line.Length == 0)
        {
            return "";
        }

        var fence = new string('`', LongestRun(line) + 1);
        var pad = line.StartsWith('`') || line.EndsWith('`') ? " " : "";
        return $"{fence}{pad}{line.Replace("|", "\\|", StringComparison.Ordinal)}{pad}{fence}";
    }

    /// <summary>A fenced block.</summary>
    public static string Block(IEnumerable<string> lines)
    {
        var body = string.Join('\n', lines);
        var fence = new string('`', Math.Max(3, LongestRun(body) + 1));
        return $"{fence}text\n{body}\n{fence}";
    }

    /// <summary>Our own sentences around text from outside: what has a meaning in markdown or HTML is escaped, mentions and references are broken.</summary>
    public static string Text(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var letter in PlainText.Line(text))
        {
            // A zero-width joiner after '@' and '#' keeps GitHub from reading a name or a number into what follows.
            _ = letter switch
            {
                '@' or '#' => escaped.Append('\\', letter == '#' ? 1 : 0).Append(letter).Append('\u2060'),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '(' or ')' or '!' or '|' or '~' or '$' => escaped.Append('\\').Append(letter),
                _ => escaped.Append(letter),
            };
        }

        // A bare address would become a link, and GitHub shortens commit ids and issue addresses to references.
        return IssueReference().Replace(escaped.ToString(), "$0\u2060").Replace("://", ":\u2060//", StringComparison.Ordinal).Replace("www.", "www\u2060.", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("GH(?=-[0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex IssueReference();

    private static int LongestRun(string text)
    {
        int longest = 0, run = 0;
        foreach (var letter in text)
        {
            run = letter == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
