namespace MacroPortfolio.Core.Planning;

/// <summary>A part of a YAML file as it was written: keys in their order and as often as they stand there, scalars not yet taken for numbers or truths. Line and column count from 1.</summary>
public abstract record YamlNode
{
    private YamlNode(int line, int column) => (Line, Column) = (line, column);

    public int Line { get; }

    public int Column { get; }

    public sealed record Mapping(int Line, int Column, IReadOnlyList<YamlEntry> Entries) : YamlNode(Line, Column)
    {
        /// <summary>Of equal keys the last counts.</summary>
        public YamlEntry? Find(string key) => Entries.LastOrDefault(entry => entry.Name == key);

        public YamlNode? this[string key] => Find(key)?.Value;
    }

    public sealed record Sequence(int Line, int Column, IReadOnlyList<YamlNode> Items) : YamlNode(Line, Column);

    /// <param name="IsPlain">Neither quoted nor a block: what it means depends on how it looks.</param>
    /// <param name="Tag">As in <c>!!str</c>; null when there is none.</param>
    public sealed record Scalar(int Line, int Column, string Text, bool IsPlain, string? Tag) : YamlNode(Line, Column);
}

public sealed record YamlEntry(YamlNode Key, YamlNode Value)
{
    /// <summary>Null when the key is no scalar.</summary>
    public string? Name => (Key as YamlNode.Scalar)?.Text;
}

/// <summary>What a text turned out to be.</summary>
public abstract record YamlDocument
{
    private YamlDocument() { }

    /// <param name="Root">Null when there is nothing in it.</param>
    /// <param name="StartsWithMark">A byte order mark comes first.</param>
    /// <param name="FirstAlias">Where another part of the file is repeated for the first time.</param>
    /// <param name="Next">Where a second document begins, which is not read.</param>
    public sealed record Read(YamlNode? Root, bool StartsWithMark = false, YamlNode? FirstAlias = null, YamlNode? Next = null) : YamlDocument;

    /// <param name="LineText">The line that cannot be read.</param>
    public sealed record Unreadable(int Line, int Column, string Why, string LineText) : YamlDocument;
}
