using System.Text.RegularExpressions;
using CsCheck;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Reporting;

public sealed partial class MarkdownTests
{
    private static readonly Gen<string> Tricky = PlainTextTests.Tricky;

    private static int LeadingBackticks(string text) => text.Length - text.TrimStart('`').Length;

    [Theory]
    [InlineData("d-A1B2C3D4E", "`d-A1B2C3D4E`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("a``b`c", "```a``b`c```")]
    [InlineData("`a", "`` `a ``")]
    [InlineData("a|b", "`a\\|b`")]
    [InlineData("two\nlines", "`two lines`")]
    [InlineData("  ", "")]
    [InlineData("", "")]
    [InlineData("@dana <b> #17", "`@dana <b> #17`")]
    public void Code_shows_a_text_as_it_is(string text, string code) => Markdown.Code(text).Should().Be(code);

    [Fact]
    public void No_mark_is_longer_than_GitHubs_parser_can_count()
    {
        Markdown.Code(new string('`', 300)).Split('\u2060')[0].Should().HaveLength(61 + 1 + 60, "a fence, a blank, and the first part of the run");
        Markdown.Block([new string('`', 1_000)]).Split('\n')[0].Should().Be($"{new string('`', 61)}text");
    }

    [Fact]
    public void Words_without_an_end_are_cut()
    {
        Markdown.Code(new string('x', 100_000)).Should().HaveLength(1_026).And.EndWith("…`");
        Markdown.Text(new string('x', 100_000)).Should().HaveLength(4_096).And.EndWith("…");
        Markdown.Text("words", 4).Should().Be("wor…");
    }

    [Theory]
    [InlineData("my_group", "my_group")]
    [InlineData("<b>&@dana", "&lt;b&gt;&amp;@\u2060dana")]
    [InlineData("1a2b3c4d", "1a2b\u20603c4d")]
    public void Within_HTML_of_ours_words_are_words(string text, string html) => Markdown.InHtml(text).Should().Be(html);

    [Fact]
    public void Nothing_ends_code_before_its_end() => Tricky.Sample(text =>
    {
        var code = Markdown.Code(text);

        if (code.Length > 0)
        {
            var fence = LeadingBackticks(code);
            var inside = code[fence..^fence];
            code.Should().EndWith(new string('`', fence));
            Runs(inside).Should().NotContain(fence);
            inside.Should().NotStartWith("`").And.NotEndWith("`");
            code.Should().NotContainAny("\n", "\r");
            inside.Replace("\\|", "", StringComparison.Ordinal).Should().NotContain("|", "it would end a table's cell");
        }
    });

    [Fact]
    public void Nothing_ends_a_block_before_its_end() => Tricky.Array[0, 6].Sample(texts =>
    {
        var block = Markdown.Block(PlainText.Lines(string.Join('\n', texts))).Split('\n');

        var fence = LeadingBackticks(block[0]);
        fence.Should().BeGreaterOrEqualTo(3);
        block[0][fence..].Should().Be("text");
        block[^1].Should().Be(new string('`', fence));
        block[1..^1].Should().OnlyContain(line => LeadingBackticks(line.TrimStart()) < fence);
    });

    [Theory]
    [InlineData("plain words, and a date 2026-10-15.", "plain words, and a date 2026-10-15.")]
    [InlineData("<img src=x>", "&lt;img src=x&gt;")]
    [InlineData("a & b", "a &amp; b")]
    [InlineData("*bold* _it_ ~no~", "\\*bold\\* \\_it\\_ \\~no\\~")]
    [InlineData("[click](x)", "\\[click\\]\\(x\\)")]
    [InlineData("![image](x)", "\\!\\[image\\]\\(x\\)")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("`code`", "\\`code\\`")]
    [InlineData("back\\slash", "back\\\\slash")]
    [InlineData("$x$", "\\$x\\$")]
    [InlineData("@dana and dana@acme.example", "@\u2060dana and dana@\u2060acme.example")]
    [InlineData("fixes #17", "fixes \\#\u206017")]
    [InlineData("see GH-18, gh-19 and GH-x", "see GH\u2060-18, gh\u2060-19 and GH-x")]
    [InlineData("https://evil.example", "https:\u2060//evil.example")]
    [InlineData("www.evil.example", "www\u2060.evil.example")]
    [InlineData("WWW.evil.example", "WWW\u2060.evil.example")]
    [InlineData("mailto:dana@acme.example", "mail\u2060to:dana@\u2060acme.example")]
    [InlineData("in 1a2b3c4 and 1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d", "in `1a2b3c4` and `1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d`")]
    [InlineData("acme/site@1a2b3c4", "acme/site@\u2060`1a2b3c4`")]
    [InlineData("account 123456789012", "account 123456789012")]
    [InlineData(":octocat: at 12:30", ":\u2060octocat: at 12:30")]
    [InlineData("- item", "\\- item")]
    [InlineData("1. item", "1\\. item")]
    [InlineData("    code", "code")]
    [InlineData("two\nlines", "two lines")]
    public void In_a_sentence_nothing_acts(string text, string escaped) => Markdown.Text(text).Should().Be(escaped);

    [Fact]
    public void A_sentence_has_no_html_no_mention_no_reference_and_no_link() => Tricky.Sample(text =>
    {
        var escaped = Markdown.Text(text);

        escaped.Should().NotContainAny("<", ">", "\n", "\r", "://", "##[").And.NotMatchRegex("@[A-Za-z0-9]|#[0-9]|(?i)www\\.|gh-[0-9]");
        Unescaped(Commit().Replace(escaped, ""), "`|[]()*_!~$#").Should().BeEmpty();
    });

    /// <summary>Those of the letters that stand without a backslash that is itself not escaped.</summary>
    private static string Unescaped(string text, string letters)
    {
        var found = "";
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\')
            {
                index++;
            }
            else if (letters.Contains(text[index]))
            {
                found += text[index];
            }
        }

        return found;
    }

    [GeneratedRegex("`[0-9a-fA-F]{7,64}`")]
    private static partial Regex Commit();

    private static IEnumerable<int> Runs(string text) => text.Split(text.Where(letter => letter != '`').Distinct().ToArray()).Select(run => run.Length);
}
