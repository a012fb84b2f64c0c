namespace MacroPortfolio.Simulator.CodeDeploy.State;

/// <summary>How much there can be of what. https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html</summary>
public static class Quotas
{
    public const int Applications = 1000;
    public const int GroupsPerApplication = 1000;
    public const int CustomConfigs = 50;
    public const int InstancesPerDeployment = 1000;
    public const int TriggersPerGroup = 10;
}
