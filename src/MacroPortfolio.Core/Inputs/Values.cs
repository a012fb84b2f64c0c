using System.Globalization;
using NodaTime;

namespace MacroPortfolio.Core.Inputs;

/// <summary>How many instances may miss a revision before a deployment that CodeDeploy calls succeeded counts as failed here.</summary>
/// <param name="Amount">Instances, or percent of the fleet.</param>
public readonly record struct FailureAllowance(int Amount, bool IsPercentage)
{
    public const string Expected = "a number of instances such as 0, or a percentage such as 10%";

    public static FailureAllowance None => new(0, false);

    /// <summary>Percentages are rounded down: 10% of 9 instances allows none to fail.</summary>
    public bool Allows(long missed, long fleet) => missed <= (IsPercentage ? fleet * Amount / 100 : Amount);

    public static bool TryParse(string text, out FailureAllowance allowance)
    {
        var percent = text.EndsWith('%');
        var parsed = int.TryParse(percent ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var amount);
        allowance = new(amount, percent);
        return parsed && (!percent || amount <= 100);
    }

    public override string ToString() => IsPercentage ? $"{Amount}%" : $"{Amount}";
}

/// <summary>When CodeDeploy shall roll back by itself: as the group says, not at all, or at the named events.</summary>
public abstract record AutoRollback
{
    private AutoRollback() { }

    public const string Expected = "group, off, or events out of DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM, DEPLOYMENT_STOP_ON_REQUEST, one per line or separated by commas";

    public sealed record AsGroup : AutoRollback;

    public sealed record Off : AutoRollback;

    public sealed record At(IReadOnlyList<string> Events) : AutoRollback;

    public static bool TryParse(string text, out AutoRollback rollback)
    {
        var words = text.Split([',', '\n', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        rollback = words switch
        {
            ["group"] => new AsGroup(),
            ["off"] => new Off(),
            _ => new At(words),
        };
        return rollback is not At { Events: var events }
            || (events.Count > 0 && events.All(name => name is "DEPLOYMENT_FAILURE" or "DEPLOYMENT_STOP_ON_ALARM" or "DEPLOYMENT_STOP_ON_REQUEST"));
    }
}

/// <summary>What a run does when another deployment of the group is in flight.</summary>
public enum OnBusy
{
    /// <summary>Waits until it has ended.</summary>
    Queue,

    /// <summary>Creates nothing.</summary>
    Fail,

    /// <summary>Watches it, if it is of the same revision.</summary>
    Attach,

    /// <summary>Stops it, if an older run of this action made it; waits for any other.</summary>
    Supersede,

    /// <summary>Stops it, whoever made it; a way back that is under way is waited for.</summary>
    TakeOver,
}

/// <summary>What happens to a running deployment when the job is cancelled.</summary>
public enum OnCancel
{
    Stop,
    StopAndRollback,
    Leave,
}

public static class Durations
{
    public const string Expected = "a duration such as 90s, 30m or 2h";

    /// <summary>More than any limit asks for, and less than what a <see cref="Duration"/> can hold in hours.</summary>
    private const int MostAmount = 1_000_000;

    public static bool TryParse(string text, out Duration duration)
    {
        duration = Duration.Zero;
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount > MostAmount)
        {
            return false;
        }

        duration = text[^1] switch
        {
            's' => Duration.FromSeconds(amount),
            'm' => Duration.FromMinutes(amount),
            'h' => Duration.FromHours(amount),
            _ => Duration.MinValue,
        };
        return duration >= Duration.Zero;
    }

    /// <summary><c>1:05:09</c> or <c>5:09</c>.</summary>
    public static string Clock(Duration duration)
    {
        var span = duration.ToTimeSpan();
        return span.TotalHours >= 1 ? $"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}" : $"{span.Minutes}:{span.Seconds:00}";
    }
}
