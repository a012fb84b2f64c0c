using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Bench.Watching;

/// <summary>A deployment as a model: when each instance begins and ends, in seconds since it was created.</summary>
/// <param name="Began">In order.</param>
/// <param name="Ended">In order.</param>
/// <param name="Over">When CodeDeploy calls it over.</param>
/// <param name="Good">False: it failed at that moment, whatever the instances were at.</param>
internal sealed record ModelFleet(double[] Began, double[] Ended, double Over, bool Good)
{
    /// <summary>Created and Queued, before an instance begins.</summary>
    private const double Opening = 3;

    /// <summary>From the last instance's end to the deployment's.</summary>
    private const double Closing = 1;

    /// <summary>Instances take alike, but for a fifth more or less; whoever ends makes room for the next.</summary>
    public static ModelFleet Make(Random chance, int instances, int atOnce, double lasts)
    {
        var waves = (instances + atOnce - 1) / atOnce;
        var each = (lasts - Opening - Closing) / waves;
        var free = new PriorityQueue<double, double>(Enumerable.Repeat((Opening, Opening), atOnce));
        var (began, ended) = (new double[instances], new double[instances]);
        for (var instance = 0; instance < instances; instance++)
        {
            began[instance] = free.Dequeue();
            ended[instance] = began[instance] + each * (0.8 + 0.4 * chance.NextDouble());
            free.Enqueue(ended[instance], ended[instance]);
        }

        Array.Sort(began);
        Array.Sort(ended);
        return new ModelFleet(began, ended, ended[^1] + Closing, Good: true);
    }

    /// <summary>The same, failed at some moment: an alarm, a stop, too many failures.</summary>
    /// <param name="moment">0 for the begin, 1 for the end.</param>
    public ModelFleet BrokenOff(double moment) => this with { Over = Opening + moment * (Over - Opening), Good = false };

    public Phase PhaseAt(double seconds) => seconds < Opening ? Phase.Waiting : seconds < Over ? Phase.Running : Good ? Phase.Succeeded : Phase.Failed;

    public Counts? CountsAt(double seconds)
    {
        if (seconds < Opening)
        {
            return null;
        }

        var (begun, done) = (Reached(Began, seconds), Reached(Ended, seconds));
        return new Counts(Began.Length - begun, begun - done, done, 0, 0, 0);
    }

    private static int Reached(double[] moments, double now) => Array.BinarySearch(moments, now + 1e-9) is var at && at < 0 ? ~at : at;
}
