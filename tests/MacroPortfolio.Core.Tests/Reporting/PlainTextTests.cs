using System.Text;
using CsCheck;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Reporting;

public sealed class PlainTextTests
{
    /// <summary>Pieces that tricks are made of, and ordinary text between them.</summary>
    internal static Gen<string> Tricky { get; } = Gen.OneOf<string>(
            Gen.OneOf(
                "::", ":", "#", "##[", "[", "]", "\n", "\r", "\t", " ", "\u00a0", "\u3000", "\u2028", "\u0085", "\u001b[", "\0", "\u007f", "\u009b", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800", "\udc00",
                "`", "```", "~~~", "|", "\\", "<", ">", "</details>", "<!--", "@dana", "#17", "GH-18", "http://evil.example", "www.evil.example", "*", "_", "![x](y)", "&lt;", "&", "$", "error", "🚀", "漢"),
            Gen.String[Gen.Char.AlphaNumeric, 0, 5],
            Gen.String[0, 5])
        .Array[0, 20].Select(string.Concat);

    /// <summary>Throws where a text has half a character.</summary>
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [Theory]
    [InlineData("::error::gotcha", ": :error::gotcha")]
    [InlineData("  \t::add-mask::x", "   : :add-mask::x")]
    [InlineData("\u00a0::stop-commands::x", "\u00a0: :stop-commands::x")]
    [InlineData(":::error::", ": ::error::")]
    [InlineData("harmless ::error:: in the middle", "harmless ::error:: in the middle")]
    [InlineData("std::string", "std::string")]
    [InlineData("##[error]gotcha", "## [error]gotcha")]
    [InlineData("in the middle ##[command]", "in the middle ## [command]")]
    [InlineData("####[x]##[y]", "#### [x]## [y]")]
    [InlineData("#[x] ##x", "#[x] ##x")]
    [InlineData("", "")]
    public void Workflow_commands_are_broken_in_both_forms_and_nothing_else_is(string text, string line) => PlainText.Line(text).Should().Be(line);

    [Theory]
    [InlineData("one\r\ntwo\nthree\ttabs", "one  two three tabs")]
    [InlineData("\u001b[31mred\u001b[0m", "␛[31mred␛[0m")]
    [InlineData("nul\0 bell\a del\u007f", "nul␀ bell␇ del␡")]
    [InlineData("c1\u009b31m", "c1\\u009B31m")]
    [InlineData("\u202etxt.exe", "\\u202Etxt.exe")]
    [InlineData("a\u2066b\u200bc\ufeffd", "a\\u2066b\\u200Bc\\uFEFFd")]
    [InlineData("tag\U000e0041", "tag\\uE0041")]
    [InlineData("\u2028::error::x\u2029", " : :error::x ")]
    [InlineData("grüße 漢字 🚀", "grüße 漢字 🚀")]
    public void What_misleads_a_terminal_or_a_reader_is_made_visible(string text, string line) => PlainText.Line(text).Should().Be(line);

    [Fact]
    public void Half_a_character_becomes_a_mark_of_its_loss() => PlainText.Line("half \ud83d of a rocket").Should().Be("half \ufffd of a rocket");

    [Fact]
    public void No_line_is_a_command_whatever_it_was_made_of() => Tricky.Sample(text =>
    {
        var line = PlainText.Line(text);

        line.TrimStart().Should().NotStartWith("::");
        line.Should().NotContain("##[");
        line.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029').Should().BeFalse();
        Strict.GetByteCount(line).Should().BeGreaterOrEqualTo(line.Length);
    });

    [Fact]
    public void A_line_that_is_harmless_already_stays_as_it_is() => Tricky.Sample(text => PlainText.Line(PlainText.Line(text)).Should().Be(PlainText.Line(text)));

    [Fact]
    public void A_text_is_cut_into_lines_wherever_anybody_sees_a_line_end() =>
        PlainText.Lines("one\ntwo\r\nthree\rfour\u2028::error::five\u0085six\n\n").Should().Equal("one", "two", "three", "four", ": :error::five", "six");

    [Fact]
    public void Every_line_of_a_text_is_harmless() => Tricky.Sample(text =>
        PlainText.Lines(text).Should().NotContain(line => line.TrimStart().StartsWith("::", StringComparison.Ordinal) || line.Contains("##[") || line.Any(char.IsControl)));

    [Fact]
    public void A_huge_text_is_no_trouble()
    {
        var huge = string.Concat(Enumerable.Repeat("::x ##[y] \u001b é ", 20_000));

        PlainText.Line(huge).Should().NotContain("##[").And.StartWith(": :x");
        PlainText.Lines(huge.Replace("é", "\n", StringComparison.Ordinal)).Should().HaveCount(20_001);
    }

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("longer", 5, "long…")]
    [InlineData("abc🚀🚀", 5, "abc…")]
    [InlineData("ab🚀🚀", 5, "ab🚀…")]
    public void A_text_is_cut_between_characters(string text, int length, string cut) => PlainText.Cut(text, length).Should().Be(cut);

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("longer", 5, "…nger")]
    [InlineData("🚀🚀abc", 5, "…abc")]
    public void Of_a_text_that_is_too_long_the_end_is_kept(string text, int length, string last) => PlainText.Last(text, length).Should().Be(last);
}
