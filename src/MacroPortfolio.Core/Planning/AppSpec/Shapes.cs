namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>How parts of an AppSpec file are built, and what is said when they are built otherwise.</summary>
internal static class Shapes
{
    public static string Name(YamlNode node) => node switch
    {
        YamlNode.Mapping => "a map",
        YamlNode.Sequence => "a list",
        _ when RubyValue.Of(node) is { IsNil: false, Text: var text } => $"the value {Findings.Quote(text)}",
        _ => "empty",
    };

    /// <summary>The maps of a section that is a list of maps; none for a section that is left out.</summary>
    public static IEnumerable<YamlNode.Mapping> Maps(YamlNode? section, string name, string example, Findings findings)
    {
        if (section is null || RubyValue.Of(section).IsAbsent)
        {
            yield break;
        }

        if (section is not YamlNode.Sequence list)
        {
            findings.Error(AppSpecStage.Parse, section, $"'{name}' is {Name(section)}, not a list", $"begin each entry with '- ', as in '- {example}'");
            yield break;
        }

        foreach (var item in list.Items)
        {
            if (item is YamlNode.Mapping map)
            {
                yield return map;
            }
            else
            {
                findings.Error(AppSpecStage.Parse, item, $"an entry of '{name}' is {Name(item)}, not a map", $"write it as '- {example}'");
            }
        }
    }

    /// <summary>Keys that the agent does not know, and keys that stand there twice.</summary>
    public static void CheckKeys(YamlNode.Mapping map, string name, string[] known, AppSpecStage stage, Findings findings, Func<string, string?>? fix = null)
    {
        var before = new Dictionary<string, YamlNode>();
        foreach (var entry in map.Entries)
        {
            var key = entry.Name ?? "";
            if (!known.Contains(key))
            {
                var nearest = Nearest.To(key, known);
                findings.Warning(
                    stage, entry.Key, $"the agent does not know {Findings.Quote(key)} in {name} and passes over it", fix?.Invoke(key) ?? (nearest is null ? $"take it away; there is {string.Join(", ", known)}" : $"write '{nearest}'"));
            }

            CheckTwice(before, entry, findings);
        }
    }

    /// <summary>Of equal keys only the last counts.</summary>
    public static void CheckTwice(Dictionary<string, YamlNode> before, YamlEntry entry, Findings findings)
    {
        var key = entry.Name ?? "";
        if (before.TryGetValue(key, out var first))
        {
            findings.Warning(AppSpecStage.Parse, first, $"{Findings.Quote(key)} stands here and again on line {entry.Key.Line}; only the last one counts", "make one of the two");
        }

        before[key] = entry.Key;
    }
}
