using System.Text;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Core.Reporting;

/// <summary>A deployment's instances over time, as a mermaid gantt chart. Mermaid has no escapes, so names keep only letters that mean nothing to it.</summary>
public static class Timeline
{
    /// <summary>More bars than this are no longer read; the table beside the chart has everything.</summary>
    private const int MostInstances = 24;

    /// <summary>Empty when no instance has begun, or when there are too many.</summary>
    public static string Render(string title, IReadOnlyList<Target> targets)
    {
        var begun = targets.Where(target => target.Started is not null).ToList();
        if (begun.Count is 0 or > MostInstances)
        {
            return "";
        }

        var first = begun.Min(target => target.Started!.Value);
        var span = begun.Max(target => target.Ended ?? target.Started!.Value) - first;
        var least = Duration.Max(Duration.FromMilliseconds(1), span / 200);
        var chart = new StringBuilder($"```mermaid\ngantt\n    title {Name(title)}\n    dateFormat x\n    axisFormat %H:%M:%S\n");
        foreach (var target in begun)
        {
            chart.Append($"    section {Name(target.Id)}\n");
            foreach (var step in target.Events)
            {
                if (step.Started is { } started)
                {
                    var ended = Instant.Max(step.Ended ?? started, started + least);
                    chart.Append($"    {Name(step.Name)} :{Tag(step.Status)}{started.ToUnixTimeMilliseconds()}, {ended.ToUnixTimeMilliseconds()}\n");
                }
            }
        }

        return chart.Append("```\n").ToString();
    }

    private static string Tag(string status) => status switch
    {
        "Succeeded" => "done, ",
        "Failed" => "crit, ",
        "InProgress" => "active, ",
        _ => "",
    };

    private static string Name(string text) =>
        string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '/' ? letter : ' ')).Trim() is { Length: > 0 } name ? name : "unnamed";
}
