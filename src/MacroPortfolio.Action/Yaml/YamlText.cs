using MacroPortfolio.Core.Planning;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MacroPortfolio.Action.Yaml;

/// <summary>Reads the first document of a YAML text. The parser's events are read, because what binds YAML to types reflects.</summary>
internal static class YamlText
{
    private const int Longest = 1_000_000;

    /// <summary>The parser takes ever longer the deeper a text nests, and nobody's file nests as deep as this.</summary>
    private const int Deepest = 50;

    /// <summary>Aliases written out. A file of a few lines may repeat itself beyond what any memory holds.</summary>
    private const int MostNodes = 100_000;

    private const char ByteOrderMark = '\uFEFF';

    public static YamlDocument Read(string text)
    {
        if (text.Length > Longest)
        {
            return new YamlDocument.Unreadable(1, 1, $"it has more than {Longest:N0} characters", "");
        }

        var plain = text.TrimStart(ByteOrderMark);
        var parser = new Parser(new StringReader(plain));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                return new YamlDocument.Read(null, plain.Length < text.Length);
            }

            var tree = new Tree(parser);
            var root = tree.Read(0);
            parser.Consume<DocumentEnd>();
            return new YamlDocument.Read(tree.IsEmpty(root) ? null : root, plain.Length < text.Length, tree.FirstAlias, Next(parser));
        }
        catch (YamlException ex)
        {
            return Unreadable(plain, ex.Start, Inner(ex.Message));
        }
        catch (Exception ex) when (ex is ArgumentException or InvalidOperationException or IOException)
        {
            // The parser has other words too for what is no YAML: an escape that is half a surrogate pair is an argument out of range to it, and one that is cut off the end of a stream.
            return Unreadable(plain, parser.Current?.End ?? Beginning, "something that was begun here is not ended, or an escape is none");
        }
    }

    private static Mark Beginning => new(0, 1, 1);

    /// <summary>Where another document begins. That it may be broken is nobody's business: it is not read.</summary>
    private static YamlNode.Scalar? Next(Parser parser)
    {
        try
        {
            return parser.TryConsume<DocumentStart>(out var start) ? new YamlNode.Scalar((int)start.Start.Line, (int)start.Start.Column, "---", IsPlain: true, Tag: null) : null;
        }
        catch (Exception ex) when (ex is YamlException or ArgumentException or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    private static YamlDocument.Unreadable Unreadable(string text, Mark at, string why)
    {
        var lines = text.Split('\n');

        // Of a tab the parser tells where the part begins that it is in.
        var tab = why.Contains(" tab ", StringComparison.Ordinal) ? Array.FindIndex(lines, Math.Max(0, Math.Min(lines.Length, (int)at.Line) - 1), line => Indentation(line).Contains('\t')) : -1;
        var (line, column) = tab >= 0 ? (tab + 1, Indentation(lines[tab]).IndexOf('\t') + 1) : (Math.Max(1, (int)at.Line), Math.Max(1, (int)at.Column));
        return new YamlDocument.Unreadable(line, column, why, lines.ElementAtOrDefault(line - 1) ?? "");
    }

    private static string Indentation(string line) => line[..^line.TrimStart().Length];

    /// <summary>Some messages repeat where they happened in front: <c>(Line: 1, Col: 2, Idx: 3) - (…): why</c>.</summary>
    private static string Inner(string message) => message.StartsWith("(Line:", StringComparison.Ordinal) && message.IndexOf("): ", StringComparison.Ordinal) is > 0 and var end ? message[(end + 3)..] : message;

    /// <summary>The tree of a document's events.</summary>
    private sealed class Tree(Parser parser)
    {
        private readonly Dictionary<AnchorName, (YamlNode Node, int Size)> _anchors = [];
        private int _size;

        public YamlNode? FirstAlias { get; private set; }

        /// <summary>Nothing was written, or only comments.</summary>
        public bool IsEmpty(YamlNode root) => _size == 1 && root is YamlNode.Scalar { Text: "", IsPlain: true };

        public YamlNode Read(int depth)
        {
            if (depth > Deepest)
            {
                throw Refusal(parser.Current!, $"it is nested more than {Deepest} levels deep");
            }

            var before = _size;
            if (parser.TryConsume<AnchorAlias>(out var alias))
            {
                return Repeat(alias);
            }

            Grow(1);
            var start = parser.Consume<NodeEvent>();
            var node = start switch
            {
                Scalar scalar => new YamlNode.Scalar(Line(scalar), Column(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.IsPlainImplicit, Tag(scalar)),
                SequenceStart => new YamlNode.Sequence(Line(start), Column(start), ReadItems(depth)),
                _ => (YamlNode)new YamlNode.Mapping(Line(start), Column(start), ReadEntries(depth)),
            };
            if (!start.Anchor.IsEmpty)
            {
                _anchors[start.Anchor] = (node, _size - before);
            }

            return node;
        }

        private YamlNode Repeat(AnchorAlias alias)
        {
            if (!_anchors.TryGetValue(alias.Value, out var anchor))
            {
                throw Refusal(alias, $"there is no anchor '&{alias.Value}' before the alias '*{alias.Value}'");
            }

            FirstAlias ??= new YamlNode.Scalar(Line(alias), Column(alias), $"*{alias.Value}", IsPlain: true, Tag: null);
            Grow(anchor.Size);
            return anchor.Node;
        }

        private void Grow(int nodes)
        {
            _size += nodes;
            if (_size > MostNodes)
            {
                throw Refusal(parser.Current!, $"it has more than {MostNodes:N0} parts, aliases written out");
            }
        }

        private List<YamlNode> ReadItems(int depth)
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Read(depth + 1));
            }

            return items;
        }

        private List<YamlEntry> ReadEntries(int depth)
        {
            var entries = new List<YamlEntry>();
            var merged = new List<YamlEntry>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = Read(depth + 1);
                var value = Read(depth + 1);
                if (key is YamlNode.Scalar { Text: "<<", IsPlain: true } && value is YamlNode.Mapping other)
                {
                    merged.AddRange(other.Entries);
                }
                else
                {
                    entries.Add(new YamlEntry(key, value));
                }
            }

            // YAML 1.1's merge key: what a map says itself goes before what it takes over.
            return [.. merged.Where(entry => entry.Name is null || !entries.Any(own => own.Name == entry.Name)), .. entries];
        }

        private static int Line(ParsingEvent at) => (int)at.Start.Line;

        private static int Column(ParsingEvent at) => (int)at.Start.Column;

        private static string? Tag(Scalar scalar) => scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? null : scalar.Tag.Value;

        private static YamlException Refusal(ParsingEvent at, string why) => new(at.Start, at.End, why);
    }
}
