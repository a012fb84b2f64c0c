using System.Diagnostics;

namespace MacroPortfolio.Simulator.Tests.World;

/// <summary>A git repository on the spot: <c>main</c> with two commits, and <c>feature</c> from the first.</summary>
internal sealed class TestRepository
{
    public TestRepository(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        Git("init", "--quiet", "--initial-branch=main", "--template=");
        First = Commit("index.html", "one");
        Git("checkout", "--quiet", "-b", "feature");
        Feature = Commit("risk.html", "duration buckets");
        Git("checkout", "--quiet", "main");
        Main = Commit("index.html", "two");
    }

    public string Folder { get; }
    public string First { get; }
    public string Feature { get; }
    public string Main { get; }

    public string Commit(string file, string content)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        Git("add", "--all");
        Git("commit", "--quiet", "--message", $"Write {file}");
        return Git("rev-parse", "HEAD");
    }

    public string Git(params string[] arguments) => Run(Folder, arguments);

    public static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=dana", "-c", "user.email=dana@example.com", "-c", "safe.directory=*", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["GIT_AUTHOR_DATE"] = start.Environment["GIT_COMMITTER_DATE"] = "2026-01-01T00:00:00Z";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, $"git {string.Join(' ', arguments)} should work");
        return output.Trim();
    }
}
