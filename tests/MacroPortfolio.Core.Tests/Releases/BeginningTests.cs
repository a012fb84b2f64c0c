using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Releases;

/// <summary>One intended deployment comes into being exactly once, whatever happens to requests and whoever else deploys.</summary>
public sealed class BeginningTests
{
    private static readonly DeploymentId Id = new("d-000000009");

    private readonly Rehearsal stage = new();

    private ScriptedDeployer Deployer => stage.Deployer;

    private int Creates => Deployer.Asked.Count(question => question == "create gray");

    private RunReport Run(GroupPlan plan, StartSettings? start = null) => stage.Run(Some.Plan("deploy", start ?? StartSettings.Default, Some.Watch(), plan));

    private void CreateFails(int times, Func<Exception> how)
    {
        Deployer.Create = _ => times-- > 0 ? Task.FromException<DeploymentId>(how()) : Task.FromResult(Id);
        Deployer.Play(Id.Value, Some.Seen("Succeeded", id: Id.Value));
    }

    private static UnansweredException Lost() => new("The connection was reset.", new IOException());

    private static BusyException Busy() => new("gray is busy: already has an active Deployment.", new InvalidOperationException());

    [Fact]
    public void After_a_lost_answer_its_own_deployment_is_found_and_watched()
    {
        var plan = Some.Marked();
        CreateFails(1, Lost);
        Deployer.List(Some.Past(5, Some.GitHub('b'))).List(Some.Made(9, plan), Some.Past(5, Some.GitHub('b')));

        var report = Run(plan);

        (report.Outcome, report.Groups[0].Id).Should().Be((Outcome.Succeeded, Id));
        Creates.Should().Be(1);
        stage.Log.Should().ContainMatch("*It may have been created all the same*");
    }

    [Fact]
    public void After_a_lost_answer_that_was_no_deployment_it_is_asked_for_again()
    {
        CreateFails(2, Lost);
        Deployer.List(Some.Past(5, Some.GitHub('b')));

        var report = Run(Some.Marked());

        report.Outcome.Should().Be(Outcome.Succeeded);
        Deployer.Asked.Where(question => question is "create gray" or "list gray").Should().Equal(
            "list gray", "create gray", "list gray", "list gray", "list gray",
            "list gray", "create gray", "list gray", "list gray", "list gray",
            "list gray", "create gray");
    }

    [Fact]
    public void What_appears_only_when_it_is_asked_for_again_is_attached_to()
    {
        var plan = Some.Marked();
        Deployer.Create = _ => Task.FromException<DeploymentId>(Creates == 1 ? Lost() : Busy());
        Deployer.List().List().List().List().List().List(Some.Made(9, plan)).Play(Id.Value, Some.Seen("Succeeded", id: Id.Value));

        var report = Run(plan);

        (report.Outcome, report.Groups[0].Id).Should().Be((Outcome.Succeeded, Id));
        Creates.Should().Be(2);
    }

    [Fact]
    public void Behind_a_later_run_that_was_stopped_it_looks_again_after_ten_seconds_and_creates()
    {
        var stopped = Some.Made(9, Some.Marked(commit: 'b', run: 43), "Stopped");
        CreateFails(0, Lost);
        Deployer.List(stopped);

        var report = Run(Some.Marked() with { First = new Turn.LetPass(stopped) });

        report.Outcome.Should().Be(Outcome.Succeeded);
        Deployer.SecondsOf("list gray", stage.Began).Should().Equal(10);
        Deployer.SecondsOf("create gray", stage.Began).Should().Equal(10);
    }

    [Fact]
    public void Behind_a_later_run_that_was_stopped_for_a_still_later_one_it_does_not_slip_in()
    {
        var stopped = Some.Made(9, Some.Marked(commit: 'b', run: 43), "Stopped");
        Deployer.List(Some.Made(10, Some.Marked(commit: 'c', run: 44)), stopped);

        var report = Run(Some.Marked() with { First = new Turn.LetPass(stopped) });

        report.Outcome.Should().BeOneOf(Outcome.Superseded, Outcome.Held);
        Creates.Should().Be(0);
    }

    [Fact]
    public void By_hand_it_is_known_by_its_words_and_its_age()
    {
        var plan = Some.GroupPlan(state: Some.Group("gray", Some.Past(8, Some.GitHub(), description: "acme/site@aaaaaaa gray by hand (deploy)")));
        var lastWeek = Some.Past(7, Some.GitHub(), description: plan.Description) with { Created = Some.Noon - Duration.FromDays(7) };
        CreateFails(1, Lost);
        Deployer.List(Some.Past(9, Some.GitHub(), description: plan.Description), plan.State.LastAttempted!, lastWeek);

        Run(plan).Groups[0].Id.Should().Be(Id);
        Creates.Should().Be(1);
    }

    [Fact]
    public void By_hand_what_was_there_before_is_not_taken_for_it()
    {
        var before = Some.Past(8, Some.GitHub(), description: "acme/site@aaaaaaa gray by hand (deploy)");
        CreateFails(1, Lost);
        Deployer.List(before, before with { Id = new DeploymentId("d-000000007"), Created = Some.Noon - Duration.FromDays(7) });

        Run(Some.GroupPlan(state: Some.Group("gray", before)));

        Creates.Should().Be(2);
    }

    [Fact]
    public void Throttled_for_minutes_it_is_asked_for_ever_more_seldom_and_told_once_in_a_while()
    {
        CreateFails(12, () => Some.Throttled);

        var report = Run(Some.Marked());

        report.Outcome.Should().Be(Outcome.Succeeded);
        var asked = Deployer.SecondsOf("create gray", stage.Began);
        var pauses = asked.Zip(asked.Skip(1), (one, next) => next - one).ToList();
        pauses[0].Should().BeInRange(0.5, 2);
        pauses.Skip(6).Should().OnlyContain(pause => pause >= 15 && pause <= 30.5);
        stage.Reporter.Of<RunEvent.Trouble>().Count().Should().BeLessThan(12).And.BeGreaterThan(2);
    }

    [Fact]
    public void Throttled_without_end_it_gives_up_after_ten_minutes_and_nothing_was_created()
    {
        CreateFails(int.MaxValue, () => Some.Throttled);

        var report = Run(Some.Marked());

        report.Outcome.Should().Be(Outcome.Failed);
        report.Reason.Should().EndWith("Nothing was created for gray. Run again.");
        Deployer.SecondsOf("create gray", stage.Began)[^1].Should().BeInRange(570, 631);
    }

    [Fact]
    public void An_answer_that_is_never_certain_says_so_at_the_end()
    {
        CreateFails(int.MaxValue, Lost);

        var report = Run(Some.Marked());

        report.Outcome.Should().Be(Outcome.Failed);
        report.Reason.Should().Contain("most likely none was created, but that is not certain").And.EndWith("Run again: a deployment that was created all the same is found and watched.");
    }

    [Fact]
    public void A_list_that_cannot_be_read_is_asked_for_again()
    {
        var plan = Some.Marked();
        CreateFails(1, Lost);
        Deployer.List();
        Deployer.Histories.Enqueue(() => throw Some.Throttled);
        Deployer.Histories.Enqueue(() => throw Some.Throttled);
        Deployer.Histories.Enqueue(() => throw Some.Throttled);
        Deployer.Histories.Enqueue(() => throw Some.Throttled);
        Deployer.List(Some.Made(9, plan));

        Run(plan).Groups[0].Id.Should().Be(Id);
        Creates.Should().Be(1);
    }

    [Fact]
    public void What_has_come_since_the_plan_was_made_is_seen_before_anything_is_created()
    {
        var newer = Some.Made(9, Some.Marked(commit: 'b', run: 43), "Succeeded");
        Deployer.Contains = (_, _) => true;
        Deployer.List(newer);

        var report = Run(Some.Marked());

        (report.Outcome, Creates).Should().Be((Outcome.Superseded, 0));
    }

    [Fact]
    public void A_refusal_ends_it_at_once()
    {
        CreateFails(int.MaxValue, () => Some.NoAccess);

        Run(Some.Marked()).Outcome.Should().Be(Outcome.NoAccess);
        Creates.Should().Be(1);
    }

    [Fact]
    public void Whoever_loses_the_race_looks_again_and_waits()
    {
        var other = Some.Past(8, Some.GitHub('b'), "InProgress");
        CreateFails(1, Busy);
        Deployer.List().List(other).List(other with { Phase = Phase.Succeeded, Status = "Succeeded" });
        Deployer.Play("d-000000008", Some.Seen("InProgress", id: "d-000000008"), Some.Seen("InProgress", id: "d-000000008"), Some.Seen("Succeeded", id: "d-000000008"));

        var report = Run(Some.Marked());

        report.Outcome.Should().Be(Outcome.Succeeded);
        Deployer.Asked.Take(8).Should().Equal("list gray", "create gray", "list gray", "observe d-000000008", "observe d-000000008", "observe d-000000008", "list gray", "create gray");
        stage.Log.Should().Contain("gray: waiting for d-000000008 of acme/site@bbbbbbb, made by deploy, run 41 of acme/site, to end");
    }

    [Fact]
    public void A_group_that_stays_busy_holds_the_run_when_it_has_waited_long_enough_and_is_not_silent_meanwhile()
    {
        var other = Some.Past(8, Some.GitHub('b'), "InProgress");
        Deployer.Play("d-000000008", Some.Seen("InProgress", id: "d-000000008"));

        var report = Run(Some.Marked() with { First = new Turn.Wait(other) });

        (report.Outcome, Creates).Should().Be((Outcome.Held, 0));
        report.Reason.Should().Be(
            "gray takes one deployment at a time, and d-000000008 of acme/site@bbbbbbb, made by deploy, run 41 of acme/site, has not ended within the 30:00 that this run waits."
            + " Nothing was created. Run again when it has ended.");
        (stage.Clock.GetUtcNow() - stage.Began).TotalMinutes.Should().Be(30);
        var seconds = stage.Reporter.Said.Select(entry => entry.Second).ToList();
        seconds.Zip(seconds.Skip(1), (one, next) => next - one).Should().OnlyContain(silence => silence <= 60);
    }

    [Fact]
    public void A_rollback_of_what_was_waited_for_is_waited_for_too()
    {
        var other = Some.Past(7, Some.GitHub('b'), "InProgress");
        var rollback = Some.Past(8, Some.GitHub('c'), "InProgress", creator: "codeDeployRollback");
        CreateFails(0, Lost);
        Deployer
            .Play("d-000000007", Some.Seen("Failed", id: "d-000000007", rollsBackAt: ["DEPLOYMENT_FAILURE"]), Some.Seen("Failed", id: "d-000000007", rollsBackAt: ["DEPLOYMENT_FAILURE"], rollback: "d-000000008"))
            .Play("d-000000008", Some.Seen("InProgress", id: "d-000000008"), Some.Seen("Succeeded", id: "d-000000008"))
            .List(rollback)
            .List(rollback with { Phase = Phase.Succeeded, Status = "Succeeded" });

        Run(Some.Marked() with { First = new Turn.Wait(other) }).Outcome.Should().Be(Outcome.Succeeded);

        Deployer.Asked.Take(7).Should().Equal("observe d-000000007", "observe d-000000007", "list gray", "observe d-000000008", "observe d-000000008", "list gray", "create gray");
    }

    [Fact]
    public void A_group_that_nobody_sees_busy_is_asked_again_until_the_queue_time_is_over()
    {
        CreateFails(int.MaxValue, Busy);

        var report = Run(Some.Marked(), StartSettings.Default with { QueueTimeout = Duration.FromMinutes(5) });

        (report.Outcome, report.Reason).Should().Be((Outcome.Held, "gray is busy: already has an active Deployment. Run again when the other deployment has ended."));
        Deployer.SecondsOf("create gray", stage.Began)[^1].Should().BeInRange(270, 331);
    }

    [Theory]
    [InlineData(true, Outcome.Superseded, "It contains acme/site@aaaaaaa, so there is nothing left to deploy.")]
    [InlineData(false, Outcome.Held, "To go back use rollback, or insist: true.")]
    [InlineData(null, Outcome.Held, "could not be found out")]
    public void A_later_runs_deployment_is_never_overwritten(bool? contains, Outcome outcome, string words)
    {
        var newer = Some.Made(9, Some.Marked(commit: 'b', run: 43), "Succeeded");
        Deployer.Contains = (revision, other) => (revision, other) == (newer.Revision, Some.GitHub()) ? contains : throw new InvalidOperationException("the later revision is asked whether it contains ours");

        var report = Run(Some.Marked() with { First = new Turn.Compare(newer) });

        report.Outcome.Should().Be(outcome);
        report.Reason.Should().Contain("d-000000009 of acme/site@bbbbbbb, made by deploy, run 43 of acme/site, is Succeeded").And.Contain(words);
        Creates.Should().Be(0);
    }

    [Fact]
    public void What_is_in_the_way_is_stopped_and_waited_for()
    {
        var older = Some.Made(8, Some.Marked(commit: 'b', run: 40));
        CreateFails(0, Lost);
        Deployer.List(older with { Phase = Phase.Stopped, Status = "Stopped" });
        Deployer.Play("d-000000008", Some.Seen("InProgress", id: "d-000000008"), Some.Seen("Stopped", id: "d-000000008"));

        Run(Some.Marked() with { First = new Turn.Clear(older) }).Outcome.Should().Be(Outcome.Succeeded);

        Deployer.Asked.Take(5).Should().Equal("stop d-000000008", "observe d-000000008", "observe d-000000008", "list gray", "create gray");
        stage.Log.Should().Contain("gray: stopping d-000000008 of acme/site@bbbbbbb, made by deploy, run 40 of acme/site, which is in flight");
    }

    [Fact]
    public void A_stop_that_cannot_be_asked_for_is_asked_again_and_in_the_end_given_up_with_nothing_created()
    {
        Deployer.Stop = (_, _) => throw Some.Throttled;

        var report = Run(Some.Marked() with { First = new Turn.Clear(Some.Made(8, Some.Marked(run: 40))) });

        (report.Outcome, Creates).Should().Be((Outcome.Failed, 0));
        report.Reason.Should().EndWith("Nothing was created for gray. Run again.");
    }

    [Fact]
    public void Trouble_with_looking_at_what_is_waited_for_does_not_end_the_run()
    {
        CreateFails(0, Lost);
        Deployer.Play("d-000000008", Some.Throttled, Some.Seen("InProgress", id: "d-000000008"), Some.Throttled, Some.Seen("Stopped", id: "d-000000008"));

        Run(Some.Marked() with { First = new Turn.Wait(Some.Past(8, Some.GitHub('b'), "InProgress")) }).Outcome.Should().Be(Outcome.Succeeded);
    }

    [Fact]
    public void What_is_waited_for_and_vanishes_is_no_longer_in_the_way()
    {
        CreateFails(0, Lost);
        Deployer.Play("d-000000008", Look.Gone);

        Run(Some.Marked() with { First = new Turn.Wait(Some.Past(8, Some.GitHub('b'), "InProgress")) }).Outcome.Should().Be(Outcome.Succeeded);
    }

    [Theory]
    [InlineData(true, Outcome.Superseded)]
    [InlineData(false, Outcome.Failed)]
    public void A_deployment_that_a_later_run_stops_for_its_own_is_superseded(bool contains, Outcome outcome)
    {
        var plan = Some.Marked();
        var (ours, newer) = (Some.Made(9, plan, "Stopped"), Some.Made(10, Some.Marked(commit: 'b', run: 43)));
        CreateFails(0, Lost);
        Deployer.Play(Id.Value, Some.Seen("InProgress", id: Id.Value), Some.Seen("Stopped", id: Id.Value));
        Deployer.List(ours).List(newer, ours);
        Deployer.Contains = (_, _) => contains;

        Run(plan).Outcome.Should().Be(outcome);
    }

    [Fact]
    public void A_deployment_that_a_person_stops_is_a_failure_soon()
    {
        var plan = Some.Marked();
        CreateFails(0, Lost);
        Deployer.Play(Id.Value, Some.Seen("Stopped", id: Id.Value));
        Deployer.List(Some.Made(9, plan, "Stopped"));

        Run(plan).Outcome.Should().Be(Outcome.Failed);

        (stage.Clock.GetUtcNow() - stage.Began).TotalSeconds.Should().BeLessThanOrEqualTo(12);
    }
}
