using MacroPortfolio.Simulator.CodeDeploy.Shapes;

namespace MacroPortfolio.Simulator.CodeDeploy.State;

/// <summary>How a group's deployments treat the load balancers, and how long those take.</summary>
/// <param name="Drain">How long BlockTraffic takes.</param>
/// <param name="Register">How long AllowTraffic takes.</param>
public sealed record Traffic(DeploymentStyle Style, LoadBalancerInfo? LoadBalancers, BlueGreenDeploymentConfiguration? BlueGreen, TimeSpan Drain, TimeSpan Register)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    public static Traffic None { get; } = new(DeploymentStyle.InPlace, null, null, Short, Short);

    /// <summary>With what a request gives; the rest stays.</summary>
    public Traffic With(DeploymentGroupSettings settings) => this with
    {
        Style = settings.DeploymentStyle is { } style
            ? new(style.DeploymentType ?? Style.DeploymentType, style.DeploymentOption ?? Style.DeploymentOption)
            : Style,
        LoadBalancers = settings.LoadBalancerInfo ?? LoadBalancers,
        BlueGreen = settings.BlueGreenDeploymentConfiguration ?? BlueGreen,
    };

    public bool IsBlueGreen => Style.DeploymentType == DeploymentStyle.BlueGreen;

    public bool IsControlled => Style.DeploymentOption == DeploymentStyle.WithTrafficControl;
}
