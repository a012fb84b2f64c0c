namespace MacroPortfolio.Simulator.CodeDeploy;

/// <summary>A deployment at one moment, for showing the simulated world.</summary>
/// <param name="Revision">The commit, or the S3 key.</param>
public sealed record DeploymentView(
    string Id, string Application, string Group, string Revision, string Status, DateTimeOffset CreateTime, DateTimeOffset? CompleteTime);
