using NodaTime;

namespace MacroPortfolio.Core.Releases;

/// <summary>
/// When to ask CodeDeploy for the status again. Its limits are not published; 41 calls a minute were seen to be throttled, so a run keeps to 12 calls a minute
/// in its first 5 minutes and to 4 after, evenly, but for a first look that is early because small fleets are quick.
/// </summary>
public static class PollSchedule
{
    private static readonly Duration Longest = Duration.FromMinutes(1);

    /// <param name="looks">How often the status has been read so far.</param>
    /// <param name="elapsed">Since the deployments were created.</param>
    /// <param name="troubles">How many looks in a row have failed, throttled ones among them.</param>
    public static Duration Next(int looks, Duration elapsed, int troubles)
    {
        var calm = (looks, elapsed) switch
        {
            (0, _) => Duration.FromSeconds(2),
            _ when elapsed < Duration.FromMinutes(5) => Duration.FromSeconds(5),
            _ => Duration.FromSeconds(15),
        };
        return Duration.Min(Longest, calm * Math.Pow(2, Math.Min(troubles, 6)));
    }
}
