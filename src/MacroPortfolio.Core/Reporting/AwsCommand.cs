using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Reporting;

/// <summary>
/// What a run does, as a person would do it with the aws CLI: to read before it is done, and the way out on the day when this program cannot run.
/// The requests that arrive at CodeDeploy are the same, member for member; the test in tests/foreign/dry-run holds them together.
/// </summary>
public static class AwsCommand
{
    /// <summary>https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html; version 1 of the CLI fetches addresses too.</summary>
    private static readonly string[] Schemes = ["file://", "fileb://", "http://", "https://"];

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The commands for one group, for bash, one after another; null where CodeDeploy would have nothing to create.</summary>
    public static string? Of(string application, RegionName region, GroupPlan group)
    {
        if (group.Existing is { } existing)
        {
            return Line("get-deployment", Region(region), Option("deployment-id", existing.Value));
        }

        return Location(group.Revision) is { } location ? string.Join('\n', Before(region, group).Append(Create(application, region, group, location))) : null;
    }

    /// <summary>For the log's end: the commands on lines of their own, which can be copied.</summary>
    public static IEnumerable<LogLine> LogLines(RunReport report) => Commands(report) is { Count: > 0 } commands
        ? [new LogLine.Open($"The same with the aws CLI ({Title(report)})"), new LogLine.Verbatim([.. commands.SelectMany(command => command.Split('\n'))]), new LogLine.Close()]
        : [];

    /// <summary>For the summary.</summary>
    public static string Section(RunReport report) => Commands(report) is { Count: > 0 } commands
        ? $"### The same with the aws CLI\n\n{Markdown.Text($"{Title(report)}.")}\n\n{Markdown.Block(commands.SelectMany(command => command.Split('\n')))}\n\n"
        : "";

    private static List<string> Commands(RunReport report) => report.Outcome == Outcome.Planned
        ? [.. report.Groups.Select(result => Of(report.Application, report.Region, result.Plan)).OfType<string>()]
        : [];

    private static string Title(RunReport report) => report.Groups.All(result => result.Plan.Existing is not null)
        ? "nothing is created: it looks at the deployment that there is"
        : "for bash, with the credentials of the same role";

    /// <summary>A group takes one deployment at a time, so ours waits until the other has ended; the CLI calls a stopped deployment a failure.</summary>
    private static IEnumerable<string> Before(RegionName region, GroupPlan group)
    {
        string Wait(DeploymentId id) => $"{Line("wait deployment-successful", Region(region), Option("deployment-id", id.Value))} || true";

        return group.First switch
        {
            Turn.Clear { Away.Id: var away } => [Line("stop-deployment", Region(region), Option("deployment-id", away.Value)), Wait(away)],
            Turn.Wait { For.Id: var other } => [Wait(other)],
            _ => [],
        };
    }

    private static string Create(string application, RegionName region, GroupPlan group, string location) => Line(
        "create-deployment",
        [
            Region(region),
            Option("application-name", application),
            Option("deployment-group-name", group.Group.Value),
            Option("revision", location),
            .. group.Settings.Config is { } config ? [Option("deployment-config-name", config)] : Array.Empty<string>(),
            Option("description", group.Description),
            .. group.Settings.FileExists is { } behavior ? [Option("file-exists-behavior", behavior)] : Array.Empty<string>(),
            .. group.Settings.IgnoreApplicationStopFailures ? ["--ignore-application-stop-failures"] : Array.Empty<string>(),
            .. group.Settings.UpdateOutdatedInstancesOnly ? ["--update-outdated-instances-only"] : Array.Empty<string>(),
            .. Rollback(group.Settings.AutoRollback) is { } rollback ? [Option("auto-rollback-configuration", rollback)] : Array.Empty<string>(),
        ]);

    private static string Line(string operation, params string[] options) => string.Join(" \\\n  ", [$"aws deploy {operation}", .. options]);

    private static string Region(RegionName region) => Option("region", region.Value);

    /// <summary>The CLI takes a value that begins like an option for one, and reads a file or fetches an address where a value names one.</summary>
    private static string Option(string name, string value) => value switch
    {
        ['-', ..] => $"--{name}={Bash.Quote(value)}",
        _ when NamesContent(value) => $"--{name} file://<(printf %s {Bash.Quote(value)})",
        _ => $"--{name} {Bash.Quote(value)}",
    };

    private static bool NamesContent(string value) => Schemes.Any(scheme => value.StartsWith(scheme, StringComparison.Ordinal));

    private static string? Location(Revision revision) => revision switch
    {
        Revision.GitHub hub => Object(json =>
        {
            json.WriteString("revisionType", "GitHub");
            json.WriteStartObject("gitHubLocation");
            json.WriteString("repository", hub.Repository.Value);
            json.WriteString("commitId", hub.Id.Value);
            json.WriteEndObject();
        }),
        Revision.S3 s3 => Object(json =>
        {
            json.WriteString("revisionType", "S3");
            json.WriteStartObject("s3Location");
            json.WriteString("bucket", s3.Bucket);
            json.WriteString("key", s3.Key);
            json.WriteString("bundleType", s3.BundleType);
            WriteGiven(json, "version", s3.Version);
            WriteGiven(json, "eTag", s3.ETag);
            json.WriteEndObject();
        }),
        _ => null,
    };

    private static string? Rollback(AutoRollback rollback) => rollback switch
    {
        AutoRollback.Off => Configuration(enabled: false, []),
        AutoRollback.At at => Configuration(enabled: true, at.Events),
        _ => null,
    };

    private static string Configuration(bool enabled, IReadOnlyList<string> events) => Object(json =>
    {
        json.WriteBoolean("enabled", enabled);
        json.WriteStartArray("events");
        foreach (var name in events)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    });

    private static void WriteGiven(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static string Object(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Json))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
