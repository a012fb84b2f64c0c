namespace MacroPortfolio.Simulator.CodeDeploy;

/// <summary>How long the service takes for what is its own, beside the instances' work, and how much it says at a time.</summary>
public sealed record CodeDeploySettings
{
    /// <summary>How long a deployment is Created.</summary>
    public TimeSpan Created { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long it is Queued after that.</summary>
    public TimeSpan Queued { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Between a deployment's end and the rollback that it causes: rollbackInfo comes later than the terminal status.</summary>
    public TimeSpan BeforeRollback { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Items of a page in all lists.</summary>
    public int PageSize { get; init; } = 100;
}
