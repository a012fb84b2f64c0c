using System.Runtime.InteropServices;
using System.Text;
using System.Xml.Linq;

namespace MacroPortfolio.Hostile.Tests.Judges;

/// <summary>A page as GitHub's own parser reads it. The long run alone asks for it; Debian's package cmark-gfm brings it, under a name with its version.</summary>
internal static partial class CmarkPage
{
    private const string Library = "libcmark-gfm";
    private const string Extensions = "libcmark-gfm-extensions";

    /// <summary>HTML as it is, and tables and addresses as on GitHub.</summary>
    private const int Unsafe = 1 << 17;
    private const int Footnotes = 1 << 13;

    private static readonly Lock One = new();

    static CmarkPage() => NativeLibrary.SetDllImportResolver(typeof(CmarkPage).Assembly, (name, _, _) =>
        name is Library or Extensions ? NativeLibrary.Load(Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").SelectMany(folder => Directory.EnumerateFiles(folder, $"{name}.so.*")).First()) : 0);

    public static Page Read(string markdown)
    {
        var (form, prose) = (new List<string>(), new List<string>());

        // Two letters are none in XML.
        foreach (var block in XDocument.Parse(Render(markdown).Replace('\ufffe', '\ufffd').Replace('\uffff', '\ufffd'), LoadOptions.PreserveWhitespace).Root!.Elements())
        {
            Block(block, form, prose);
        }

        return new Page(form, prose);
    }

    private static void Block(XElement block, List<string> form, List<string> prose)
    {
        var name = block.Name.LocalName;
        form.Add(name switch
        {
            "heading" => $"heading {block.Attribute("level")?.Value}",
            "code_block" => $"block of {block.Attribute("info")?.Value}",
            "html_block" => $"html {string.Concat(System.Text.RegularExpressions.Regex.Matches(block.Value, "<[^>]*>?").Select(tag => tag.Value))}",
            "table_row" or "table_header" => $"row of {block.Elements().Count()}",
            _ => name,
        });
        if (name is "paragraph" or "heading" or "table_cell")
        {
            var text = new StringBuilder();
            Inlines(block, form, text);
            prose.Add(text.ToString());
        }
        else if (name is not ("code_block" or "html_block"))
        {
            foreach (var inner in block.Elements())
            {
                Block(inner, form, prose);
            }
        }
    }

    private static void Inlines(XElement block, List<string> form, StringBuilder text)
    {
        foreach (var inline in block.Elements())
        {
            switch (inline.Name.LocalName)
            {
                case "text":
                    text.Append(inline.Value);
                    break;
                case "code":
                    text.Append('\ufffc');
                    break;
                case "softbreak" or "linebreak":
                    text.Append('\n');
                    break;
                case "link" or "image" or "footnote_reference":
                    form.Add(inline.Name.LocalName);
                    break;
                case "html_inline":
                    form.Add($"tag {inline.Value}");
                    break;
                default:
                    form.Add(inline.Name.LocalName);
                    Inlines(inline, form, text);
                    break;
            }
        }
    }

    private static string Render(string markdown)
    {
        lock (One)
        {
            EnsureRegistered();
            var parser = NewParser(Unsafe | Footnotes);
            try
            {
                foreach (var name in new[] { "table", "autolink", "strikethrough", "tasklist" })
                {
                    _ = Attach(parser, FindExtension(name));
                }

                var bytes = Encoding.UTF8.GetBytes(markdown);
                Feed(parser, bytes, (nuint)bytes.Length);
                var document = Finish(parser);
                var xml = RenderXml(document, Unsafe);
                var text = Marshal.PtrToStringUTF8(xml)!;
                Free(xml);
                FreeNode(document);
                return text;
            }
            finally
            {
                FreeParser(parser);
            }
        }
    }

    [LibraryImport(Extensions, EntryPoint = "cmark_gfm_core_extensions_ensure_registered")]
    private static partial void EnsureRegistered();

    [LibraryImport(Library, EntryPoint = "cmark_parser_new")]
    private static partial nint NewParser(int options);

    [LibraryImport(Library, EntryPoint = "cmark_find_syntax_extension", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint FindExtension(string name);

    [LibraryImport(Library, EntryPoint = "cmark_parser_attach_syntax_extension")]
    private static partial int Attach(nint parser, nint extension);

    [LibraryImport(Library, EntryPoint = "cmark_parser_feed")]
    private static partial void Feed(nint parser, byte[] buffer, nuint length);

    [LibraryImport(Library, EntryPoint = "cmark_parser_finish")]
    private static partial nint Finish(nint parser);

    [LibraryImport(Library, EntryPoint = "cmark_render_xml")]
    private static partial nint RenderXml(nint root, int options);

    [LibraryImport(Library, EntryPoint = "cmark_node_free")]
    private static partial void FreeNode(nint node);

    [LibraryImport(Library, EntryPoint = "cmark_parser_free")]
    private static partial void FreeParser(nint parser);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);
}
