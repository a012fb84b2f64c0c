namespace MacroPortfolio.Simulator.CodeDeploy.State;

/// <summary>Amazon CloudWatch as CodeDeploy sees it: the alarms that are in ALARM. All others are taken to be there and OK.</summary>
public sealed class Alarms
{
    private readonly SortedSet<string> active = new(StringComparer.Ordinal);

    public void Set(string name, bool isActive)
    {
        if (isActive)
            active.Add(name);
        else
            active.Remove(name);
    }

    /// <summary>Those of the active ones that should stop the deployment. A rollback and an instance that Auto Scaling launches are not held up.</summary>
    public IReadOnlyList<string> Against(Deployment deployment)
    {
        var watched = deployment.OverrideAlarms ?? deployment.Group.Alarms;
        return watched is not { Enabled: true, Alarms: { } alarms } || deployment.Creator is Deployment.Rollback or Deployment.AutoScaling
            ? []
            : [.. alarms.Select(alarm => alarm?.Name).OfType<string>().Where(active.Contains)];
    }
}
