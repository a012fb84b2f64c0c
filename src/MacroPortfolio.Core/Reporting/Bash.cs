using System.Text;

namespace MacroPortfolio.Core.Reporting;

/// <summary>Words of a command line that bash reads back as they were: https://www.gnu.org/software/bash/manual/html_node/Quoting.html</summary>
public static class Bash
{
    /// <summary>
    /// One word. It stays on one line and has nothing in it that <see cref="PlainText"/> would change, so what the log shows is what runs when it is copied.
    /// </summary>
    public static string Quote(string text)
    {
        if (text.Length > 0 && text.All(IsPlain))
        {
            return text;
        }

        // Between single quotes bash reads nothing into anything. What may not be shown as it is needs the other form, which knows escapes.
        return text.EnumerateRunes().All(IsShown) && !text.Contains("##[", StringComparison.Ordinal)
            ? $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'"
            : $"$'{Escaped(text)}'";
    }

    private static string Escaped(string text)
    {
        var word = new StringBuilder(text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\n':
                    word.Append("\\n");
                    break;
                case '\t':
                    word.Append("\\t");
                    break;
                case '\\' or '\'':
                    word.Append('\\').Append(rune);
                    break;
                // An interactive bash looks for '!' before it looks at these quotes, and the runner obeys '##[' wherever it stands.
                case not ('!' or '[') when IsShown(rune):
                    word.Append(rune);
                    break;
                default:
                    foreach (var part in bytes[..rune.EncodeToUtf8(bytes)])
                    {
                        word.Append($"\\x{part:x2}");
                    }

                    break;
            }
        }

        return word.ToString();
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '+' or '=' or ',' or '@' or '/' or ':' or '%';

    private static bool IsShown(Rune rune) => rune.ToString() is var letter && PlainText.Line(letter) == letter;
}
