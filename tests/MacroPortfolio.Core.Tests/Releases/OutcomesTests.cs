using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Tests.Releases;

public sealed class OutcomesTests
{
    [Theory]
    [InlineData(Outcome.Succeeded, "succeeded", 0)]
    [InlineData(Outcome.Planned, "planned", 0)]
    [InlineData(Outcome.Created, "created", 0)]
    [InlineData(Outcome.Failed, "failed", 1)]
    [InlineData(Outcome.BadInput, "bad-input", 2)]
    [InlineData(Outcome.StillRunning, "still-running", 3)]
    [InlineData(Outcome.NoAccess, "no-access", 4)]
    [InlineData(Outcome.Held, "held", 5)]
    [InlineData(Outcome.RolledBack, "rolled-back", 6)]
    [InlineData(Outcome.Cancelled, "cancelled", 130)]
    public void Every_outcome_has_its_word_and_its_exit_code(Outcome outcome, string word, int exitCode) =>
        (outcome.Word(), (int)outcome.ExitCode()).Should().Be((word, exitCode));

    [Fact]
    public void No_two_outcomes_share_a_word() => Enum.GetValues<Outcome>().Select(outcome => outcome.Word()).Should().OnlyHaveUniqueItems();
}
