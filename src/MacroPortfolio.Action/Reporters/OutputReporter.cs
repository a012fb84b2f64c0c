using System.Globalization;
using System.Text;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Reporters;

/// <summary>The step's outputs. The id is written as soon as it is known, so that it is there even if this process does not live to the end.</summary>
internal sealed class OutputReporter(string? file, string? resultFile, Func<string, string> hide) : IReporter
{
    public Task ReportAsync(RunEvent happened, CancellationToken ct) => happened switch
    {
        RunEvent.Started started => FileCommands.AppendAsync(file, FileCommands.Output("deployment-id", started.Id.Value), CancellationToken.None),
        RunEvent.Attached attached => FileCommands.AppendAsync(file, FileCommands.Output("deployment-id", attached.To.Id.Value), CancellationToken.None),
        RunEvent.Ended ended => WriteAsync(ended.Report),
        _ => Task.CompletedTask,
    };

    private async Task WriteAsync(RunReport report)
    {
        var record = hide(ResultRecord.Render(report));
        var outputs = Outputs(report).Append(("result", record)).Select(output => FileCommands.Output(output.Item1, output.Item2));
        await FileCommands.AppendAsync(file, new StringBuilder().AppendJoin("", outputs).ToString(), CancellationToken.None);
        if (resultFile is not null)
        {
            await File.WriteAllTextAsync(resultFile, record + "\n", CancellationToken.None);
        }
    }

    private static IEnumerable<(string Name, string Value)> Outputs(RunReport report)
    {
        List<DeploymentId> ids = [.. report.Groups.Select(result => result.Id).Concat(report.Groups.Select(result => result.Back?.Id)).OfType<DeploymentId>()];
        var first = report.Groups.Count > 0 ? report.Groups[0] : null;
        return
        [
            ("outcome", Core.Releases.Outcomes.Word(report.Outcome)),
            ("deployment-id", ids.Count > 0 ? ids[0].Value : ""),
            ("deployment-ids", string.Join('\n', ids)),
            ("revision", (first?.Plan.Revision ?? report.Pushed)?.Text ?? ""),
            ("previous-revision", first?.Plan.Previous?.Text ?? ""),
            ("status", first?.Last?.Status ?? ""),
            ("console-url", ids.Count > 0 ? Words.ConsoleUrl(report.Region, ids[0]) : ""),
            ("duration-seconds", Math.Round(report.Took.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ("failed-instances", report.Groups.Sum(result => result.Last?.Counts?.Failed ?? 0).ToString(CultureInfo.InvariantCulture)),
        ];
    }
}
