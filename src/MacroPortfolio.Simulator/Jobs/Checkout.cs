using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Jobs;

/// <summary>A repository of the world: revisions resolved, pull requests merged, workspaces filled. The repository itself is only read.</summary>
internal sealed class Checkout(RepositoryWorld repository)
{
    private readonly Git? _git = repository.Git is { } folder ? new Git(folder) : null;

    /// <summary>The commit that a revision names; null when there is none.</summary>
    public async Task<string?> ResolveAsync(string revision, CancellationToken ct)
    {
        if (_git is null)
            return revision is { Length: 40 } && revision.All(char.IsAsciiHexDigitLower) ? revision : null;
        return await _git.TryAsync(ct, "rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}");
    }

    public async Task<Commit> ReadAsync(string sha, CancellationToken ct)
    {
        const string format = "--format=%T%n%aI%n%an%n%ae%n%P%n%B";
        var lines = _git is null ? null : (await _git.TryAsync(ct, "log", "-1", format, "--end-of-options", sha))?.Split('\n', 6);
        return lines is [var tree, var date, var name, var email, var parents, var message]
            ? new Commit(sha, tree, date, name, email, parents.Split(' ', StringSplitOptions.RemoveEmptyEntries), message)
            : new Commit(sha, new string('0', 40), "2026-01-01T00:00:00Z", "unknown", "unknown@users.noreply.github.com", [], "");
    }

    /// <summary>A file of a commit; null when there is none.</summary>
    public async Task<string?> FileAsync(string sha, string path, CancellationToken ct) =>
        _git is null ? null : await _git.TryAsync(ct, "cat-file", "blob", $"{sha}:{path}");

    /// <summary>
    /// Makes the folder a work tree whose objects are the repository's own (git's alternates), which costs milliseconds whatever the size of the history.
    /// Without <c>git clone</c>: that starts another git over the repository, which refuses one of another user.
    /// </summary>
    public async Task PrepareAsync(string workspace, CancellationToken ct)
    {
        if (_git is null)
            return;

        var objects = await _git.RunAsync(ct, "rev-parse", "--path-format=absolute", "--git-path", "objects");
        var work = new Git(workspace);
        await work.RunAsync(ct, "init", "--quiet", "--template=");
        Directory.CreateDirectory(Path.Combine(workspace, ".git", "objects", "info"));
        await File.WriteAllTextAsync(Path.Combine(workspace, ".git", "objects", "info", "alternates"), $"{objects}\n", ct);
        await work.RunAsync(ct, "remote", "add", "origin", repository.Git!);
    }

    public async Task SwitchAsync(string workspace, string sha, CancellationToken ct)
    {
        if (_git is not null)
            await new Git(workspace).RunAsync(ct, "checkout", "--quiet", "--detach", sha);
    }

    /// <summary>
    /// The commit that GitHub would make if the pull request were merged now; it exists in the work tree only, and is the same whenever the same two
    /// are merged. Null when they conflict.
    /// </summary>
    public async Task<string?> MergeAsync(string workspace, string baseSha, string headSha, CancellationToken ct)
    {
        if (_git is null)
            return headSha;

        var date = (await ReadAsync(headSha, ct)).Date;
        var work = new Git(workspace, new Dictionary<string, string>
        {
            ["GIT_AUTHOR_NAME"] = "GitHub",
            ["GIT_AUTHOR_EMAIL"] = "noreply@github.com",
            ["GIT_AUTHOR_DATE"] = date,
            ["GIT_COMMITTER_NAME"] = "GitHub",
            ["GIT_COMMITTER_EMAIL"] = "noreply@github.com",
            ["GIT_COMMITTER_DATE"] = date,
        });
        return await work.TryAsync(ct, "merge-tree", "--write-tree", baseSha, headSha) is { } tree
            ? await work.RunAsync(ct, "commit-tree", tree.Split('\n')[0], "-p", baseSha, "-p", headSha, "-m", $"Merge {headSha} into {baseSha}")
            : null;
    }
}

/// <summary>What an event says of a commit.</summary>
internal sealed record Commit(string Sha, string Tree, string Date, string Author, string Email, IReadOnlyList<string> Parents, string Message);
