namespace MacroPortfolio.Simulator.GitHub;

/// <summary>The comments of each pull request as a file, for people to look at: <c>DIR/github/OWNER/NAME/pulls/N.md</c>.</summary>
public sealed class CommentPages(string folder)
{
    private readonly Lock gate = new();

    public void Write(string repository, int number, IReadOnlyList<Comment> comments)
    {
        var file = Path.Combine(folder, "github", repository, "pulls", $"{number}.md");
        lock (gate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, string.Join("\n\n---\n\n", comments.Select(comment => comment.Body)) + "\n");
        }
    }
}
