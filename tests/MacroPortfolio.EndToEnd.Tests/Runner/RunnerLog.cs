namespace MacroPortfolio.EndToEnd.Tests.Runner;

/// <summary>What the runner shows of a step's streams and which commands it obeys.</summary>
/// <param name="Obeyed">The commands that it carried out, in order.</param>
/// <param name="Shown">The lines that are no commands, or that came while commands were stopped. Masked values are not hidden in them.</param>
/// <param name="Stopped">The lines that came while commands were stopped.</param>
/// <param name="IsOpen">Whether a stream ended while commands were stopped.</param>
public sealed record RunnerLog(IReadOnlyList<Command> Obeyed, IReadOnlyList<string> Shown, IReadOnlyList<string> Stopped, bool IsOpen)
{
    public IReadOnlyList<Command> Errors => Named("error");
    public IReadOnlyList<Command> Warnings => Named("warning");
    public IReadOnlyList<string> Masked => [.. Named("add-mask").Select(command => command.Data)];

    /// <summary>Everything that people get to read.</summary>
    public string Text => string.Join('\n', Shown.Concat(Obeyed.Where(command => command.Name != "add-mask").Select(command => command.Data)));

    /// <param name="streams">Standard output and standard error: the runner parses both alike.</param>
    public static RunnerLog Read(params string[] streams)
    {
        var (obeyed, shown, stopped, open) = (new List<Command>(), new List<string>(), new List<string>(), false);
        foreach (var stream in streams)
        {
            string? token = null;
            foreach (var line in stream.TrimEnd('\n').Split('\n'))
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
                    token = command!.Name == "stop-commands" ? command.Data : null;
                    obeyed.Add(command);
                }
                else
                {
                    shown.Add(line);
                }
            }

            open |= token is not null;
        }

        return new RunnerLog(obeyed, shown, stopped, open);
    }

    private IReadOnlyList<Command> Named(string name) => [.. Obeyed.Where(command => command.Name == name)];
}
