namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>The lifecycle events of EC2 deployments, by who acts in them.</summary>
internal static class LifecycleEvents
{
    /// <summary>Their scripts are those of the revision that was installed before.</summary>
    public static readonly string[] OfTheLastInstall = ["ApplicationStop", "BeforeBlockTraffic", "AfterBlockTraffic"];

    /// <summary>They happen only where the deployment group has a load balancer.</summary>
    public static readonly string[] OfTraffic = ["BeforeBlockTraffic", "AfterBlockTraffic", "BeforeAllowTraffic", "AfterAllowTraffic"];

    public static readonly string[] Scripted =
        ["ApplicationStop", "BeforeInstall", "AfterInstall", "ApplicationStart", "ValidateService", "BeforeBlockTraffic", "AfterBlockTraffic", "BeforeAllowTraffic", "AfterAllowTraffic"];

    /// <summary>An AppSpec may name them, but no script of theirs ever runs.</summary>
    public static readonly string[] Unscripted = ["Start", "DownloadBundle", "Install", "BlockTraffic", "AllowTraffic", "End"];
}
