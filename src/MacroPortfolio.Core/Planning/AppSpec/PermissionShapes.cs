using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>How one entry of 'permissions' is to be written.</summary>
internal static class PermissionShapes
{
    private static readonly string[] Types = ["file", "directory"];

    public static void Check(YamlNode.Mapping rule, Findings findings)
    {
        var target = rule["object"];
        if (string.IsNullOrWhiteSpace(RubyValue.Of(target).Text))
        {
            findings.Error(AppSpecStage.Parse, target ?? rule, "an entry of 'permissions' has no 'object'", "add 'object: ' and a path");
        }

        CheckPattern(rule["pattern"], "pattern", findings);
        foreach (var except in List(rule, "except", findings))
        {
            CheckPattern(except, "except", findings);
        }

        foreach (var type in List(rule, "type", findings).Where(type => !Types.Contains(RubyValue.Of(type).Text)))
        {
            findings.Error(AppSpecStage.Parse, type, $"'type' lists {Shapes.Name(type)}, and file and directory are the only ones", "write 'type: [file, directory]' or one of them");
        }

        CheckMode(rule["mode"], findings);
        foreach (var entry in List(rule, "acls", findings).Where(entry => RubyValue.Of(entry) is not { Kind: RubyKind.Text, Text: var acl } || acl.Count(letter => letter == ':') is 0 or > 3))
        {
            findings.Error(AppSpecStage.Parse, entry, $"'acls' lists {Shapes.Name(entry)}, which is no entry of an access list", "write entries as 'u:deploy:rwx'");
        }

        CheckContext(rule["context"], findings);
    }

    /// <summary>Users and groups are looked up by name, where the rule applies to anything.</summary>
    public static void CheckOwner(YamlNode.Mapping rule, bool certain, Findings findings)
    {
        foreach (var key in new[] { "owner", "group" })
        {
            if (rule[key] is { } node && RubyValue.Of(node) is { Kind: RubyKind.Number, Text: var number })
            {
                Action<AppSpecStage, YamlNode, string, string> add = certain ? findings.Error : findings.Warning;
                add(AppSpecStage.Install, node, $"'{key}' is the number {Findings.Quote(number)}, and the agent takes names only", "write the name");
            }
        }
    }

    private static void CheckPattern(YamlNode? pattern, string key, Findings findings)
    {
        if (pattern is YamlNode.Scalar { Text: var text } && text.Contains('/'))
        {
            findings.Warning(AppSpecStage.Install, pattern, $"'{key}' {Findings.Quote(text)} has a slash, so it matches nothing", "write a pattern for names in the object's folder, or '**' for everything below it");
        }
    }

    private static void CheckMode(YamlNode? node, Findings findings)
    {
        var mode = RubyValue.Of(node);
        if (mode.IsNil)
        {
            return;
        }

        var written = node is YamlNode.Scalar { Text: var text } ? text : mode.Text;
        var isMode = mode.Kind is RubyKind.Number or RubyKind.Text && mode.Text.Length <= 4 && mode.Text.All(digit => digit is >= '0' and <= '7');
        if (written != mode.Text && mode.Kind == RubyKind.Number)
        {
            var fix = $"put it in quotes, \"{(written.All(char.IsAsciiDigit) ? written : "0644")}\", or leave the zero in front out";
            Action<AppSpecStage, YamlNode, string, string> add = isMode ? findings.Warning : findings.Error;
            add(
                isMode ? AppSpecStage.Install : AppSpecStage.Parse, node!,
                $"'mode' {Findings.Quote(written)} is {Findings.Quote(mode.Text)} to YAML, {(isMode ? "and that is the mode that agents of version 1 set" : "which agents of version 1 refuse as a mode")}", fix);
        }
        else if (!isMode)
        {
            findings.Error(AppSpecStage.Parse, node!, $"'mode' is {Shapes.Name(node!)}, not one to four digits from 0 to 7", "write it as \"0644\"");
        }
    }

    private static void CheckContext(YamlNode? context, Findings findings)
    {
        if (context is null || RubyValue.Of(context).IsNil)
        {
            return;
        }

        if (context is not YamlNode.Mapping map || RubyValue.Of(map["type"]).IsNil)
        {
            findings.Error(AppSpecStage.Parse, context, "'context' has no 'type'", "write a map with 'type', and 'name' and 'range' if they are needed");
        }
    }

    /// <summary>The agent takes no single word for a list of one.</summary>
    private static IReadOnlyList<YamlNode> List(YamlNode.Mapping rule, string key, Findings findings)
    {
        var node = rule[key];
        if (node is YamlNode.Sequence { Items: var items })
        {
            return items;
        }

        if (!(key == "acls" ? RubyValue.Of(node).IsNil : RubyValue.Of(node).IsAbsent))
        {
            findings.Error(AppSpecStage.Parse, node!, $"'{key}' is {Shapes.Name(node!)}, not a list", $"write '{key}: [{(node is YamlNode.Scalar { Text: var text } ? PlainText.Short(text, 60) : "...")}]'");
        }

        return [];
    }
}
