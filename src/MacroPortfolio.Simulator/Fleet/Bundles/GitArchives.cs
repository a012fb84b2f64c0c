using System.Diagnostics;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Fleet.Bundles;

/// <summary>GitHub revisions: the archive of a commit of the local repository that the world names, as GitHub's tarball of it would be.</summary>
public sealed class GitArchives(WorldFile world, string worldFolder) : IBundleStore
{
    private const int FirstBlock = 512;

    public async Task<Stream> OpenAsync(BundleSource source, CancellationToken ct)
    {
        var (repository, commit) = source is BundleSource.GitHub revision
            ? (revision.Repository, revision.CommitId)
            : throw new ArgumentException($"{source} is not a GitHub revision.", nameof(source));
        var git = world.GitHub.Repositories.FirstOrDefault(known => known.Name.Equals(repository, StringComparison.OrdinalIgnoreCase))?.Git;
        if (git is null || commit.Length != 40 || !commit.All(char.IsAsciiHexDigit))
            throw NotFound(repository, commit);

        var process = Process.Start(Archive(Path.GetFullPath(git, worldFolder), repository, commit))!;
        var archive = new ProcessOutput(process);
        try
        {
            // Git says that there is no such commit by writing nothing.
            if (!await archive.FillAsync(FirstBlock, ct))
                throw NotFound(repository, commit);
            return archive;
        }
        catch
        {
            await archive.DisposeAsync();
            throw;
        }
    }

    private static ProcessStartInfo Archive(string folder, string repository, string commit)
    {
        var start = new ProcessStartInfo("git")
        {
            // The repository may belong to somebody else than who runs the simulator; it is the world file that vouches for it.
            ArgumentList =
            {
                "-C", folder, "-c", "safe.directory=*", "archive", "--format=tar", $"--prefix={repository.Replace('/', '-')}-{commit}/", $"{commit}^{{commit}}",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // In a git hook the environment names another repository; and a folder that is none must not be taken for a part of one around it.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(folder);
        return start;
    }

    /// <summary>What the agent says after its three retries.</summary>
    private static BundleNotFoundException NotFound(string repository, string commit) => new(
        $"Could not download bundle at 'https://api.github.com/repos/{repository}/tarball/{commit}' after 3 retries. " +
        $"Server returned codes: {string.Join("; ", Enumerable.Repeat("404 'Not Found'", 4))}.");
}
