using System.Globalization;

namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>The section 'hooks': which scripts run in which event.</summary>
internal static class HookRules
{
    private const string Example = "location: scripts/start.sh";
    private const int LongestEventSeconds = 3600;

    private static readonly string[] Keys = ["location", "timeout", "runas", "sudo"];

    public static void Check(YamlNode? hooks, bool isWindows, InstallForecast forecast, BundleListing? bundle, Findings findings)
    {
        if (hooks is null || RubyValue.Of(hooks).IsAbsent)
        {
            return;
        }

        if (hooks is not YamlNode.Mapping events)
        {
            findings.Error(AppSpecStage.Parse, hooks, $"'hooks' is {Shapes.Name(hooks)}, not a map of events", "write the events as keys, without '- ' in front, and a list of scripts below each");
            return;
        }

        var before = new Dictionary<string, YamlNode>();
        foreach (var entry in events.Entries)
        {
            Shapes.CheckTwice(before, entry, findings);
        }

        foreach (var entry in events.Entries.Where(entry => before[entry.Name ?? ""] == entry.Key))
        {
            CheckEvent(entry, findings);
            if (entry.Value is YamlNode.Sequence { Items.Count: 0 })
            {
                findings.Warning(AppSpecStage.Hook, entry.Key, $"{Findings.Quote(entry.Name ?? "")} has an empty list of scripts", "take the event away, or add a script");
            }
            else if (entry.Value is YamlNode.Sequence)
            {
                CheckScripts(entry, isWindows, forecast, bundle, findings);
            }
            else
            {
                findings.Error(AppSpecStage.Parse, entry.Value is YamlNode.Mapping ? entry.Value : entry.Key, $"{Findings.Quote(entry.Name ?? "")} is {Shapes.Name(entry.Value)}, not a list of scripts", NoList(entry));
            }
        }
    }

    private static string NoList(YamlEntry entry) => entry switch
    {
        { Name: { } name } when Keys.Contains(name) => "indent it, so that it stands below the 'location' of its script",
        { Value: YamlNode.Mapping } => $"begin each script with '- ', as in '- {Example}'",
        { Value: YamlNode.Scalar { Text: "" } } => $"take the event away, or list scripts below it, as in '- {Example}'",
        _ => $"list scripts below it, as in '- {Example}'",
    };

    private static void CheckEvent(YamlEntry entry, Findings findings)
    {
        var name = entry.Name ?? "";
        if (LifecycleEvents.Scripted.Contains(name) || (Keys.Contains(name) && entry.Value is not YamlNode.Sequence))
        {
            return;
        }

        if (LifecycleEvents.Unscripted.Contains(name))
        {
            findings.Warning(AppSpecStage.Hook, entry.Key, $"no script ever runs in {Findings.Quote(name)}, which belongs to CodeDeploy itself", $"use one of {string.Join(", ", LifecycleEvents.Scripted)}");
            return;
        }

        var nearest = Nearest.To(name, LifecycleEvents.Scripted);
        findings.Error(
            AppSpecStage.Install, entry.Key, $"{Findings.Quote(name)} is no lifecycle event of EC2 deployments", nearest is null ? $"use one of {string.Join(", ", LifecycleEvents.Scripted)}" : $"write '{nearest}'; case counts");
    }

    private static void CheckScripts(YamlEntry entry, bool isWindows, InstallForecast forecast, BundleListing? bundle, Findings findings)
    {
        var total = 0L;
        foreach (var script in Shapes.Maps(entry.Value, entry.Name ?? "", Example, findings))
        {
            Shapes.CheckKeys(script, $"a script of {Findings.Quote(entry.Name ?? "")}", Keys, AppSpecStage.Hook, findings);
            total = Math.Min(int.MaxValue, total + Timeout(script["timeout"], findings));
            CheckUser(script, isWindows, findings);
            var location = RubyValue.Of(script["location"]);
            if (string.IsNullOrWhiteSpace(location.Text))
            {
                findings.Error(AppSpecStage.Parse, script["location"] ?? script, $"a script of {Findings.Quote(entry.Name ?? "")} has no 'location'", $"add one, as in '{Example}'");
            }
            else if (location.Kind == RubyKind.Collection)
            {
                findings.Error(AppSpecStage.Hook, script["location"]!, $"'location' is {location.Text}, not a path", "write a script for each path");
            }
            else
            {
                new ScriptRules(entry.Name ?? "", script["location"]!, location.Text.Trim(), isWindows, findings).Check(forecast, bundle);
            }
        }

        if (total > LongestEventSeconds)
        {
            findings.Warning(
                AppSpecStage.Hook, entry.Key, $"the timeouts of {Findings.Quote(entry.Name ?? "")} add up to {total} seconds, and an event has {LongestEventSeconds} for all its scripts",
                "lower them: what takes longer fails the instance, whatever is written here");
        }
    }

    /// <returns>What is written, in seconds; 0 when nothing is.</returns>
    private static long Timeout(YamlNode? node, Findings findings)
    {
        var timeout = RubyValue.Of(node);
        if (timeout.IsAbsent)
        {
            return 0;
        }

        const string Fix = "write whole seconds, as in 'timeout: 300'";
        if (timeout.Whole is not > 0)
        {
            findings.Error(AppSpecStage.Parse, node!, $"'timeout' is {Shapes.Name(node!)}, not a number of seconds above 0", Fix);
            return 0;
        }

        var seconds = timeout.Whole.Value;
        if (node is YamlNode.Scalar { Text: var text } && text.Trim() != seconds.ToString(CultureInfo.InvariantCulture))
        {
            findings.Warning(AppSpecStage.Hook, node, $"'timeout' {Findings.Quote(text)} is {seconds} seconds to the agent", Fix);
        }

        return seconds;
    }

    private static void CheckUser(YamlNode.Mapping script, bool isWindows, Findings findings)
    {
        foreach (var key in new[] { "runas", "sudo" })
        {
            if (isWindows && script.Find(key) is { } entry)
            {
                findings.Warning(AppSpecStage.Hook, entry.Key, $"'{key}' is for Linux only: on Windows the script runs as the agent's user", "take it away");
            }
        }

        if (script["sudo"] is { } sudo && RubyValue.Of(sudo) is { Kind: not (RubyKind.True or RubyKind.False or RubyKind.Nil), Text: var text })
        {
            findings.Warning(AppSpecStage.Hook, sudo, $"'sudo' is {Findings.Quote(text)}, which counts as true", "write 'sudo: true', or take it away");
        }
    }
}
