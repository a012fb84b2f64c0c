using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>
/// A YAML document as the agent's Ruby reads it (YAML 1.1): the last of two equal keys wins, <c>0644</c> is an octal number, a quoted number is a text.
/// </summary>
internal abstract record Yaml
{
    private Yaml() { }

    public sealed record Nothing : Yaml
    {
        public override string ToString() => "";
    }

    public sealed record Text(string Value) : Yaml
    {
        public override string ToString() => Value;
    }

    public sealed record Number(double Value, bool IsWhole = true) : Yaml
    {
        public override string ToString() => Value.ToString(IsWhole ? null : "0.0###############", CultureInfo.InvariantCulture);
    }

    public sealed record Truth(bool Value) : Yaml
    {
        public override string ToString() => Value ? "true" : "false";
    }

    public sealed record List(IReadOnlyList<Yaml> Items) : Yaml
    {
        public int Letters { get; } = 2 + Items.Sum(item => item.Size);

        public override string ToString() => $"[{string.Join(", ", Items)}]";
    }

    public sealed record Map(IReadOnlyDictionary<string, Yaml> Entries) : Yaml
    {
        public int Letters { get; } = 2 + Entries.Sum(entry => entry.Key.Length + entry.Value.Size);

        public Yaml this[string key] => Entries.GetValueOrDefault(key) ?? None;

        public override string ToString() => $"{{{string.Join(", ", Entries.Select(entry => $"{entry.Key}: {entry.Value}"))}}}";
    }

    public static Yaml None { get; } = new Nothing();

    /// <exception cref="AgentException">It is not YAML, or none that anybody would write.</exception>
    public static Yaml Parse(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text.TrimStart('\uFEFF')));
            parser.Consume<StreamStart>();
            return parser.TryConsume<DocumentStart>(out _) ? new Reader(parser).Read(0) : None;
        }
        catch (YamlException ex)
        {
            throw new AgentException($"(<unknown>): {ex.Message} at line {ex.Start.Line} column {ex.Start.Column}");
        }
        catch (Exception ex) when (ex is ArgumentException or InvalidOperationException or IOException)
        {
            // The parser has other words too for what is no YAML: an escape that is half a surrogate pair is an argument out of range to it.
            throw new AgentException($"(<unknown>): {ex.Message}");
        }
    }

    /// <summary>How many letters it is when each alias is written out.</summary>
    private int Size => this switch
    {
        List list => list.Letters,
        Map map => map.Letters,
        _ => ToString().Length + 1,
    };

    /// <summary>A file of a few lines may nest, or by its aliases repeat itself, beyond what any memory holds; it is part of a revision, and the simulator must outlive it.</summary>
    private sealed class Reader(IParser parser)
    {
        private const int Deepest = 100;
        private const int MostRepeated = 1_000_000;

        private readonly Dictionary<AnchorName, Yaml> anchors = [];
        private int repeated;

        public Yaml Read(int depth)
        {
            if (depth > Deepest)
                throw new AgentException($"(<unknown>): nested more than {Deepest} levels deep");
            if (parser.TryConsume<AnchorAlias>(out var alias))
                return Repeat(anchors.GetValueOrDefault(alias.Value) ?? throw new AgentException($"Unknown alias: {alias.Value}"));

            var anchor = parser.Current is NodeEvent node ? node.Anchor : AnchorName.Empty;
            var value = parser.TryConsume<Scalar>(out var scalar) ? ReadScalar(scalar)
                : parser.TryConsume<SequenceStart>(out _) ? ReadList(depth)
                : ReadMap(depth);
            if (!anchor.IsEmpty)
                anchors[anchor] = value;
            return value;
        }

        private Yaml Repeat(Yaml value)
        {
            repeated += value.Size;
            return repeated > MostRepeated ? throw new AgentException($"(<unknown>): aliases repeat more than {MostRepeated} letters") : value;
        }

        private List ReadList(int depth)
        {
            var items = new List<Yaml>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Read(depth + 1));
            return new List(items);
        }

        private Map ReadMap(int depth)
        {
            parser.Consume<MappingStart>();
            var entries = new Dictionary<string, Yaml>();
            var merged = new Dictionary<string, Yaml>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var (key, value) = (Read(depth + 1).ToString(), Read(depth + 1));
                if (key == "<<" && value is Map other)
                    merged = merged.Concat(other.Entries).GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Last().Value);
                else
                    entries[key] = value;
            }

            foreach (var (key, value) in merged)
                entries.TryAdd(key, value);
            return new Map(entries);
        }
    }

    private static Yaml ReadScalar(Scalar scalar)
    {
        var text = scalar.Value;
        if (!scalar.IsPlainImplicit || scalar.Style != ScalarStyle.Plain)
            return new Text(text);

        return text.ToLowerInvariant() switch
        {
            "" or "~" or "null" => None,
            "true" or "yes" or "on" => new Truth(true),
            "false" or "no" or "off" => new Truth(false),
            _ when IsOctal(text) => new Number(Convert.ToInt64(text, 8)),
            _ when double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) =>
                new Number(number, IsWhole: !text.Contains('.')),
            _ => new Text(text),
        };
    }

    private static bool IsOctal(string text) => text.Length is > 1 and < 20 && text[0] == '0' && text.All(character => character is >= '0' and <= '7');
}
