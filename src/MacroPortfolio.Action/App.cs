using CommandLine;
using CommandLine.Text;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Action.Verbs;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action;

/// <summary>The program: a verb's inputs, credentials, plan, deployment, watch and report, in that order. Everything is built here.</summary>
public static class App
{
    private static readonly IReadOnlyList<Verb> Known =
    [
        new(typeof(DeployOptions)),
        new(typeof(GrayOptions)),
        new(typeof(PromoteOptions)),
        new(typeof(RollbackOptions)),
        new(typeof(PushOptions)),
        new(typeof(CheckOptions)),
        new(typeof(StatusOptions)),
    ];

    public static async Task<ExitCode> RunAsync(
        string[] words, IReadOnlyDictionary<string, string> environment, TextWriter output, TextWriter errors, TimeProvider time, Stopping stopping)
    {
        var runner = new RunnerEnvironment(environment);
        if (words is [] or ["--help" or "-h" or "help", ..])
        {
            await output.WriteLineAsync(Usage);
            return words is [] ? ExitCode.BadInput : ExitCode.Succeeded;
        }

        if (words is ["--version" or "version"])
        {
            await output.WriteLineAsync(typeof(App).Assembly.GetName().Version!.ToString(3));
            return ExitCode.Succeeded;
        }

        var log = new Log(output, runner, time);
        if (Known.FirstOrDefault(known => known.Name == words[0]) is not { } verb)
        {
            return await BadInputAsync(log, runner, words[0], [$"There is no verb '{words[0]}'. Verbs are {string.Join(", ", Known.Select(known => known.Name))}."]);
        }

        if (words.Contains("--help"))
        {
            await output.WriteLineAsync(HelpOf(verb));
            return ExitCode.Succeeded;
        }

        var (arguments, stray) = Arguments.Read(verb.Options, words[1..], environment);
        using var parser = new Parser(settings => settings.AllowMultiInstance = true);
        return await GuardedAsync(runner, errors, time, () => parser.ParseArguments([words[0], .. arguments], [.. Known.Select(known => known.Options)]).MapResult(
            options => new Run(runner, log, output, errors, time, stray, stopping).VerbAsync(verb.Name, options),
            wrong => BadInputAsync(log, runner, words[0], [.. stray, .. wrong.Select(error => $"The command line could not be read: {error.Tag}.")])));
    }

    /// <summary>The post stage of an action, under a name of its own, because the runner gives it the main stage's arguments. All that it needs is in the environment.</summary>
    public static async Task<ExitCode> SettleAsync(IReadOnlyDictionary<string, string> environment, TextWriter output, TextWriter errors, TimeProvider time, Stopping stopping)
    {
        var runner = new RunnerEnvironment(environment);
        var log = new Log(output, runner, time);
        var (arguments, stray) = Arguments.Read(typeof(SettleOptions), [], environment);
        using var parser = new Parser(settings => settings.AllowMultiInstance = true);
        return await GuardedAsync(runner, errors, time, () => parser.ParseArguments(["settle", .. arguments], [typeof(SettleOptions)]).MapResult(
            options => new Run(runner, log, output, errors, time, stray, stopping).SettleAsync((SettleOptions)options),
            wrong => BadInputAsync(log, runner, "settle", [.. stray, .. wrong.Select(error => $"The inputs could not be read: {error.Tag}.")])));
    }

    /// <summary>A bug keeps its stack, but the runtime would print it with what secrets it holds, and abort with an image of the memory in the workspace.</summary>
    private static async Task<ExitCode> GuardedAsync(RunnerEnvironment runner, TextWriter errors, TimeProvider time, Func<Task<ExitCode>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception ex)
        {
            await new Log(errors, runner, time).WriteAsync(new LogLine.Verbatim(ex.ToString().ReplaceLineEndings("\n").Split('\n')));
            return ExitCode.Failed;
        }
    }

    private static string Usage => $"""
        macro-portfolio <verb> [--option value]

        Deploys to EC2 with AWS CodeDeploy from GitHub Actions, and runs gray releases.

        {string.Join('\n', Known.Select(verb => $"  {verb.Name,-10}{verb.Help}"))}

        macro-portfolio <verb> --help lists a verb's options. Each is also read from INPUT_<NAME>, as the runner sets it.
        """;

    private static string HelpOf(Verb verb)
    {
        using var parser = new Parser(settings => settings.AutoHelp = false);
        var nothing = parser.ParseArguments([verb.Name], [verb.Options]);
        return new HelpText { Heading = $"macro-portfolio {verb.Name} [--option value]", AddDashesToOption = true, AutoHelp = false, AutoVersion = false, MaximumDisplayWidth = 120 }.AddOptions(nothing).ToString();
    }

    internal static async Task<ExitCode> BadInputAsync(Log log, RunnerEnvironment runner, string verb, IReadOnlyList<string> errors)
    {
        foreach (var error in errors)
        {
            await log.WriteAsync(new LogLine.Problem($"{verb}: bad input", error));
        }

        await TellAsync(log, runner.OutputFile, FileCommands.Output("outcome", Outcome.BadInput.Word()));
        await TellAsync(log, runner.StateFile, FileCommands.Output(RunState.Settled, Outcome.BadInput.Word()));
        return ExitCode.BadInput;
    }

    /// <summary>A file that cannot be written changes nothing of what happened.</summary>
    /// <param name="anew">The text is the whole file, not one more line of it.</param>
    internal static async Task TellAsync(Log log, string? file, string text, bool anew = false)
    {
        try
        {
            if (anew && file is not null)
            {
                File.Delete(file);
            }

            await FileCommands.AppendAsync(file, log.Hide(text), CancellationToken.None);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            await log.WarnAsync($"A file could not be written: {ex.Message}");
        }
    }
}
