namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>The lifecycle events of EC2 deployments, by what happens on the instance.</summary>
internal static class LifecycleEvents
{
    public const string DownloadBundle = "DownloadBundle";
    public const string Install = "Install";

    /// <summary>Those whose scripts are taken from the revision that was installed last.</summary>
    public static readonly string[] OfTheLastInstall = ["ApplicationStop", "BeforeBlockTraffic", "AfterBlockTraffic"];

    public static readonly string[] OfTheNewRevision =
        ["BeforeInstall", "AfterInstall", "ApplicationStart", "ValidateService", "BeforeAllowTraffic", "AfterAllowTraffic"];

    /// <summary>Those that the service does by itself; an AppSpec may name them, but nothing of it runs.</summary>
    public static readonly string[] OfTheService = ["Start", "BlockTraffic", "AllowTraffic", "End"];

    public static readonly string[] All = [.. OfTheLastInstall, .. OfTheNewRevision, .. OfTheService, DownloadBundle, Install];
}
