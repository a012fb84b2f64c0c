namespace MacroPortfolio.Simulator.Jobs;

/// <summary>The folders and files of one attempt, as a runner lays them out.</summary>
internal sealed class JobFolder(string state, long runId, int attempt)
{
    private readonly string _root = Path.Combine(state, "jobs", runId.ToString(), attempt.ToString());

    public string Home => Path.Combine(_root, "home");
    public string Temp => Path.Combine(_root, "temp");
    public string ToolCache => Path.Combine(_root, "tool-cache");
    public string Workspaces => Path.Combine(_root, "work");
    public string EventFile => Path.Combine(_root, "workflow", "event.json");

    public string Workspace(string repository) => Path.Combine(Workspaces, repository.Split('/')[1]);

    /// <summary>One of the files by which a step speaks to its runner: <c>OUTPUT</c>, <c>ENV</c>, ...</summary>
    public string CommandFile(string name) => Path.Combine(_root, "file-commands", name.ToLowerInvariant());

    /// <summary>Makes all of it, empty.</summary>
    public void Create(string repository, IEnumerable<string> commandFiles)
    {
        // What a job left that could not be started: its number is given again.
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
        foreach (var folder in (string[])[Home, Temp, ToolCache, Workspace(repository), Path.Combine(_root, "workflow"), Path.Combine(_root, "file-commands")])
            Directory.CreateDirectory(folder);
        foreach (var name in commandFiles)
            File.WriteAllBytes(CommandFile(name), []);
    }
}
