using System.Diagnostics;

namespace MacroPortfolio.Simulator.Fleet.Machine;

/// <summary>Where an instance lives on this machine. Disposing it ends every process that was started in it.</summary>
internal abstract class Space(InstanceFiles files) : IAsyncDisposable
{
    public InstanceFiles Files { get; } = files;

    /// <summary>What scripts put before absolute paths: <c>SIMULATOR_INSTANCE_ROOT</c>.</summary>
    public abstract string RootForScripts { get; }

    public abstract Accounts Accounts { get; }

    /// <summary>How a file of the instance is called by the instance's processes.</summary>
    public abstract string PathForScripts(string path);

    /// <summary>Whether the instance's processes find a program at the path.</summary>
    public abstract bool HasProgram(string path);

    /// <summary>Starts a command as the leader of a process group of its own, with nothing on its standard input.</summary>
    public Process Start(IReadOnlyList<string> command, string workingFolder, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        Enter(start, command, workingFolder);

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public abstract ValueTask DisposeAsync();

    protected abstract void Enter(ProcessStartInfo start, IReadOnlyList<string> command, string workingFolder);
}
