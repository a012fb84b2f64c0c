using MacroPortfolio.Core.Checks;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Checks;

public sealed class FleetRulesTests
{
    private static readonly DeploymentGroupName Gray = new("gray");
    private static readonly Instant Noon = Instant.FromUtc(2026, 11, 26, 12, 0);

    [Theory]
    [InlineData("KEY_AND_VALUE", true, false)]
    [InlineData("KEY_ONLY", true, true)]
    [InlineData("VALUE_ONLY", true, false)]
    public void A_filter_matches_as_its_type_says(string type, bool gray, bool stable)
    {
        var filter = new TagFilter("Release", "gray", type);

        (filter.Matches(Instance("i-1", "gray")), filter.Matches(Instance("i-2", "stable"))).Should().Be((gray, stable));
        filter.Matches(new Ec2Instance("i-3", "running", new Dictionary<string, string> { ["Name"] = "gray" })).Should().Be(type == "VALUE_ONLY");
    }

    [Fact]
    public void All_lists_of_tags_must_match_each_by_one_of_its_filters()
    {
        var selection = new Selection([[new("Release", "gray", "KEY_AND_VALUE"), new("Release", "canary", "KEY_AND_VALUE")], [new("App", null, "KEY_ONLY")]], []);

        selection.Matches(Instance("i-1", "canary", ("App", "api"))).Should().BeTrue();
        selection.Matches(Instance("i-2", "gray")).Should().BeFalse("the second list has no match");
    }

    [Fact]
    public void A_group_without_tags_matches_nobody_and_one_of_Auto_Scaling_its_own()
    {
        new Selection([], []).Matches(Instance("i-1", "gray")).Should().BeFalse();
        new Selection([], ["asg-gray"]).Matches(Instance("i-1", "x", ("aws:autoscaling:groupName", "asg-gray"))).Should().BeTrue();
    }

    [Fact]
    public void Stopped_instances_are_no_fleet_and_are_named()
    {
        var line = FleetRules.Instances(Group("gray"), [Instance("i-1", "gray") with { State = "stopped" }]);

        line.Verdict.Should().Be(CheckVerdict.Fail);
        line.What.Should().Contain("i-1 is stopped").And.Contain("NO_INSTANCES");
    }

    [Fact]
    public void Where_nobody_matches_the_likest_value_comes_first()
    {
        var line = FleetRules.Instances(Group("Gray"), [Instance("i-1", "blue"), Instance("i-2", "blue"), Instance("i-3", "gray")]);

        line.Fix.Should().StartWith("Running instances have Release=gray on 1, Release=blue on 2.");
    }

    [Fact]
    public void An_instance_in_two_groups_is_named_with_both()
    {
        var lines = FleetRules.Overlaps([Group("gray"), Group("gray") with { Name = new("stable") }], [Instance("i-1", "gray")]);

        lines.Should().ContainSingle().Which.Should().Match<CheckLine>(line => line.Step == "gray and stable" && line.What.StartsWith("i-1 is in both groups", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HOST_COUNT", 2, 2, CheckVerdict.Fail)]
    [InlineData("HOST_COUNT", 1, 2, CheckVerdict.Pass)]
    [InlineData("FLEET_PERCENT", 95, 10, CheckVerdict.Fail)]
    [InlineData("FLEET_PERCENT", 95, 20, CheckVerdict.Pass)]
    public void A_config_that_the_fleet_is_too_small_for_is_told_before(string type, int value, int fleet, CheckVerdict verdict) =>
        FleetRules.Config(Gray, new HealthRule("Custom", type, value), fleet).Verdict.Should().Be(verdict);

    [Theory]
    [InlineData("ALARM", CheckVerdict.Fail, "slow is in ALARM")]
    [InlineData("OK", CheckVerdict.Pass, "none in ALARM")]
    [InlineData(null, CheckVerdict.Fail, "slow does not exist in this region")]
    public void An_alarm_that_is_red_or_gone_is_named(string? state, CheckVerdict verdict, string words)
    {
        var states = new Dictionary<string, string>();
        if (state is not null)
        {
            states["slow"] = state;
        }

        var line = FleetRules.Alarms(Group("gray") with { Alarms = ["slow"] }, states);

        (line.Verdict, line.What.Contains(words, StringComparison.Ordinal)).Should().Be((verdict, true), "{0}", line.What);
    }

    [Fact]
    public void An_agent_that_took_no_event_is_silent_one_without_a_part_is_unknown_and_others_have_answered()
    {
        var answered = new Target("i-1", "Succeeded", [new TargetEvent("Install", "Succeeded", Noon, Noon, null)]);
        var silent = new Target("i-2", "Failed", [new TargetEvent("ApplicationStop", "Failed", Noon, Noon, null)]);
        CheckLine Of(params string[] running) => FleetRules.Agents(Gray, [.. running.Select(id => Instance(id, "gray"))], new DeploymentId("d-ABCDEFGHI"), [answered, silent]);

        Of("i-1").Should().Match<CheckLine>(line => line.Verdict == CheckVerdict.Pass && line.What.Contains("1 of 1 answered"));
        Of("i-1", "i-2").Should().Match<CheckLine>(line => line.Verdict == CheckVerdict.Fail && line.What.StartsWith("i-2 took no event"));
        Of("i-1", "i-3").Should().Match<CheckLine>(line => line.Verdict == CheckVerdict.Unknown && line.What.Contains("i-3 had no part in it"));
        FleetRules.Agents(Gray, [Instance("i-1", "gray")], null, []).Verdict.Should().Be(CheckVerdict.Unknown);
    }

    private static CheckedGroup Group(string value) => new(Gray, new Selection([[new TagFilter("Release", value, "KEY_AND_VALUE")]], []), []);

    private static Ec2Instance Instance(string id, string release, params (string Key, string Value)[] more) =>
        new(id, "running", more.Append(("Release", release)).ToDictionary(tag => tag.Item1, tag => tag.Item2));
}
