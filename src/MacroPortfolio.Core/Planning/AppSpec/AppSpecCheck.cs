using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Planning.AppSpec;

/// <param name="Path">In the revision, as it was listed.</param>
public sealed record AppSpecFile(string Path, YamlDocument Document);

/// <summary>Says of an AppSpec file what CodeDeploy's agent would refuse and when, and which of the usual mistakes are in it, by the rules of the agent's versions 1 (aws/aws-codedeploy-agent).</summary>
public static class AppSpecCheck
{
    /// <param name="file">Null when the revision has none.</param>
    /// <param name="bundle">Null when only the file's text is known: what needs more is not found then.</param>
    public static IReadOnlyList<AppSpecFinding> Of(AppSpecFile? file, BundleListing? bundle)
    {
        var findings = new Findings(file?.Path ?? BundleListing.AppSpecName);
        if (file is null)
        {
            Missing(bundle, findings);
            return findings.Sorted;
        }

        if (file.Path.EndsWith(BundleListing.OtherAppSpecName, StringComparison.Ordinal))
        {
            findings.Error(AppSpecStage.Hook, 1, 1, $"the file is named '{BundleListing.OtherAppSpecName}', which Install takes and the hooks before and after it do not find", $"name it '{BundleListing.AppSpecName}'");
        }

        switch (file.Document)
        {
            case YamlDocument.Unreadable unreadable:
                findings.Error(AppSpecStage.Parse, unreadable.Line, unreadable.Column, $"it is not YAML: {PlainText.Short(unreadable.Why, 300)}", SyntaxFix(unreadable.LineText));
                break;
            case YamlDocument.Read read:
                Read(read, bundle, findings);
                break;
        }

        return findings.Sorted;
    }

    private static void Missing(BundleListing? bundle, Findings findings)
    {
        var fix = bundle switch
        {
            _ when bundle?.RuleAgainst(BundleListing.AppSpecName) is { } rule => $"the ignore file leaves it out by the rule {Findings.Quote(rule)}: take the rule away or except the file",
            _ when bundle?.Like(BundleListing.AppSpecName) is { } like => $"there is {Findings.Quote(like)}: move it to the top, or make the revision of the folder that it is in",
            _ => "add one; a GitHub revision needs it at the repository's top",
        };
        findings.Error(AppSpecStage.Parse, 1, 1, $"the revision has no '{BundleListing.AppSpecName}' at its top", fix);
    }

    private static void Read(YamlDocument.Read read, BundleListing? bundle, Findings findings)
    {
        if (read.StartsWithMark)
        {
            findings.Warning(AppSpecStage.Parse, 1, 1, "it begins with a byte order mark, which the agent passes over and other programs may not", "save it as UTF-8 without one");
        }

        if (read.Next is { } next)
        {
            findings.Warning(AppSpecStage.Parse, next, "a second document begins here, which the agent does not read", "keep one document: take the '---' away");
        }

        if (read.FirstAlias is { } alias)
        {
            findings.Warning(AppSpecStage.Parse, alias, "another part of the file is repeated by an alias, which an agent that runs on Ruby 3.1 or newer refuses", "write the part out");
        }

        if (read.Root is not YamlNode.Mapping root)
        {
            var what = read.Root is null ? "it is empty" : $"it is {Shapes.Name(read.Root)}, not a map of sections";
            findings.Error(AppSpecStage.Parse, read.Root?.Line ?? 1, read.Root?.Column ?? 1, what, "begin with 'version: 0.0' and 'os: linux'");
            return;
        }

        if (TopRules.IsForOtherPlatform(root, findings))
        {
            return;
        }

        var isWindows = TopRules.Check(root, findings);
        var forecast = FileRules.Check(root["files"], isWindows, bundle, findings);
        PermissionRules.Check(root["permissions"], isWindows, forecast, findings);
        HookRules.Check(root["hooks"], isWindows, forecast, bundle, findings);
    }

    private static string SyntaxFix(string line) => line switch
    {
        _ when line[..^line.TrimStart().Length].Contains('\t') => "indent with spaces; YAML takes no tabs",
        _ when line.Contains(": *", StringComparison.Ordinal) || line.TrimStart().StartsWith("- *", StringComparison.Ordinal) => "put what begins with '*' in quotes, as in \"**\": without them it is an alias",
        _ when line.Contains(": @", StringComparison.Ordinal) || line.Contains(": `", StringComparison.Ordinal) || line.Contains(": %", StringComparison.Ordinal) => "put the value in quotes",
        _ => "look at the indentation, the quotes and the brackets of this line and of the one before it",
    };
}
