namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html</summary>
public static class Lifecycle
{
    public const string BlockTraffic = "BlockTraffic";
    public const string AllowTraffic = "AllowTraffic";
    public const string DownloadBundle = "DownloadBundle";
    public const string Install = "Install";

    /// <summary>Out of the load balancer.</summary>
    public static IReadOnlyList<string> Blocking { get; } = ["BeforeBlockTraffic", BlockTraffic, "AfterBlockTraffic"];

    /// <summary>All that there is on an instance without a load balancer.</summary>
    public static IReadOnlyList<string> Installing { get; } =
        ["ApplicationStop", DownloadBundle, "BeforeInstall", Install, "AfterInstall", "ApplicationStart", "ValidateService"];

    /// <summary>Into the load balancer.</summary>
    public static IReadOnlyList<string> Allowing { get; } = ["BeforeAllowTraffic", AllowTraffic, "AfterAllowTraffic"];

    /// <summary>The order on an instance behind a load balancer.</summary>
    public static IReadOnlyList<string> WithTrafficControl { get; } = [.. Blocking, .. Installing, .. Allowing];

    /// <summary>The order on a replacement instance of a blue/green deployment.</summary>
    public static IReadOnlyList<string> Replacing { get; } = [.. Installing, .. Allowing];

    /// <summary>Those that an agent runs. The others are between the service and the load balancer.</summary>
    public static IReadOnlyList<string> OfTheAgent { get; } = [.. WithTrafficControl.Except([BlockTraffic, AllowTraffic])];

    /// <summary>Those whose scripts come from the last revision and whose failures ignoreApplicationStopFailures passes over.</summary>
    public static IReadOnlyList<string> OfTheLastRevision { get; } = ["ApplicationStop", "BeforeBlockTraffic", "AfterBlockTraffic"];
}
