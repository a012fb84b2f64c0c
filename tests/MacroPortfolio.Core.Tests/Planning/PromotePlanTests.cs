using CsCheck;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Planning;

public sealed class PromotePlanTests
{
    private static readonly GroupHistory Proved = Some.History("gray", Some.Past(7, Some.GitHub('a')));
    private static readonly GroupHistory Stable = Some.History("stable", Some.Past(5, Some.GitHub('b'), group: "stable"));

    private static Decision Promote(GroupHistory from, GroupHistory? to = null, Revision? asked = null, FailureAllowance? maxFailed = null) => Promotion.Decide(
        new PromotionFacts(Some.Staged(from), Some.Staged(to ?? Stable), asked, maxFailed ?? FailureAllowance.None, DateTimeZone.Utc, Some.Noon + Duration.FromDays(1)), Some.Basis(), [], Some.Watch(maxFailed: maxFailed));

    private static Decision.Held Held(Decision decision) => decision.Should().BeOfType<Decision.Held>().Which;

    [Fact]
    public void What_gray_runs_goes_to_stable()
    {
        var decision = Promote(Proved);

        var plan = decision.Should().BeOfType<Decision.Go>().Which.Plan;
        var group = plan.Groups.Should().ContainSingle().Which;
        (plan.Verb, group.Group.Value, group.Revision, group.Previous).Should().Be(("promote", "stable", Some.GitHub('a'), Some.GitHub('b')));
        group.Description.Should().EndWith("(promote, attempt 1)");
    }

    [Fact]
    public void Nothing_is_promoted_that_was_never_tried() =>
        Held(Promote(Some.History("gray"))).Should().Be(new Decision.Held("gray has no deployment, so there is nothing that was tried.", "Deploy to gray first."));

    [Theory]
    [InlineData("Queued")]
    [InlineData("InProgress")]
    [InlineData("Baking")]
    [InlineData("Paused")]
    public void While_gray_is_in_flight_promotion_is_held(string status)
    {
        var held = Held(Promote(Some.History("gray", Some.Past(8, Some.GitHub('a'), status), Some.Past(7, Some.GitHub('a')))));

        held.Should().Be(new Decision.Held($"gray has not succeeded yet: d-000000008 is {status}.", "Run promote again when it has."));
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Stopped")]
    public void What_failed_in_gray_is_not_promoted_nor_is_what_ran_there_before(string status)
    {
        var held = Held(Promote(Some.History("gray", Some.Past(8, Some.GitHub('c'), status), Some.Past(7, Some.GitHub('a')))));

        held.Why.Should().Be($"gray has not succeeded: its last deployment d-000000008 of acme/site@ccccccc is {status}.");
        held.Next.Should().Be("Deploy to gray again, then promote.");
    }

    [Fact]
    public void A_success_that_missed_instances_proves_nothing()
    {
        var partly = Some.History("gray", Some.Past(7, Some.GitHub('a'), counts: Some.Counts(succeeded: 2, failed: 1, skipped: 1)));

        Held(Promote(partly)).Why.Should().Be("gray has not wholly succeeded: 2 of 4 instances of d-000000007 do not have acme/site@aaaaaaa.");
        Promote(partly, maxFailed: new FailureAllowance(50, true)).Should().BeOfType<Decision.Go>();
    }

    [Fact]
    public void Another_revision_than_grays_is_not_promoted()
    {
        var held = Held(Promote(Proved, asked: Some.GitHub('c')));

        held.Should().Be(new Decision.Held(
            "gray runs acme/site@aaaaaaa, not acme/site@ccccccc, and acme/site@ccccccc has never succeeded there, so it is not proved.",
            "Deploy acme/site@ccccccc to gray first, or promote what it runs."));
    }

    [Fact]
    public void Grays_own_revision_may_be_named() => Promote(Proved, asked: Some.GitHub('a')).Should().BeOfType<Decision.Go>();

    [Fact]
    public void An_object_that_nothing_pins_is_not_promoted_whether_it_was_asked_for_or_not()
    {
        var loose = Some.History("gray", Some.Past(7, Some.S3()));

        var (unasked, asked) = (Held(Promote(loose)), Held(Promote(loose, asked: Some.S3())));

        unasked.Why.Should().StartWith("gray runs s3://acme-bundles/site/site.zip, which names neither a version nor an eTag");
        unasked.Next.Should().Be("Deploy it to gray with ?versionId= or ?eTag=, then promote.");
        asked.Should().Be(unasked);
    }

    [Theory]
    [InlineData("v1", null)]
    [InlineData(null, "0123")]
    public void A_pinned_object_is_promoted_as_it_is(string? version, string? eTag)
    {
        var pinned = Some.S3(version, eTag);

        Promote(Some.History("gray", Some.Past(7, pinned))).Should().BeOfType<Decision.Go>().Which.Plan.Groups[0].Revision.Should().Be(pinned);
    }

    [Fact]
    public void A_kind_of_revision_that_is_not_known_is_not_promoted() =>
        Held(Promote(Some.History("gray", Some.Past(7, new Revision.Unrecognised("AppSpecContent"))))).Why.Should().Contain("a revision of type AppSpecContent");

    [Fact]
    public void A_stage_that_is_busy_is_waited_for()
    {
        var running = Some.Past(9, Some.GitHub('b'), "InProgress", group: "stable");

        Promote(Proved, Some.History("stable", running)).Should().BeOfType<Decision.Go>().Which.Plan.Groups[0].First.Should().Be(new Turn.Wait(running));
    }

    [Fact]
    public void A_stage_that_runs_the_revision_already_is_left_alone()
    {
        var there = Some.History("stable", Some.Past(9, Some.GitHub('a'), group: "stable"));

        Held(Promote(Proved, there)).Should().Be(new Decision.Held("stable already runs acme/site@aaaaaaa since d-000000009.", "There is nothing to promote."));
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Stopped")]
    public void A_promotion_that_failed_may_be_tried_again(string status)
    {
        var failed = Some.History("stable", Some.Past(9, Some.GitHub('a'), status, group: "stable"), Some.Past(5, Some.GitHub('a'), group: "stable"));

        Promote(Proved, failed).Should().BeOfType<Decision.Go>();
    }

    [Fact]
    public void A_promotion_that_missed_instances_may_be_tried_again()
    {
        var partly = Some.History("stable", Some.Past(9, Some.GitHub('a'), counts: Some.Counts(succeeded: 3, failed: 1), group: "stable"));

        Promote(Proved, partly).Should().BeOfType<Decision.Go>();
    }

    [Fact]
    public void A_stage_may_be_promoted_to_for_the_first_time() => Promote(Proved, Some.History("stable")).Should().BeOfType<Decision.Go>();

    [Fact]
    public void A_promotion_never_takes_anything_but_the_revision_that_succeeded_in_gray()
    {
        var past = Pasts.Any;

        Gen.Select(past.Array[0, 4], past.Array[0, 4], Pasts.Revision.Null()).Sample((gray, stable, asked) =>
        {
            var (from, to) = (Some.History("gray", gray), Some.History("stable", stable));

            if (Promote(from, to, asked) is Decision.Go { Plan.Groups: [var group] })
            {
                gray.Should().Contain(past => past.Phase == Phase.Succeeded && past.Counts!.Missed == 0 && past.Revision.SameAs(group.Revision));
                (asked is not null || gray.First(past => !past.Creator.StartsWith("autoscaling", StringComparison.Ordinal)).Revision.SameAs(group.Revision)).Should().BeTrue();
                group.Revision.SameAs(group.Revision).Should().BeTrue();
                (asked?.SameAs(group.Revision)).Should().NotBe(false);
                (group.Group.Value, group.Existing).Should().Be(("stable", null));
            }
        });
    }
}
