using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Core.Checks;

/// <summary>What is to be said of groups and their instances. Pure: what was read is given.</summary>
public static class FleetRules
{
    private const int Told = 5;

    /// <summary>CodeDeploy gives an agent five minutes to take an event.</summary>
    public static CheckLine Instances(CheckedGroup group, IReadOnlyList<Ec2Instance> instances)
    {
        var step = $"{group.Name}: instances";
        var matched = instances.Where(group.Selection.Matches).ToList();
        var (running, others) = (matched.Where(instance => instance.IsRunning).ToList(), matched.Where(instance => !instance.IsRunning).ToList());
        if (running.Count > 0)
        {
            var stopped = others.Count > 0 ? $"; {Words.Some(others.Count, "more")} not running" : "";
            return CheckLine.Pass(step, $"{Words.Some(running.Count, "running instance")} by {group.Selection.InWords}: {Words.Names([.. running.Select(instance => instance.Label)], Told)}{stopped}.");
        }

        if (group.Selection is { Tags.Count: 0, AutoScalingGroups.Count: 0 })
        {
            return CheckLine.Fail(step, "The group names neither tags nor an Auto Scaling group, so it has no instances.", "Give it the tags of its instances: aws deploy update-deployment-group --ec2-tag-filters.");
        }

        var near = group.Selection.Near(instances);
        return CheckLine.Fail(
            step,
            $"No running instance of this region and account matches {group.Selection.InWords}{(others.Count > 0 ? $" ({Words.Names([.. others.Select(instance => $"{instance.Label} is {instance.State}")], Told)})" : "")}, so a deployment would fail with NO_INSTANCES.",
            near.Count > 0 ? $"Running instances have {string.Join(", ", near)}. Change the tags of the instances or of the group; letter case matters." : "Tag the instances, or start them; look also at aws-region.");
    }

    /// <summary>An instance in two stages runs what either was given last, so nothing that was tried on it is proved.</summary>
    public static IEnumerable<CheckLine> Overlaps(IReadOnlyList<CheckedGroup> groups, IReadOnlyList<Ec2Instance> instances)
    {
        foreach (var (one, other) in groups.SelectMany((one, at) => groups.Skip(at + 1).Select(other => (one, other))))
        {
            var both = instances.Where(instance => instance.IsRunning && one.Selection.Matches(instance) && other.Selection.Matches(instance)).Select(instance => instance.Label).ToList();
            if (both.Count > 0)
            {
                yield return CheckLine.Fail(
                    $"{one.Name} and {other.Name}",
                    $"{Words.Names(both, Told)} {(both.Count == 1 ? "is" : "are")} in both groups, so a deployment to one changes the other.",
                    "Give the groups tags that exclude each other, such as Release=gray and Release=stable.");
            }
        }
    }

    public static CheckLine Config(DeploymentGroupName group, HealthRule health, int running) => health.IsImpossibleFor(running)
        ? CheckLine.Fail($"{group}: config", $"{health.InWords(running)}.", "Choose another config with deployment-config, or change the group's; CodeDeployDefault.OneAtATime and AllAtOnce fit every fleet.")
        : CheckLine.Pass($"{group}: config", $"{health.InWords(running)}.");

    public static CheckLine Busy(GroupState group) => group.LastAttempted is { } last && !last.Phase.IsOver()
        ? CheckLine.Fail($"{group.Name}: free", $"{last.Id} of {last.Revision.Label}, made by {last.By}, is {Words.Status(last.Status)}; a group takes one deployment at a time.", "on-busy says what a run does then; by default it waits (queue).")
        : CheckLine.Pass($"{group.Name}: free", group.LastAttempted is { } ended ? $"No deployment is in flight; the last, {ended.Id} of {ended.Revision.Label}, is {ended.Status} {Words.Time(ended.Ended)}." : "No deployment yet.");

    /// <param name="seen">The instances' part in the last deployment of the group.</param>
    public static CheckLine Agents(DeploymentGroupName group, IReadOnlyList<Ec2Instance> running, DeploymentId? last, IReadOnlyList<Target> seen)
    {
        var step = $"{group}: agents";
        if (last is not { } id)
        {
            return CheckLine.Unknown(step, "CodeDeploy does not tell whether agents run, and the group has no deployment yet in which they would have answered.", "On an instance: systemctl status codedeploy-agent. Its profile must be able to read the bundle bucket, and it must reach CodeDeploy and S3 or GitHub.");
        }

        var targets = seen.ToDictionary(target => target.Id);
        var silent = running.Where(instance => targets.TryGetValue(instance.Id, out var target) && target.Status is "Failed" or "Unknown" && target.Events.All(step => step.Status is not "Succeeded")).ToList();
        if (silent.Count > 0)
        {
            return CheckLine.Fail(step, $"{Words.Names([.. silent.Select(instance => instance.Label)], Told)} took no event of the last deployment, {id}.", "On the instance: systemctl status codedeploy-agent, and its log /var/log/aws/codedeploy-agent/codedeploy-agent.log; restart the agent after its instance profile was changed.");
        }

        var fresh = running.Where(instance => !targets.ContainsKey(instance.Id)).ToList();
        var answered = running.Count - fresh.Count;
        Instant? newest = seen.SelectMany(target => target.Events).Select(step => step.Ended).Max();
        var words = $"{answered} of {running.Count} answered in the last deployment, {id}, {Words.Time(newest)}";
        return fresh.Count > 0
            ? CheckLine.Unknown(step, $"{words}; {Words.Names([.. fresh.Select(instance => instance.Label)], Told)} had no part in it, so whether an agent runs there is not known.", "On the instance: systemctl status codedeploy-agent.")
            : CheckLine.Pass(step, $"{words}.");
    }

    /// <param name="states">CloudWatch's words by name, as far as the alarms are there.</param>
    public static CheckLine Alarms(CheckedGroup group, IReadOnlyDictionary<string, string> states)
    {
        var step = $"{group.Name}: alarms";
        var red = group.Alarms.Where(name => states.GetValueOrDefault(name) == "ALARM").ToList();
        var gone = group.Alarms.Where(name => !states.ContainsKey(name)).ToList();
        return (red.Count, gone.Count) switch
        {
            ( > 0, _) => CheckLine.Fail(step, $"{Words.Names(red, Told)} {(red.Count == 1 ? "is" : "are")} in ALARM, and the group's deployments stop while that is so.", "Find out what is wrong. A way back is stopped too: if it cannot wait, switch the group's alarms off for it."),
            (_, > 0) => CheckLine.Fail(step, $"{Words.Names(gone, Told)} {(gone.Count == 1 ? "does" : "do")} not exist in this region.", "Make the alarm, or take its name out of the group."),
            _ => CheckLine.Pass(step, $"{Words.Names(group.Alarms, Told)}: none in ALARM."),
        };
    }
}
