using MacroPortfolio.Simulator.Fleet.Machine;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>Where the agent of one instance keeps a deployment's things.</summary>
internal sealed record AgentFolders(string GroupId, string DeploymentId)
{
    public const string Home = "/opt/codedeploy-agent";
    public const string Root = $"{Home}/deployment-root";
    public const string Instructions = $"{Root}/deployment-instructions";

    /// <summary>The scripts' words of all deployments in one file.</summary>
    public const string DeploymentsLog = $"{Root}/deployment-logs/codedeploy-agent-deployments.log";

    public string Group => InstancePath.Join(Root, GroupId);
    public string Deployment => InstancePath.Join(Group, DeploymentId);
    public string Bundle => $"{Deployment}/bundle.tar";
    public string Archive => ArchiveOf(Deployment);
    public string ScriptLog => $"{Deployment}/logs/scripts.log";
    public string LastSuccessfulInstall => $"{Instructions}/{GroupId}_last_successful_install";
    public string MostRecentInstall => $"{Instructions}/{GroupId}_most_recent_install";
    public string InstallInstructions => $"{Instructions}/{GroupId}-install.json";
    public string Cleanup => $"{Instructions}/{GroupId}-cleanup";

    public static AgentFolders Of(HostDeployment deployment) => new(deployment.DeploymentGroupId, deployment.DeploymentId);

    public static string ArchiveOf(string deploymentFolder) => $"{deploymentFolder}/deployment-archive";
}
