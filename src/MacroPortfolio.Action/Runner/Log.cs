using System.Security.Cryptography;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Action.Runner;

/// <summary>The run's log: the runner's commands in GitHub Actions, plain text elsewhere. Every line is neutralised here and nowhere else.</summary>
internal sealed class Log(TextWriter writer, RunnerEnvironment runner, TimeProvider time)
{
    private const int LongestTitle = 256;

    /// <summary>CodeDeploy keeps 2,048 letters of a script's words, 4,096 at most.</summary>
    private const int LongestQuote = 16_384;

    /// <summary>Of a line that is there to be copied: the longest command that we print is shorter.</summary>
    private const int LongestVerbatim = 32_000;

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

    public Task WriteAsync(LogLine line) => PrintAsync(Render(line).Select(Hide));

    /// <summary>The text without what this run must not say, for wherever else it goes.</summary>
    public string Hide(string text) => runner.Secrets.Hide(text);

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
        LogLine.Text text => [$"[{Elapsed}] {Words(text.Words)}"],
        LogLine.Open open => [inActions ? WorkflowCommands.Group(Title(open.Title)) : $"[{Elapsed}] {Title(open.Title)}"],
        LogLine.Close => inActions ? [WorkflowCommands.EndGroup] : [],
        LogLine.Quote quote => [.. Render(new LogLine.Open(quote.Title)), .. Inert(PlainText.Lines(PlainText.Last(quote.Words, LongestQuote)).Select(text => $"  | {text}")), .. Render(new LogLine.Close())],
        LogLine.Verbatim verbatim => Inert(verbatim.Lines.Select(text => PlainText.Short(text, LongestVerbatim))),
        LogLine.Problem problem => [inActions ? Annotation(problem) : $"error: {Words(problem.Words)}"],
        LogLine.Warning warning => [inActions ? WorkflowCommands.Warning(Words(warning.Words)) : $"warning: {Words(warning.Words)}"],
        _ => [],
    };

    /// <summary>GitHub cuts an annotation's message at the same length.</summary>
    private static string Words(string text) => PlainText.Short(text, PlainText.LongestLine);

    private static string Title(string text) => PlainText.Short(text, LongestTitle);

    private string Annotation(LogLine.Problem problem) =>
        WorkflowCommands.Error(Title(problem.Title), Words(problem.Words), FileOf(problem), problem.Failure?.Line);

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
