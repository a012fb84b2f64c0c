using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning.Stages;
using NodaTime;

namespace MacroPortfolio.Core.Releases;

/// <summary>What a gate says of a revision. From good to bad: the worst of several counts.</summary>
public enum GateVerdict
{
    Pass,

    /// <summary>Neither good nor bad is known: a person decides.</summary>
    Inconclusive,
    Fail,
}

/// <param name="Gate">Its name.</param>
/// <param name="Why">In a sentence, with figures.</param>
public sealed record GateResult(string Gate, GateVerdict Verdict, string Why);

/// <summary>One question to a page.</summary>
/// <param name="Status">Null when nobody answered.</param>
/// <param name="BodyFits">Whether the answer contains what it should.</param>
/// <param name="Trouble">Why nobody answered.</param>
public sealed record Probe(int? Status, Duration Took, bool BodyFits, string? Trouble);

/// <summary>A check run of a commit on GitHub.</summary>
/// <param name="Status">GitHub's own word: queued, in_progress, completed, ...</param>
/// <param name="Conclusion">GitHub's own word; null until it is completed.</param>
public sealed record CheckRun(string Name, string Status, string? Conclusion, Instant? Started, Instant? Completed);

/// <summary>What gates ask. Implementations translate; they do not judge.</summary>
public interface IGateSource
{
    /// <param name="body">What the answer has to contain; null: anything.</param>
    Task<Probe> ProbeAsync(Uri url, string? body, CancellationToken ct);

    /// <returns>The newest run of each name that the revision's commit has; null when that could not be found out.</returns>
    Task<IReadOnlyList<CheckRun>?> CheckRunsAsync(Revision revision, IReadOnlyList<string> names, CancellationToken ct);
}

/// <summary>Asks gates for as long as each wants to be asked, all at once, and ends early where more questions change nothing.</summary>
public sealed class GateRun(IGateSource source, TimeProvider time)
{
    /// <summary>Between two looks at check runs that are not completed: GitHub allows a thousand requests an hour.</summary>
    private static readonly Duration CheckInterval = Duration.FromSeconds(15);

    /// <param name="deployed">When the revision's deployment ended where the gates look.</param>
    /// <param name="isThere">False when another revision runs there by now, of which pages say nothing about this one.</param>
    /// <param name="atLeast">Pages are asked for as long as this at least.</param>
    /// <param name="waits">Check runs that are not completed are waited for, as long as their gate says.</param>
    public Task<GateResult[]> JudgeAsync(IEnumerable<Gate> gates, Revision revision, Instant? deployed, bool isThere, Duration atLeast, bool waits, CancellationToken ct) =>
        Task.WhenAll(gates.Select(gate => gate switch
        {
            Gate.Http http when isThere => ProbeAsync(http with { For = Duration.Max(http.For, atLeast) }, ct),
            Gate.Http http => Task.FromResult(new GateResult(http.Name, GateVerdict.Inconclusive, $"{revision.Label} does not run there any more, so the page says nothing about it.")),
            Gate.Checks checks => CheckAsync(checks, revision, deployed, waits ? checks.For : Duration.Zero, ct),
            _ => throw new InvalidOperationException("a gate that is none of its kinds"),
        }));

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private async Task<GateResult> ProbeAsync(Gate.Http gate, CancellationToken ct)
    {
        var began = Now;
        var probes = new List<Probe>();
        while (true)
        {
            var asked = Now;
            probes.Add(await source.ProbeAsync(gate.Url, gate.Body, ct));
            var next = Duration.Max(gate.Every - (Now - asked), Duration.Zero);
            if (GateRules.IsCertain(gate, probes) || Now + next - began > gate.For)
            {
                return GateRules.Of(gate, probes);
            }

            await Task.Delay(next.ToTimeSpan(), time, ct);
        }
    }

    private async Task<GateResult> CheckAsync(Gate.Checks gate, Revision revision, Instant? deployed, Duration patience, CancellationToken ct)
    {
        var began = Now;
        while (true)
        {
            var result = GateRules.Of(gate, revision, await source.CheckRunsAsync(revision, gate.Names, ct), deployed);
            if (result.Verdict != GateVerdict.Inconclusive || Now + CheckInterval - began > patience)
            {
                return result;
            }

            await Task.Delay(CheckInterval.ToTimeSpan(), time, ct);
        }
    }
}

/// <summary>What answers amount to. Pure.</summary>
public static class GateRules
{
    public static GateVerdict Worst(IEnumerable<GateResult> results) => results.Select(result => result.Verdict).DefaultIfEmpty(GateVerdict.Pass).Max();

    /// <summary>A page that never answered may be out of this runner's reach, which says nothing of the revision; one that stopped answering has failed.</summary>
    public static GateResult Of(Gate.Http gate, IReadOnlyList<Probe> probes)
    {
        var answered = probes.Where(probe => probe.Status is not null).ToList();
        var failures = probes.Where(probe => Failure(gate, probe) is not null).ToList();
        var (verdict, why) = (answered, failures) switch
        {
            ([], _) => (GateVerdict.Inconclusive, $"never answered, asked {Times(probes.Count)}: {probes[^1].Trouble}"),
            (_, [.., var last]) when failures.Count > gate.AllowedFailures => (GateVerdict.Fail, $"{failures.Count} of {Answers(probes.Count)} failed, {(gate.AllowedFailures == 0 ? "none" : $"{gate.AllowedFailures} at most")} may: {Failure(gate, last)}"),
            _ when gate.SlowerThan is { } limit && Median(answered) is var median && median > limit => (GateVerdict.Fail, $"the median of {Answers(answered.Count)} took {Milliseconds(median)}, more than {Milliseconds(limit)}"),
            _ => (GateVerdict.Pass, $"{Answers(answered.Count)}, median {Milliseconds(Median(answered))}{(failures.Count > 0 ? $", {failures.Count} failed of {gate.AllowedFailures} that may" : "")}"),
        };
        return new GateResult(gate.Name, verdict, why);
    }

    /// <summary>Whether no further answer can change the verdict.</summary>
    public static bool IsCertain(Gate.Http gate, IReadOnlyList<Probe> probes) =>
        probes.Any(probe => probe.Status is not null) && probes.Count(probe => Failure(gate, probe) is not null) > gate.AllowedFailures;

    /// <param name="runs">Null when GitHub did not tell.</param>
    /// <param name="deployed">Runs that began before it have looked at what was there before.</param>
    public static GateResult Of(Gate.Checks gate, Revision revision, IReadOnlyList<CheckRun>? runs, Instant? deployed)
    {
        if (runs is null)
        {
            return new GateResult(gate.Name, GateVerdict.Inconclusive, $"the check runs of {revision.Label} could not be read");
        }

        var each = gate.Names.Select(name => Of(name, runs.Where(run => run.Name == name).MaxBy(run => run.Started ?? Instant.MinValue), deployed)).ToList();
        var worst = each.Max(result => result.Verdict);
        return new GateResult(gate.Name, worst, string.Join("; ", each.Where(result => result.Verdict == worst).Select(result => $"{result.Gate} {result.Why}")));
    }

    private static GateResult Of(string name, CheckRun? run, Instant? deployed) => run switch
    {
        null => new(name, GateVerdict.Inconclusive, "has not run"),
        { Status: not "completed" } => new(name, GateVerdict.Inconclusive, $"is {run.Status}"),
        _ when deployed is not { } since || (run.Started ?? run.Completed) is not { } began || began < since => new(name, GateVerdict.Inconclusive, "ran before the deployment had ended, so it has not looked at it"),
        { Conclusion: "success" } => new(name, GateVerdict.Pass, "succeeded"),
        { Conclusion: "failure" or "timed_out" or "startup_failure" } => new(name, GateVerdict.Fail, $"ended as {run.Conclusion}"),
        _ => new(name, GateVerdict.Inconclusive, $"ended as {run.Conclusion ?? "nothing that GitHub tells"}"),
    };

    /// <summary>Null when it is good.</summary>
    private static string? Failure(Gate.Http gate, Probe probe) => probe switch
    {
        { Status: null } => $"no answer ({probe.Trouble})",
        { Status: var status } when status != gate.Status => $"answered {status} instead of {gate.Status}",
        { BodyFits: false } => $"the answer does not contain '{gate.Body}'",
        _ => null,
    };

    private static Duration Median(IReadOnlyList<Probe> answered)
    {
        var sorted = answered.Select(probe => probe.Took).Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Milliseconds(Duration duration) => $"{duration.TotalMilliseconds:0} ms";

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";

    private static string Answers(int count) => count == 1 ? "1 answer" : $"{count} answers";
}
