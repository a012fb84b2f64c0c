using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Releases;

public sealed class DeployRunTroubleTests
{
    private readonly Rehearsal stage = new();

    private sealed class BrokenReporter : IReporter
    {
        public Task ReportAsync(RunEvent happened, CancellationToken ct) => throw new IOException("No space left on device");
    }

    private sealed class HangingReporter(TimeProvider time) : IReporter
    {
        public Task ReportAsync(RunEvent happened, CancellationToken ct) => happened is RunEvent.Ended ? Task.Delay(Timeout.InfiniteTimeSpan, time, ct) : Task.CompletedTask;
    }

    private IEnumerable<double> Silences()
    {
        var seconds = stage.Reporter.Said.Select(entry => entry.Second).Prepend(0).ToList();
        return seconds.Zip(seconds.Skip(1), (one, next) => next - one);
    }

    [Fact]
    public void Trouble_with_looking_does_not_end_the_run()
    {
        stage.Deployer.Play("d-GRAY00000", Some.Throttled, Some.Throttled, Some.Seen("InProgress"), Some.Throttled, Some.Seen("Succeeded"));

        var report = stage.Run(Some.Plan());

        report.Outcome.Should().Be(Outcome.Succeeded);
        stage.Reporter.Of<RunEvent.Trouble>().Should().HaveCount(3);
        stage.Log.Should().Contain("CodeDeploy asks for fewer calls (Rate exceeded). Looking again; what is deployed is not affected.");
    }

    [Fact]
    public void It_looks_less_often_while_the_trouble_lasts()
    {
        stage.Deployer.Play("d-GRAY00000", Some.Seen("InProgress"), Some.Seen("InProgress"), Some.Throttled, Some.Throttled, Some.Seen("InProgress"), Some.Seen("Succeeded"));

        stage.Run(Some.Plan());

        var looks = stage.Deployer.SecondsOf("observe", stage.Began);
        looks.Zip(looks.Skip(1), (one, next) => next - one).Skip(1).Should().Equal(5, 10, 20, 5);
    }

    [Fact]
    public void Trouble_that_never_ends_is_not_called_failure()
    {
        stage.Deployer.Play("d-GRAY00000", Some.Throttled);

        var report = stage.Run(Some.Plan());

        report.Outcome.Should().Be(Outcome.StillRunning);
        report.Reason.Should().Be("The deployment to gray is not seen yet.");
        Silences().Should().OnlyContain(silence => silence <= 60);
    }

    [Fact]
    public void Access_that_is_lost_ends_the_watch_but_not_the_deployment()
    {
        stage.Deployer.Play("d-GRAY00000", Some.Seen("InProgress"), Some.NoAccess);

        var report = stage.Run(Some.Plan());

        report.Outcome.Should().Be(Outcome.NoAccess);
        report.Reason.Should().Be("AWS does not let this role watch deployments. Add codedeploy:GetDeployment.");
        report.Next.Should().Contain("--deployment-id d-GRAY00000");
        stage.Deployer.Asked.Should().NotContain("stop d-GRAY00000");
    }

    [Fact]
    public void Instances_that_the_role_may_not_read_do_not_end_the_watch()
    {
        stage.Deployer.Play("d-GRAY00000", Some.Seen("InProgress", Some.Counts(inProgress: 1, failed: 1)), Some.Seen("InProgress", Some.Counts(inProgress: 1, failed: 1)), Some.Seen("Failed", Some.Counts(failed: 2)));
        stage.Deployer.TargetTrouble = new DeployException(Outcome.NoAccess, "AWS does not let this role read instances.", "Add codedeploy:ListDeploymentTargets.") { Details = ["{ the statement }"] };

        var report = stage.Run(Some.Plan());

        report.Outcome.Should().Be(Outcome.Failed);
        report.Details.Should().Equal("{ the statement }");
        stage.Log.Where(line => line.Contains("Add codedeploy:ListDeploymentTargets.", StringComparison.Ordinal)).Should().ContainSingle("a permission is missed once");
    }

    [Fact]
    public void A_deployment_that_is_not_found_once_or_twice_is_looked_for_again()
    {
        stage.Deployer.Play("d-GRAY00000", Look.Gone, Look.Gone, Some.Seen("InProgress"), Look.Gone, Look.Gone, Some.Seen("Succeeded"));

        stage.Run(Some.Plan()).Outcome.Should().Be(Outcome.Succeeded);
    }

    [Fact]
    public void A_deployment_that_vanished_is_not_confirmed_and_not_looked_for_again()
    {
        stage.Deployer
            .Play("d-GRAY00000", Some.Seen("InProgress"), Look.Gone)
            .Play("d-STABLE000", [.. Enumerable.Repeat<Look>(Some.Seen("InProgress", id: "d-STABLE000"), 5), Some.Seen("Succeeded", id: "d-STABLE000")]);

        var report = stage.Run(Some.Plan("gray", "stable"));

        report.Outcome.Should().Be(Outcome.Failed);
        report.Reason.Should().Be("CodeDeploy no longer knows the deployment of gray, so how it ended could not be confirmed.");
        report.Groups.Select(result => result.Outcome).Should().Equal(Outcome.Failed, Outcome.Succeeded);
        stage.Deployer.Asked.Where(question => question.StartsWith("observe", StringComparison.Ordinal)).Last().Should().Be("observe d-STABLE000");
    }

    [Fact]
    public void It_is_never_silent_for_more_than_a_minute()
    {
        stage.Deployer.Play("d-GRAY00000", Some.Seen("InProgress", Some.Counts(inProgress: 2)));

        stage.Run(Some.Plan(Some.Watch(timeout: Duration.FromHours(12))));

        Silences().Should().OnlyContain(silence => silence <= 60);
        stage.Log.Last(line => line.Contains(" still ", StringComparison.Ordinal)).Should()
            .MatchRegex("^gray: d-GRAY00000 still in progress after 11:59:[0-9]{2}, 0 of 2 instances done, 2 in progress$");
    }

    [Fact]
    public void Instances_that_cannot_be_read_for_the_report_change_nothing_else()
    {
        stage.Deployer.TargetTrouble = Some.NoAccess;
        stage.Deployer.Play("d-GRAY00000", Some.Seen("Succeeded", Some.Counts(succeeded: 2)));

        var report = stage.Run(Some.Plan());

        report.Outcome.Should().Be(Outcome.Succeeded);
        report.Groups[0].Targets.Should().BeEmpty();
        stage.Log.Should().Contain("The instances of d-GRAY00000 cannot be read: AWS does not let this role watch deployments. Add codedeploy:GetDeployment.");
    }

    [Fact]
    public void Failed_instances_that_could_not_be_read_are_asked_for_again()
    {
        stage.Deployer.TargetTrouble = Some.Throttled;
        stage.Deployer.With("d-GRAY00000", Some.Failed("i-1")).Play(
            "d-GRAY00000",
            Some.Seen("InProgress", Some.Counts(inProgress: 1, failed: 1)),
            Some.Seen("InProgress", Some.Counts(inProgress: 1, failed: 1)),
            Some.Seen("Failed", Some.Counts(failed: 2)));
        using var mended = stage.Clock.CreateTimer(_ => stage.Deployer.TargetTrouble = null, null, TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan);

        stage.Run(Some.Plan());

        stage.Reporter.Of<RunEvent.InstancesFailed>().Should().ContainSingle();
        stage.Reporter.Of<RunEvent.Trouble>().Should().ContainSingle();
    }

    [Theory]
    [InlineData("Succeeded", null, Outcome.Succeeded)]
    [InlineData("Failed", null, Outcome.Failed)]
    [InlineData("InProgress", 8.0, Outcome.Cancelled)]
    public void A_reporter_that_fails_never_changes_the_outcome(string status, double? cancelAfter, Outcome outcome)
    {
        var warnings = new List<string>();
        var group = new ReporterGroup([new BrokenReporter(), stage.Reporter], warning => Add(warnings, warning));
        stage.Deployer.Play("d-GRAY00000", Some.Seen("InProgress"), Some.Seen(status));

        var report = stage.Run(Some.Plan(), cancelAfter, group);

        report.Outcome.Should().Be(outcome);
        stage.Reporter.Of<RunEvent.Ended>().Should().ContainSingle("the reporters after the broken one still hear everything");
        warnings.Should().OnlyContain(warning => warning == "BrokenReporter could not report: No space left on device. The deployment is not affected.")
            .And.HaveSameCount(stage.Reporter.Said);
    }

    [Fact]
    public void A_reporter_that_hangs_when_the_job_is_cancelled_gets_two_seconds()
    {
        var warnings = new List<string>();
        var group = new ReporterGroup([new HangingReporter(stage.Clock)], warning => Add(warnings, warning));
        stage.Deployer.Play("d-GRAY00000", Some.Seen("InProgress"));

        var report = stage.Run(Some.Plan(), cancelAfterSeconds: 8, group);

        report.Outcome.Should().Be(Outcome.Cancelled);
        (stage.Clock.GetUtcNow() - stage.Began).TotalSeconds.Should().Be(10);
        warnings.Should().Equal("HangingReporter could not report: it took too long. The deployment is not affected.");
    }

    private static Task Add(List<string> warnings, string warning)
    {
        warnings.Add(warning);
        return Task.CompletedTask;
    }
}
