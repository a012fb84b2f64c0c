using CsCheck;
using MacroPortfolio.Core.Inputs;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Inputs;

public sealed class ValuesTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("30m", 1_800)]
    [InlineData("2h", 7_200)]
    [InlineData("0s", 0)]
    [InlineData("007s", 7)]
    public void A_duration_is_a_number_and_its_unit(string text, long seconds)
    {
        Durations.TryParse(text, out var duration).Should().BeTrue();

        duration.Should().Be(Duration.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("90")]
    [InlineData("-90s")]
    [InlineData("+90s")]
    [InlineData("1.5h")]
    [InlineData("90 s")]
    [InlineData("90S")]
    [InlineData("1d")]
    [InlineData("1h30m")]
    [InlineData("1,000s")]
    [InlineData("٩s")]
    [InlineData("2147483648s")]
    [InlineData("2147483647h")]
    [InlineData("99999999999999999999h")]
    public void What_is_not_a_duration_is_refused_without_a_crash(string text) => Durations.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(9, "0:09")]
    [InlineData(309, "5:09")]
    [InlineData(3_599, "59:59")]
    [InlineData(3_909, "1:05:09")]
    [InlineData(180_000, "50:00:00")]
    public void A_duration_is_shown_as_on_a_clock(int seconds, string words) => Durations.Clock(Duration.FromSeconds(seconds)).Should().Be(words);

    [Theory]
    [InlineData("0", 0, false)]
    [InlineData("3", 3, false)]
    [InlineData("10%", 10, true)]
    [InlineData("100%", 100, true)]
    [InlineData("0%", 0, true)]
    public void An_allowance_is_a_number_or_a_percentage(string text, int amount, bool percentage)
    {
        FailureAllowance.TryParse(text, out var allowance).Should().BeTrue();

        allowance.Should().Be(new FailureAllowance(amount, percentage));
        allowance.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("-1")]
    [InlineData("101%")]
    [InlineData("10 %")]
    [InlineData("1.5")]
    [InlineData("some")]
    [InlineData("%10")]
    public void Other_allowances_are_refused(string text) => FailureAllowance.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("0", 0, 9, true)]
    [InlineData("0", 1, 9, false)]
    [InlineData("2", 2, 9, true)]
    [InlineData("2", 3, 9, false)]
    [InlineData("10%", 0, 9, true)]
    [InlineData("10%", 1, 9, false)]
    [InlineData("10%", 1, 10, true)]
    [InlineData("10%", 2, 19, false)]
    [InlineData("100%", 9, 9, true)]
    public void A_percentage_allows_whole_instances_rounded_down(string text, int missed, int fleet, bool allowed)
    {
        FailureAllowance.TryParse(text, out var allowance).Should().BeTrue();

        allowance.Allows(missed, fleet).Should().Be(allowed);
    }

    [Fact]
    public void No_allowance_below_all_ever_allows_a_whole_fleet_to_fail() => Gen.Select(Gen.Int[0, 99], Gen.Int[1, 1_000]).Sample((percent, fleet) =>
        new FailureAllowance(percent, true).Allows(fleet, fleet).Should().BeFalse());

    [Theory]
    [InlineData("DEPLOYMENT_FAILURE")]
    [InlineData("DEPLOYMENT_FAILURE,DEPLOYMENT_STOP_ON_ALARM")]
    [InlineData("DEPLOYMENT_FAILURE\r\n  DEPLOYMENT_STOP_ON_REQUEST\n")]
    [InlineData("DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM DEPLOYMENT_STOP_ON_REQUEST")]
    public void Automatic_rollback_takes_the_services_events_however_they_are_listed(string text)
    {
        AutoRollback.TryParse(text, out var rollback).Should().BeTrue();

        rollback.Should().BeOfType<AutoRollback.At>().Which.Events
            .Should().OnlyContain(name => name.StartsWith("DEPLOYMENT_", StringComparison.Ordinal)).And.Contain("DEPLOYMENT_FAILURE").And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Automatic_rollback_is_as_the_group_says_or_off()
    {
        AutoRollback.TryParse("group", out var group).Should().BeTrue();
        AutoRollback.TryParse("off", out var off).Should().BeTrue();

        group.Should().BeOfType<AutoRollback.AsGroup>();
        off.Should().BeOfType<AutoRollback.Off>();
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("on")]
    [InlineData("Group")]
    [InlineData("group,off")]
    [InlineData("deployment_failure")]
    [InlineData("DEPLOYMENT_FAILURE,off")]
    [InlineData("DEPLOYMENT_SUCCESS")]
    public void Other_automatic_rollbacks_are_refused(string text) => AutoRollback.TryParse(text, out _).Should().BeFalse();
}
