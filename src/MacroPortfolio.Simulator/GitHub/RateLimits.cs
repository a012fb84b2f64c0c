namespace MacroPortfolio.Simulator.GitHub;

/// <summary>GitHub's limits for a job's token. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api</summary>
/// <param name="RequestsPerHour">Of one repository's jobs together.</param>
/// <param name="PointsPerMinute">A request that reads costs one, one that writes five.</param>
/// <param name="ContentPerMinute">Requests that write.</param>
/// <param name="ContentPerHour">Requests that write.</param>
public sealed record GitHubLimits(int RequestsPerHour = 1000, int PointsPerMinute = 900, int ContentPerMinute = 80, int ContentPerHour = 500);

/// <summary>How much of the hour's requests is used.</summary>
public sealed record Quota(int Limit, int Used, DateTimeOffset Reset)
{
    public int Remaining => Math.Max(0, Limit - Used);
}

/// <summary>Counts the requests of one repository.</summary>
public sealed class RateLimits(GitHubLimits limits, TimeProvider time)
{
    public const string PrimaryText = "API rate limit exceeded for installation.";
    public const string SecondaryText = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    public const string Documentation = "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api";
    public const string SecondaryDocumentation = $"{Documentation}#about-secondary-rate-limits";

    private readonly Lock gate = new();
    private readonly Queue<(DateTimeOffset At, int Points)> requests = new();
    private readonly Queue<DateTimeOffset> writes = new();
    private int used;
    private DateTimeOffset reset;

    public Quota Quota
    {
        get
        {
            lock (gate)
                return new Quota(limits.RequestsPerHour, used, reset);
        }
    }

    /// <summary>Takes one of the hour's requests.</summary>
    public void Take()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now >= reset)
                (used, reset) = (0, DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()).AddHours(1));
            if (used >= limits.RequestsPerHour)
                throw new GitHubException(403, PrimaryText) { Documentation = Documentation };
            used++;
        }
    }

    /// <summary>Gives it back: an answer that nothing changed is free.</summary>
    public void GiveBack()
    {
        lock (gate)
            used--;
    }

    /// <summary>The secondary limits.</summary>
    public void Spend(bool writing)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var (minute, hour) = (now.AddMinutes(-1), now.AddHours(-1));
            while (requests.TryPeek(out var request) && request.At <= minute)
                requests.Dequeue();
            while (writes.TryPeek(out var write) && write <= hour)
                writes.Dequeue();

            var points = writing ? 5 : 1;
            if (requests.Sum(request => request.Points) + points > limits.PointsPerMinute)
                throw Secondary(SecondaryText, requests.Peek().At.AddMinutes(1) - now);

            if (writing && writes.Count(at => at > minute) >= limits.ContentPerMinute)
                throw Blocked(writes.First(at => at > minute).AddMinutes(1) - now);
            if (writing && writes.Count >= limits.ContentPerHour)
                throw Blocked(writes.Peek().AddHours(1) - now);

            requests.Enqueue((now, points));
            if (writing)
                writes.Enqueue(now);
        }
    }

    private static GitHubException Blocked(TimeSpan wait) => Secondary(
        "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.", wait);

    private static GitHubException Secondary(string message, TimeSpan wait) =>
        new(403, message) { Documentation = SecondaryDocumentation, RetryAfter = wait };
}
