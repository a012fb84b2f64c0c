using System.Diagnostics;

namespace MacroPortfolio.Simulator.Fleet.Machine;

/// <summary>
/// Ends what scripts left running on the machine itself, where no namespace does it. A process is known by either of two things it has inherited, because
/// daemons get rid of one or the other: a variable (nginx overwrites its environment) and an open file (Python closes files before it starts a child).
/// The work is done by a shell that waits for the end of a pipe that only the simulator holds, so it is done however the simulator ends.
/// </summary>
internal sealed class Warden : IAsyncDisposable
{
    private const string Variable = "SIMULATOR_FLEET";

    private const string Script = """
        cat > /dev/null
        rounds=0
        while [ $rounds -lt 100 ]; do
          left=$({ grep -lzxF -e "$1" /proc/[0-9]*/environ; find -L /proc/[0-9]*/fd -maxdepth 1 -samefile "$2"; } 2> /dev/null | cut -d / -f 3 | sort -u)
          [ -n "$left" ] || break
          kill -s KILL $left
          rounds=$((rounds + 1))
        done
        rm -f "$2"
        """;

    private readonly Process _shell;
    private readonly string _file;
    private readonly string _value = Guid.NewGuid().ToString("N");

    public Warden(string stateFolder)
    {
        _file = Path.Combine(stateFolder, $"fleet-{_value}");
        File.WriteAllText(_file, "Open in every process that this fleet's scripts started.\n");

        // A session of its own: Ctrl+C in the simulator's terminal must not take the warden before it has worked.
        _shell = Process.Start(new ProcessStartInfo("setsid")
        {
            ArgumentList = { "sh", "-c", Script, "warden", $"{Variable}={_value}", _file },
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Makes a process, and all that come from it, recognisable.</summary>
    public void Mark(ProcessStartInfo start)
    {
        start.Environment[Variable] = _value;
        foreach (var argument in (string[])["sh", "-c", "exec 9< \"$0\"; exec \"$@\"", _file])
            start.ArgumentList.Add(argument);
    }

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }
}
