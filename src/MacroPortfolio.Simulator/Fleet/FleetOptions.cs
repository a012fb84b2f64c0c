namespace MacroPortfolio.Simulator.Fleet;

/// <param name="RunScripts">False: hook scripts are listed in the log and count as succeeded.</param>
/// <param name="AllowViews">False: instances are folders even where they could be copy-on-write views of the machine.</param>
public sealed record FleetOptions(bool RunScripts, bool AllowViews = true)
{
    /// <summary>How long a script whose time is up has between SIGTERM and SIGKILL.</summary>
    public TimeSpan KillGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after its end a script's background children may keep its output open.</summary>
    public TimeSpan OutputPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A command that serves files, for instances of a machine without a web server: <c>--root DIR --port N</c> follow it. <c>SIMULATOR_WEB_SERVER</c>.</summary>
    public string WebServer { get; init; } = "";
}
