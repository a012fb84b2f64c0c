using CsCheck;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Core.Tests.Releases;

public sealed class PhasesTests
{
    [Theory]
    [InlineData("Created", Phase.Waiting, false)]
    [InlineData("Queued", Phase.Waiting, false)]
    [InlineData("InProgress", Phase.Running, false)]
    [InlineData("Baking", Phase.Running, false)]
    [InlineData("Ready", Phase.Running, false)]
    [InlineData("Succeeded", Phase.Succeeded, true)]
    [InlineData("Failed", Phase.Failed, true)]
    [InlineData("Stopped", Phase.Stopped, true)]
    public void Every_status_has_its_phase(string status, Phase phase, bool over)
    {
        Phases.Of(status).Should().Be(phase);

        phase.IsOver().Should().Be(over);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("succeeded")]
    [InlineData("Succeeded ")]
    [InlineData("PartiallySucceeded")]
    public void A_status_that_is_not_known_is_neither_good_nor_over(string? status)
    {
        Phases.Of(status).Should().Be(Phase.Unrecognised);

        Phase.Unrecognised.IsOver().Should().BeFalse();
    }

    [Fact]
    public void No_word_but_one_is_success() => Gen.String.Sample(word => (Phases.Of(word) == Phase.Succeeded).Should().Be(word == "Succeeded"));
}
