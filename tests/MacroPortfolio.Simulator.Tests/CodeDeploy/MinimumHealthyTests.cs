using MacroPortfolio.Simulator.CodeDeploy.Engine;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class MinimumHealthyTests
{
    [Theory]
    [InlineData("HOST_COUNT", 6, 3, 6)]
    [InlineData("FLEET_PERCENT", 40, 5, 4)]
    [InlineData("FLEET_PERCENT", 50, 4, 5)]
    [InlineData("FLEET_PERCENT", 0, 9, 1)]
    [InlineData("HOST_COUNT", 0, 9, 1)]
    [InlineData("MOST_CONCURRENCY", 1, 1, 8)]
    public void Nine_instances_are_deployed_to_as_the_user_guide_says(string type, int value, int atOnce, int needed)
    {
        var health = MinimumHealthy.Of(new(type, value), 9);

        health.AtOnce.Should().Be(atOnce);
        health.Succeeds(needed).Should().BeTrue();
        health.Succeeds(needed - 1).Should().BeFalse();
    }

    [Fact]
    public void A_percentage_is_rounded_up_so_95_percent_of_10_leaves_none_to_deploy_to()
    {
        var health = MinimumHealthy.Of(new("FLEET_PERCENT", 95), 10);

        health.Minimum.Should().Be(10);
        health.AtOnce.Should().Be(0);
    }

    [Fact]
    public void One_at_a_time_needs_a_single_instance_to_succeed()
    {
        var health = MinimumHealthy.Of(new("MOST_CONCURRENCY", 1), 1);

        health.AtOnce.Should().Be(1);
        health.Succeeds(0).Should().BeFalse();
        health.Succeeds(1).Should().BeTrue();
    }

    [Fact]
    public void One_at_a_time_tries_no_further_instance_after_a_failure()
    {
        var health = MinimumHealthy.Of(new("MOST_CONCURRENCY", 1), 9);

        health.GoesOn(0).Should().BeTrue();
        health.GoesOn(1).Should().BeFalse();
    }

    [Fact]
    public void The_predefined_configs_are_those_of_AWS()
    {
        DeploymentConfig.Predefined.Should().BeEquivalentTo(new[]
        {
            ("CodeDeployDefault.AllAtOnce", new MinimumHealthyHosts("FLEET_PERCENT", 0)),
            ("CodeDeployDefault.HalfAtATime", new MinimumHealthyHosts("FLEET_PERCENT", 50)),
            ("CodeDeployDefault.OneAtATime", new MinimumHealthyHosts("MOST_CONCURRENCY", 1)),
        });
    }

    [Fact]
    public void For_every_fleet_up_to_30_the_arithmetic_agrees_with_counting_the_instances_one_by_one()
    {
        for (var fleet = 1; fleet <= 30; fleet++)
        {
            for (var count = 0; count <= fleet + 1; count++)
                Compare(new("HOST_COUNT", count), fleet, healthy => healthy >= count);
            for (var percent = 0; percent < 100; percent++)
            {
                var exactly = percent;
                Compare(new("FLEET_PERCENT", percent), fleet, healthy => healthy * 100m / fleet >= exactly);
            }
        }
    }

    /// <param name="isEnough">The rule in the user guide's words: so many healthy instances are not below the minimum.</param>
    private static void Compare(MinimumHealthyHosts hosts, int fleet, Func<int, bool> isEnough)
    {
        var health = MinimumHealthy.Of(hosts, fleet);
        var outOfService = 0;
        while (outOfService < fleet && isEnough(fleet - outOfService - 1))
            outOfService++;

        health.AtOnce.Should().Be(outOfService, $"{hosts} of {fleet}");
        for (var number = 0; number <= fleet; number++)
        {
            health.Succeeds(number).Should().Be(number > 0 && isEnough(number), $"{number} succeeded with {hosts} of {fleet}");
            health.GoesOn(number).Should().Be(fleet - number > 0 && isEnough(fleet - number), $"{number} failed with {hosts} of {fleet}");
        }
    }
}
