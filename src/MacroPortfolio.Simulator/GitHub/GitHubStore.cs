using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>The repositories and what jobs wrote into them: for the API, and for tests and people to look at.</summary>
public sealed class GitHubStore
{
    private readonly Dictionary<string, GitHubRepository> repositories;
    private long lastId = 4_000_000_000;

    /// <param name="worldFolder">What the world file's git paths are relative to.</param>
    public GitHubStore(WorldFile world, string worldFolder, TimeProvider time, CommentPages? pages = null)
    {
        // Ids are beyond 32 bits, as GitHub's are.
        long NextId() => Interlocked.Increment(ref lastId);
        repositories = world.GitHub.Repositories.ToDictionary(
            repository => repository.Name, repository => new GitHubRepository(repository, worldFolder, time, NextId, pages), StringComparer.OrdinalIgnoreCase);
    }

    public GitHubRepository? Find(string name) => repositories.GetValueOrDefault(name);

    /// <summary>The comments of a pull request, oldest first.</summary>
    public IReadOnlyList<Comment> Comments(string repository, int number) => Find(repository)?.Comments.Of(number) ?? [];

    /// <summary>The deployments of a repository with their statuses, oldest first.</summary>
    public IReadOnlyList<Deployment> Deployments(string repository) => Find(repository)?.Deployments.All() ?? [];
}
