using System.Text;
using MacroPortfolio.Simulator.Fleet.Machine;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>Runs one hook script as a process and says how it ended.</summary>
internal sealed class ScriptRunner(Space space, FleetOptions options, TimeProvider time)
{
    private static readonly TimeSpan GroupCheck = TimeSpan.FromMilliseconds(20);

    /// <summary>Null when the script ended well.</summary>
    public async Task<ScriptFailure?> RunAsync(
        HookScript script, string path, IReadOnlyDictionary<string, string> environment, ScriptLog log, CancellationToken ct)
    {
        var name = $"Script at specified location: {script.Location}";
        var named = script.RunAs is null ? name : $"{name} run as user {script.RunAs}";
        if (WhyNotExecutable(path) is { } reason)
            return new ScriptFailure("ScriptFailed", $"{named} failed with error {reason} - {path}");

        using var process = space.Start(Command(script, space.PathForScripts(path)), AgentFolders.Home, environment);
        var stdout = OutputLines.ReadAsync(process.StandardOutput.BaseStream, line => log.Add($"[stdout]{line}"));
        var stderr = OutputLines.ReadAsync(process.StandardError.BaseStream, line => log.Add($"[stderr]{line}"));
        var started = time.GetTimestamp();
        try
        {
            await process.WaitForExitAsync(ct).WaitAsync(script.Timeout, time, ct);
        }
        catch (TimeoutException)
        {
            await EndGroupAsync(process.Id);
            return new ScriptFailure("ScriptTimedOut", $"{name} failed to complete in {script.Timeout.TotalSeconds:0} seconds");
        }
        catch (OperationCanceledException)
        {
            await EndGroupAsync(process.Id);
            throw;
        }

        // The agent waits for the rest of the script's time; nobody learns more from that than from the first seconds of it.
        var left = script.Timeout - time.GetElapsedTime(started);
        var patience = left < options.OutputPatience ? left : options.OutputPatience;
        if (!await EndsAsync(stdout, patience, ct))
            return new ScriptFailure("UnknownError", $"{name} failed to close STDOUT");
        if (!await EndsAsync(stderr, patience, ct))
            return new ScriptFailure("UnknownError", $"{name} failed to close STDERR");

        return process.ExitCode == 0 ? null : new ScriptFailure("ScriptFailed", $"{named} failed with exit code {process.ExitCode}");
    }

    private static List<string> Command(HookScript script, string path)
    {
        var command = script.RunAs is null ? new List<string> { path } : ["su", script.RunAs, "-c", path];
        return script.Sudo ? ["sudo", .. command] : command;
    }

    private async Task<bool> EndsAsync(Task output, TimeSpan patience, CancellationToken ct)
    {
        try
        {
            await output.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, time, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The script and what it started, unless that has left the group: asked first, then ended.</summary>
    private async Task EndGroupAsync(int leader)
    {
        Native.SignalGroup(leader, Native.Terminate);
        for (var waited = TimeSpan.Zero; waited < options.KillGrace && Native.GroupExists(leader); waited += GroupCheck)
            await Task.Delay(GroupCheck, time);
        Native.SignalGroup(leader, Native.Kill);
    }

    /// <summary>What Ruby says when the kernel refuses to execute the file. The usual reason is Windows line ends: the interpreter is "/bin/bash\r".</summary>
    private string? WhyNotExecutable(string path)
    {
        if (space.Files.IsFolder(path))
            return "Errno::EACCES with message Permission denied";

        var head = new byte[256];
        using var file = space.Files.OpenRead(path);
        var text = Encoding.Latin1.GetString(head, 0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        if (!text.StartsWith("#!", StringComparison.Ordinal))
            return null;

        var interpreter = text[2..].Split('\n')[0].Trim(' ', '\t').Split(' ', '\t')[0];
        return space.HasProgram(interpreter) ? null : "Errno::ENOENT with message No such file or directory";
    }
}

/// <summary>How a script failed, as CodeDeploy names it.</summary>
internal sealed record ScriptFailure(string Code, string Message);
