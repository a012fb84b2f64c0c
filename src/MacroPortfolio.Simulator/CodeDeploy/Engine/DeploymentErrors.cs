using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.CodeDeploy.State;

namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>Why a deployment as a whole ended badly, in AWS's words.</summary>
public static class DeploymentErrors
{
    public static ErrorInformation HealthConstraints { get; } = new(
        "HEALTH_CONSTRAINTS",
        "The overall deployment failed because too many individual instances failed deployment, too few healthy instances are available for deployment, " +
        "or some instances in your deployment group are experiencing problems.");

    public static ErrorInformation NoInstances { get; } = new(
        "NO_INSTANCES",
        "The deployment failed because no instances were found for your deployment group. Check your deployment group settings to make sure the tags for your EC2 " +
        "instances or Auto Scaling groups correctly identify the instances you want to deploy to, and then try again.");

    public static ErrorInformation OverMaxInstances { get; } = new(
        "OVER_MAX_INSTANCES",
        $"The deployment failed because its group has more than {Quotas.InstancesPerDeployment} instances, which are the most that one deployment can have.");

    public static ErrorInformation ApplicationMissing { get; } = new(
        "APPLICATION_MISSING", "The application was deleted after the deployment was created, but before it started.");

    public static ErrorInformation GroupMissing { get; } = new(
        "DEPLOYMENT_GROUP_MISSING", "The deployment group was deleted after the deployment was created, but before it started.");

    public static ErrorInformation AlarmActive(IEnumerable<string> names) => new(
        "ALARM_ACTIVE",
        "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. " +
        $"Activated alarms: {string.Join(", ", names)}");

    public static ErrorInformation NotContinued { get; } = new("TIMEOUT", "The deployment was not continued within the wait time of its deployment group.");

    public static ErrorInformation TooFewSpares { get; } = new(
        "AUTO_SCALING_CONFIGURATION", "The Auto Scaling group could not be copied: the simulated world has fewer spare instances of it than it has instances.");

    public static ErrorInformation ManualStop { get; } = new("MANUAL_STOP", "The deployment was stopped by a StopDeployment request.");
}
