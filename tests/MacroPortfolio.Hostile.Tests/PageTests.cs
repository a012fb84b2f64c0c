using System.Text;
using CsCheck;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;
using MacroPortfolio.Core.Tests;
using MacroPortfolio.Hostile.Tests.Judges;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>What GitHub shows of our pages has the form that we gave it; texts from outside stand in it as text and do nothing.</summary>
public sealed class PageTests
{
    [Fact]
    public void The_summary_keeps_its_form_and_nothing_in_it_acts() => Atoms.Texts.Hold(
        texts =>
        {
            var page = Summary(texts);

            Encoding.UTF8.GetByteCount(page).Should().BeLessOrEqualTo(1024 * 1024);
            Same(SummaryMarkdown.Render(Story.Harmless(texts).Report), page);
        },
        few: 150,
        share: 0.03);

    [Fact]
    public void The_comment_keeps_its_form_and_nothing_in_it_acts() => Atoms.Texts.Hold(
        texts =>
        {
            var page = Comment(Story.Of(texts));

            page.Length.Should().BeLessOrEqualTo(65_536);
            page.Should().StartWith(CommentMarkdown.MarkerOf(Some.Application));
            Same(Comment(Story.Harmless(texts)), page);
        },
        few: 150,
        share: 0.03);

    [Fact]
    public void The_page_of_status_keeps_its_form_and_nothing_in_it_acts() => Atoms.Texts.Hold(
        texts => Same(
            StatusReport.Render(Some.Application, Some.Region, Story.Harmless(texts).Stages, StatusFormat.Markdown),
            StatusReport.Render(Some.Application, Some.Region, Story.Of(texts).Stages, StatusFormat.Markdown)),
        few: 100,
        share: 0.03);

    [Fact]
    public void A_sentence_is_a_paragraph_and_nothing_in_it_acts() => Atoms.Text.Hold(
        text => Same("words\n\nx words y\n\n### words\n\n| a |\n| --- |\n| words |\n", $"{Sentence(text)}\n\nx {Sentence(text)} y\n\n### {Sentence(text)}\n\n| a |\n| --- |\n| {Sentence(text)} |\n"),
        few: 500,
        share: 0.3);

    [Fact]
    public void Code_is_one_piece_of_code_in_a_sentence_and_in_a_table() => Atoms.Text.Hold(
        text => Same("x `words` y\n\n| a | b |\n| --- | --- |\n| `words` | `words` |\n", $"x {Code(text)} y\n\n| a | b |\n| --- | --- |\n| {Code(text)} | {Code(text)} |\n"),
        few: 500,
        share: 0.3);

    [Fact]
    public void A_block_ends_where_we_end_it() => Atoms.Text.Array[1, 5].Hold(
        texts => Same("```text\nwords\n```\n\nwords\n", $"{Markdown.Block(texts.SelectMany(PlainText.Lines))}\n\nwords\n"),
        few: 300,
        share: 0.3);

    /// <summary>The judges are judged: what GitHub would act on is seen.</summary>
    [Theory]
    [InlineData("hello @dana")]
    [InlineData("see #12")]
    [InlineData("see GH-12")]
    [InlineData("in 1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d")]
    [InlineData("acme/site@1a2b3c4")]
    [InlineData("&#64;dana")]
    [InlineData(":octocat:")]
    [InlineData("![x](y)")]
    [InlineData("[x](y)")]
    [InlineData("https://evil.example")]
    [InlineData("www.evil.example")]
    [InlineData("<img src=x>")]
    [InlineData("<!-- x")]
    [InlineData("- item")]
    [InlineData("> quote")]
    [InlineData("    code")]
    [InlineData("words\n---")]
    [InlineData("# heading")]
    [InlineData("~~~\nwords")]
    [InlineData("*words*")]
    [InlineData("words\n\nwords")]
    [InlineData("| a |\n| - |")]
    public void The_judges_find_what_acts(string trick)
    {
        foreach (var read in Judges)
        {
            var page = read(trick);

            (page.Acting is not null || !page.Form.SequenceEqual(read("words").Form)).Should().BeTrue();
        }
    }

    private static IReadOnlyList<Func<string, Page>> Judges => Cases.IsLong ? [MarkdigPage.Read, CmarkPage.Read] : [MarkdigPage.Read];

    private static string Summary(string[] texts) => SummaryMarkdown.Render(Story.Of(texts).Report);

    private static string Comment(Story story) =>
        CommentMarkdown.Render(Some.Application, Some.Commit('a'), story.Report, story.Stages, new Uri("https://gray.acme.example"), "https://github.com/acme/site/actions/runs/42");

    /// <summary>Nothing is left of a text of white space alone; then there is no code either.</summary>
    private static string Code(string text) => Markdown.Code(text) is { Length: > 0 } code ? code : "`words`";

    private static string Sentence(string text) => Markdown.Text(text) is var sentence && !string.IsNullOrWhiteSpace(sentence) ? sentence : "words";

    private static void Same(string harmless, string hostile)
    {
        foreach (var read in Judges)
        {
            var (meant, page) = (read(harmless), read(hostile));
            if (page.Acting is { } acting)
            {
                throw new InvalidOperationException($"'{acting}' acts in\n{hostile}");
            }

            if (!page.Form.SequenceEqual(meant.Form))
            {
                var at = page.Form.Zip(meant.Form).TakeWhile(pair => pair.First == pair.Second).Count();
                throw new InvalidOperationException($"Item {at} is '{page.Form.ElementAtOrDefault(at)}' and should be '{meant.Form.ElementAtOrDefault(at)}' in\n{hostile}");
            }
        }
    }
}
