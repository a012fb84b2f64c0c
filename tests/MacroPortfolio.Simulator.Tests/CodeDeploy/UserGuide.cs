using MacroPortfolio.Simulator.CodeDeploy.Shapes;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

/// <summary>What ended, and which instances were started because of it.</summary>
/// <param name="Ends">The instance whose end is the step; null at the beginning.</param>
internal sealed record Step(int? Ends, IReadOnlyList<int> Starts);

/// <summary>A deployment as the user guide tells it, from its beginning to its end.</summary>
internal sealed record Story(IReadOnlyList<Step> Steps, int MostAtOnce, int Succeeded, int Failed, int Skipped, bool IsGood);

/// <summary>
/// The sentences of the user guide about healthy instances, acted out instance by instance. It knows no formula of the simulator: whether so many healthy instances
/// are enough is asked of each number by itself.
/// https://docs.aws.amazon.com/codedeploy/latest/userguide/instances-health.html#minimum-healthy-hosts
/// https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configurations-predefined
/// </summary>
internal sealed class UserGuide(int fleet, Func<int, bool> isEnough)
{
    /// <summary>A count is a count. A percentage of the fleet that is no whole number of instances needs the next whole one.</summary>
    public static UserGuide For(MinimumHealthyHosts hosts, int fleet) => hosts.Type == "HOST_COUNT"
        ? new(fleet, healthy => healthy >= hosts.Value)
        : new(fleet, healthy => healthy * 100m / fleet >= hosts.Value);

    /// <summary>The predefined configs by what is said of each: all at once; half of them at a time, fractions rounded down; all but one kept healthy.</summary>
    public static UserGuide For(string predefined, int fleet) => predefined switch
    {
        "CodeDeployDefault.AllAtOnce" => new(fleet, _ => true),
        "CodeDeployDefault.HalfAtATime" => new(fleet, healthy => fleet - healthy <= fleet / 2),
        "CodeDeployDefault.OneAtATime" => new(fleet, healthy => fleet - healthy <= 1),
        _ => throw new ArgumentOutOfRangeException(nameof(predefined)),
    };

    /// <summary>How many can be out of service at the same time.</summary>
    public int MostAtOnce => Enumerable.Range(1, fleet).TakeWhile(taken => isEnough(fleet - taken)).Count();

    /// <summary>The smallest number of successes that is enough; one more than the fleet has when no number is.</summary>
    public int Needed => Enumerable.Range(1, fleet).FirstOrDefault(isEnough, fleet + 1);

    /// <param name="fails">For each instance whether its deployment fails.</param>
    /// <param name="chance">Which of the instances that are under way ends next.</param>
    public Story Tell(IReadOnlyList<bool> fails, Random chance)
    {
        var (waiting, underWay, steps) = (new Queue<int>(Enumerable.Range(0, fleet)), new List<int>(), new List<Step>());
        var (succeeded, failed, most) = (0, 0, 0);
        int? ends = null;
        while (true)
        {
            var starts = new List<int>();
            while (waiting.Count > 0 && isEnough(fleet - failed - underWay.Count - 1))
            {
                starts.Add(waiting.Peek());
                underWay.Add(waiting.Dequeue());
            }

            steps.Add(new(ends, starts));
            most = Math.Max(most, underWay.Count);
            if (underWay.Count == 0)
                return new(steps, most, succeeded, failed, waiting.Count, IsGood: succeeded > 0 && isEnough(succeeded));

            ends = underWay[chance.Next(underWay.Count)];
            underWay.Remove(ends.Value);
            (succeeded, failed) = fails[ends.Value] ? (succeeded, failed + 1) : (succeeded + 1, failed);
        }
    }
}
