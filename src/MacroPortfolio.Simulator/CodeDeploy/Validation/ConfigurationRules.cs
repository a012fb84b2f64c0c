using MacroPortfolio.Simulator.CodeDeploy.Engine;
using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;

namespace MacroPortfolio.Simulator.CodeDeploy.Validation;

/// <summary>How deployments are carried out: what groups, single deployments and deployment configs can set.</summary>
public static class ConfigurationRules
{
    public static MinimumHealthyHosts Read(MinimumHealthyHosts? hosts) => hosts switch
    {
        { Type: "HOST_COUNT", Value: >= 0 } => hosts,
        { Type: "FLEET_PERCENT", Value: >= 0 and < 100 } => hosts,
        _ => throw Fault.Of(
            "InvalidMinimumHealthyHostValue",
            $"minimumHealthyHosts needs type HOST_COUNT and a value of at least 0, or FLEET_PERCENT and 0 to 99: {hosts?.Type} {hosts?.Value}"),
    };

    public static ZonalConfig? Read(ZonalConfig? zones)
    {
        const string fault = "InvalidZonalDeploymentConfiguration";
        if (zones is { FirstZoneMonitorDurationInSeconds: < 0 } or { MonitorDurationInSeconds: < 0 })
            throw Fault.Of(fault, "A monitor duration is 0 seconds or more.");
        if (zones?.MinimumHealthyHostsPerZone is { } hosts && hosts is not ({ Type: "HOST_COUNT", Value: >= 0 } or { Type: "FLEET_PERCENT", Value: >= 0 and < 100 }))
        {
            throw Fault.Of(
                fault, $"minimumHealthyHostsPerZone needs type HOST_COUNT and a value of at least 0, or FLEET_PERCENT and 0 to 99: {hosts.Type} {hosts.Value}");
        }

        return zones;
    }

    public static void Check(AutoRollbackConfiguration? rollback)
    {
        Values.AllOf(rollback?.Events, "InvalidAutoRollbackConfig", Rollback.OnFailure, Rollback.OnAlarm, Rollback.OnRequest);
        if (rollback is { Enabled: true, Events: null or { Count: 0 } })
            throw Fault.Of("InvalidAutoRollbackConfig", "An enabled automatic rollback needs at least one event.");
    }

    public static void Check(AlarmConfiguration? alarms)
    {
        var names = (alarms?.Alarms ?? []).Select(alarm => alarm?.Name).ToList();
        if (names.Count > 10)
            throw Fault.Of("AlarmsLimitExceeded", "The maximum number of alarms for a deployment group (10) was exceeded.");
        if (names.Any(name => name is null or { Length: 0 or > 255 }) || names.Distinct().Count() < names.Count)
            throw Fault.Of("InvalidAlarmConfig", "Each alarm needs a name of its own of 1 to 255 characters.");
        if (alarms is { Enabled: true } && names.Count == 0)
            throw Fault.Of("InvalidAlarmConfig", "An enabled alarm configuration needs at least one alarm.");
    }
}
