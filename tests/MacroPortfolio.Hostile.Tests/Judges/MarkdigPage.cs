using System.Text;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MacroPortfolio.Hostile.Tests.Judges;

/// <summary>A page as Markdig reads it, with what GitHub adds to CommonMark.</summary>
internal static class MarkdigPage
{
    private static readonly MarkdownPipeline GitHub = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).UseTaskLists().UseFootnotes().UseMathematics().UsePreciseSourceLocation().Build();

    public static Page Read(string markdown)
    {
        var (form, prose) = (new List<string>(), new List<string>());
        Read(Markdown.Parse(markdown, GitHub), form, prose);
        return new Page(form, prose);
    }

    private static void Read(ContainerBlock container, List<string> form, List<string> prose)
    {
        foreach (var block in container)
        {
            form.Add(block switch
            {
                HeadingBlock heading => $"heading {heading.Level} {(heading.IsSetext ? "underlined" : "")}",
                MathBlock => "mathematics",
                FencedCodeBlock { IsOpen: true } => "block without an end",
                FencedCodeBlock code => $"block of {code.Info} {code.Arguments}",
                HtmlBlock html => $"html {Tags(html.Lines.ToString())}",
                TableRow row => $"row of {row.Count}",
                _ => block.GetType().Name,
            });
            switch (block)
            {
                case ContainerBlock inner:
                    Read(inner, form, prose);
                    break;
                case LeafBlock { Inline: { } inlines }:
                    var text = new StringBuilder();
                    Read(inlines, form, text);
                    prose.Add(text.ToString());
                    break;
            }
        }
    }

    private static void Read(ContainerInline inlines, List<string> form, StringBuilder text)
    {
        foreach (var inline in inlines)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case CodeInline:
                    text.Append('\ufffc');
                    break;
                case LineBreakInline:
                    text.Append('\n');
                    break;
                case LinkInline link:
                    form.Add(link.IsImage ? "image" : "link");
                    break;
                case AutolinkInline:
                    form.Add("address");
                    break;
                case HtmlInline html:
                    form.Add($"tag {html.Tag}");
                    break;
                case EmphasisInline emphasis:
                    form.Add($"emphasis {emphasis.DelimiterChar}{emphasis.DelimiterCount}");
                    Read(emphasis, form, text);
                    break;
                case TaskList or MathInline:
                    form.Add(inline.GetType().Name);
                    break;
                case ContainerInline container:
                    Read(container, form, text);
                    break;
                default:
                    form.Add(inline.GetType().Name);
                    break;
            }
        }
    }

    /// <summary>The tags without their words.</summary>
    private static string Tags(string html) => string.Concat(System.Text.RegularExpressions.Regex.Matches(html, "<[^>]*>?").Select(tag => tag.Value));
}
