using Amazon.CodeDeploy.Model;

namespace Amazon.CodeDeploy.Wire;

internal static class BlueGreenAnswers
{
    public static readonly Structure<DeploymentReadyOption> DeploymentReadyOption = new Structure<DeploymentReadyOption>()
        .Text("actionOnTimeout", (x, value) => x.ActionOnTimeout = value)
        .Number("waitTimeInMinutes", (x, value) => x.WaitTimeInMinutes = value);

    public static readonly Structure<GreenFleetProvisioningOption> GreenFleetProvisioningOption = new Structure<GreenFleetProvisioningOption>()
        .Text("action", (x, value) => x.Action = value);

    public static readonly Structure<BlueInstanceTerminationOption> BlueInstanceTerminationOption = new Structure<BlueInstanceTerminationOption>()
        .Text("action", (x, value) => x.Action = value)
        .Number("terminationWaitTimeInMinutes", (x, value) => x.TerminationWaitTimeInMinutes = value);

    public static readonly Structure<BlueGreenDeploymentConfiguration> BlueGreenDeploymentConfiguration = new Structure<BlueGreenDeploymentConfiguration>()
        .Member("deploymentReadyOption", DeploymentReadyOption, (x, value) => x.DeploymentReadyOption = value)
        .Member("greenFleetProvisioningOption", GreenFleetProvisioningOption, (x, value) => x.GreenFleetProvisioningOption = value)
        .Member("terminateBlueInstancesOnDeploymentSuccess", BlueInstanceTerminationOption, (x, value) => x.TerminateBlueInstancesOnDeploymentSuccess = value);

    public static readonly Structure<DeploymentStyle> DeploymentStyle = new Structure<DeploymentStyle>()
        .Text("deploymentOption", (x, value) => x.DeploymentOption = value)
        .Text("deploymentType", (x, value) => x.DeploymentType = value);
}
