using System.Diagnostics;
using System.Text;
using CsCheck;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Reporting;

public sealed class BashTests
{
    [Theory]
    [InlineData("macro-portfolio", "macro-portfolio")]
    [InlineData("arn:aws:iam::123456789012:role/x", "arn:aws:iam::123456789012:role/x")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("$HOME `id` \"x\" \\n", "'$HOME `id` \"x\" \\n'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("月末 ~ *", "'月末 ~ *'")]
    [InlineData("one\ntwo\t'3'!", "$'one\\ntwo\\t\\'3\\'\\x21'")]
    [InlineData("##[error]", "$'##\\x5berror]'")]
    [InlineData("\u202e", "$'\\xe2\\x80\\xae'")]
    public void A_word_is_quoted_no_more_than_it_must(string text, string word) => Bash.Quote(text).Should().Be(word);

    [Fact]
    public void Bash_reads_back_what_was_quoted() => Words.Array[1, 200].Sample(
        texts => ReadBack(texts.Select(Bash.Quote)).Should().Equal(texts),
        iter: 40);

    [Fact]
    public void What_is_quoted_stays_on_its_line_and_is_shown_as_it_is() => Words.Sample(text =>
    {
        var line = $"--description {Bash.Quote(text)}";

        PlainText.Line(line).Should().Be(line);
        PlainText.Lines(line).Should().ContainSingle();
    });

    /// <summary>What an environment variable or an argument can hold.</summary>
    private static Gen<string> Words { get; } =
        Gen.OneOf(PlainTextTests.Tricky, Gen.OneOf("'", "''", "!", "$'", "\\'", "$(id)", "${x}", "-", "~", "*", "a=b").Array[0, 8].Select(string.Concat))
            .Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal))));

    private static string[] ReadBack(IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("bash", ["--norc", "-s"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        using var bash = Process.Start(start)!;
        bash.StandardInput.Write($"printf '%s\\0' \\\n  {string.Join(" \\\n  ", words)}\n");
        bash.StandardInput.Close();
        using var output = new MemoryStream();
        bash.StandardOutput.BaseStream.CopyTo(output);
        return Encoding.UTF8.GetString(output.ToArray()).Split('\0')[..^1];
    }
}
