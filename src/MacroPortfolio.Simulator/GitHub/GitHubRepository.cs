using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>One repository.</summary>
public sealed class GitHubRepository
{
    public GitHubRepository(RepositoryWorld world, string worldFolder, TimeProvider time, Func<long> nextId, CommentPages? pages = null)
    {
        World = world;
        Created = time.GetUtcNow();
        History = world.Git is null ? null : new GitHistory(new Git(Path.Combine(worldFolder, world.Git)), world.DefaultBranch);
        Comments = new Comments(time, nextId, (number, comments) => pages?.Write(world.Name, number, comments));
        Deployments = new Deployments(time, nextId);
        CheckRuns = new CheckRuns(nextId);
    }

    public RepositoryWorld World { get; }
    public string Name => World.Name;
    public string Owner => Name.Split('/')[0];
    public DateTimeOffset Created { get; }
    public Comments Comments { get; }
    public Deployments Deployments { get; }
    public CheckRuns CheckRuns { get; }

    /// <summary>Null: a repository without a commit.</summary>
    public GitHistory? History { get; }

    public GitHistory RequiredHistory => History ?? throw new GitHubException(409, "Git Repository is empty.");

    public PullWorld? Pull(long number) => World.Pulls.FirstOrDefault(pull => pull.Number == number);

    public PullHistory PullHistory() => new(RequiredHistory, World);
}
