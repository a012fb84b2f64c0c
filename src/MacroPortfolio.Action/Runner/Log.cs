using System.Security.Cryptography;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Action.Runner;

/// <summary>The run's log: the runner's commands in GitHub Actions, plain text elsewhere. Every line is neutralised here and nowhere else.</summary>
internal sealed class Log(TextWriter writer, bool inActions, TimeProvider time)
{
    private readonly long began = time.GetTimestamp();

    /// <summary>Hides a value in everything that the runner stores from now on. Outside Actions nobody masks, so the value is not printed.</summary>
    public async Task MaskAsync(Secret secret)
    {
        if (inActions && secret.Value.Length > 0)
        {
            await writer.WriteLineAsync(WorkflowCommands.AddMask(secret.Value));
        }
    }

    public async Task WriteAsync(LogLine line)
    {
        foreach (var text in Render(line))
        {
            await writer.WriteLineAsync(text);
        }
    }

    public Task SayAsync(string words) => WriteAsync(new LogLine.Text(words));

    public Task WarnAsync(string words) => WriteAsync(new LogLine.Warning(words));

    private IEnumerable<string> Render(LogLine line) => line switch
    {
        LogLine.Text text => [$"[{Elapsed}] {PlainText.Line(text.Words)}"],
        LogLine.Open open => [inActions ? WorkflowCommands.Group(PlainText.Line(open.Title)) : $"[{Elapsed}] {PlainText.Line(open.Title)}"],
        LogLine.Close => inActions ? [WorkflowCommands.EndGroup] : [],
        LogLine.Quote quote => Quote(quote.Words),
        LogLine.Verbatim verbatim => [PlainText.Line(verbatim.Words)],
        LogLine.Problem problem => [inActions ? WorkflowCommands.Error(PlainText.Line(problem.Title), PlainText.Line(problem.Words)) : $"error: {PlainText.Line(problem.Words)}"],
        LogLine.Warning warning => [inActions ? WorkflowCommands.Warning(PlainText.Line(warning.Words)) : $"warning: {PlainText.Line(warning.Words)}"],
        _ => [],
    };

    /// <summary>An instance's words can do nothing: each line is harmless in itself, and the runner obeys no command between the two tokens.</summary>
    private IEnumerable<string> Quote(string words)
    {
        var lines = PlainText.Lines(words).Select(text => $"  | {text}");
        if (!inActions)
        {
            return lines;
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return [WorkflowCommands.Stop(token), .. lines, WorkflowCommands.Resume(token)];
    }

    private string Elapsed => Durations.Clock(Duration.FromTimeSpan(time.GetElapsedTime(began)));
}
