using MacroPortfolio.Simulator.World;

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

    /// <summary>How long an agent has to take a lifecycle event.</summary>
    public TimeSpan AgentPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an event may take whose instance says nothing more.</summary>
    public TimeSpan EventPatience { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a minute of the waits of blue/green deployments takes.</summary>
    public TimeSpan Minute { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Items of a page in all lists.</summary>
    public int PageSize { get; init; } = 100;

    public static CodeDeploySettings Of(CodeDeployWorld world) => new()
    {
        AgentPatience = TimeSpan.FromSeconds(world.AgentPatienceSeconds),
        Minute = TimeSpan.FromSeconds(world.MinuteSeconds),
        EventPatience = TimeSpan.FromSeconds(world.EventPatienceSeconds),
    };
}
