using System.Globalization;

namespace MacroPortfolio.Bench;

/// <summary>Says each figure beside its goal, and counts those that are beyond the goal by more than noise explains.</summary>
internal sealed class Scores(TextWriter output)
{
    public int Good { get; private set; }
    public int Bad { get; private set; }

    public void Say(string words) => output.WriteLine(words);

    /// <param name="limit">The goal with the margin that docs/benchmarks.md gives it.</param>
    public void AtMost(string id, string what, double figure, double goal, double limit, string unit) => Judge(id, what, figure, figure <= limit, $"goal at most {goal:0.##}, fails above {limit:0.##}", unit);

    public void AtLeast(string id, string what, double figure, double goal, double limit, string unit) => Judge(id, what, figure, figure >= limit, $"goal at least {goal:0.##}, fails below {limit:0.##}", unit);

    private void Judge(string id, string what, double figure, bool good, string goal, string unit)
    {
        (Good, Bad) = good ? (Good + 1, Bad) : (Good, Bad + 1);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id}  {(good ? "ok    " : "FAILED")}  {what}: {figure:0.##}{unit} ({goal})"));
    }
}
