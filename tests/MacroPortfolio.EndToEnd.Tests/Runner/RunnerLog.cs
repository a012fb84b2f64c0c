namespace MacroPortfolio.EndToEnd.Tests.Runner;

/// <summary>What the runner shows of a step's streams and which commands it obeys.</summary>
/// <param name="Obeyed">The commands that it carried out, in order.</param>
/// <param name="Shown">The lines that are no commands, or that came while commands were stopped. Masked values are not hidden in them.</param>
/// <param name="Stopped">The lines that came while commands were stopped.</param>
/// <param name="IsOpen">Whether a stream ended while commands were stopped.</param>
/// <param name="Refused">Commands for which the runner fails the step: old ones that it no longer takes, and words that may not stop commands.</param>
public sealed record RunnerLog(IReadOnlyList<Command> Obeyed, IReadOnlyList<string> Shown, IReadOnlyList<string> Stopped, bool IsOpen, IReadOnlyList<Command> Refused)
{
    /// <summary>Of each kind: https://github.com/actions/runner/blob/v2.336.0/src/Runner.Worker/ExecutionContext.cs</summary>
    private const int MostAnnotations = 10;

    private const int LongestAnnotation = 4096;

    public IReadOnlyList<Command> Errors => Named("error");
    public IReadOnlyList<Command> Warnings => Named("warning");
    public IReadOnlyList<Command> Notices => Named("notice");
    public IReadOnlyList<string> Masked => [.. Named("add-mask").Select(command => command.Data)];

    /// <summary>Every text that is hidden: a value of several lines is hidden line by line too, and blank ones are not.</summary>
    public IReadOnlyList<string> Hidden =>
        [.. Masked.SelectMany(value => value.Split(['\r', '\n']).Prepend(value)).Where(value => !string.IsNullOrWhiteSpace(value)).Distinct()];

    /// <summary>What is shown beside the log: the first few of each kind, cut.</summary>
    public IReadOnlyList<string> Annotations =>
        [.. new[] { Errors, Warnings, Notices }.SelectMany(kind => kind.Take(MostAnnotations)).Select(note => note.Data.Length > LongestAnnotation ? note.Data[..LongestAnnotation] : note.Data)];

    /// <summary>Whether people see beside the log all that was said to be shown there.</summary>
    public bool ShowsAllAnnotations => Annotations.SequenceEqual(Errors.Concat(Warnings).Concat(Notices).Select(note => note.Data));

    /// <summary>Everything that people get to read.</summary>
    public string Text => string.Join('\n', Shown.Concat(Obeyed.Where(command => command.Name != "add-mask").Select(command => command.Data)));

    /// <param name="streams">Standard output and standard error: the runner parses both alike.</param>
    public static RunnerLog Read(params string[] streams)
    {
        var (obeyed, shown, stopped, refused, open) = (new List<Command>(), new List<string>(), new List<string>(), new List<Command>(), false);
        foreach (var stream in streams)
        {
            string? token = null;
            // .NET reads the streams, and ends a line at a carriage return too.
            foreach (var line in stream.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimEnd('\n').Split('\n'))
            {
                if (token is not null)
                {
                    if (Command.TryParse(line, token, out var resume) && string.Equals(resume!.Name, token, StringComparison.OrdinalIgnoreCase))
                    {
                        token = null;
                    }
                    else
                    {
                        shown.Add(line);
                        stopped.Add(line);
                    }
                }
                else if (Command.TryParse(line, null, out var command))
                {
                    token = command!.Name == "stop-commands" && Command.MayStop(command.Data) ? command.Data : null;
                    (command.Name is "set-env" or "add-path" || (command.Name == "stop-commands" && token is null) ? refused : obeyed).Add(command);
                }
                else
                {
                    shown.Add(line);
                }
            }

            open |= token is not null;
        }

        return new RunnerLog(obeyed, shown, stopped, open, refused);
    }

    private IReadOnlyList<Command> Named(string name) => [.. Obeyed.Where(command => command.Name == name)];
}
