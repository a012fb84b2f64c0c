using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>
/// Instances that come and go. One that Auto Scaling launches gets what its groups last deployed with success.
/// https://docs.aws.amazon.com/codedeploy/latest/userguide/integrations-aws-auto-scaling.html
/// </summary>
public sealed class Scaling(Account account, Roster roster, DeploymentEngine engine, TimeProvider time)
{
    public void Plan(WorldFile world, Agenda agenda)
    {
        foreach (var instance in world.Instances)
        {
            if (instance is not { JoinsAfterSeconds: null, JoinsAtDeployment: null })
                agenda.Add(instance.JoinsAfterSeconds, instance.JoinsAtDeployment, () => Join(instance.Id));
            if (instance is not { LeavesAfterSeconds: null, LeavesAtDeployment: null })
                agenda.Add(instance.LeavesAfterSeconds, instance.LeavesAtDeployment, () => roster.Terminate(instance.Id));
        }
    }

    /// <param name="autoScalingGroup">The one that launches it, where that is not the one of the world.</param>
    public void Join(string id, string? autoScalingGroup = null)
    {
        lock (account.Gate)
        {
            if (roster.Launch(id, autoScalingGroup) is not { } host || roster.AutoScalingGroup(host) is not { } name)
                return;
            var groups = account.Applications.Values.SelectMany(application => application.Groups.Values);
            foreach (var group in groups.Where(group => group.AutoScalingGroups.Contains(name)))
                Deploy(group, id);
        }
    }

    private void Deploy(DeploymentGroup group, string id)
    {
        if (account.LastSuccessful(group) is not { } last)
            return;
        engine.Start(new()
        {
            Id = account.Ids.Deployment(),
            Number = account.NextNumber,
            Group = group,
            Config = account.Config(DeploymentConfig.OneAtATime),
            Revision = last.Revision,
            PreviousRevision = last.Revision,
            Creator = Deployment.AutoScaling,
            FileExistsBehavior = last.FileExistsBehavior,
            Traffic = group.Traffic,
            OnlyInstance = id,
            CreateTime = time.GetUtcNow(),
        });
    }
}
