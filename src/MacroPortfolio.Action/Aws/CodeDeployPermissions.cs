using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Action.Aws;

/// <summary>What calls of CodeDeploy need, by the resources that IAM checks them on: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodedeploy.html</summary>
/// <param name="caller">The ARN of who calls; empty while it is not known.</param>
internal sealed class CodeDeployPermissions(RegionName region, Func<string> caller)
{
    public Permission OnApplication(ApplicationName application, params IReadOnlyList<string> actions) => On($"application:{application}", actions);

    /// <param name="group">Null: every group of the application.</param>
    public Permission OnGroup(ApplicationName application, DeploymentGroupName? group, params IReadOnlyList<string> actions) =>
        On($"deploymentgroup:{application}/{group?.Value ?? "*"}", actions);

    public Permission OnAnyGroup(params IReadOnlyList<string> actions) => On("deploymentgroup:*", actions);

    public Permission OnConfig(string config, params IReadOnlyList<string> actions) => On($"deploymentconfig:{config}", actions);

    /// <summary>Actions that IAM checks on no resource in particular.</summary>
    public static Permission Anywhere(params IReadOnlyList<string> actions) => new("*", [.. actions.Select(Named)]);

    private Permission On(string resource, IReadOnlyList<string> actions)
    {
        // Where the account is not known, '*' is what IAM takes for any.
        var (partition, account) = caller().Split(':') is ["arn", var known, _, _, var number, ..] ? (known, number) : (region.Partition, "*");
        return new Permission($"arn:{partition}:codedeploy:{region}:{account}:{resource}", [.. actions.Select(Named)]);
    }

    private static string Named(string action) => $"codedeploy:{action}";
}
