using System.Diagnostics;

namespace MacroPortfolio.Simulator.Tests.Fleet;

/// <summary>A real git repository in a temporary folder, with a site that can be deployed.</summary>
internal sealed class TestRepository : IDisposable
{
    public const string Name = "acme/site";

    public TestRepository()
    {
        Git("init", "--quiet", "--initial-branch=main", "--template=");
        AppSpec("""
            files:
              - source: site
                destination: /srv/site
            """);
        Write("site/index.html", "first\n");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("fleet-repository-").FullName;

    /// <summary>Writes the AppSpec below its version and os.</summary>
    public void AppSpec(string rest) => Write("appspec.yml", $"version: 0.0\nos: linux\n{rest}\n");

    /// <summary>An AppSpec with one script for one event, and the script. It has no execute bit, as when it comes from Windows.</summary>
    public void Hook(string lifecycleEvent, string script, string more = "timeout: 60")
    {
        AppSpec($"hooks:\n  {lifecycleEvent}:\n    - location: scripts/hook.sh\n      {more}");
        Write("scripts/hook.sh", $"#!/bin/sh\n{script}\n");
    }

    public void Write(string path, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, mode);
    }

    public void Delete(string path) => File.Delete(Path.Combine(Folder, path));

    public string Commit()
    {
        Git("add", "--all");
        Git("-c", "user.name=Dana", "-c", "user.email=dana@example.com", "commit", "--quiet", "--allow-empty", "--message", "A change");
        return Git("rev-parse", "HEAD");
    }

    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", Folder, .. arguments]) { RedirectStandardOutput = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
        return output;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
