using System.Globalization;
using MacroPortfolio.Simulator.Fleet.Machine;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>Reads an AppSpec file by the agent's rules and refuses with its words (aws-codedeploy-agent, application_specification/*.rb).</summary>
public static class AppSpecParser
{
    private const int LongestEventSeconds = 3600;

    /// <summary>What is refused is shown, and may be the whole file.</summary>
    private const int LongestReason = 1_000;

    private static readonly string[] Behaviors = ["DISALLOW", "OVERWRITE", "RETAIN"];
    private static readonly string[] PermissionTypes = ["file", "directory"];

    /// <exception cref="AgentException">The agent would refuse the file.</exception>
    public static AppSpec Parse(string text)
    {
        var file = Yaml.Parse(text) as Yaml.Map ?? new Yaml.Map(new Dictionary<string, Yaml>());

        if (file["version"] is not Yaml.Number { Value: 0 })
        {
            throw Refused($"an invalid version value ({file["version"]}) was entered in the application specification file. " +
                "Make sure your AppSpec file specifies \"0.0\" as the version, and then try again.");
        }

        if (file["os"] is not Yaml.Text { Value: "linux" })
        {
            throw Refused($"the application specification file specifies an unsupported operating system ({file["os"]}). " +
                "Specify either \"linux\" or \"windows\" in the os section of the AppSpec file, and then try again.");
        }

        return new AppSpec(
            ReadBehavior(file["file_exists_behavior"]), ReadFiles(file["files"]), ReadPermissions(file["permissions"]), ReadHooks(file["hooks"]));
    }

    private static string? ReadBehavior(Yaml behavior)
    {
        if (behavior is Yaml.Nothing)
            return null;
        if (!Behaviors.Contains(behavior.ToString()))
        {
            throw Refused($"an invalid file_exists_behavior value ({behavior}) was entered in the application specification file. " +
                "Valid options include OVERWRITE, RETAIN, and DISALLOW.");
        }

        return behavior.ToString();
    }

    private static List<FileMapping> ReadFiles(Yaml files) =>
        [.. Entries(files, "files").Select(mapping => (mapping["source"], mapping["destination"]) switch
        {
            (Yaml.Nothing, _) => throw Refused("the application specification file specifies a destination file, but no source file. " +
                "Update the files section of the AppSpec file, and then try again."),
            (var source, Yaml.Nothing) => throw Refused($"the application specification file specifies only a source file ({source}). " +
                "Add the name of the destination file to the files section of the AppSpec file, and then try again."),
            var (source, destination) => new FileMapping(source.ToString(), InstancePath.Absolute(destination.ToString(), AgentFolders.Home)),
        })];

    private static Dictionary<string, IReadOnlyList<HookScript>> ReadHooks(Yaml hooks)
    {
        if (IsLeftOut(hooks))
            return [];
        if (hooks is not Yaml.Map events)
        {
            throw Refused("the hooks section of the application specification file is not a map of lifecycle events. " +
                "Update the AppSpec file, and then try again.");
        }

        var scripts = events.Entries.ToDictionary(entry => entry.Key, IReadOnlyList<HookScript> (entry) => [.. ReadScripts(entry.Key, entry.Value)]);
        foreach (var (lifecycleEvent, entry) in events.Entries)
            CheckTotal(lifecycleEvent, entry);
        return scripts;
    }

    private static IEnumerable<HookScript> ReadScripts(string lifecycleEvent, Yaml scripts)
    {
        if (scripts is not Yaml.List)
        {
            throw Refused($"the hooks section of the application specification file lists no scripts for the lifecycle event {lifecycleEvent}. " +
                "Update the AppSpec file, and then try again.");
        }

        return Entries(scripts, "hooks").Select(script => new HookScript(
            script["location"].ToString().Trim() is { Length: > 0 } location
                ? location
                : throw Refused("the application specification file specifies a script with no location value. " +
                    "Specify the location in the hooks section of the AppSpec file, and then try again."),
            TimeSpan.FromSeconds(ReadTimeout(script["timeout"]) ?? LongestEventSeconds),
            script["runas"] is Yaml.Nothing ? null : script["runas"].ToString().Trim(),
            !IsLeftOut(script["sudo"])));
    }

    private static int? ReadTimeout(Yaml timeout)
    {
        if (IsLeftOut(timeout))
            return null;

        // Ruby's to_i: the digits that the text begins with.
        var digits = string.Concat(timeout.ToString().Trim().TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? seconds
            : throw Refused("an invalid timeout value was provided for a script in the application specification file. " +
                "Make corrections in the hooks section of the AppSpec file, and then try again.");
    }

    /// <summary>Only what is written counts: AWS's own example lists two scripts of one event without a timeout, each may take the whole hour.</summary>
    private static void CheckTotal(string lifecycleEvent, Yaml scripts)
    {
        var total = Entries(scripts, "hooks").Sum(script => (long)(ReadTimeout(script["timeout"]) ?? 0));
        if (total > LongestEventSeconds)
        {
            throw Refused($"the timeouts of the scripts for the lifecycle event {lifecycleEvent} add up to {total} seconds, more than {LongestEventSeconds}. " +
                "Make corrections in the hooks section of the AppSpec file, and then try again.");
        }
    }

    private static List<PermissionRule> ReadPermissions(Yaml permissions) =>
        [.. Entries(permissions, "permissions").Select(permission => new PermissionRule(
            permission["object"].ToString().Trim() is { Length: > 0 } target
                ? InstancePath.Absolute(target, AgentFolders.Home)
                : throw Refused("a permission listed in the application specification file has no object value. " +
                    "Update the permissions section of the AppSpec file, and then try again."),
            OptionalText(permission["pattern"]) ?? PermissionRule.Everything,
            [.. Texts(permission["except"], "except")],
            ReadTypes(permission["type"]),
            OptionalText(permission["owner"]),
            OptionalText(permission["group"]),
            OptionalText(permission["mode"]) is { } mode ? ReadMode(mode) : null,
            HasAccessList(permission["acls"]) | HasContext(permission["context"])))];

    private static string[] ReadTypes(Yaml types)
    {
        if (IsLeftOut(types))
            return PermissionTypes;

        var named = Texts(types, "type").ToArray();
        if (named.FirstOrDefault(type => !PermissionTypes.Contains(type)) is { } unknown)
        {
            throw Refused($"the application specification file specifies a permission for an object type not supported for permissions ({unknown}). " +
                "Update the permissions section of the AppSpec file, and then try again.");
        }

        return named;
    }

    private static string ReadMode(string mode)
    {
        if (mode.Length > 4)
        {
            throw Refused($"the length of a permissions mode ({mode}) in the application specification file is invalid. " +
                "Permissions modes must be between one and four characters long. Update the permissions section of the AppSpec file, and then try again.");
        }

        if (mode.Any(character => character is < '0' or > '7'))
        {
            throw Refused($"the permissions mode ({mode}) in the application specification file contains an invalid character " +
                $"({mode.First(character => character is < '0' or > '7')}). Update the permissions section of the AppSpec file, and then try again.");
        }

        return mode.PadLeft(3, '0');
    }

    private static IEnumerable<Yaml.Map> Entries(Yaml list, string section) => list switch
    {
        _ when IsLeftOut(list) => [],
        Yaml.List { Items: var items } when items.All(item => item is Yaml.Map) => items.Cast<Yaml.Map>(),
        _ => throw Refused($"the {section} section of the application specification file is not a list of maps. Update the AppSpec file, and then try again."),
    };

    /// <summary>A single word is none: Ruby's texts have no <c>each</c>.</summary>
    private static IEnumerable<string> Texts(Yaml list, string key) => list switch
    {
        _ when IsLeftOut(list) => [],
        Yaml.List { Items: var items } => items.Select(item => item.ToString()),
        _ => throw Refused($"{key} of a permission listed in the application specification file is not a list. Update the permissions section of the AppSpec file, and then try again."),
    };

    private static bool HasAccessList(Yaml access)
    {
        if (access is Yaml.Nothing)
            return false;

        var invalid = access is Yaml.List list ? list.Items.FirstOrDefault(item => item is not Yaml.Text { Value: var entry } || entry.Count(letter => letter == ':') is 0 or > 3) : access;
        return invalid is null ? true : throw Refused("of a problem with the acls permission settings in the application specification file. " +
            $"Invalid acl entry ({invalid}).");
    }

    private static bool HasContext(Yaml context) => context switch
    {
        Yaml.Nothing => false,
        Yaml.Map map when map["type"] is not Yaml.Nothing => true,
        _ => throw Refused($"the application specification file specifies an invalid context type ({context}). " +
            "Update the permissions section of the AppSpec file, and then try again."),
    };

    /// <summary>What Ruby's <c>||</c> passes over.</summary>
    private static bool IsLeftOut(Yaml value) => value is Yaml.Nothing or Yaml.Truth { Value: false };

    private static string? OptionalText(Yaml value) => value is Yaml.Nothing ? null : value.ToString();

    private static AgentException Refused(string why) => new($"The deployment failed because {(why.Length <= LongestReason ? why : $"{why[..LongestReason]}...")}");
}
