using System.Text.RegularExpressions;

namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>The section 'permissions': it applies to what this installation copies, and to nothing else.</summary>
internal static class PermissionRules
{
    private const string Everything = "**";

    /// <summary>Comparisons of one rule with one path, in all.</summary>
    private const long MostComparisons = 20_000_000;

    private static readonly string[] Keys = ["object", "pattern", "except", "owner", "group", "mode", "acls", "context", "type"];

    public static void Check(YamlNode? permissions, bool isWindows, InstallForecast forecast, Findings findings)
    {
        var rules = Shapes.Maps(permissions, "permissions", "object: /", findings).ToList();
        if (isWindows && rules.Count > 0)
        {
            findings.Error(AppSpecStage.Parse, permissions!, "'permissions' are for Linux only, and 'os' is windows", "take the section away");
            return;
        }

        var comparisons = (long)rules.Count * (forecast.Files.Count() + forecast.Folders.Count());
        var set = new Dictionary<string, YamlNode>();
        foreach (var rule in rules)
        {
            Shapes.CheckKeys(rule, "an entry of 'permissions'", Keys, AppSpecStage.Install, findings);
            PermissionShapes.Check(rule, findings);
            if (RubyValue.Of(rule["object"]) is { Kind: RubyKind.Text, Text: var text } && text.Trim() is { Length: > 0 } target)
            {
                CheckTarget(rule, target, forecast, comparisons <= MostComparisons ? set : null, findings);
            }
        }
    }

    private static void CheckTarget(YamlNode.Mapping rule, string text, InstallForecast forecast, Dictionary<string, YamlNode>? set, Findings findings)
    {
        var at = rule["object"]!;
        if (!text.StartsWith('/'))
        {
            findings.Warning(AppSpecStage.Install, at, $"'object' {Findings.Quote(text)} is not absolute, so it is below the folder that the agent was started in", "begin it with '/'");
            return;
        }

        var target = InstancePaths.Absolute(text);
        if (forecast.Copies(target))
        {
            CheckFile(rule, target, findings);
            Set(rule, target, certain: true, set, findings);
        }
        else if (forecast.KnowsDestinations && !forecast.Destinations.Any(destination => destination == target || InstancePaths.IsBelow(target, destination) || InstancePaths.IsBelow(destination, target)))
        {
            findings.Warning(AppSpecStage.Install, at, $"nothing is copied to {Findings.Quote(text)}, so nothing is set there", "name a place that 'files' copies to, or set it in a script; permissions are for what this installation copies");
        }
        else if (set is not null)
        {
            CheckFolder(rule, target, forecast, set, findings);
        }
    }

    private static void CheckFolder(YamlNode.Mapping rule, string target, InstallForecast forecast, Dictionary<string, YamlNode> set, Findings findings)
    {
        if (forecast.IsComplete && !forecast.HasFolder(target) && target != "/")
        {
            findings.Warning(AppSpecStage.Install, rule["object"]!, $"nothing is copied to {Findings.Quote(target)}, so nothing is set there", "look at the destinations in 'files' and at the names in the revision");
            return;
        }

        var files = Covers(rule, "file") ? forecast.Files.Where(path => Matches(rule, target, path)).ToList() : [];
        var folders = Covers(rule, "directory") ? forecast.Folders.Where(path => Matches(rule, target, path)).ToList() : [];
        if (forecast.IsComplete && files.Count + folders.Count == 0)
        {
            findings.Warning(AppSpecStage.Install, rule["pattern"] ?? rule["object"]!, $"nothing below {Findings.Quote(target)} matches, so nothing is set", $"a pattern other than '{Everything}' reaches one level deep, and the object itself is not meant");
        }

        if (!(files.Any(path => Set(rule, path, certain: true, set, findings)) || folders.Any(path => Set(rule, path, certain: false, set, findings))) && files.Count + folders.Count > 0)
        {
            PermissionShapes.CheckOwner(rule, certain: files.Count > 0, findings);
        }
    }

    /// <summary>A single file takes neither pattern nor exceptions.</summary>
    private static void CheckFile(YamlNode.Mapping rule, string target, Findings findings)
    {
        if (!Covers(rule, "file"))
        {
            findings.Warning(AppSpecStage.Install, rule["type"]!, $"{Findings.Quote(target)} is a file, and 'type' does not say 'file', so nothing is set", "write 'type: [file]'");
            return;
        }

        PermissionShapes.CheckOwner(rule, certain: true, findings);
        if (Pattern(rule) != Everything)
        {
            findings.Error(AppSpecStage.Install, rule["pattern"]!, $"'object' {Findings.Quote(target)} is a file, and 'pattern' is for folders", "take 'pattern' away");
        }

        if (Exceptions(rule).Any())
        {
            findings.Error(AppSpecStage.Install, rule["except"]!, $"'object' {Findings.Quote(target)} is a file, and 'except' is for folders", "take 'except' away");
        }
    }

    /// <returns>Whether an earlier rule has set the same; that is told.</returns>
    private static bool Set(YamlNode.Mapping rule, string path, bool certain, Dictionary<string, YamlNode>? set, Findings findings)
    {
        if (set is null || set.TryAdd(path, rule))
        {
            return false;
        }

        var what = $"the permissions of {Findings.Quote(path)} are set by the entry of line {set[path].Line} too";
        const string Fix = "the agent refuses to set anything twice: make the patterns, exceptions or types exclude each other";
        if (certain)
        {
            findings.Error(AppSpecStage.Install, rule, what, Fix);
        }
        else
        {
            findings.Warning(AppSpecStage.Install, rule, $"{what}, where that folder is not there already", Fix);
        }

        return true;
    }

    private static bool Covers(YamlNode.Mapping rule, string type) =>
        rule["type"] is not YamlNode.Sequence { Items: var items } || items.Any(item => RubyValue.Of(item).Text == type);

    private static string Pattern(YamlNode.Mapping rule) => RubyValue.Of(rule["pattern"]) is { IsNil: false, Text: var text } ? text : Everything;

    private static IEnumerable<string> Exceptions(YamlNode.Mapping rule) => rule["except"] is YamlNode.Sequence { Items: var items } ? items.Select(item => RubyValue.Of(item).Text) : [];

    private static bool Matches(YamlNode.Mapping rule, string target, string path)
    {
        if (!InstancePaths.IsBelow(path, target))
        {
            return false;
        }

        var name = path[(target == "/" ? 1 : target.Length + 1)..];
        return (Pattern(rule) is var pattern && (pattern == Everything || Glob(pattern, name))) && !Exceptions(rule).Any(except => Glob(except, name));
    }

    /// <summary>A star stands for any letters of one name; nothing else is special.</summary>
    private static bool Glob(string pattern, string name) =>
        !name.Contains('/') && Regex.IsMatch(name, $@"\A{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", RegexOptions.NonBacktracking | RegexOptions.Singleline);
}
