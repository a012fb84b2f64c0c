using System.Diagnostics;
using System.Text;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>Runs git in a repository, work tree or bare, and nowhere above it.</summary>
public sealed class Git(string folder)
{
    /// <summary>What git wrote, or null when it ended with another code than 0.</summary>
    public async Task<byte[]?> TryAsync(IEnumerable<string> arguments, string input, CancellationToken ct)
    {
        var start = new ProcessStartInfo("git") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // The folder may be another user's, as a checkout in a container is.
        foreach (var argument in (string[])["-C", folder, "-c", "safe.directory=*", "-c", "log.showSignature=false", "-c", "log.mailmap=false", .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var inherited in (string[])["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"])
            start.Environment.Remove(inherited);
        start.Environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";

        using var git = Process.Start(start)!;
        try
        {
            var errors = git.StandardError.ReadToEndAsync(ct);
            using var output = new MemoryStream();
            var copy = git.StandardOutput.BaseStream.CopyToAsync(output, ct);
            await using (var stdin = new StreamWriter(git.StandardInput.BaseStream, new UTF8Encoding(false)))
                await stdin.WriteAsync(input);
            await copy;
            await errors;
            await git.WaitForExitAsync(ct);
            return git.ExitCode == 0 ? output.ToArray() : null;
        }
        catch (OperationCanceledException)
        {
            git.Kill();
            throw;
        }
    }

    public async Task<string?> TextAsync(CancellationToken ct, params string[] arguments) =>
        await TryAsync(arguments, "", ct) is { } output ? Encoding.UTF8.GetString(output) : null;
}
