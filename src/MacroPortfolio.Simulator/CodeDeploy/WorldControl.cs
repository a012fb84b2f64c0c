using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.CodeDeploy;

/// <summary>What can be made to happen to the world while it runs. Each answers with what is wrong, or null.</summary>
public sealed class WorldControl(ByAccount<CodeDeployAccount> accounts)
{
    /// <param name="state">running: it is launched; terminated: it goes. Null: as it is.</param>
    /// <param name="agent">running or silent. Null: as it is.</param>
    public string? SetInstance(string id, string? state, string? agent)
    {
        if (accounts.All.FirstOrDefault(one => one.Roster.Has(id)) is not { } account)
            return $"No instance of the world is '{id}'.";
        if (state is not (null or "running" or "terminated"))
            return $"state is '{state}', which is none of running, terminated.";
        if (agent is not (null or "running" or "silent"))
            return $"agent is '{agent}', which is none of running, silent.";

        if (agent is not null)
            account.Roster.Silence(id, agent == "silent");
        if (state == "running")
            account.Scaling.Join(id);
        if (state == "terminated")
            account.Roster.Terminate(id);
        return null;
    }

    /// <param name="state">OK, ALARM or INSUFFICIENT_DATA, as CloudWatch calls them.</param>
    /// <param name="account">Null: the first.</param>
    public string? SetAlarm(string name, string? state, string? account = null)
    {
        if (account is not null && accounts.All.All(one => one.Id != account))
            return $"account is '{account}', which is none of {string.Join(", ", accounts.All.Select(one => one.Id))}.";
        if (state is not ("OK" or "ALARM" or "INSUFFICIENT_DATA"))
            return $"state is '{state}', which is none of OK, ALARM, INSUFFICIENT_DATA.";

        (account is null ? accounts.All[0] : accounts[account]).SetAlarm(name, state);
        return null;
    }
}
