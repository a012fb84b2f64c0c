using Amazon.CodeDeploy.Model;

namespace Amazon.CodeDeploy.Wire;

internal static class RollbackAnswers
{
    public static readonly Structure<AutoRollbackConfiguration> AutoRollbackConfiguration = new Structure<AutoRollbackConfiguration>()
        .Flag("enabled", (x, value) => x.Enabled = value)
        .Texts("events", (x, value) => x.Events = value);

    public static readonly Structure<Alarm> Alarm = new Structure<Alarm>()
        .Text("name", (x, value) => x.Name = value);

    public static readonly Structure<AlarmConfiguration> AlarmConfiguration = new Structure<AlarmConfiguration>()
        .List("alarms", Alarm, (x, value) => x.Alarms = value)
        .Flag("enabled", (x, value) => x.Enabled = value)
        .Flag("ignorePollAlarmFailure", (x, value) => x.IgnorePollAlarmFailure = value);

    public static readonly Structure<RollbackInfo> RollbackInfo = new Structure<RollbackInfo>()
        .Text("rollbackDeploymentId", (x, value) => x.RollbackDeploymentId = value)
        .Text("rollbackMessage", (x, value) => x.RollbackMessage = value)
        .Text("rollbackTriggeringDeploymentId", (x, value) => x.RollbackTriggeringDeploymentId = value);
}
