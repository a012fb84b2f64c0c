using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MacroPortfolio.Core.Releases;
using NodaTime;
using NodaTime.Text;

namespace MacroPortfolio.Core.Reporting;

/// <summary>The machine-readable record of a run, on one line. Fields are added, never renamed, within a schema number.</summary>
/// <param name="Until">When what holds the run will have passed by itself; absent when nothing does, it will not, or nobody knows.</param>
/// <param name="Gates">What the stage's gates said; absent where none were asked.</param>
/// <param name="Pushed">Of push: the revision that the bundle is, as the input revision takes it.</param>
/// <param name="PullRequests">Of a dry run: on which the comment would be kept; absent where none is asked for or they could not be found out.</param>
public sealed record ResultRecord(
    int Schema,
    string Outcome,
    int ExitCode,
    string Verb,
    string Application,
    string Region,
    string Reason,
    string Next,
    string? Owner,
    string? Runbook,
    string Began,
    string Ended,
    double DurationSeconds,
    string? Until,
    IReadOnlyList<GateRecord>? Gates,
    string? Pushed,
    IReadOnlyList<int>? PullRequests,
    IReadOnlyList<DeploymentRecord> Deployments)
{
    /// <summary>An output is not worth more than this; instances beyond it are counted.</summary>
    private const int Limit = 64 * 1024;

    private const int MostGates = 20;

    /// <summary>First instances are left out, then long texts are cut, and at last groups are left out.</summary>
    private static readonly Room[] Rooms =
    [
        .. Enumerable.Range(0, 10).Select(halved => new Room(1000 >> halved, Limit, int.MaxValue)),
        new(0, Limit, int.MaxValue),
        new(0, 4_096, int.MaxValue),
        new(0, 1_024, int.MaxValue),
        new(0, 256, int.MaxValue),
        new(0, 32, int.MaxValue),
        new(0, 32, 10),
    ];

    public static string Render(RunReport report)
    {
        var line = "";
        foreach (var room in Rooms)
        {
            line = JsonLine.Harmless(JsonSerializer.Serialize(Of(report, room), ResultJson.Line.ResultRecord));
            if (Encoding.UTF8.GetByteCount(line) <= Limit)
            {
                break;
            }
        }

        return line;
    }

    private static ResultRecord Of(RunReport report, Room room) => new(
        1,
        report.Outcome.Word(),
        (int)report.Outcome.ExitCode(),
        report.Verb,
        report.Application,
        report.Region.Value,
        room.Cut(report.Reason),
        room.Cut(report.Next),
        room.Cut(report.Service?.Owner),
        room.Cut(report.Service?.Runbook),
        Time(report.Began)!,
        Time(report.Ended)!,
        Seconds(report.Took),
        Time(report.Until),
        report.Gates.Count == 0 ? null : [.. report.Gates.Take(MostGates).Select(gate => new GateRecord(room.Cut(gate.Gate), gate.Verdict.ToString().ToLowerInvariant(), room.Cut(gate.Why)))],
        room.Cut(report.Pushed?.Text),
        report.WouldComment?.Pulls,
        [.. report.Groups.Take(room.Groups).Select(result => DeploymentRecord.Of(report, result, room))]);

    internal static string? Time(Instant? instant) => instant is { } known ? InstantPattern.ExtendedIso.Format(known) : null;

    internal static double Seconds(Duration duration) => Math.Round(duration.TotalSeconds, 1);
}

/// <summary>What a record has room for.</summary>
/// <param name="Words">The letters of a text.</param>
internal sealed record Room(int Instances, int Words, int Groups)
{
    /// <summary>Of a text about an instance: twice what CodeDeploy keeps of a script's words. Without an end a thousand of them would fill the memory before they are left out.</summary>
    private const int LongestWord = 4_096;

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Word(string? text) => text is null ? null : PlainText.Cut(text, LongestWord);

    public static string? Tail(string? text) => text is null ? null : PlainText.Last(text, LongestWord);

    [return: NotNullIfNotNull(nameof(text))]
    public string? Cut(string? text) => text is null ? null : PlainText.Cut(text, Words);
}

/// <param name="Command">Of a dry run: what does the same with the aws CLI, for bash.</param>
public sealed record DeploymentRecord(
    string Group,
    string? Id,
    string? Status,
    string Outcome,
    string Reason,
    string? Hint,
    string Revision,
    string? PreviousRevision,
    string Description,
    string? ConsoleUrl,
    string? ErrorCode,
    string? ErrorMessage,
    CountsRecord? Counts,
    IReadOnlyList<FailureRecord> Failures,
    IReadOnlyList<InstanceRecord> Instances,
    int InstancesLeftOut,
    string? RollbackId,
    string? RollbackStatus,
    string? Command)
{
    internal static DeploymentRecord Of(RunReport report, GroupResult result, Room room)
    {
        var shown = result.Targets.OrderBy(target => target.Status == "Failed" ? 0 : 1).Take(room.Instances).ToList();
        var command = result.Outcome == Releases.Outcome.Planned ? AwsCommand.Of(report.Application, report.Region, result.Plan) : null;
        return new DeploymentRecord(
            result.Plan.Group.Value,
            room.Cut(result.Id?.Value),
            room.Cut(result.Last?.Status),
            result.Outcome.Word(),
            room.Cut(result.Reason),
            result.Hint is { Length: > 0 } hint ? room.Cut(hint) : null,
            room.Cut(result.Plan.Revision.Text),
            room.Cut(result.Plan.Previous?.Text),
            room.Cut(result.Plan.Description),
            result.Id is { } id ? Words.ConsoleUrl(report.Region, id) : null,
            room.Cut(result.Last?.Error?.Code),
            room.Cut(result.Last?.Error?.Message),
            result.Last?.Counts is { } counts ? CountsRecord.Of(counts) : null,
            [.. result.Failures.Take(room.Instances).Select(FailureRecord.Of)],
            [.. shown.Select(InstanceRecord.Of)],
            result.Targets.Count - shown.Count,
            room.Cut((result.Back?.Id ?? result.Rollback?.Id)?.Value),
            room.Cut((result.Back is { } back ? back.Last : result.Rollback)?.Status),
            command?.Length > room.Words ? null : command);
    }
}

public sealed record CountsRecord(long Pending, long InProgress, long Succeeded, long Failed, long Skipped, long Ready)
{
    internal static CountsRecord Of(Counts counts) => new(counts.Pending, counts.InProgress, counts.Succeeded, counts.Failed, counts.Skipped, counts.Ready);
}

/// <summary>Instances that failed in the same way.</summary>
/// <param name="Count">How many; <paramref name="Instances"/> names the first of them.</param>
/// <param name="LogTail">The most telling last words of an instance, without the agent's folder before the bundle's paths.</param>
public sealed record FailureRecord(string? Event, string? Script, string? ErrorCode, string? Message, string? Hint, int Count, IReadOnlyList<string> Instances, string? LogTail)
{
    private const int MostInstances = 10;

    internal static FailureRecord Of(Failure failure) => new(
        Room.Word(failure.Event),
        Known(failure.Script),
        Known(failure.ErrorCode),
        Known(failure.Message),
        Known(Hints.Of(failure)),
        failure.Instances.Count,
        [.. failure.Instances.Take(MostInstances).Select(id => Room.Word(id))],
        failure.Tail.Length > 0 ? Room.Tail(failure.Tail) : null);

    private static string? Known(string text) => text.Length > 0 ? Room.Word(text) : null;
}

/// <param name="LogTail">The failed script's last words, as they came from the instance.</param>
public sealed record InstanceRecord(string Id, string Status, string? Began, string? Ended, string? FailedEvent, string? Script, string? ErrorCode, string? Message, string? LogTail)
{
    internal static InstanceRecord Of(Target target) => new(
        Room.Word(target.Id),
        Room.Word(target.Status),
        ResultRecord.Time(target.Started),
        ResultRecord.Time(target.Ended),
        Room.Word(target.FailedEvent?.Name),
        Room.Word(target.FailedEvent?.Diagnostics?.ScriptName),
        Room.Word(target.FailedEvent?.Diagnostics?.ErrorCode),
        Room.Word(target.FailedEvent?.Diagnostics?.Message),
        Room.Tail(target.FailedEvent?.Diagnostics?.LogTail));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ResultRecord))]
internal sealed partial class ResultJson : JsonSerializerContext
{
    /// <summary>The line is read by programs, not put into HTML, so only what JSON itself asks for is escaped, and what breaks lines.</summary>
    public static ResultJson Line => field ??= new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
