namespace MacroPortfolio.Simulator.CodeDeploy.Engine;

/// <summary>https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html</summary>
public static class Lifecycle
{
    public const string ApplicationStop = "ApplicationStop";

    /// <summary>The order on an instance without a load balancer.</summary>
    public static IReadOnlyList<string> InPlace { get; } =
        [ApplicationStop, "DownloadBundle", "BeforeInstall", "Install", "AfterInstall", "ApplicationStart", "ValidateService"];
}
