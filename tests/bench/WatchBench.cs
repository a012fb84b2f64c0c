using System.Globalization;
using MacroPortfolio.Bench.Watching;

namespace MacroPortfolio.Bench;

/// <summary>P2: how long after a deployment's end the real loop returns, and how often it asked, on a clock that is moved by hand; beside the aws CLI's waiter.</summary>
internal static class WatchBench
{
    private const int Runs = 60;
    private const double FiveMinutes = 300;

    private static readonly (string Name, int Instances, int AtOnce)[] Fleets =
    [
        ("2, all at once", 2, 2), ("9, half at a time", 9, 4), ("10, one at a time", 10, 1), ("1,000, all at once", 1_000, 1_000), ("1,000, half at a time", 1_000, 500), ("1,000, 50 at a time", 1_000, 50),
    ];

    private static readonly double[] Durations = [20, 60, 150, 280, 420, 900, 2_400, 7_200];

    public static void Run(Scores scores)
    {
        scores.Say("P2  mean lag in seconds between a deployment's end and the run's, and status calls a run");
        scores.Say($"    {"fleet",-22} {"lasts",6} | {"good",5} {"bad",5} {"calls",6} | waiter: {"good",5} {"bad",5} {"calls",6}");
        var (shorts, longs) = (new List<double>(), new List<double>());
        int busiest = 0, busiestLate = 0;
        foreach (var (name, instances, atOnce) in Fleets)
        {
            foreach (var lasts in Durations.Where(lasts => instances / atOnce * 5 < lasts))
            {
                var chance = new Random(20_261_127);
                var (good, bad) = (new List<Watch>(), new List<Watch>());
                for (var run = 0; run < Runs; run++)
                {
                    var fleet = ModelFleet.Make(chance, instances, atOnce, lasts * (0.8 + (run + chance.NextDouble()) / Runs * 0.4));
                    good.Add(Rehearsal.Watch(fleet));
                    bad.Add(Rehearsal.Watch(fleet.BrokenOff((run + chance.NextDouble()) / Runs)));
                }

                foreach (var watch in good.Concat(bad))
                {
                    (watch.Ended < FiveMinutes ? shorts : longs).Add(watch.Lag);
                    busiest = Math.Max(busiest, watch.Busiest(0, FiveMinutes));
                    busiestLate = Math.Max(busiestLate, watch.Busiest(FiveMinutes, double.MaxValue));
                }

                scores.Say(string.Create(CultureInfo.InvariantCulture, $"    {name,-22} {lasts,4:0} s | {Lag(good),5:0.0} {Lag(bad),5:0.0} {good.Average(watch => watch.Looks.Count),6:0.0} | waiter: {Waiter.Lag(good),5:0.0} {Waiter.Lag(bad),5:0.0} {Waiter.Calls(good),6:0.0}"));
            }
        }

        scores.AtMost("P2", "mean lag of ends within 5 minutes", shorts.Average(), 2.5, 2.75, " s");
        scores.AtMost("P2", "mean lag of later ends", longs.Average(), 7.5, 8.25, " s");
        scores.AtMost("P2", "status calls in the busiest minute of the first five", busiest, 12, 12, "");
        scores.AtMost("P2", "status calls in the busiest minute after", busiestLate, 4, 4, "");
    }

    private static double Lag(IEnumerable<Watch> watches) => watches.Average(watch => watch.Lag);

    /// <summary><c>aws deploy wait deployment-successful</c>: looks at once and every 15 seconds, 120 times at most.</summary>
    private static class Waiter
    {
        private const double Pause = 15;

        public static double Lag(IEnumerable<Watch> watches) => watches.Average(watch => Math.Ceiling(watch.Ended / Pause) * Pause - watch.Ended);

        public static double Calls(IEnumerable<Watch> watches) => watches.Average(watch => Math.Ceiling(watch.Ended / Pause) + 1);
    }
}
