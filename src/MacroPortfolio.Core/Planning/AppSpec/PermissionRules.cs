namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>The section 'permissions': it applies to what this installation copies, and to nothing else.</summary>
internal sealed class PermissionRules(InstallForecast forecast, Findings findings)
{
    /// <summary>Of one rule with one path. Beyond them it is not looked at what the rules match.</summary>
    private const long MostComparisons = 5_000_000;

    private static readonly string[] Keys = ["object", "pattern", "except", "owner", "group", "mode", "acls", "context", "type"];

    /// <summary>What an earlier rule sets.</summary>
    private readonly Dictionary<string, PermissionRule> _set = [];

    public static void Check(YamlNode? permissions, bool isWindows, InstallForecast forecast, Findings findings)
    {
        var entries = Shapes.Maps(permissions, "permissions", "object: /", findings).ToList();
        if (isWindows && entries.Count > 0)
        {
            findings.Error(AppSpecStage.Parse, permissions!, "'permissions' are for Linux only, and 'os' is windows", "take the section away");
            return;
        }

        var rules = new PermissionRules(forecast, findings);
        var areCompared = (long)entries.Count * (forecast.Files.Count + forecast.Folders.Count) <= MostComparisons;
        foreach (var entry in entries)
        {
            Shapes.CheckKeys(entry, "an entry of 'permissions'", Keys, AppSpecStage.Install, findings);
            PermissionShapes.Check(entry, findings);
            if (RubyValue.Of(entry["object"]) is { Kind: RubyKind.Text, Text: var text } && text.Trim() is { Length: > 0 } target)
            {
                rules.CheckTarget(entry, target, areCompared);
            }
        }
    }

    private void CheckTarget(YamlNode.Mapping entry, string text, bool isCompared)
    {
        var at = entry["object"]!;
        if (!text.StartsWith('/'))
        {
            findings.Warning(AppSpecStage.Install, at, $"'object' {Findings.Quote(text)} is not absolute, so it is below the folder that the agent was started in", "begin it with '/'");
            return;
        }

        var target = InstancePaths.Absolute(text);
        if (forecast.KnowsDestinations && !forecast.Destinations.Any(destination => destination == target || InstancePaths.IsBelow(target, destination) || InstancePaths.IsBelow(destination, target)))
        {
            findings.Warning(AppSpecStage.Install, at, $"nothing is copied to {Findings.Quote(text)}, so nothing is set there", "name a place that 'files' copies to, or set it in a script; permissions are for what this installation copies");
        }
        else if (forecast.Copies(target))
        {
            CheckFile(new PermissionRule(entry, target));
        }
        else if (forecast.IsComplete && !forecast.HasFolder(target) && target != "/")
        {
            findings.Warning(AppSpecStage.Install, at, $"nothing is copied to {Findings.Quote(text)}, so nothing is set there", "look at the destinations in 'files' and at the names in the revision");
        }
        else if (isCompared)
        {
            CheckFolder(new PermissionRule(entry, target));
        }
    }

    private void CheckFolder(PermissionRule rule)
    {
        var files = rule.CoversFiles ? forecast.Files.Where(rule.Matches).ToList() : [];
        var folders = rule.CoversFolders ? forecast.Folders.Where(rule.Matches).ToList() : [];
        if (files.Count + folders.Count > 0)
        {
            PermissionShapes.CheckOwner(rule.Entry, certain: files.Count > 0, findings);
            Set(rule, files, folders);
        }
        else if (forecast.IsComplete)
        {
            findings.Warning(
                AppSpecStage.Install, rule.Entry["pattern"] ?? rule.Entry["object"]!, $"nothing below {Findings.Quote(rule.Target)} matches, so nothing is set",
                $"a pattern other than '{PermissionRule.Everything}' reaches one level deep, and the object itself is not meant");
        }
    }

    /// <summary>A single file takes neither pattern nor exceptions.</summary>
    private void CheckFile(PermissionRule rule)
    {
        if (!rule.CoversFiles)
        {
            findings.Warning(AppSpecStage.Install, rule.Entry["type"]!, $"{Findings.Quote(rule.Target)} is a file, and 'type' does not say 'file', so nothing is set", "write 'type: [file]'");
            return;
        }

        PermissionShapes.CheckOwner(rule.Entry, certain: true, findings);
        if (rule.HasPattern)
        {
            findings.Error(AppSpecStage.Install, rule.Entry["pattern"]!, $"'object' {Findings.Quote(rule.Target)} is a file, and 'pattern' is for folders", "take 'pattern' away");
        }

        if (rule.HasExceptions)
        {
            findings.Error(AppSpecStage.Install, rule.Entry["except"]!, $"'object' {Findings.Quote(rule.Target)} is a file, and 'except' is for folders", "take 'except' away");
        }

        Set(rule, [rule.Target], []);
    }

    /// <summary>What is set twice is refused; of folders only those that the agent makes count, and which of them are there already is not known.</summary>
    private void Set(PermissionRule rule, IReadOnlyList<string> files, IReadOnlyList<string> folders)
    {
        const string Fix = "the agent refuses to set anything twice: make the patterns, exceptions or types exclude each other";
        if (files.FirstOrDefault(_set.ContainsKey) is { } file)
        {
            findings.Error(AppSpecStage.Install, rule.Entry, $"the permissions of {Findings.Quote(file)} are set by the entry of line {_set[file].Entry.Line} too", Fix);
        }
        else if (folders.FirstOrDefault(_set.ContainsKey) is { } folder)
        {
            findings.Warning(AppSpecStage.Install, rule.Entry, $"the permissions of {Findings.Quote(folder)} are set by the entry of line {_set[folder].Entry.Line} too, where that folder is not there already", Fix);
        }

        foreach (var path in files.Concat(folders))
        {
            _set.TryAdd(path, rule);
        }
    }
}
