using System.Globalization;

namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>The sections of the file, and what they are when they are of one word.</summary>
internal static class TopRules
{
    private static readonly string[] Sections = ["version", "os", "files", "file_exists_behavior", "permissions", "hooks"];
    private static readonly string[] Behaviors = ["DISALLOW", "OVERWRITE", "RETAIN"];

    /// <summary>Files for Lambda and ECS have Resources, and nothing that an instance could use.</summary>
    public static bool IsForOtherPlatform(YamlNode.Mapping root, Findings findings)
    {
        if (root.Entries.FirstOrDefault(entry => "Resources".Equals(entry.Name, StringComparison.OrdinalIgnoreCase)) is not { } resources || root["os"] is not null)
        {
            return false;
        }

        findings.Error(AppSpecStage.Parse, resources.Key, "this is an AppSpec file for Lambda or ECS, which instances cannot use", "write one for EC2, with 'os', 'files' and 'hooks'");
        return true;
    }

    /// <returns>Whether it is for Windows.</returns>
    public static bool Check(YamlNode.Mapping root, Findings findings)
    {
        Shapes.CheckKeys(root, "the file", Sections, AppSpecStage.Parse, findings, key => LifecycleEvents.Scripted.Contains(key) ? "indent it, so that it is in 'hooks'" : null);
        CheckVersion(root, findings);
        CheckBehavior(root["file_exists_behavior"], findings);
        var isWindows = CheckOs(root, findings);

        if (RubyValue.Of(root["files"]).IsAbsent && RubyValue.Of(root["hooks"]).IsAbsent)
        {
            findings.Warning(AppSpecStage.Install, root, "it has neither 'files' nor 'hooks': nothing would be copied and nothing run", "add one of the two");
        }

        return isWindows;
    }

    private static void CheckVersion(YamlNode.Mapping root, Findings findings)
    {
        var version = RubyValue.Of(root["version"]);
        var isZero = version.Kind == RubyKind.Number && double.TryParse(version.Text, CultureInfo.InvariantCulture, out var value) && value == 0;
        if (isZero)
        {
            return;
        }

        var what = version.IsNil ? "there is no 'version'"
            : version.Kind == RubyKind.Text && double.TryParse(version.Text, CultureInfo.InvariantCulture, out var quoted) && quoted == 0 ? $"'version' is the text {Findings.Quote(version.Text)}, not a number"
            : $"'version' is {Findings.Quote(version.Text)}, and 0.0 is the only one";
        findings.Error(AppSpecStage.Parse, root["version"] ?? root, what, "write 'version: 0.0'");
    }

    private static bool CheckOs(YamlNode.Mapping root, Findings findings)
    {
        var os = RubyValue.Of(root["os"]);
        if (os is not { Kind: RubyKind.Text, Text: "linux" or "windows" })
        {
            findings.Error(AppSpecStage.Parse, root["os"] ?? root, os.IsNil ? "there is no 'os'" : $"'os' is {Findings.Quote(os.Text)}, and linux and windows are the only ones", "write 'os: linux' or 'os: windows'");
        }

        return os.Text == "windows";
    }

    private static void CheckBehavior(YamlNode? behavior, Findings findings)
    {
        if (behavior is not null && RubyValue.Of(behavior) is { IsNil: false, Text: var text } && !Behaviors.Contains(text))
        {
            findings.Error(AppSpecStage.Parse, behavior, $"'file_exists_behavior' is {Findings.Quote(text)}, which the agent does not know", $"write one of {string.Join(", ", Behaviors)}");
        }
    }
}
