using System.Diagnostics;

namespace MacroPortfolio.Simulator.Tests.GitHub;

/// <summary>A git repository of its own, whose commits are a minute apart, the first at noon of 1 September 2026.</summary>
internal sealed class GitFolder : IDisposable
{
    private int minutes;

    public GitFolder()
    {
        Run("init", "--quiet", "--initial-branch", "main");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("git-").FullName;

    public string Commit(string message, string file = "index.html", string? text = null)
    {
        Write(file, text ?? message);
        Run("add", "--all");
        Run("commit", "--quiet", "--message", message);
        return Sha("HEAD");
    }

    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public string Merge(string branch, string message)
    {
        Run("merge", "--quiet", "--no-ff", "--strategy", "ours", "--message", message, branch);
        return Sha("HEAD");
    }

    public string Sha(string name) => Run("rev-parse", name).Trim();

    public string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        var date = $"2026-09-01T{12 + (minutes / 60):D2}:{minutes++ % 60:D2}:00+08:00";
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["GIT_AUTHOR_NAME"] = "Dana",
            ["GIT_AUTHOR_EMAIL"] = "1000+dana@users.noreply.github.com",
            ["GIT_AUTHOR_DATE"] = date,
            ["GIT_COMMITTER_NAME"] = "Lee",
            ["GIT_COMMITTER_EMAIL"] = "lee@example.com",
            ["GIT_COMMITTER_DATE"] = date,
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_SYSTEM"] = "/dev/null",
        })
        {
            start.Environment[name] = value;
        }

        using var git = Process.Start(start)!;
        var errors = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.Should().Be(0, "git {0} says: {1}", string.Join(' ', arguments), errors.Result);
        return output;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
