using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>
/// Automatic rollback: not an undoing but a new deployment of what last succeeded.
/// https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html
/// </summary>
public static class Rollback
{
    public const string OnFailure = "DEPLOYMENT_FAILURE";
    public const string OnAlarm = "DEPLOYMENT_STOP_ON_ALARM";
    public const string OnRequest = "DEPLOYMENT_STOP_ON_REQUEST";

    public static bool IsWanted(Deployment ended) => ended switch
    {
        // One that failed is not rolled back itself.
        { Creator: Deployment.Rollback } => false,
        { Status: DeploymentStatus.Failed } => Has(ended, OnFailure),
        { Status: DeploymentStatus.Stopped, StopReason.Code: "ALARM_ACTIVE" } => Has(ended, OnAlarm),
        { Status: DeploymentStatus.Stopped } => ended.RollbackOnStop ?? Has(ended, OnRequest),
        _ => false,
    };

    /// <summary>The new deployment; none where there is nothing to go back to, or the group is busy or gone. Both deployments say what became of it.</summary>
    public static Deployment? Make(Account account, Deployment ended, DateTimeOffset now)
    {
        var group = ended.Group;
        var obstacle = account.LastSuccessful(group) is null ? "its deployment group has no successful deployment to go back to"
            : account.Of(group).FirstOrDefault(other => other is { IsOver: false, OnlyInstance: null }) is { } active ? $"its deployment group has an active deployment, {active.Id}"
            : ended.Traffic.IsBlueGreen ? "the simulator lacks the rollback of blue/green deployments"
            : !account.Has(group) ? "its deployment group no longer exists"
            : null;
        if (obstacle is not null)
        {
            ended.RollbackInfo = new(null, null, $"Deployment {ended.Id} can't be rolled back: {obstacle}.");
            return null;
        }

        var made = Of(account, ended, account.LastSuccessful(group)!.Revision, now);
        var message = $"Deployment {made.Id} is triggered to roll back deployment {ended.Id}.";
        made.RollbackInfo = new(null, ended.Id, message);
        ended.RollbackInfo = new(made.Id, null, message);
        return made;
    }

    private static Deployment Of(Account account, Deployment ended, RevisionLocation revision, DateTimeOffset now) => new()
    {
        Id = account.Ids.Deployment(),
        Number = account.NextNumber,
        Group = ended.Group,
        Config = ended.Config,
        Revision = revision,
        PreviousRevision = revision,
        Description = $"Automatic rollback of deployment {ended.Id}",
        Creator = Deployment.Rollback,
        IgnoreApplicationStopFailures = ended.IgnoreApplicationStopFailures,
        UpdateOutdatedInstancesOnly = false,
        FileExistsBehavior = ended.FileExistsBehavior,
        AutoRollback = ended.AutoRollback,
        OverrideAlarms = ended.OverrideAlarms,
        CreateTime = now,
        Traffic = ended.Group.Traffic,
    };

    private static bool Has(Deployment deployment, string cause) =>
        deployment.AutoRollback is { Enabled: true, Events: { } events } && events.Contains(cause);
}
