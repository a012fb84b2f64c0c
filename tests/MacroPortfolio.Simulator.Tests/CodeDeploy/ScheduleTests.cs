using MacroPortfolio.Simulator.CodeDeploy.Engine;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class ScheduleTests
{
    private static readonly RevisionLocation New = Revision("new");
    private static readonly RevisionLocation Old = Revision("old");

    [Fact]
    public void Unhealthy_instances_come_first_then_unknown_then_old_then_current_ones()
    {
        var hosts = Some.Hosts(8);
        InstanceHistory[] histories =
        [
            new(New, LastFailed: false), new(Old, LastFailed: false), InstanceHistory.None, new(New, LastFailed: true),
            new(New, LastFailed: false), new(Old, LastFailed: false), InstanceHistory.None, new(null, LastFailed: true),
        ];

        var order = Schedule.Order(hosts, host => histories[Array.IndexOf(hosts, host)], New);

        order.Select(host => host.Id).Should().Equal("i-4", "i-8", "i-3", "i-7", "i-2", "i-6", "i-1", "i-5");
    }

    [Fact]
    public void An_instance_is_outdated_unless_this_revision_was_the_last_to_succeed_on_it()
    {
        Schedule.IsOutdated(InstanceHistory.None, New).Should().BeTrue();
        Schedule.IsOutdated(new(Old, LastFailed: false), New).Should().BeTrue();
        Schedule.IsOutdated(new(New, LastFailed: true), New).Should().BeTrue();
        Schedule.IsOutdated(new(New, LastFailed: false), New).Should().BeFalse();
    }

    private static RevisionLocation Revision(string commit) => new() { RevisionType = "GitHub", GitHubLocation = new("acme/site", commit) };
}
