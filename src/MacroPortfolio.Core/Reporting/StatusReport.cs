using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Core.Reporting;

/// <summary>What runs where, for people and for programs.</summary>
public static class StatusReport
{
    public static string Render(ApplicationName application, RegionName region, IReadOnlyList<StageNow> stages, StatusFormat format) => format switch
    {
        StatusFormat.Json => JsonLine.Harmless(JsonSerializer.Serialize(new StatusRecord(1, application.Value, region.Value, [.. stages.Select(StageRecord.Of)]), StatusJson.Default.StatusRecord)),
        StatusFormat.Markdown => Table(application, region, stages),
        _ => Lines(application, region, stages),
    };

    private static string Lines(ApplicationName application, RegionName region, IReadOnlyList<StageNow> stages)
    {
        var text = new StringBuilder(Line($"{application} in {region}"));
        foreach (var stage in stages)
        {
            text.Append($"\n{Line($"  {stage.Group,-12} {Now(stage)}")}");
            if (Trouble(stage) is { } trouble)
            {
                text.Append($"\n{Line($"  {"",-12} {trouble}")}");
            }
        }

        return text.ToString();
    }

    private static string Table(ApplicationName application, RegionName region, IReadOnlyList<StageNow> stages)
    {
        var page = new StringBuilder($"## {Markdown.Text(application.Value)} in {region}\n\n| stage | runs | since | by | last deployment |\n| --- | --- | --- | --- | --- |\n");
        foreach (var stage in stages)
        {
            var runs = stage.Good is { } good ? $"{Markdown.Code(good.Revision.Label)} | {Words.Time(good.Ended)} | {Markdown.Text(good.By)}" : "nothing yet | – | –";
            var last = stage.Latest is { } latest ? $"{Markdown.Code(latest.Id.Value)} {Markdown.Text(Words.Status(latest.Status))}" : "none";
            page.Append($"| {Markdown.Code(stage.Group.Value)} | {runs} | {last} |\n");
        }

        return page.ToString();
    }

    private static string Now(StageNow stage) => stage.Good is { } good
        ? $"runs {good.Revision.Label} since {Words.Time(good.Ended)}, {good.Id}, by {good.By}"
        : "runs nothing that this action knows of: no deployment has succeeded yet";

    /// <summary>Said when the last deployment is not the one that runs.</summary>
    private static string? Trouble(StageNow stage) => stage.Latest is { } latest && latest.Id != stage.Good?.Id
        ? $"{latest.Id} of {latest.Revision.Label} is {Words.Status(latest.Status)}, {Words.Counts(latest.Counts)}"
        : null;

    private static string Line(string text) => PlainText.Short(text, PlainText.LongestLine);
}

public sealed record StatusRecord(int Schema, string Application, string Region, IReadOnlyList<StageRecord> Stages);

/// <param name="Revision">What the stage runs; absent while nothing has succeeded.</param>
/// <param name="LastDeploymentId">The last deployment, whatever became of it.</param>
public sealed record StageRecord(string Stage, string? Revision, string? Since, string? DeploymentId, string? By, string? LastDeploymentId, string? LastStatus, string? LastRevision)
{
    internal static StageRecord Of(StageNow stage) => new(
        stage.Group.Value,
        stage.Good?.Revision.Text,
        ResultRecord.Time(stage.Good?.Ended),
        stage.Good?.Id.Value,
        stage.Good?.By,
        stage.Latest?.Id.Value,
        stage.Latest?.Status,
        stage.Latest?.Revision.Text);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusRecord))]
internal sealed partial class StatusJson : JsonSerializerContext;
