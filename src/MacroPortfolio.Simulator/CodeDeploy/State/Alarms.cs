namespace MacroPortfolio.Simulator.CodeDeploy.State;

/// <summary>An alarm of Amazon CloudWatch at one moment.</summary>
/// <param name="State">OK, ALARM or INSUFFICIENT_DATA.</param>
public sealed record AlarmView(string Name, string State, DateTimeOffset Since);

/// <summary>Amazon CloudWatch as CodeDeploy sees it. An alarm whose state nobody has set is taken to be there and OK.</summary>
public sealed class Alarms(IEnumerable<string> known, DateTimeOffset start)
{
    private readonly SortedDictionary<string, AlarmView> states =
        new(known.Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => new AlarmView(name, "OK", start)), StringComparer.Ordinal);

    public IReadOnlyCollection<AlarmView> All => states.Values;

    public AlarmView Of(string name) => states.TryGetValue(name, out var alarm) ? alarm : new AlarmView(name, "OK", start);

    public void Set(string name, string state, DateTimeOffset now) => states[name] = new AlarmView(name, state, now);

    /// <summary>Those in ALARM that should stop the deployment. A rollback and an instance that Auto Scaling launches are not held up.</summary>
    public IReadOnlyList<string> Against(Deployment deployment)
    {
        var watched = deployment.OverrideAlarms ?? deployment.Group.Alarms;
        return watched is not { Enabled: true, Alarms: { } alarms } || deployment.Creator is Deployment.Rollback or Deployment.AutoScaling
            ? []
            : [.. alarms.Select(alarm => alarm?.Name).OfType<string>().Where(name => Of(name).State == "ALARM")];
    }
}
