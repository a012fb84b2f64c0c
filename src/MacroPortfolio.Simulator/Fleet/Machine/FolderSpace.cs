using System.Diagnostics;
using MacroPortfolio.Simulator.Fleet.Agent;

namespace MacroPortfolio.Simulator.Fleet.Machine;

/// <summary>An instance that is only a folder: its files are below it, its scripts are ordinary processes of this machine.</summary>
internal sealed class FolderSpace : Space
{
    private readonly string _root;
    private readonly Warden? _warden;

    /// <param name="warden">Null when no scripts are run.</param>
    public FolderSpace(string root, Warden? warden) : base(new InstanceFiles(Directory.CreateDirectory(root).FullName))
    {
        _root = root;
        _warden = warden;
        Files.MakeFolders(AgentFolders.Home);
    }

    public override string RootForScripts => _root;

    public override Accounts Accounts { get; } = new(File.ReadAllText);

    /// <summary>With links followed inside the folder: the machine would follow an absolute one out of it.</summary>
    public override string PathForScripts(string path) => Files.RealPath(path);

    public override bool HasProgram(string path) => path.StartsWith('/') && File.Exists(path);

    public override ValueTask DisposeAsync()
    {
        Files.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override void Enter(ProcessStartInfo start, IReadOnlyList<string> command, string workingFolder)
    {
        start.WorkingDirectory = PathForScripts(workingFolder);
        _warden?.Mark(start);
        foreach (var argument in command)
            start.ArgumentList.Add(argument);
    }
}
