using NodaTime;

namespace MacroPortfolio.Core.Releases;

/// <summary>How long and how often a service is asked again that cannot answer: ever more seldom, out of step with other runs, and told once in a while.</summary>
/// <param name="limit">After this it is given up; zero: at once.</param>
/// <param name="chance">Keeps runs that meet the same trouble out of step.</param>
public sealed class Patience(Duration limit, TimeProvider time, Random chance, Func<string, CancellationToken, Task> say)
{
    /// <summary>How long for an end that nobody has reached: more often than not its name or the network is wrong.</summary>
    public Duration? Unreached { get; init; }

    private static readonly Duration LongestPause = Duration.FromSeconds(30);
    private static readonly Duration Silence = Duration.FromSeconds(30);

    private Instant? since;
    private Instant? said;
    private int troubles;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>For how long there has been trouble.</summary>
    public Duration Lasted => Now - (since ?? Now);

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="meanwhile">What an unanswered question means for the deployment.</param>
    /// <exception cref="TransientException">The last one, when the patience is at its end.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> call, string meanwhile, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                var answer = await call();
                (since, troubles) = (null, 0);
                return answer;
            }
            catch (TransientException ex)
            {
                await PauseAsync($"{ex.Message} {meanwhile}", ex, ct);
            }
        }
    }

    /// <summary>Waits before the next try, or throws <paramref name="end"/>.</summary>
    public async Task PauseAsync(string words, Exception end, CancellationToken ct)
    {
        since ??= Now;
        if (Lasted >= (end is TransientException { IsReached: false } ? Unreached ?? limit : limit))
        {
            throw end;
        }

        await SayAsync(words, ct);
        var pause = Duration.Min(LongestPause, Duration.FromSeconds(Math.Pow(2, Math.Min(troubles++, 5)))) * (0.5 + (chance.NextDouble() / 2));
        await Task.Delay(Duration.Min(pause, limit).ToTimeSpan(), time, ct);
    }

    private async Task SayAsync(string words, CancellationToken ct)
    {
        if (said is { } last && Now - last < Silence)
        {
            return;
        }

        said = Now;
        await say(words, ct);
    }
}
