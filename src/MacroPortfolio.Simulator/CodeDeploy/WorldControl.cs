using MacroPortfolio.Simulator.CodeDeploy.Engine;
using MacroPortfolio.Simulator.Fleet;

namespace MacroPortfolio.Simulator.CodeDeploy;

/// <summary>What can be made to happen to the world while it runs. Each answers with what is wrong, or null.</summary>
public sealed class WorldControl(Roster roster, Scaling scaling, DeploymentEngine engine)
{
    /// <param name="state">running: it is launched; terminated: it goes. Null: as it is.</param>
    /// <param name="agent">running or silent. Null: as it is.</param>
    public string? SetInstance(string id, string? state, string? agent)
    {
        if (!roster.Has(id))
            return $"No instance of the world is '{id}'.";
        if (state is not (null or "running" or "terminated"))
            return $"state is '{state}', which is none of running, terminated.";
        if (agent is not (null or "running" or "silent"))
            return $"agent is '{agent}', which is none of running, silent.";

        if (agent is not null)
            roster.Silence(id, agent == "silent");
        if (state == "running")
            scaling.Join(id);
        if (state == "terminated")
            roster.Terminate(id);
        return null;
    }

    /// <param name="state">OK, ALARM or INSUFFICIENT_DATA, as CloudWatch calls them.</param>
    public string? SetAlarm(string name, string? state)
    {
        if (state is not ("OK" or "ALARM" or "INSUFFICIENT_DATA"))
            return $"state is '{state}', which is none of OK, ALARM, INSUFFICIENT_DATA.";

        engine.SetAlarm(name, state == "ALARM");
        return null;
    }
}
