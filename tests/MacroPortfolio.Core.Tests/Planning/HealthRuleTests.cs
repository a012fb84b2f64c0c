using CsCheck;
using MacroPortfolio.Core.Planning;

namespace MacroPortfolio.Core.Tests.Planning;

/// <summary>The figures for nine instances are those of https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html</summary>
public sealed class HealthRuleTests
{
    private static readonly HealthRule OneAtATime = new("CodeDeployDefault.OneAtATime", "MOST_CONCURRENCY", 1);
    private static readonly HealthRule HalfAtATime = new("CodeDeployDefault.HalfAtATime", "FLEET_PERCENT", 50);
    private static readonly HealthRule AllAtOnce = new("CodeDeployDefault.AllAtOnce", "FLEET_PERCENT", 0);

    [Fact]
    public void One_at_a_time_lets_the_last_instance_fail() =>
        OneAtATime.InWords(9).Should().Be("CodeDeployDefault.OneAtATime: one of 9 instances at a time; CodeDeploy itself would let the last one fail");

    [Fact]
    public void One_at_a_time_must_succeed_where_there_is_only_one() =>
        OneAtATime.InWords(1).Should().Be("CodeDeployDefault.OneAtATime: one instance, which must succeed");

    [Fact]
    public void Half_of_nine_is_four_at_a_time_and_five_that_must_succeed() =>
        HalfAtATime.InWords(9).Should().Be("CodeDeployDefault.HalfAtATime: at most 4 of 9 instances at a time; CodeDeploy itself would be content with 5 of 9");

    [Fact]
    public void All_at_once_is_content_with_a_single_instance() =>
        AllAtOnce.InWords(9).Should().Be("CodeDeployDefault.AllAtOnce: all 9 instances at once; CodeDeploy itself would be content with 1 of 9");

    [Theory]
    [InlineData("HOST_COUNT", 6, "at most 3 of 9 instances at a time; CodeDeploy itself would be content with 6 of 9")]
    [InlineData("HOST_COUNT", 8, "at most 1 of 9 instances at a time; CodeDeploy itself would be content with 8 of 9")]
    [InlineData("HOST_COUNT", 0, "all 9 instances at once; CodeDeploy itself would be content with 1 of 9")]
    [InlineData("FLEET_PERCENT", 40, "at most 5 of 9 instances at a time; CodeDeploy itself would be content with 4 of 9")]
    [InlineData("FLEET_PERCENT", 66, "at most 3 of 9 instances at a time; CodeDeploy itself would be content with 6 of 9")]
    public void Custom_configs_of_nine_instances(string type, int value, string words) =>
        new HealthRule("Careful", type, value).InWords(9).Should().Be($"Careful: {words}");

    [Theory]
    [InlineData("HOST_COUNT", 9, 9, 9)]
    [InlineData("HOST_COUNT", 12, 9, 12)]
    [InlineData("FLEET_PERCENT", 95, 10, 10)]
    [InlineData("FLEET_PERCENT", 99, 9, 9)]
    public void A_config_that_cannot_work_for_the_fleet_says_so(string type, int value, int fleet, int minimum) =>
        new HealthRule("Careful", type, value).InWords(fleet).Should().Be(
            $"Careful: {minimum} of {fleet} instances would have to stay healthy, so no instance can be deployed to and CodeDeploy will fail with HEALTH_CONSTRAINTS");

    [Theory]
    [InlineData("PER_ZONE", 2, "Careful: minimum of healthy hosts is PER_ZONE 2, which this program does not know how to read")]
    [InlineData(null, null, "Careful: minimum of healthy hosts is not given , which this program does not know how to read")]
    public void A_kind_that_is_not_known_is_not_guessed_at(string? type, int? value, string words) =>
        new HealthRule("Careful", type, value).InWords(9).Should().Be(words);

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    public void Without_a_fleet_nothing_is_counted(long? fleet) =>
        HalfAtATime.InWords(fleet).Should().Be("CodeDeployDefault.HalfAtATime; how many instances that is will be known when CodeDeploy has started");

    [Fact]
    public void What_is_taken_at_once_and_what_must_stay_healthy_make_the_fleet() => Gen.Select(Gen.Int[0, 99], Gen.Int[1, 1_000]).Sample((percent, fleet) =>
    {
        var minimum = (int)Math.Ceiling(fleet * percent / 100m);

        var words = new HealthRule("Careful", "FLEET_PERCENT", percent).InWords(fleet);

        words.Should().Contain(
            minimum == fleet ? "HEALTH_CONSTRAINTS" :
            minimum == 0 ? $"all {fleet} instances at once; CodeDeploy itself would be content with 1 of {fleet}" :
            $"at most {fleet - minimum} of {fleet} instances at a time; CodeDeploy itself would be content with {minimum} of {fleet}");
    });
}
