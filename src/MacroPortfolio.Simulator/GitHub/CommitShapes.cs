using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>Commits and what they changed, as GitHub's JSON has them.</summary>
public static class CommitShapes
{
    public static JsonObject Commit(Links links, GitHubRepository repository, GitCommit commit)
    {
        var api = links.Repository(repository);
        return new JsonObject
        {
            ["sha"] = commit.Sha,
            ["node_id"] = Shapes.NodeId("Commit", repository.World.Id) + commit.Sha[..8],
            ["commit"] = new JsonObject
            {
                ["author"] = Person(commit.Author),
                ["committer"] = Person(commit.Committer),
                ["message"] = commit.Message,
                ["tree"] = new JsonObject { ["sha"] = commit.Tree, ["url"] = $"{api}/git/trees/{commit.Tree}" },
                ["url"] = $"{api}/git/commits/{commit.Sha}",
                ["comment_count"] = 0,
                ["verification"] = new JsonObject
                {
                    ["verified"] = false,
                    ["reason"] = "unsigned",
                    ["signature"] = null,
                    ["payload"] = null,
                    ["verified_at"] = null,
                },
            },
            ["url"] = $"{api}/commits/{commit.Sha}",
            ["html_url"] = $"{links.Page(repository)}/commit/{commit.Sha}",
            ["comments_url"] = $"{api}/commits/{commit.Sha}/comments",
            ["author"] = Account(links, commit.Author),
            ["committer"] = Account(links, commit.Committer),
            ["parents"] = new JsonArray([.. commit.Parents.Select(parent => new JsonObject
            {
                ["sha"] = parent,
                ["url"] = $"{api}/commits/{parent}",
                ["html_url"] = $"{links.Page(repository)}/commit/{parent}",
            })]),
        };
    }

    public static JsonArray Files(Links links, GitHubRepository repository, string sha, IReadOnlyList<FileChange> files) => new([.. files.Select(file =>
    {
        var path = string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString));
        var shape = new JsonObject
        {
            ["sha"] = file.Blob,
            ["filename"] = file.Path,
            ["status"] = file.Status,
            ["additions"] = file.Additions,
            ["deletions"] = file.Deletions,
            ["changes"] = file.Additions + file.Deletions,
            ["blob_url"] = $"{links.Page(repository)}/blob/{sha}/{path}",
            ["raw_url"] = $"{links.Page(repository)}/raw/{sha}/{path}",
            ["contents_url"] = $"{links.Repository(repository)}/contents/{path}?ref={sha}",
        };
        if (file.Previous is not null)
            shape["previous_filename"] = file.Previous;
        return shape;
    })]);

    private static JsonObject Person(Signature person) => new() { ["name"] = person.Name, ["email"] = person.Email, ["date"] = Shapes.Instant(person.Date) };

    /// <summary>GitHub knows an account by its address; the world names no other addresses than those that GitHub gives out itself.</summary>
    private static JsonObject? Account(Links links, Signature person) =>
        person.Email.EndsWith("@users.noreply.github.com", StringComparison.Ordinal) ? Shapes.User(links, person.Email.Split('@')[0].Split('+')[^1]) : null;
}
