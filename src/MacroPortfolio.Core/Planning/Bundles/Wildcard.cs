using System.Text;

namespace MacroPortfolio.Core.Planning.Bundles;

/// <summary>
/// Globs as gitignore has them, on bytes as git compares them: <c>*</c> and <c>?</c> stop at a slash, <c>**</c> between slashes does not.
/// https://git-scm.com/docs/gitignore
/// </summary>
internal static class Wildcard
{
    /// <summary>What a try came to. The two that are past help spare all tries that would only begin later, so that a long row of stars takes no age.</summary>
    private enum Found
    {
        Yes,
        No,

        /// <summary>The text ended, so beginning later does not help.</summary>
        TextOver,

        /// <summary>A slash ended what a single star may take, so only a double one before it can help.</summary>
        SlashInTheWay,
    }

    public static bool Matches(ReadOnlySpan<byte> glob, ReadOnlySpan<byte> text) => Try(glob, 0, text) == Found.Yes;

    private static Found Try(ReadOnlySpan<byte> glob, int at, ReadOnlySpan<byte> text)
    {
        var read = 0;
        for (; at < glob.Length; at++, read++)
        {
            if (read == text.Length && glob[at] != '*')
            {
                return Found.TextOver;
            }

            switch (glob[at])
            {
                case (byte)'*':
                    return Star(glob, at, text[read..]);

                case (byte)'?' when text[read] == '/':
                    return Found.No;

                case (byte)'?':
                    break;

                case (byte)'[':
                    if (Class(glob, ref at, text[read]) is not true)
                    {
                        return Found.No;
                    }

                    break;

                case (byte)'\\' when at + 1 == glob.Length:
                    return Found.No;

                case (byte)'\\':
                    if (glob[++at] != text[read])
                    {
                        return Found.No;
                    }

                    break;

                case var letter:
                    if (letter != text[read])
                    {
                        return Found.No;
                    }

                    break;
            }
        }

        return read == text.Length ? Found.Yes : Found.No;
    }

    private static Found Star(ReadOnlySpan<byte> glob, int first, ReadOnlySpan<byte> text)
    {
        var after = first;
        while (after < glob.Length && glob[after] == '*')
        {
            after++;
        }

        var slashFollows = after < glob.Length && glob[after] == '/';
        var stopsAtSlash = true;
        if (after - first > 1 && (first == 0 || glob[first - 1] == '/') && (after == glob.Length || slashFollows || glob[after..] is [(byte)'\\', (byte)'/', ..]))
        {
            // Between slashes it stands for any number of folders, none among them.
            if (slashFollows && Try(glob, after + 1, text) == Found.Yes)
            {
                return Found.Yes;
            }

            stopsAtSlash = false;
        }

        if (after == glob.Length)
        {
            return stopsAtSlash && text.Contains((byte)'/') ? Found.SlashInTheWay : Found.Yes;
        }

        if (stopsAtSlash && slashFollows)
        {
            var slash = text.IndexOf((byte)'/');
            return slash < 0 ? Found.TextOver : Try(glob, after, text[slash..]);
        }

        for (var taken = 0; taken < text.Length; taken++)
        {
            var found = Try(glob, after, text[taken..]);
            if (found != Found.No && (stopsAtSlash || found != Found.SlashInTheWay))
            {
                return found;
            }

            if (stopsAtSlash && text[taken] == '/')
            {
                return Found.SlashInTheWay;
            }
        }

        return Found.TextOver;
    }

    /// <returns>Null where the class has no end, so that nothing matches. <paramref name="at"/> is left at the closing bracket.</returns>
    private static bool? Class(ReadOnlySpan<byte> glob, ref int at, byte letter)
    {
        var isNegated = at + 1 < glob.Length && glob[at + 1] is (byte)'!' or (byte)'^';
        var matched = false;
        byte? before = null;
        var first = at += isNegated ? 2 : 1;
        for (; ; at++)
        {
            if (at >= glob.Length)
            {
                return null;
            }

            var one = glob[at];
            if (one == ']' && at > first)
            {
                break;
            }

            if (one == '[' && at + 1 < glob.Length && glob[at + 1] == ':')
            {
                var end = glob[(at + 2)..].IndexOf((byte)']');
                if (end < 0)
                {
                    return null;
                }

                var name = glob.Slice(at + 2, end);
                if (name is [.., (byte)':'])
                {
                    if (IsIn(Encoding.ASCII.GetString(name[..^1]), letter) is not { } isIn)
                    {
                        return null;
                    }

                    matched |= isIn;
                    at += 2 + end;
                    before = null;
                    continue;
                }
            }

            if (one == '-' && before is { } low && at + 1 < glob.Length && glob[at + 1] != ']')
            {
                var high = glob[++at];
                if (high == '\\')
                {
                    if (++at >= glob.Length)
                    {
                        return null;
                    }

                    high = glob[at];
                }

                matched |= letter >= low && letter <= high;
                before = null;
                continue;
            }

            if (one == '\\')
            {
                if (++at >= glob.Length)
                {
                    return null;
                }

                one = glob[at];
            }

            matched |= one == letter;
            before = one;
        }

        return matched != isNegated && letter != '/';
    }

    private static bool? IsIn(string name, byte letter)
    {
        var character = (char)letter;
        return name switch
        {
            "alnum" => char.IsAsciiLetterOrDigit(character),
            "alpha" => char.IsAsciiLetter(character),
            "blank" => character is ' ' or '\t',
            "cntrl" => character is < ' ' or '\u007f',
            "digit" => char.IsAsciiDigit(character),
            "graph" => character is > ' ' and < '\u007f',
            "lower" => char.IsAsciiLetterLower(character),
            "print" => character is >= ' ' and < '\u007f',
            "punct" => character is > ' ' and < '\u007f' && !char.IsAsciiLetterOrDigit(character),
            "space" => character is ' ' or (>= '\t' and <= '\r'),
            "upper" => char.IsAsciiLetterUpper(character),
            "xdigit" => char.IsAsciiHexDigit(character),
            _ => null,
        };
    }
}
