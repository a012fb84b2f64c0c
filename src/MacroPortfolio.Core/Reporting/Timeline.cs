using System.Text;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Core.Reporting;

/// <summary>
/// A deployment's instances over time, as a mermaid gantt chart: a bar for each event of each instance or, of a fleet that is too large for that, a row for each batch.
/// Mermaid has no escapes, so names keep only letters that mean nothing to it.
/// </summary>
public static class Timeline
{
    /// <summary>More rows than this are no longer read; the table beside the chart has everything.</summary>
    private const int MostRows = 24;

    private readonly record struct Bar(string Name, string Tag, Instant Started, Instant Ended);

    /// <summary>Empty when no instance has begun.</summary>
    public static string Render(string title, IReadOnlyList<Target> targets)
    {
        var begun = targets.Where(target => target.Started is not null).OrderBy(target => target.Started).ToList();
        if (begun.Count == 0)
        {
            return "";
        }

        var first = begun[0].Started!.Value;
        var span = begun.Max(End) - first;
        var least = Duration.Max(Duration.FromMilliseconds(1), span / 200);
        var axis = span < Duration.FromSeconds(10) ? "%H:%M:%S.%L" : "%H:%M:%S";
        var chart = new StringBuilder($"```mermaid\ngantt\n    title {Name(title)}\n    dateFormat x\n    axisFormat {axis}\n");
        foreach (var (section, bars) in begun.Count <= MostRows ? targets.Where(target => target.Started is not null).Select(OfInstance) : Batches(begun).Select(OfBatch))
        {
            chart.Append($"    section {Name(section)}\n");
            foreach (var bar in bars)
            {
                chart.Append($"    {Name(bar.Name)} :{bar.Tag}{bar.Started.ToUnixTimeMilliseconds()}, {Instant.Max(bar.Ended, bar.Started + least).ToUnixTimeMilliseconds()}\n");
            }
        }

        return chart.Append("```\n").ToString();
    }

    private static (string, IEnumerable<Bar>) OfInstance(Target target) =>
        (target.Id, target.Events.Where(step => step.Started is not null).Select(step => new Bar(step.Name, Tag(step.Status), step.Started!.Value, step.Ended ?? step.Started.Value)));

    private static (string, IEnumerable<Bar>) OfBatch(IReadOnlyList<Target> batch, int at)
    {
        var bars = batch.GroupBy(target => target.Status).OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => new Bar($"{same.Count()} {same.Key}", Tag(same.Key), same.Min(target => target.Started!.Value), same.Max(End)));
        return ($"batch {at + 1} with {Words.Some(batch.Count, "instance")}", bars);
    }

    /// <summary>Instances that were begun before the first of them had ended are of one batch; of more batches than can be read, neighbours are taken together.</summary>
    private static List<List<Target>> Batches(List<Target> begun)
    {
        var batches = new List<List<Target>>();
        var firstEnd = Instant.MinValue;
        foreach (var target in begun)
        {
            if (batches.Count == 0 || target.Started >= firstEnd)
            {
                batches.Add([]);
                firstEnd = Instant.MaxValue;
            }

            batches[^1].Add(target);
            firstEnd = Instant.Min(firstEnd, target.Ended ?? Instant.MaxValue);
        }

        var together = (batches.Count + MostRows - 1) / MostRows;
        return [.. batches.Chunk(together).Select(neighbours => neighbours.SelectMany(batch => batch).ToList())];
    }

    private static Instant End(Target target) => target.Ended is { } ended && ended > target.Started ? ended : target.Started!.Value;

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
