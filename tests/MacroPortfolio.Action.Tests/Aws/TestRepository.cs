using System.Diagnostics;

namespace MacroPortfolio.Action.Tests.Aws;

internal static class TestRepository
{
    /// <summary>A repository with one commit that can be deployed and installs nothing.</summary>
    public static (string Folder, string Sha) Create(string folder)
    {
        Git(".", "init", "-q", "-b", "main", folder);
        File.WriteAllText(Path.Combine(folder, "appspec.yml"), "version: 0.0\nos: linux\n");
        Git(folder, "add", "-A");
        Git(folder, "-c", "user.name=dana", "-c", "user.email=dana@acme.example", "commit", "-q", "-m", "first");
        return (folder, Git(folder, "rev-parse", "HEAD").Trim());
    }

    private static string Git(string folder, params string[] words)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. words]) { RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', words)} ended with {git.ExitCode}");
    }
}
