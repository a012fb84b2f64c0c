using System.Globalization;
using System.Text.RegularExpressions;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;
using NodaTime;
using Calendar = MacroPortfolio.Core.Planning.Calendars.Calendar;
using Period = MacroPortfolio.Core.Planning.Calendars.Period;

namespace MacroPortfolio.Core.Planning.Stages;

/// <summary>What is wrong in a release file, and where: line and column count from 1.</summary>
/// <param name="Words">What stands there, and what would be right.</param>
public sealed record ReleaseFileProblem(int Line, int Column, string Words)
{
    public override string ToString() => $"line {Line}, column {Column}: {Words}";
}

/// <summary>Reads a release file into rules, and tells everything that is wrong with it at once. A rule that cannot be read is never left out: then there are no rules at all, and nothing is promoted.</summary>
public sealed partial class ReleaseFileReading
{
    /// <summary>Of a gate that does not say.</summary>
    private static readonly Duration Every = Duration.FromSeconds(5);

    private static readonly Duration MostFor = Duration.FromHours(1);
    private static readonly Duration MostBake = Duration.FromDays(90);

    private readonly List<ReleaseFileProblem> problems = [];
    private DateTimeZone zone = DateTimeZone.Utc;

    private ReleaseFileReading() { }

    /// <summary>The keys of each part, as the published schema has them too.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Keys { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [""] = ["version", "application", "owner", "runbook", "time-zone", "revision", "departments", "api-manual", "role-to-read", "stages"],
        ["revision"] = ["s3"],
        ["s3"] = ["bucket", "prefix"],
        ["stage"] =
        [
            "name", "deployment-groups", "targets", "environment", "role-to-assume", "role-to-read", "role-to-roll-back", "region", "url", "deployment-config", "max-parallel",
            "bake", "windows", "freezes", "gates", "approval", "rollback", "rollback-environment",
        ],
        ["target"] = ["deployment-group", "region", "role-to-assume", "role-to-read", "role-to-roll-back"],
        ["http gate"] = ["http", "expect-status", "expect-body", "slower-than", "every", "for", "allowed-failures"],
        ["checks gate"] = ["checks", "for"],
        ["approval"] = ["allowed-actors", "override-actors", "not-author"],
    };

    /// <returns>The rules, or else what is wrong with the text; never both.</returns>
    public static (ReleaseFile? File, IReadOnlyList<ReleaseFileProblem> Problems) Read(YamlDocument document)
    {
        var reading = new ReleaseFileReading();
        var file = document switch
        {
            YamlDocument.Unreadable wrong => reading.Wrong(wrong.Line, wrong.Column, $"this is not YAML: {wrong.Why}"),
            YamlDocument.Read { Root: YamlNode.Mapping root } => reading.File(root),
            YamlDocument.Read { Root: { } other } => reading.Wrong(other.Line, other.Column, "the file is no map; it begins with 'version: 1'"),
            _ => reading.Wrong(1, 1, "the file is empty; it begins with 'version: 1'"),
        };
        return reading.problems.Count > 0 ? (null, [.. reading.problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]) : (file, []);
    }

    private ReleaseFile? File(YamlNode.Mapping root)
    {
        CheckKeys(root, "", "the file");
        Required(root, "version", "version: 1", (string text, out int version) => int.TryParse(text, CultureInfo.InvariantCulture, out version) && version == 1, "1, the only version there is");
        zone = Chosen(root, "time-zone", (string text, out DateTimeZone found) => (found = DateTimeZoneProviders.Tzdb.GetZoneOrNull(text)!) is not null, "an IANA time zone such as Asia/Hong_Kong") ?? DateTimeZone.Utc;
        var application = Required<ApplicationName>(root, "application", "application: NAME", ApplicationName.TryParse, ApplicationName.Expected);
        foreach (var key in (string[])["owner", "runbook", "api-manual"])
        {
            _ = Word(root, key);
        }

        RevisionSource(root);
        Departments(root);
        var toRead = Optional<RoleArn>(root, "role-to-read", RoleArn.TryParse, RoleArn.Expected);
        var stages = Stages(root);
        return new ReleaseFile(application, zone, toRead, stages);
    }

    private List<Stage> Stages(YamlNode.Mapping root)
    {
        if (root.Find("stages") is not { } entry)
        {
            Wrong(root, "'stages' is missing; it is the list of the stages in the order of promotion, such as '- name: gray'");
            return [];
        }

        if (entry.Value is not YamlNode.Sequence { Items: { Count: > 0 } items })
        {
            Wrong(entry.Value, $"'stages' is {Shape(entry.Value)}; it is the list of the stages in the order of promotion, such as '- name: gray'");
            return [];
        }

        var stages = new List<(Stage Stage, YamlNode.Mapping At)>();
        foreach (var item in items)
        {
            if (item is YamlNode.Mapping map)
            {
                stages.Add((StageOf(map), map));
            }
            else
            {
                Wrong(item, $"a stage is a map that begins with '- name: NAME', and this is {Shape(item)}");
            }
        }

        foreach (var twice in stages.GroupBy(read => read.Stage.Name).SelectMany(same => same.Skip(1)))
        {
            Wrong(twice.At, $"there is a stage '{twice.Stage.Name}' above already; names tell stages apart");
        }

        foreach (var twice in stages.SelectMany(read => read.Stage.Groups.Select(group => (Place: (group, read.Stage.Access.Region, read.Stage.Access.ToAssume?.Account), read.Stage, read.At))).GroupBy(read => read.Place).SelectMany(same => same.Skip(1)))
        {
            Wrong(twice.At, $"deployment group '{twice.Place.group}' is of another stage too; a group is of one stage");
        }

        return [.. stages.Select(read => read.Stage)];
    }

    private Stage StageOf(YamlNode.Mapping map)
    {
        CheckKeys(map, "stage", "a stage");
        var name = Required<StageName>(map, "name", "name: NAME", StageName.TryParse, StageName.Expected);
        var (groups, access) = Place(map);
        var environment = Word(map, "environment") ?? name.Value;
        var url = Url(map, "url");
        return new Stage(
            name,
            groups,
            access,
            new StageEnvironment(environment, url),
            Word(map, "deployment-config"),
            Time(map, "bake", MostBake) ?? Duration.Zero,
            new Calendar(Periods(map, "windows"), Periods(map, "freezes")),
            Gates(map),
            ApprovalOf(map),
            Number(map, "max-parallel", 1, 1_000) ?? 0,
            Chosen(map, "rollback", (string text, out string word) => (word = text) is "on-failure" or "never", "on-failure or never") != "never")
        {
            RollbackEnvironment = Word(map, "rollback-environment") ?? $"{environment}-rollback",
        };
    }

    /// <summary>The groups of a stage, all in one account and region: what is elsewhere is promoted on its own.</summary>
    private (IReadOnlyList<DeploymentGroupName> Groups, StageAccess Access) Place(YamlNode.Mapping map)
    {
        var own = Access(map);
        if (map.Find("targets") is not { } targets)
        {
            if (map.Find("deployment-groups") is null)
            {
                Wrong(map, "the stage has neither 'deployment-groups: [GROUP]' nor 'targets'");
            }

            return (Unique<DeploymentGroupName>(Items(map, "deployment-groups"), "deployment group", DeploymentGroupName.TryParse, DeploymentGroupName.Expected), own);
        }

        if (map.Find("deployment-groups") is { } both)
        {
            Wrong(both.Key, "a stage has 'deployment-groups' or 'targets', not both");
        }

        var places = new List<(DeploymentGroupName Group, StageAccess Access, YamlNode At)>();
        foreach (var item in targets.Value is YamlNode.Sequence list ? list.Items : [targets.Value])
        {
            if (item is not YamlNode.Mapping target)
            {
                Wrong(item, $"a target is a map such as {{ deployment-group: gray, region: ap-east-1 }}, and this is {Shape(item)}");
                continue;
            }

            CheckKeys(target, "target", "a target");
            var given = Access(target);
            places.Add((
                Required<DeploymentGroupName>(target, "deployment-group", "deployment-group: GROUP", DeploymentGroupName.TryParse, DeploymentGroupName.Expected),
                new StageAccess(given.Region ?? own.Region, given.ToAssume ?? own.ToAssume, given.ToRead ?? own.ToRead, given.ToRollBack ?? own.ToRollBack),
                target));
        }

        foreach (var elsewhere in places.Where(place => place.Access != places[0].Access))
        {
            Wrong(elsewhere.At, "the targets of a stage are in one region and have the same roles; make a stage of each region and account");
        }

        return ([.. places.Select(place => place.Group)], places is [var first, ..] ? first.Access : own);
    }

    private StageAccess Access(YamlNode.Mapping map) => new(
        Optional<RegionName>(map, "region", RegionName.TryParse, RegionName.Expected),
        Optional<RoleArn>(map, "role-to-assume", RoleArn.TryParse, RoleArn.Expected),
        Optional<RoleArn>(map, "role-to-read", RoleArn.TryParse, RoleArn.Expected),
        Optional<RoleArn>(map, "role-to-roll-back", RoleArn.TryParse, RoleArn.Expected));

    private List<Period> Periods(YamlNode.Mapping map, string key)
    {
        var periods = new List<Period>();
        foreach (var item in Items(map, key))
        {
            if (!Period.TryParse(item.Text, zone, out var period, out var why))
            {
                Wrong(item, $"in '{key}' stands {Quote(item.Text)}: {why}");
                continue;
            }

            periods.Add(period);
        }

        return periods;
    }

    private List<Gate> Gates(YamlNode.Mapping map)
    {
        var gates = new List<Gate>();
        if (map.Find("gates") is not { } entry)
        {
            return gates;
        }

        foreach (var item in entry.Value is YamlNode.Sequence list ? list.Items : [entry.Value])
        {
            switch (item)
            {
                case YamlNode.Mapping http when http.Find("http") is not null:
                    CheckKeys(http, "http gate", "an http gate");
                    if (Url(http, "http") is { } url)
                    {
                        gates.Add(new Gate.Http(
                            url,
                            Number(http, "expect-status", 100, 599) ?? 200,
                            Word(http, "expect-body"),
                            Optional<Duration>(http, "slower-than", TryParseShort, "a duration such as 300ms or 2s"),
                            Time(http, "every", MostFor, least: Duration.FromSeconds(1)) ?? Every,
                            Time(http, "for", MostFor) ?? Duration.Zero,
                            Number(http, "allowed-failures", 0, 10_000) ?? 0));
                    }

                    break;

                case YamlNode.Mapping checks when checks.Find("checks") is not null:
                    CheckKeys(checks, "checks gate", "a gate of checks");
                    var names = Items(checks, "checks").Select(name => name.Text).ToList();
                    if (names.Count == 0)
                    {
                        Wrong(checks, "a gate of checks names at least one, as in 'checks: [post-deployment-tests]'");
                    }

                    gates.Add(new Gate.Checks(names, Time(checks, "for", MostFor) ?? Duration.Zero));
                    break;

                default:
                    Wrong(item, $"a gate begins with '- http: URL' or '- checks: [NAME]', and this is {(item is YamlNode.Mapping other ? $"a map of {string.Join(", ", other.Entries.Select(key => key.Name ?? "?"))}" : Shape(item))}");
                    break;
            }
        }

        return gates;
    }

    private Approval ApprovalOf(YamlNode.Mapping map)
    {
        if (map.Find("approval") is not { } entry)
        {
            return Approval.Anybody;
        }

        if (entry.Value is not YamlNode.Mapping approval)
        {
            Wrong(entry.Value, $"'approval' is a map such as {{ allowed-actors: [LOGIN], not-author: last }}, and this is {Shape(entry.Value)}");
            return Approval.Anybody;
        }

        CheckKeys(approval, "approval", "approval");
        return new Approval(
            Unique(Items(approval, "allowed-actors"), "login", (string text, out string login) => Login().IsMatch(login = text), "a GitHub login"),
            Unique(Items(approval, "override-actors"), "login", (string text, out string login) => Login().IsMatch(login = text), "a GitHub login"),
            Optional(approval, "not-author", (string text, out NotAuthor rule) => (rule = text switch { "last" => NotAuthor.Last, "any" => NotAuthor.Any, _ => NotAuthor.Off }) != NotAuthor.Off || text == "off", "last (the author of the newest pull request), any or off") ?? NotAuthor.Off);
    }

    private void RevisionSource(YamlNode.Mapping root)
    {
        switch (root["revision"])
        {
            case null or YamlNode.Scalar { Text: "github" }:
                return;

            case YamlNode.Mapping source when source.Find("s3")?.Value is YamlNode.Mapping bucket:
                CheckKeys(source, "revision", "revision");
                CheckKeys(bucket, "s3", "s3");
                Required<BucketName>(bucket, "bucket", "bucket: NAME", BucketName.TryParse, BucketName.Expected);
                Optional<KeyPrefix>(bucket, "prefix", KeyPrefix.TryParse, KeyPrefix.Expected);
                return;

            case { } other:
                Wrong(other, $"'revision' is {Shape(other)}; it is github, or {{ s3: {{ bucket: NAME, prefix: releases/ }} }}");
                return;
        }
    }

    private void Departments(YamlNode.Mapping root)
    {
        if (root["departments"] is { } departments && !(departments is YamlNode.Mapping map && map.Entries.All(entry => entry is { Name: not null, Value: YamlNode.Scalar })))
        {
            Wrong(departments, "'departments' is a map of pull request label to department, such as { risk-management: Risk }");
        }
    }

    private void CheckKeys(YamlNode.Mapping map, string part, string name)
    {
        var known = Keys[part];
        foreach (var entry in map.Entries.Where(entry => entry.Name is not { } key || !known.Contains(key)))
        {
            var nearest = Nearest.To(entry.Name ?? "", known);
            Wrong(entry.Key, $"{name} has no key {Quote(entry.Name ?? "(no word)")}; {(nearest is null ? $"keys are {string.Join(", ", known)}" : $"'{nearest}' may be meant")}");
        }

        foreach (var twice in map.Entries.GroupBy(entry => entry.Name).Where(same => same.Key is not null).SelectMany(same => same.Skip(1)))
        {
            Wrong(twice.Key, $"{Quote(twice.Name!)} stands here for the second time");
        }
    }

    /// <summary>The words of a list; a single one need not be a list.</summary>
    private List<YamlNode.Scalar> Items(YamlNode.Mapping map, string key)
    {
        var words = new List<YamlNode.Scalar>();
        foreach (var item in map[key] switch { null => [], YamlNode.Sequence list => list.Items, { } single => [single] })
        {
            if (item is YamlNode.Scalar { Text.Length: > 0 } word)
            {
                words.Add(word);
            }
            else
            {
                Wrong(item, $"'{key}' is a list of words, and in it stands {Shape(item)}{(item is YamlNode.Mapping ? "; words with ': ' in them are to be quoted" : "")}");
            }
        }

        return words;
    }

    private List<T> Unique<T>(IEnumerable<YamlNode.Scalar> items, string name, TryParse<T> parse, string expected)
    {
        var values = new List<T>();
        foreach (var item in items)
        {
            if (!parse(item.Text, out var value))
            {
                Wrong(item, $"{Quote(item.Text)} is not {expected}");
            }
            else if (values.Contains(value))
            {
                Wrong(item, $"{name} {Quote(item.Text)} stands here for the second time");
            }
            else
            {
                values.Add(value);
            }
        }

        return values;
    }

    private T Required<T>(YamlNode.Mapping map, string key, string example, TryParse<T> parse, string expected)
    {
        if (map.Find(key) is null)
        {
            Wrong(map, $"'{key}' is missing, as in '{example}'");
            return default!;
        }

        return Value(map, key, parse, expected, out var value) ? value : default!;
    }

    private T? Optional<T>(YamlNode.Mapping map, string key, TryParse<T> parse, string expected)
        where T : struct => Value(map, key, parse, expected, out var value) ? value : null;

    private T? Chosen<T>(YamlNode.Mapping map, string key, TryParse<T> parse, string expected)
        where T : class => Value(map, key, parse, expected, out var value) ? value : null;

    private Duration? Time(YamlNode.Mapping map, string key, Duration most, Duration? least = null) => Value<Duration>(
        map,
        key,
        (string text, out Duration time) => TryParseTime(text, out time) && time <= most && time >= (least ?? Duration.Zero),
        $"a duration such as 30s, 30m, 2h or 3d, {Words.Long(most)} at most",
        out var value) ? value : null;

    private int? Number(YamlNode.Mapping map, string key, int least, int most) => Value<int>(
        map, key, (string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most, $"a number from {least} to {most}", out var value) ? value : null;

    private string? Word(YamlNode.Mapping map, string key) => Chosen(map, key, (string text, out string word) => (word = text).Length > 0, "a word");

    private Uri? Url(YamlNode.Mapping map, string key) => Chosen<Uri>(map, key, TryParseUrl, "an http or https address without a password in it");

    /// <summary>False when the key is not there, and when what stands there is wrong, which is told.</summary>
    private bool Value<T>(YamlNode.Mapping map, string key, TryParse<T> parse, string expected, out T value)
    {
        value = default!;
        switch (map.Find(key))
        {
            case null:
                return false;

            case { Value: YamlNode.Scalar { Text: var text } } when parse(text, out value):
                return true;

            case { Value: YamlNode.Scalar { Text: var text } wrong }:
                Wrong(wrong, $"'{key}' is {Quote(text)}, which is not {expected}");
                return false;

            case { Value: var other }:
                Wrong(other, $"'{key}' is {Shape(other)}, not {expected}");
                return false;
        }
    }

    private static bool TryParseTime(string text, out Duration time)
    {
        if (text.EndsWith('d') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 1_000)
        {
            time = Duration.FromDays(days);
            return true;
        }

        return Durations.TryParse(text, out time);
    }

    private static bool TryParseShort(string text, out Duration time)
    {
        if (text.EndsWith("ms", StringComparison.Ordinal) && int.TryParse(text[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            time = Duration.FromMilliseconds(milliseconds);
            return milliseconds > 0;
        }

        return Durations.TryParse(text, out time) && time > Duration.Zero;
    }

    /// <summary>The beginning is looked at first: .NET takes two backslashes for a host, and of some that follow them it throws what is no failure to parse.</summary>
    private static bool TryParseUrl(string text, out Uri url)
    {
        url = null!;
        return text.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(text, UriKind.Absolute, out url!) && url is { Scheme: "http" or "https", UserInfo: "" };
    }

    private static string Shape(YamlNode node) => node switch
    {
        YamlNode.Mapping => "a map",
        YamlNode.Sequence { Items.Count: 0 } => "an empty list",
        YamlNode.Sequence => "a list",
        YamlNode.Scalar { Text.Length: > 0 } word => Quote(word.Text),
        _ => "empty",
    };

    private static string Quote(string text) => $"'{PlainText.Short(text, 80)}'";

    private void Wrong(YamlNode at, string words) => Wrong(at.Line, at.Column, words);

    private ReleaseFile? Wrong(int line, int column, string words)
    {
        problems.Add(new ReleaseFileProblem(line, column, words));
        return null;
    }

    /// <summary>Of people, of apps ([bot]) and of users that an enterprise manages (_).</summary>
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_\-]{0,99}(\[bot\])?\z")]
    private static partial Regex Login();
}
