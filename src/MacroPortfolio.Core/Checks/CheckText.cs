using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Checks;

/// <summary>What a check found, for people and for programs.</summary>
public static class CheckText
{
    public static string Render(CheckReport report, StatusFormat format) => format switch
    {
        StatusFormat.Json => JsonLine.Harmless(JsonSerializer.Serialize(CheckRecord.Of(report), CheckJson.Default.CheckRecord)),
        StatusFormat.Markdown => Page(report),
        _ => Lines(report),
    };

    public static string Headline(CheckReport report)
    {
        var (failed, unknown) = (report.Count(CheckVerdict.Fail), report.Count(CheckVerdict.Unknown));
        var rest = unknown > 0 ? $", {unknown} not known" : "";
        return failed > 0
            ? $"check {report.Application}: {failed} of {report.Lines.Count} steps would fail{rest}"
            : $"check {report.Application}: a deployment would go through, as far as can be known ({report.Count(CheckVerdict.Pass)} steps pass{rest})";
    }

    private static string Lines(CheckReport report)
    {
        var width = Math.Min(28, report.Lines.Max(line => line.Step.Length));
        var text = new StringBuilder();
        foreach (var line in report.Lines)
        {
            text.Append(Line($"{Word(line.Verdict),-4}  {line.Step.PadRight(width)}  {line.What}")).Append('\n');
            if (line.Fix.Length > 0)
            {
                text.Append(Line($"      {"".PadRight(width)}  -> {line.Fix}")).Append('\n');
            }

            foreach (var detail in line.Details)
            {
                text.Append(Line($"      {detail}")).Append('\n');
            }
        }

        return text.Append('\n').Append(Line(Headline(report))).ToString();
    }

    private static string Page(CheckReport report)
    {
        var page = new StringBuilder($"## {(report.Outcome == Outcome.Succeeded ? "✅" : "❌")} {Markdown.Text(Headline(report))}\n\n| | step | found | to do |\n| --- | --- | --- | --- |\n");
        foreach (var line in report.Lines)
        {
            page.Append($"| {Symbol(line.Verdict)} | {Markdown.Text(line.Step)} | {Markdown.Text(line.What)} | {Markdown.Text(line.Fix)} |\n");
        }

        page.Append('\n');
        foreach (var line in report.Lines.Where(line => line.Details.Count > 0))
        {
            page.Append($"### {Markdown.Text(line.Step)}\n\n{Markdown.Block(line.Details.Select(PlainText.Line))}\n\n");
        }

        return page.ToString();
    }

    internal static string Word(CheckVerdict verdict) => verdict switch
    {
        CheckVerdict.Pass => "pass",
        CheckVerdict.Fail => "FAIL",
        _ => "?",
    };

    private static string Symbol(CheckVerdict verdict) => verdict switch
    {
        CheckVerdict.Pass => "✅",
        CheckVerdict.Fail => "❌",
        _ => "❔",
    };

    private static string Line(string text) => PlainText.Short(text, PlainText.LongestLine);
}

public sealed record CheckRecord(int Schema, string Application, string Region, string Outcome, int ExitCode, IReadOnlyList<CheckLineRecord> Lines)
{
    internal static CheckRecord Of(CheckReport report) => new(
        1, report.Application.Value, report.Region.Value, report.Outcome.Word(), (int)report.Outcome.ExitCode(), [.. report.Lines.Select(CheckLineRecord.Of)]);
}

/// <param name="Verdict">pass, fail or unknown.</param>
public sealed record CheckLineRecord(string Step, string Verdict, string What, string? Fix, IReadOnlyList<string>? Details)
{
    internal static CheckLineRecord Of(CheckLine line) => new(
        line.Step,
        line.Verdict switch
        {
            CheckVerdict.Pass => "pass",
            CheckVerdict.Fail => "fail",
            _ => "unknown",
        },
        line.What,
        line.Fix.Length > 0 ? line.Fix : null,
        line.Details.Count > 0 ? line.Details : null);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CheckRecord))]
internal sealed partial class CheckJson : JsonSerializerContext;
