using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace MacroPortfolio.Core.Reporting;

/// <summary>
/// Shows text from outside in GitHub's markdown without letting it act. In code, inline or fenced, GitHub renders no HTML, image or link and notifies nobody who is mentioned.
/// </summary>
public static partial class Markdown
{
    /// <summary>Of a text within a sentence or a table. Whoever has more to say says it in the log.</summary>
    private const int LongestText = 4_096;

    private const int LongestCode = 1_024;

    /// <summary>Keeps GitHub from reading a name or a number into what stands around it, and is not seen.</summary>
    private const char WordJoiner = '\u2060';

    /// <summary>Inline code, fit for a table's cell too. The fence is longer than any run of backticks inside: https://spec.commonmark.org/0.31.2/#code-spans</summary>
    public static string Code(string text, int longest = LongestCode)
    {
        var line = LongRun().Replace(PlainText.Short(text.Trim(), longest).Trim(), $"$0{WordJoiner}");
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
        var body = LongRun().Replace(string.Join('\n', lines), $"$0{WordJoiner}");
        var fence = new string('`', Math.Max(3, LongestRun(body) + 1));
        return $"{fence}text\n{body}\n{fence}";
    }

    /// <summary>
    /// Our own sentences around text from outside: what has a meaning in markdown or HTML is escaped, mentions and references are broken. It may begin a line, and it is one line.
    /// </summary>
    public static string Text(string text, int longest = LongestText)
    {
        var line = EmojiName().Replace(PlainText.Short(text.Trim(), longest).Trim(), $"$0{WordJoiner}");
        var page = new StringBuilder(line.Length + 16);
        var at = 0;
        foreach (var commit in CommitWord().EnumerateMatches(line))
        {
            page.Append(Escaped(line.AsSpan(at..commit.Index), at == 0));
            // Some parsers take a backtick that is escaped for one that begins the code.
            page.Append(page.Length > 0 && page[^1] == '`' ? $"{WordJoiner}" : "").Append($"`{line.AsSpan(commit.Index, commit.Length)}`");
            at = commit.Index + commit.Length;
        }

        return page.Append(Escaped(line.AsSpan(at), at == 0)).ToString();
    }

    /// <summary>Words within HTML of ours, where GitHub reads no markdown and still looks for names.</summary>
    public static string InHtml(string text) => CommitWord().Replace(
        WebUtility.HtmlEncode(PlainText.Short(text, LongestText)).Replace("@", $"@{WordJoiner}", StringComparison.Ordinal), word => word.Value.Insert(4, $"{WordJoiner}"));

    private static string Escaped(ReadOnlySpan<char> text, bool begins)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '@' or '#' => escaped.Append('\\', letter == '#' ? 1 : 0).Append(letter).Append(WordJoiner),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '(' or ')' or '!' or '|' or '~' or '$' => escaped.Append('\\').Append(letter),
                _ => escaped.Append(letter),
            };
        }

        // A bare address would become a link.
        var line = Address().Replace(escaped.ToString(), $"$0{WordJoiner}");
        return begins ? BlockStart().Replace(line, "$1\\") : line;
    }

    /// <summary>What addresses and references to issues begin with.</summary>
    [GeneratedRegex(@":(?=//)|www(?=\.)|mail(?=to:)|xm(?=pp:)|te(?=l:)|GH(?=-[0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    /// <summary>GitHub makes a reference of what may be a commit's id. As code it is none, and can be copied.</summary>
    [GeneratedRegex(@"\b(?=[0-9]*[a-f])[0-9a-f]{7,64}\b", RegexOptions.IgnoreCase)]
    private static partial Regex CommitWord();

    /// <summary><c>:octocat:</c> becomes a picture.</summary>
    [GeneratedRegex(":(?=[A-Za-z0-9_+-]+:)")]
    private static partial Regex EmojiName();

    /// <summary>What begins a list or a rule; the other marks are escaped wherever they stand.</summary>
    [GeneratedRegex(@"^([0-9]{1,9}(?=\.)|(?=[-+]))")]
    private static partial Regex BlockStart();

    /// <summary>GitHub's parser takes no more than 80 backticks for the mark of inline code, and counts to 255 where they fence a block.</summary>
    [GeneratedRegex("`{60}(?=`)")]
    private static partial Regex LongRun();

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
