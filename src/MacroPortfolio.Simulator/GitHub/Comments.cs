namespace MacroPortfolio.Simulator.GitHub;

/// <param name="Number">The pull request's.</param>
public sealed record Comment(long Id, int Number, string Login, string Body, DateTimeOffset Created, DateTimeOffset Updated);

/// <summary>The comments on the pull requests of a repository.</summary>
public sealed class Comments(TimeProvider time, Func<long> nextId)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, Comment> comments = [];

    public IReadOnlyList<Comment> Of(int number)
    {
        lock (gate)
            return [.. comments.Values.Where(comment => comment.Number == number)];
    }

    public Comment? Find(long id)
    {
        lock (gate)
            return comments.GetValueOrDefault(id);
    }

    public Comment Add(int number, string login, string body)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var comment = new Comment(nextId(), number, login, body, now, now);
            return comments[comment.Id] = comment;
        }
    }

    public Comment? Edit(long id, string body)
    {
        lock (gate)
            return comments.TryGetValue(id, out var comment) ? comments[id] = comment with { Body = body, Updated = time.GetUtcNow() } : null;
    }

    public bool Delete(long id)
    {
        lock (gate)
            return comments.Remove(id);
    }
}
