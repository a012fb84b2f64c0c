namespace Amazon.CodeDeploy.Model;

public class AutoRollbackConfiguration
{
    public bool? Enabled { get; set; }
    public List<string> Events { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class AlarmConfiguration
{
    public List<Alarm> Alarms { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public bool? Enabled { get; set; }
    public bool? IgnorePollAlarmFailure { get; set; }
}

public class Alarm
{
    public string Name { get; set; }
}

public class RollbackInfo
{
    public string RollbackDeploymentId { get; set; }
    public string RollbackMessage { get; set; }
    public string RollbackTriggeringDeploymentId { get; set; }
}
