using NodaTime;

namespace MacroPortfolio.Core.Releases;

/// <summary>A look at the deployments of a run: when, and how many instances had not ended and had ended then, all deployments together.</summary>
/// <param name="At">Since the deployments were created.</param>
/// <param name="Left">Null when the look failed, or CodeDeploy did not count yet.</param>
public sealed record Sighting(Duration At, long? Left, long Done)
{
    public static Sighting Of(Duration at, IReadOnlyCollection<Counts?> counts) => counts.Count > 0 && counts.All(count => count is not null)
        ? new Sighting(at, counts.Sum(count => count!.Pending + count.InProgress + count.Ready), counts.Sum(count => count!.Succeeded + count.Missed))
        : new Sighting(at, null, 0);
}

/// <summary>
/// When to ask CodeDeploy for the status again. Its limits are not published; 41 calls a minute were seen to be throttled, so a run keeps to 12 calls in any minute
/// of its first five, and to 4 in any minute after. Evenly spent that is the best for an end that may come at any moment. Where the progress of a large
/// fleet shows when its last instances will end, a look is moved there and another follows close behind.
/// </summary>
public static class PollSchedule
{
    private static readonly Duration Early = Duration.FromMinutes(5);
    private static readonly Duration Minute = Duration.FromMinutes(1);
    private static readonly Duration First = Duration.FromSeconds(2);
    private static readonly Duration Brisk = Duration.FromSeconds(5);
    private static readonly Duration Calm = Duration.FromSeconds(15);
    private const int LateLooks = 4;
    private const long FewestToTell = 8;

    /// <param name="looks">All so far, in order.</param>
    /// <param name="elapsed">Since the deployments were created.</param>
    /// <param name="troubles">How many looks in a row have failed, throttled ones among them.</param>
    public static Duration Next(IReadOnlyList<Sighting> looks, Duration elapsed, int troubles)
    {
        var calm = looks.Count == 0 ? First : elapsed < Early ? Brisk : Duration.Max(Aimed(looks, elapsed), Budget(looks, elapsed));
        return Duration.Min(Minute, calm * Math.Pow(2, Math.Min(troubles, 6)));
    }

    /// <summary>Pauses until the last instances are expected to end, when that is not much longer than the usual pause; the next pause is shorter by as much.</summary>
    private static Duration Aimed(IReadOnlyList<Sighting> looks, Duration elapsed)
    {
        if (Remaining(looks, elapsed) is { } remaining && remaining > Calm && remaining < 2 * Calm)
        {
            return remaining;
        }

        var last = looks.Count > 1 ? looks[^1].At - looks[^2].At : Calm;
        return Duration.Max(Calm / 2, Duration.Min(Calm, 2 * Calm - last));
    }

    /// <summary>The window slides: a look is due when the fourth before it is a minute old.</summary>
    private static Duration Budget(IReadOnlyList<Sighting> looks, Duration elapsed) =>
        looks.Count >= LateLooks && looks[^LateLooks].At is var oldest && oldest >= Early ? oldest + Minute - elapsed : Duration.Zero;

    /// <summary>The last instances take as long as as many before them took. Null when they are too many or too few to say so.</summary>
    private static Duration? Remaining(IReadOnlyList<Sighting> looks, Duration elapsed)
    {
        if (looks[^1] is not { Left: >= FewestToTell and var left, Done: var done } || left > done)
        {
            return null;
        }

        return Reached(looks, done) - Reached(looks, done - left) - (elapsed - Reached(looks, done));
    }

    /// <summary>When so many instances had ended, between the looks before and after.</summary>
    private static Duration Reached(IReadOnlyList<Sighting> looks, long done)
    {
        var before = (At: Duration.Zero, Done: 0L);
        foreach (var look in looks.Where(look => look.Left is not null))
        {
            if (look.Done >= done)
            {
                return look.Done == before.Done ? look.At : before.At + (look.At - before.At) * ((double)(done - before.Done) / (look.Done - before.Done));
            }

            before = (look.At, look.Done);
        }

        return before.At;
    }
}
