namespace MacroPortfolio.Simulator.CodeDeploy.Protocol;

/// <summary>Names of CodeDeploy's resources. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodedeploy.html</summary>
public sealed class Arns(string region, string account)
{
    /// <summary>For the actions that cannot be allowed on a single resource.</summary>
    public const string Everything = "*";

    public string AnyDeploymentGroup => DeploymentGroup("*", "*");

    public string Application(string name) => Resource("application", name);

    public string DeploymentConfig(string name) => Resource("deploymentconfig", name);

    public string DeploymentGroup(string application, string name) => Resource("deploymentgroup", $"{application}/{name}");

    public string Instance(string id) => $"arn:aws:ec2:{region}:{account}:instance/{id}";

    public string Role(string name) => $"arn:aws:iam::{account}:role/{name}";

    private string Resource(string kind, string name) => $"arn:aws:codedeploy:{region}:{account}:{kind}:{name}";
}
