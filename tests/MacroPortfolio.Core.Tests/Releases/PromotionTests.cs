using CsCheck;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Tests.Planning;
using NodaTime;
using Calendar = MacroPortfolio.Core.Planning.Calendars.Calendar;
using Period = MacroPortfolio.Core.Planning.Calendars.Period;

namespace MacroPortfolio.Core.Tests.Releases;

public sealed class PromotionTests
{
    private static readonly Stage Gray = Stage.OfGroup(new("gray"), "gray");
    private static readonly Stage Stable = Stage.OfGroup(new("stable"), "production");
    private static readonly Approval Desk = new(["dana", "lee"], ["lee"], NotAuthor.Last);

    /// <summary>Number 7 of the past ended five minutes after seven o'clock.</summary>
    private static readonly Instant Ended = Some.Noon + Duration.FromHours(7) + Duration.FromMinutes(5);

    private static Period Window(string text) => Period.TryParse(text, DateTimeZoneProviders.Tzdb["Asia/Hong_Kong"], out var period, out var why) ? period : throw new FormatException(why);

    private static PromotionFacts Facts(PastDeployment[] gray, PastDeployment[]? stable = null, Stage? from = null, Stage? into = null, Revision? asked = null, Duration? later = null) => new(
        new StageHistory(from ?? Gray, [Some.History("gray", gray)]), new StageHistory(into ?? Stable, [Some.History("stable", stable ?? [])]), asked, FailureAllowance.None, DateTimeZone.Utc, Ended + (later ?? Duration.FromMinutes(10)));

    private static Decision Decide(PromotionFacts facts, params GateResult[] gates) => Promotion.Decide(facts, Some.Basis(), gates, Some.Watch());

    private static Decision.Held Held(PromotionFacts facts, params GateResult[] gates) => Decide(facts, gates).Should().BeOfType<Decision.Held>().Which;

    private static PastDeployment Tried(int number = 7, char commit = 'a', string status = "Succeeded", string verb = "gray", string group = "gray", Counts? counts = null) =>
        Some.Past(number, Some.GitHub(commit), status, counts, verb: verb, group: group);

    [Fact]
    public void A_revision_bakes_before_it_goes_on_and_is_told_until_when()
    {
        var held = Held(Facts([Tried()], from: Gray with { Bake = Duration.FromMinutes(30) }));

        held.Why.Should().Be("gray bakes acme/site@aaaaaaa: 10 min of 30 min.");
        held.Next.Should().Be("It is ready at 2026-10-15 19:35 UTC, in 20 min.");
        held.Until.Should().Be(Ended + Duration.FromMinutes(30));
    }

    [Fact]
    public void Baked_to_the_second_it_goes_on() =>
        Decide(Facts([Tried()], from: Gray with { Bake = Duration.FromMinutes(30) }, later: Duration.FromMinutes(30))).Should().BeOfType<Decision.Go>();

    [Fact]
    public void What_gray_has_proved_is_promoted_even_where_gray_has_moved_on()
    {
        var facts = Facts([Tried(9, 'b'), Tried()], from: Gray with { Bake = Duration.FromMinutes(30) }, asked: Some.GitHub('a'), later: Duration.FromHours(3));

        Decide(facts).Should().BeOfType<Decision.Go>().Which.Plan.Groups[0].Revision.Should().Be(Some.GitHub('a'));
    }

    [Fact]
    public void What_ran_in_gray_too_short_before_something_else_came_is_not_proved() =>
        Held(Facts([Tried(8, 'b'), Tried()], from: Gray with { Bake = Duration.FromHours(1) }, asked: Some.GitHub('a'), later: Duration.FromHours(3)))
            .Why.Should().Be("acme/site@aaaaaaa ran in gray for 55 min only, not for 1 h, before something else came.");

    [Fact]
    public void What_touched_no_instance_does_not_end_a_bake()
    {
        var nothing = Tried(8, 'b', "Failed", counts: new Counts(0, 0, 0, 0, 4, 0));

        Decide(Facts([nothing, Tried()], from: Gray with { Bake = Duration.FromHours(2) }, asked: Some.GitHub('a'), later: Duration.FromHours(3))).Should().BeOfType<Decision.Go>();
    }

    [Fact]
    public void Outside_of_its_windows_a_stage_takes_nothing_and_the_next_opening_is_told()
    {
        var held = Held(Facts([Tried()], into: Stable with { Calendar = new Calendar([Window("Thu 16:30-19:00")], []) }));

        held.Why.Should().StartWith("stable is outside its windows (Thu 16:30-19:00");
        held.Next.Should().Be("The next opening is 2026-10-22 08:30 UTC, in 6 d 13 h.");
        held.Until.Should().Be(Instant.FromUtc(2026, 10, 22, 8, 30));
    }

    [Fact]
    public void A_deployment_that_would_not_be_over_when_the_window_closes_waits_for_the_next()
    {
        // Friday 03:15 in Hong Kong; the last deployment took five minutes.
        var soon = Stable with { Calendar = new Calendar([Window("Fri 03:00-03:18")], []) };

        Held(Facts([Tried()], [Tried(5, 'b', verb: "promote", group: "stable")], into: soon)).Why.Should().StartWith("stable closes at 2026-10-15 19:18 UTC, and a deployment there takes 5:00");
        Decide(Facts([Tried()], [Tried(5, 'b', verb: "promote", group: "stable")], into: soon, later: Duration.FromMinutes(5))).Should().BeOfType<Decision.Go>();
        Decide(Facts([Tried()], into: soon)).Should().BeOfType<Decision.Go>().Which.Plan.Notes.Should().ContainMatch("*how long a deployment takes is not known*");
    }

    [Fact]
    public void What_was_rolled_back_there_is_not_promoted_again()
    {
        PastDeployment[] stable = [Tried(6, 'b', verb: "rollback", group: "stable"), Tried(5, 'a', "Failed", "promote", "stable"), Tried(4, 'b', verb: "promote", group: "stable")];

        Held(Facts([Tried()], stable)).Why.Should().Be("acme/site@aaaaaaa was rolled back in stable before.");
        Decide(Facts([Tried()], [Tried(6, 'a', verb: "rollback", group: "stable"), Tried(5, 'b', "Failed", "promote", "stable"), Tried(4, 'a', verb: "promote", group: "stable"), Tried(3, 'c', verb: "promote", group: "stable")]))
            .Should().BeOfType<Decision.Held>().Which.Why.Should().StartWith("stable already runs");
    }

    [Fact]
    public void Nothing_older_goes_over_something_newer()
    {
        var facts = Facts([Tried(8, 'b'), Tried()], [Tried(9, 'b', verb: "promote", group: "stable")], asked: Some.GitHub('a'), later: Duration.FromHours(5));

        Held(facts).Why.Should().Be("stable runs acme/site@bbbbbbb, which is newer than acme/site@aaaaaaa.");
        Decide(facts with { NewerIsThere = false }).Should().BeOfType<Decision.Go>();
        Held(Facts([Tried()], [Tried(5, 'b', verb: "promote", group: "stable")]) with { NewerIsThere = true }).Next.Should().Be("To go back use rollback.");
    }

    [Fact]
    public void Who_may_promote_is_on_the_list_both_who_started_the_run_and_who_started_it_again()
    {
        var facts = Facts([Tried()], into: Stable with { Approval = Desk });

        Decide(facts with { People = new(["dana"], ["kim"]) }).Should().BeOfType<Decision.Go>();
        Held(facts with { People = new(["dana", "mallory"], ["kim"]) }).Why.Should().Be("mallory may not promote to stable: allowed-actors are dana, lee.");
        Held(facts with { People = new([], ["kim"]) }).Why.Should().StartWith("Nobody that GitHub knows may not promote");
    }

    [Fact]
    public void Nobody_promotes_his_own_change_where_the_rule_says_so_nor_one_whose_author_nobody_knows()
    {
        var facts = Facts([Tried()], into: Stable with { Approval = Desk });

        Held(facts with { People = new(["Dana"], ["dana"]) }).Why.Should().Be("Dana wrote the newest change of what would be promoted to stable, and not-author is last.");
        Held(facts with { Into = facts.Into with { Stage = Stable with { Approval = Desk with { AllowedActors = [] } } }, People = new([], ["kim"]) }).Why.Should().StartWith("Nobody that GitHub knows is behind this run");
        Held(facts with { People = new(["dana"], null) }).Why.Should().StartWith("Who wrote what would be promoted to stable could not be found out");
    }

    [Fact]
    public void An_override_passes_time_and_doubt_for_those_who_may()
    {
        var facts = Facts([Tried()], from: Gray with { Bake = Duration.FromHours(8) }, into: Stable with { Approval = Desk, Calendar = new Calendar([], [Window("daily 00:00-24:00")]) }) with { Override = new("incident 42") };
        var doubt = new GateResult("page", GateVerdict.Inconclusive, "never answered");

        var plan = Decide(facts with { People = new(["lee"], ["kim"]) }, doubt).Should().BeOfType<Decision.Go>().Which.Plan;

        plan.Notes.Should().ContainMatch("override by lee: incident 42 (passes: *bakes*frozen*inconclusive*");
        plan.Groups[0].Description.Should().StartWith("override by lee: incident 42 | ");
        Held(facts with { People = new(["dana"], ["kim"]) }).Why.Should().Be("dana may not override the rules of stable: override-actors are lee.");
    }

    [Fact]
    public void No_override_passes_a_gate_that_failed()
    {
        var facts = Facts([Tried()], into: Stable with { Approval = Desk }) with { Override = new("please"), People = new(["lee"], ["kim"]) };

        Held(facts, new GateResult("page", GateVerdict.Fail, "answered 500")).Why.Should().Be("gray: the gate page fails: answered 500.");
    }

    [Theory]
    [InlineData("stable", "gray")]
    [InlineData("blue", "gray")]
    [InlineData("gray", null)]
    public void Without_a_file_everything_but_gray_comes_after_gray(string stage, string? before) =>
        (ReleaseFile.None.Before(ReleaseFile.None.Find(new StageName(stage))!)?.Name.Value).Should().Be(before);

    [Fact]
    public void Without_a_list_nobody_overrides() =>
        Held(Facts([Tried()]) with { Override = new("please"), People = new(["lee"], []) }).Why.Should().Be("lee may not override the rules of stable: its release file names no override-actors.");

    [Fact]
    public void Never_past_what_gray_has_not_proved_a_failed_gate_or_an_unknown_one_that_nobody_overrides()
    {
        var gate = Gen.OneOf(GateVerdict.Pass, GateVerdict.Inconclusive, GateVerdict.Fail);

        Gen.Select(Pasts.Any.Array[0, 4], Pasts.Any.Array[0, 4], Pasts.Revision.Null(), gate, Gen.Bool, Gen.Int[0, 600]).Sample((gray, stable, asked, verdict, overrides, bake) =>
        {
            PastDeployment[] from = [.. gray.OrderByDescending(past => past.Created)], to = [.. stable.OrderByDescending(past => past.Created)];
            var facts = Facts(from, to, Gray with { Bake = Duration.FromMinutes(bake) }, Stable with { Approval = Desk with { NotAuthor = NotAuthor.Off } }, asked) with
            {
                Now = Some.Noon + Duration.FromDays(1),
                People = new(["lee"], []),
                Override = overrides ? new("because") : null,
            };

            if (Decide(facts, new GateResult("page", verdict, "said so")) is Decision.Go { Plan: var plan })
            {
                var revision = plan.Groups[0].Revision;
                from.Should().Contain(past => past.Phase == Phase.Succeeded && past.Counts!.Missed == 0 && past.Revision.SameAs(revision));
                verdict.Should().NotBe(GateVerdict.Fail);
                (verdict == GateVerdict.Pass || overrides).Should().BeTrue();
                (overrides || facts.From.Of(revision, FailureAllowance.None, facts.Now)!.For >= facts.From.Stage.Bake).Should().BeTrue();
            }
        });
    }
}
