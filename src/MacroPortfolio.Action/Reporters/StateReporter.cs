using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Reporters;

/// <summary>
/// What the post stage has to know if this process does not live to the end: what it was about to create, before the request goes out; the id, as soon as it is known;
/// and that nothing is left to do, at every orderly end that leaves nothing.
/// </summary>
internal sealed class StateReporter(string? file) : IReporter
{
    private readonly List<StateEntry> deployments = [];

    public Task ReportAsync(RunEvent happened, CancellationToken ct) => happened switch
    {
        RunEvent.Creating creating => NoteAsync(creating.Group, null),
        RunEvent.Started started => NoteAsync(started.Group, started.Id.Value),
        RunEvent.Attached { Ours: true } attached => NoteAsync(attached.Group, attached.To.Id.Value),
        RunEvent.Ended { Report.IsSettled: true } ended => FileCommands.AppendAsync(file, FileCommands.Output(RunState.Settled, Core.Releases.Outcomes.Word(ended.Report.Outcome)), CancellationToken.None),
        _ => Task.CompletedTask,
    };

    private Task NoteAsync(GroupPlan group, string? id)
    {
        deployments.RemoveAll(known => known.Group == group.Group.Value);
        deployments.Add(new StateEntry(group.Group.Value, group.Description, id));
        return FileCommands.AppendAsync(file, FileCommands.Output(RunState.Deployments, RunState.Render(deployments)), CancellationToken.None);
    }
}
