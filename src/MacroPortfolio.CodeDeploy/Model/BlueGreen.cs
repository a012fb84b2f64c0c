namespace Amazon.CodeDeploy.Model;

public class BlueGreenDeploymentConfiguration
{
    public DeploymentReadyOption DeploymentReadyOption { get; set; }
    public GreenFleetProvisioningOption GreenFleetProvisioningOption { get; set; }
    public BlueInstanceTerminationOption TerminateBlueInstancesOnDeploymentSuccess { get; set; }
}

public class BlueInstanceTerminationOption
{
    public InstanceAction Action { get; set; }
    public int? TerminationWaitTimeInMinutes { get; set; }
}

public class DeploymentReadyOption
{
    public DeploymentReadyAction ActionOnTimeout { get; set; }
    public int? WaitTimeInMinutes { get; set; }
}

public class GreenFleetProvisioningOption
{
    public GreenFleetProvisioningAction Action { get; set; }
}

public class DeploymentStyle
{
    public DeploymentOption DeploymentOption { get; set; }
    public DeploymentType DeploymentType { get; set; }
}
