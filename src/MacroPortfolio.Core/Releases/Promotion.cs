using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Releases;

/// <summary>Why a promotion does not happen now.</summary>
/// <param name="MayBeOverridden">It only asks for time or for somebody to look; a person who may can pass it with a reason.</param>
/// <param name="Next">What to do, and when.</param>
/// <param name="Until">When it will have passed by itself; null when it will not, or nobody knows.</param>
public sealed record Objection(string Why, string Next, bool MayBeOverridden = false, Instant? Until = null);

/// <summary>Somebody's reason to pass what may be passed.</summary>
public sealed record Override(string Reason);

/// <summary>Who asks for a promotion, and whose work it is.</summary>
/// <param name="Actors">The logins behind the run: who started it first, and who started this attempt. Empty outside GitHub Actions.</param>
/// <param name="Authors">Of what the rule looks at; null when they could not be found out.</param>
public sealed record People(IReadOnlyList<string> Actors, IReadOnlyList<string>? Authors)
{
    public static People Nobody { get; } = new([], []);
}

/// <summary>Everything that decides about a promotion, as it was read at one moment.</summary>
/// <param name="Asked">The revision that was asked for; null for what the stage before runs.</param>
public sealed record PromotionFacts(StageHistory From, StageHistory Into, Revision? Asked, FailureAllowance MaxFailed, DateTimeZone Zone, Instant Now)
{
    public People People { get; init; } = People.Nobody;

    public Override? Override { get; init; }

    /// <summary>Whether what <see cref="Into"/> runs contains the revision, and more; null when nobody can tell.</summary>
    public bool? NewerIsThere { get; init; }
}

/// <summary>Decides what may be promoted. Pure: what runs, what the rules say and now in, objections out; no record of GitHub's is among the facts.</summary>
public static class Promotion
{
    /// <summary>What a note begins with that says who has passed rules, and why.</summary>
    public const string OverrideBy = "override by ";

    private const int LongestReason = 100;

    private const string AfterGray = "Run promote again when it has.";

    /// <summary>Promotes exactly what the stage before has proved, or says everything that speaks against it.</summary>
    /// <param name="gates">What the gates of the stage before said; empty before they are asked, for which nothing else may stand in the way.</param>
    public static Decision Decide(PromotionFacts facts, Basis basis, IReadOnlyList<GateResult> gates, WatchSettings watch)
    {
        if (Planner.Repeated("promote", basis, facts.Into, watch) is { } again)
        {
            return again;
        }

        var (candidate, none) = Candidate(facts);
        if (candidate is not { } revision)
        {
            return Hold([none!]);
        }

        IReadOnlyList<Objection> objections = [.. Objections(facts, revision), .. Objections(gates, facts.From.Stage.Name)];
        if (After(facts.Override, objections) is [_, ..] left)
        {
            return Hold(left);
        }

        var words = facts.Override is { } pass ? $"{OverrideBy}{Words.Names(facts.People.Actors, 2)}: {PlainText.Short(pass.Reason, LongestReason)}" : null;
        var decision = Planner.ToStage("promote", basis, revision, facts.Into, words, Duration.Zero, watch);
        return decision is Decision.Go { Plan: var plan } ? new Decision.Go(plan with { Notes = [.. Notes(facts, revision, gates, objections, words)] }) : decision;
    }

    /// <summary>The revision that is up for promotion, or why there is none.</summary>
    public static (Revision? Revision, Objection? None) Candidate(PromotionFacts facts)
    {
        var from = facts.From.Stage.Name;
        if (facts.Asked is { } asked)
        {
            return !asked.SameAs(asked) || facts.From.Of(asked, facts.MaxFailed, facts.Now) is not null
                ? Exact(asked, facts)
                : (null, facts.From.Current(facts.MaxFailed) is { } other
                    ? new Objection($"{from} runs {other.Label}, not {asked.Label}, and {asked.Label} has never succeeded there, so it is not proved.", $"Deploy {asked.Label} to {from} first, or promote what it runs.")
                    : new Objection($"{asked.Label} has never succeeded in {from}, so it is not proved.", $"Deploy {asked.Label} to {from} first."));
        }

        foreach (var group in facts.From.Groups)
        {
            if (Unproved(group, from, facts.MaxFailed) is { } objection)
            {
                return (null, objection);
            }
        }

        if (facts.From.Groups.Select(group => group.State.LastAttempted!.Revision).FirstOrDefault(revision => !revision.SameAs(revision)) is { } loose)
        {
            return Exact(loose, facts);
        }

        return facts.From.Current(facts.MaxFailed) is { } revision
            ? Exact(revision, facts)
            : (null, new Objection($"The groups of {from} run different revisions: {Words.Names([.. facts.From.Groups.Select(group => $"{group.State.Name} {group.State.LastSuccessful?.Revision.Label ?? "nothing"}")], 5)}.", $"Deploy to {from} again, then promote."));
    }

    /// <summary>Everything that speaks against it but the gates, which take time to ask.</summary>
    public static IReadOnlyList<Objection> Objections(PromotionFacts facts, Revision revision)
    {
        IEnumerable<Objection?> all =
        [
            Done(facts, revision),
            Newer(facts, revision),
            TakenBack(facts, revision),
            Bake(facts, revision),
            .. Time(facts.Into, facts.Zone, facts.Now),
            .. Persons(facts),
        ];
        return [.. all.OfType<Objection>()];
    }

    /// <summary>What gates say is no matter of taste: a failed one is passed by nobody.</summary>
    public static IEnumerable<Objection> Objections(IEnumerable<GateResult> gates, StageName stage) => gates.Where(gate => gate.Verdict != GateVerdict.Pass).OrderByDescending(gate => gate.Verdict).Select(gate => gate.Verdict == GateVerdict.Fail
        ? new Objection($"{stage}: the gate {gate.Gate} fails: {gate.Why}.", $"Mend the cause and deploy to {stage} again, or roll it back.")
        : new Objection($"{stage}: the gate {gate.Gate} is inconclusive: {gate.Why}.", "Look what is the matter, then promote again, or override it with a reason.", MayBeOverridden: true));

    /// <summary>Windows and freezes of a stage, for whatever is deployed to it.</summary>
    public static IEnumerable<Objection> Time(StageHistory into, DateTimeZone zone, Instant now)
    {
        var calendar = into.Stage.Calendar;
        if (calendar.Why(now) is { } why)
        {
            var opening = calendar.NextOpening(now);
            yield return new Objection($"{into.Stage.Name} is {why}.", Opens(opening, zone, now), MayBeOverridden: true, opening);
        }
        else if (calendar.Closing(now) is { } closing && into.Expected is { } expected && now + expected > closing)
        {
            var opening = calendar.NextOpening(closing);
            yield return new Objection(
                $"{into.Stage.Name} closes at {Words.Time(closing, zone)}, and a deployment there takes {Durations.Clock(expected)} as the last ones did, so it would not be over by then.",
                Opens(opening, zone, now),
                MayBeOverridden: true,
                opening);
        }
    }

    /// <summary>What is left of the objections when somebody passes those that may be passed.</summary>
    public static IReadOnlyList<Objection> After(Override? pass, IReadOnlyList<Objection> objections) =>
        pass is null ? objections : [.. objections.Where(objection => !objection.MayBeOverridden)];

    /// <summary>All that speaks against it in one decision; what time does not mend goes first.</summary>
    public static Decision.Held Hold(IReadOnlyList<Objection> objections)
    {
        var sorted = objections.OrderBy(objection => objection.MayBeOverridden).ToList();
        return new Decision.Held(string.Join(" ", sorted.Select(objection => objection.Why)), string.Join(" ", sorted.Select(objection => objection.Next).Where(next => next.Length > 0).Distinct()))
        {
            Until = sorted.TrueForAll(objection => objection.Until is not null) ? sorted.Max(objection => objection.Until) : null,
        };
    }

    /// <summary>How the calendar of a stage stands, for the plan.</summary>
    public static IEnumerable<string> CalendarNotes(StageHistory into, DateTimeZone zone, Instant now)
    {
        var calendar = into.Stage.Calendar;
        if (calendar.Windows.Count + calendar.Freezes.Count == 0)
        {
            yield break;
        }

        var expected = into.Expected is { } known ? $"a deployment takes about {Durations.Clock(known)}" : "how long a deployment takes is not known, because none has succeeded there";
        yield return calendar.Why(now) is { } why
            ? $"{into.Stage.Name} is {why}. {Opens(calendar.NextOpening(now), zone, now)}"
            : calendar.Closing(now) is { } closing ? $"{into.Stage.Name} is open until {Words.Time(closing, zone)}; {expected}" : $"{into.Stage.Name} is open; {expected}";
        foreach (var warning in calendar.Warnings(now))
        {
            yield return $"{into.Stage.Name}: {warning}";
        }
    }

    /// <summary>Why a promotion may go on, a line each: what was proved, what the gates and the calendar say, and what somebody has passed.</summary>
    /// <param name="words">Who has passed what may be passed, and why.</param>
    public static IEnumerable<string> Notes(PromotionFacts facts, Revision revision, IReadOnlyList<GateResult> gates, IReadOnlyList<Objection> passed, string? words)
    {
        var from = facts.From.Stage;
        if (facts.From.Of(revision, facts.MaxFailed, facts.Now) is { } standing)
        {
            yield return $"{from.Name}: {revision.Label} since {Words.Time(standing.Since, facts.Zone)}, proved for {Words.Long(standing.For)}{(from.Bake > Duration.Zero ? $" of {Words.Long(from.Bake)}" : "")}{(standing.IsCurrent ? "" : "; it runs something else by now")}";
        }

        foreach (var gate in gates)
        {
            yield return $"{from.Name}: gate {gate.Gate}: {gate.Why}";
        }

        foreach (var note in CalendarNotes(facts.Into, facts.Zone, facts.Now))
        {
            yield return note;
        }

        if (words is not null)
        {
            yield return $"{words} ({(passed.Count > 0 ? $"passes: {string.Join(" ", passed.Select(objection => objection.Why))}" : "nothing stood in the way")})";
        }
    }

    public static string Opens(Instant? opening, DateTimeZone zone, Instant now) => opening is { } known
        ? $"The next opening is {Words.Time(known, zone)}{(known > now ? $", in {Words.Long(known - now)}" : "")}."
        : "There is no opening within 400 days.";

    private static (Revision?, Objection?) Exact(Revision revision, PromotionFacts facts) => revision.SameAs(revision)
        ? (revision, null)
        : (null, new Objection(
            $"{facts.From.Stage.Name} runs {revision.Label}, which names neither a version nor an eTag (or is not known here), so it cannot be promised that {facts.Into.Stage.Name} would get the same bytes.",
            $"Deploy it to {facts.From.Stage.Name} with ?versionId= or ?eTag=, then promote."));

    private static Objection? Unproved(GroupHistory group, StageName from, FailureAllowance maxFailed) => group.State.LastAttempted switch
    {
        null => new($"{group.State.Name} has no deployment, so there is nothing that was tried.", $"Deploy to {from} first."),
        { Phase: not (Phase.Succeeded or Phase.Failed or Phase.Stopped) } running => new($"{group.State.Name} has not succeeded yet: {running.Id} is {running.Status}.", AfterGray),
        { Phase: not Phase.Succeeded } ended => new($"{group.State.Name} has not succeeded: its last deployment {ended.Id} of {ended.Revision.Label} is {ended.Status}.", $"Deploy to {from} again, then promote."),
        { Counts: { } counts } partly when !Planner.WithinLimit(partly, maxFailed) =>
            new($"{group.State.Name} has not wholly succeeded: {counts.Missed} of {counts.Total} instances of {partly.Id} do not have {partly.Revision.Label}.", $"Deploy to {from} again, then promote."),
        _ => null,
    };

    private static Objection? Done(PromotionFacts facts, Revision revision) => facts.Into.Current(facts.MaxFailed) is { } current && current.SameAs(revision)
        ? new($"{facts.Into.Stage.Name} already runs {revision.Label} since {facts.Into.Groups[0].State.LastAttempted?.Id}.", "There is nothing to promote.")
        : null;

    /// <summary>Where history tells it needs no repository: what came later to the stage before is newer.</summary>
    private static Objection? Newer(PromotionFacts facts, Revision revision)
    {
        if (facts.Into.Current(facts.MaxFailed) is not { } current || current.SameAs(revision))
        {
            return null;
        }

        var cameLater = facts.From.Of(current, facts.MaxFailed, facts.Now)?.Since > facts.From.Of(revision, facts.MaxFailed, facts.Now)?.Since;
        return facts.NewerIsThere ?? cameLater
            ? new($"{facts.Into.Stage.Name} runs {current.Label}, which is newer than {revision.Label}.", "To go back use rollback.")
            : null;
    }

    private static Objection? TakenBack(PromotionFacts facts, Revision revision) => facts.Into.WasTakenBack(revision)
        ? new($"{revision.Label} was rolled back in {facts.Into.Stage.Name} before.", "Promote what mends it, or override this with a reason.", MayBeOverridden: true)
        : null;

    private static Objection? Bake(PromotionFacts facts, Revision revision)
    {
        var (from, bake) = (facts.From.Stage.Name, facts.From.Stage.Bake);
        return facts.From.Of(revision, facts.MaxFailed, facts.Now) switch
        {
            null => new($"{revision.Label} has never succeeded in {from}, so it is not proved.", $"Deploy it to {from} first."),
            { For: var stood } when stood >= bake => null,
            { IsCurrent: true, Since: var since, For: var stood } =>
                new($"{from} bakes {revision.Label}: {Words.Long(stood)} of {Words.Long(bake)}.", $"It is ready at {Words.Time(since + bake, facts.Zone)}, in {Words.Long(since + bake - facts.Now)}.", MayBeOverridden: true, since + bake),
            { For: var stood } => new($"{revision.Label} ran in {from} for {Words.Long(stood)} only, not for {Words.Long(bake)}, before something else came.", $"Deploy it to {from} again, or promote what {from} runs.", MayBeOverridden: true),
        };
    }

    private static IEnumerable<Objection> Persons(PromotionFacts facts)
    {
        var (approval, people, stage) = (facts.Into.Stage.Approval, facts.People, facts.Into.Stage.Name);
        if (facts.Override is not null && Strangers(people, approval.OverrideActors) is { } unlisted)
        {
            yield return new($"{unlisted} may not override the rules of {stage}: {(approval.OverrideActors.Count == 0 ? "its release file names no override-actors" : $"override-actors are {Words.Names(approval.OverrideActors, 10)}")}.", "Ask somebody who may, or wait.");
        }

        if (approval.AllowedActors.Count > 0 && Strangers(people, approval.AllowedActors) is { } stranger)
        {
            yield return new($"{stranger} may not promote to {stage}: allowed-actors are {Words.Names(approval.AllowedActors, 10)}.", "Ask one of them to run it.");
        }

        if (approval.NotAuthor == NotAuthor.Off)
        {
            yield break;
        }

        if (people.Authors is not { Count: > 0 } authors)
        {
            yield return new($"Who wrote what would be promoted to {stage} could not be found out, and not-author is {approval.NotAuthor.ToString().ToLowerInvariant()}.", "Run it again; the job needs pull-requests: read and contents: read.");
        }
        else if (people.Actors.Count == 0)
        {
            yield return new($"Nobody that GitHub knows is behind this run, so it is not known whether it is the author who promotes to {stage}, and not-author is {approval.NotAuthor.ToString().ToLowerInvariant()}.", "Promote with a workflow.");
        }
        else if (people.Actors.FirstOrDefault(actor => authors.Contains(actor, StringComparer.OrdinalIgnoreCase)) is { } author)
        {
            yield return new($"{author} wrote {(approval.NotAuthor == NotAuthor.Last ? "the newest change" : "a part")} of what would be promoted to {stage}, and not-author is {approval.NotAuthor.ToString().ToLowerInvariant()}.", "Ask somebody else to run it.");
        }
    }

    /// <summary>Whoever is behind the run and not on the list; null when everybody is. A run that nobody is behind is on no list.</summary>
    private static string? Strangers(People people, IReadOnlyList<string> allowed) => people.Actors.Count == 0
        ? "Nobody that GitHub knows"
        : people.Actors.Where(actor => !allowed.Contains(actor, StringComparer.OrdinalIgnoreCase)).ToList() is [_, ..] strangers ? string.Join(" and ", strangers) : null;
}
