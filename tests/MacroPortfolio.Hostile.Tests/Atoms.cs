using CsCheck;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>What tricks are made of, each with the other end that it is aimed at.</summary>
internal static class Atoms
{
    private const string Sha = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

    private static readonly string[] Runner =
    [
        "::", ":", ":::", "##[", "##", "[", "]", "#[", "::error::", "::add-mask::x", "::stop-commands::x", "::endgroup::", "::set-output name=x::y", "##[error]", "##[group]", "##[add-mask]x",
        "::error file=a,line=1::", "%0A::error::x", "%0D%0A", "%25", "%", "%3A%3A", "%5B", "%5D",
    ];

    private static readonly string[] Files = ["=", "<<", "name=value", "outcome<<EOF", "EOF", "ghadelimiter_", "outcome=succeeded", "\nresult=x\n", "\noutcome<<x\ny\nx\n"];

    private static readonly string[] LineEnds = ["\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085", "\v", "\f", "\n\n", "\n    ", "\n- ", "\n> ", "\n1. ", "\n---\n", "\n===\n", "\n| a | b |\n| - | - |\n", "\n[x]: y\n", "\n# "];

    private static readonly string[] Terminal =
    [
        "\0", "\a", "\b", "\u001b[31m", "\u001b[2J", "\u001b]0;title\a", "\u001b]8;;http://evil.example\u001b\\", "\u001bP1$q\u001b\\", "\u001b", "\u009b31m", "\u0090", "\u009d", "\u0080", "\u007f", "\t", "\u000e", "\u0016",
    ];

    private static readonly string[] Unicode =
    [
        "\ufeff", "\u202e", "\u202a", "\u2066", "\u2069", "\u061c", "\u200b", "\u200c", "\u200d", "\u200e", "\u2060", "\u00ad", "\u034f", "\u180e", "\ufe0f", "\ud800", "\udc00", "\ud83d", "\ud83d\ude80", "e\u0301", "\u0301", "\u00a0",
        "\u3000", "\u2003", "\uff1a\uff1a", "\uff20", "\ufffe", "\uffff", "\U000e0041", "\u3164", "\u115f", "\u0600", "\u2800", "漢", "é", "😀",
    ];

    private static readonly string[] Markdown =
    [
        "`", "``", "```", "````", "~", "~~", "~~~", "|", "\\|", "\\", "\\\\", "<", ">", "&", "&lt;", "&#64;", "&commat;", "*", "**", "_", "__", "![x](y)", "![", "](", "[x](javascript:alert(1))", "[x]", "[x][y]", "[^1]", "[^1]: x",
        "- [ ] ", "<img src=x onerror=alert(1)>", "<img", "<!--", "-->", "<details>", "</details>", "</summary>", "</sub>", "<script>", "<a href=x>", "<pre>", "```mermaid", "~~~mermaid", "> ", "- ", "+ ", "* ", "1. ", "2) ", "# ", "## ", "---", "===",
        "***", "    ", "\t", "$", "$$", "$`", "`$", "$x$", ":octocat:", ":+1:", ":rocket:", ":", "!", "(", ")", "{", "}", "\"", "'",
    ];

    private static readonly string[] Hub =
    [
        "@", "@user", "@org/team", "@dana-x", "user@host.example", "#", "#12", "GH-12", "gh-3", "owner/repo#1", "owner/repo@", Sha, Sha[..7], Sha[..12], $"owner/repo@{Sha}", $"@{Sha}", "https://github.com/o/r/issues/1",
        "https://evil.example", "http://", "ftp://x.example", "www.evil.example", "WWW.x.example", "mailto:a@b.example", "xmpp:a@b.example", "://", "javascript:alert(1)", "CVE-2026-0001", "GHSA-aaaa-bbbb-cccc",
    ];

    private static readonly string[] Mermaid = ["click", "click x ", "section", "section x", "title", "title x", "gantt", "dateFormat ", "axisFormat", "excludes", "todayMarker off", "accTitle", "%%{init", "%%", ";", "}%%", "end", "done, ", ":done, 1, 2", "weekday", "tickInterval 1day"];

    private static readonly string[] Shell = ["$(", "${", "`id`", "\"", "'", "\\'", "!", "--", "-", "--help", "file://", "../", "/etc/passwd", "..", ".", "/"];

    /// <summary>One text of several atoms, with ordinary words and letters of all of Unicode between them; now and then very long.</summary>
    public static Gen<string> Text { get; } = Gen.Frequency(
        (200, Piece().Array[1, 8].Select(string.Concat)),
        (40, Piece()),
        (10, Gen.Const("")),
        (10, Gen.Select(Piece(), Gen.Int[2, 60], (piece, times) => string.Concat(Enumerable.Repeat(piece, times)))),
        (1, Gen.Select(Piece().Array[1, 3], Gen.Int[100, 3_000], (pieces, times) => string.Concat(Enumerable.Repeat(string.Concat(pieces), times)))));

    /// <summary>Enough for one <see cref="Story"/>.</summary>
    public static Gen<string[]> Texts { get; } = Text.Array[6, 24];

    public static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<string> Piece() => Gen.OneOf(
        Any(Runner), Any(Files), Any(LineEnds), Any(Terminal), Any(Unicode), Any(Markdown), Any(Markdown), Any(Hub), Any(Hub), Any(Mermaid), Any(Shell),
        Gen.String[Gen.Char.AlphaNumeric, 1, 8], Gen.Const(" "), Gen.String[0, 4]);
}
