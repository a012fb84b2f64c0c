using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Reporting;

public class RecordStateTests
{
    /// <summary>The table of outcomes.</summary>
    [Theory]
    [InlineData(Outcome.Succeeded, "success")]
    [InlineData(Outcome.Superseded, "inactive")]
    [InlineData(Outcome.Planned, null)]
    [InlineData(Outcome.Created, "in_progress")]
    [InlineData(Outcome.Failed, "failure")]
    [InlineData(Outcome.BadInput, null)]
    [InlineData(Outcome.StillRunning, "in_progress")]
    [InlineData(Outcome.NoAccess, "in_progress")]
    [InlineData(Outcome.Held, null)]
    [InlineData(Outcome.RolledBack, "failure")]
    [InlineData(Outcome.Cancelled, "error")]
    public void Each_outcome_has_its_state(Outcome outcome, string? state)
    {
        RecordStates.Of(outcome)?.Word().Should().Be(state);
    }

    [Fact]
    public void No_outcome_is_left_out()
    {
        typeof(RecordStateTests).GetMethod(nameof(Each_outcome_has_its_state))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Should().HaveCount(Enum.GetValues<Outcome>().Length);
    }

    [Theory]
    [InlineData("Succeeded", 0, 0, "success")]
    [InlineData("Succeeded", 1, 0, "failure")]
    [InlineData("Succeeded", 1, 1, "success")]
    [InlineData("Failed", 4, 0, "failure")]
    [InlineData("Stopped", 0, 0, "error")]
    [InlineData("InProgress", 0, 0, null)]
    [InlineData("Queued", 0, 0, null)]
    [InlineData("Napping", 0, 0, null)]
    public void CodeDeploy_says_what_became_of_a_deployment_that_nobody_watched(string status, long failed, int allowed, string? state)
    {
        var past = Some.Past(1, Some.GitHub(), status, Some.Counts(succeeded: 4 - failed, failed: failed));

        RecordStates.Of(past, new FailureAllowance(allowed, IsPercentage: false))?.Word().Should().Be(state);
    }

    [Fact]
    public void Without_counts_CodeDeploys_word_is_taken()
    {
        RecordStates.Of(Some.Past(1, Some.GitHub()) with { Counts = null }, FailureAllowance.None).Should().Be(RecordState.Success);
    }
}
