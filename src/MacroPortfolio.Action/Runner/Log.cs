using System.Security.Cryptography;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Action.Runner;

/// <summary>The run's log: the runner's commands in GitHub Actions, plain text elsewhere. Every line is neutralised here and nowhere else.</summary>
internal sealed class Log(TextWriter writer, RunnerEnvironment runner, TimeProvider time)
{
    /// <summary>GitHub cuts an annotation's message here.</summary>
    private const int LongestMessage = 4_096;

    private readonly bool inActions = runner.InActions;
    private readonly long began = time.GetTimestamp();
    private readonly Lock sync = new();
    private Task last = Task.CompletedTask;

    /// <summary>
    /// Hides values in everything that the runner stores from now on, and in everything that this run writes itself. Outside Actions nobody masks, so the values
    /// are not printed.
    /// </summary>
    public async Task MaskAsync(params Secret[] secrets)
    {
        var values = secrets.Where(secret => secret.Value.Length > 0).ToList();
        values.ForEach(runner.Secrets.Add);
        if (inActions)
        {
            await PrintAsync(values.Select(secret => WorkflowCommands.AddMask(secret.Value)));
        }
    }

    public Task WriteAsync(LogLine line) => PrintAsync(Render(line).Select(runner.Secrets.Hide));

    public Task SayAsync(string words) => WriteAsync(new LogLine.Text(words));

    public Task WarnAsync(string words) => WriteAsync(new LogLine.Warning(words));

    /// <summary>All at once and in turn: credentials are renewed beside everything else, and a mask that came between the two tokens that stop commands would be shown instead of obeyed.</summary>
    private Task PrintAsync(IEnumerable<string> lines)
    {
        var text = string.Concat(lines.Select(line => $"{line}\n"));
        lock (sync)
        {
            return last = PrintAfterAsync(last, text);
        }
    }

    private async Task PrintAfterAsync(Task before, string text)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await writer.WriteAsync(text);
    }

    private IEnumerable<string> Render(LogLine line) => line switch
    {
        LogLine.Text text => [$"[{Elapsed}] {PlainText.Line(text.Words)}"],
        LogLine.Open open => [inActions ? WorkflowCommands.Group(PlainText.Line(open.Title)) : $"[{Elapsed}] {PlainText.Line(open.Title)}"],
        LogLine.Close => inActions ? [WorkflowCommands.EndGroup] : [],
        LogLine.Quote quote => [.. Render(new LogLine.Open(quote.Title)), .. Inert(PlainText.Lines(quote.Words).Select(text => $"  | {text}")), .. Render(new LogLine.Close())],
        LogLine.Verbatim verbatim => Inert(verbatim.Lines.Select(PlainText.Line)),
        LogLine.Problem problem => [inActions ? Annotation(problem) : $"error: {PlainText.Line(problem.Words)}"],
        LogLine.Warning warning => [inActions ? WorkflowCommands.Warning(PlainText.Line(warning.Words)) : $"warning: {PlainText.Line(warning.Words)}"],
        _ => [],
    };

    private string Annotation(LogLine.Problem problem) =>
        WorkflowCommands.Error(PlainText.Line(problem.Title), PlainText.Cut(PlainText.Line(problem.Words), LongestMessage), FileOf(problem), problem.Failure?.Line);

    /// <summary>
    /// The script's place in the repository. A revision that is a commit of this repository has its AppSpec file at the root, so the script's name is its path;
    /// of any other revision it is one only if the workspace has such a file.
    /// </summary>
    private string? FileOf(LogLine.Problem problem)
    {
        var path = ScriptPath.InBundle(problem.Failure?.Script ?? "");
        var ours = problem.Revision is Revision.GitHub hub && hub.Repository == runner.Repository;
        return path is not null && (ours || File.Exists(Path.Combine(runner.Workspace, path))) ? path : null;
    }

    /// <summary>Words from outside can do nothing: each line is harmless in itself, and the runner obeys no command between the two tokens.</summary>
    private IEnumerable<string> Inert(IEnumerable<string> lines)
    {
        if (!inActions)
        {
            return lines;
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return [WorkflowCommands.Stop(token), .. lines, WorkflowCommands.Resume(token)];
    }

    private string Elapsed => Durations.Clock(Duration.FromTimeSpan(time.GetElapsedTime(began)));
}
