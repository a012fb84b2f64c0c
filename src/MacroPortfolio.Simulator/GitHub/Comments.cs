namespace MacroPortfolio.Simulator.GitHub;

/// <param name="Number">The pull request's.</param>
public sealed record Comment(long Id, int Number, string Login, string Body, DateTimeOffset Created, DateTimeOffset Updated);

/// <summary>The comments on the pull requests of a repository.</summary>
/// <param name="changed">Is told the pull request's number and its comments after each change.</param>
public sealed class Comments(TimeProvider time, Func<long> nextId, Action<int, IReadOnlyList<Comment>>? changed = null)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, Comment> comments = [];

    public IReadOnlyList<Comment> Of(int number)
    {
        lock (gate)
            return Those(number);
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
            comments[comment.Id] = comment;
            changed?.Invoke(number, Those(number));
            return comment;
        }
    }

    public Comment? Edit(long id, string body)
    {
        lock (gate)
        {
            if (!comments.TryGetValue(id, out var comment))
                return null;
            var edited = comments[id] = comment with { Body = body, Updated = time.GetUtcNow() };
            changed?.Invoke(edited.Number, Those(edited.Number));
            return edited;
        }
    }

    public bool Delete(long id)
    {
        lock (gate)
        {
            if (!comments.Remove(id, out var gone))
                return false;
            changed?.Invoke(gone.Number, Those(gone.Number));
            return true;
        }
    }

    private IReadOnlyList<Comment> Those(int number) => [.. comments.Values.Where(comment => comment.Number == number)];
}
