using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Front;

/// <summary><c>simulator serve</c>: the cloud of a world, until the process is told to end.</summary>
public sealed record ServeCommand(string World, string State, string EnvFile, int Port, bool RunScripts, bool Folders, string? IamLog)
{
    public static ServeCommand Read(Arguments arguments)
    {
        if (arguments.Command is not null)
            arguments.Refuse("serve runs no command; 'simulator job ... -- COMMAND' does.");
        return new ServeCommand(arguments.Require("--world"), arguments.Require("--state"), arguments.Require("--env-file"),
            (int)(arguments.Number("--port", 0, 65_535) ?? 0), arguments.Has("--run-scripts"), arguments.Has("--folders"), arguments.Get("--iam-log"));
    }

    public async Task<ExitCode> RunAsync(TextWriter log, TextWriter notes, TimeProvider time, CancellationToken stop)
    {
        try
        {
            await using var decisions = IamLog is null ? null : File.CreateText(IamLog);
            await using var simulator = await Simulator.StartAsync(
                new SimulatorOptions
                {
                    World = WorldReader.Read(World),
                    StateFolder = State,
                    Port = Port,
                    RunScripts = RunScripts,
                    AllowViews = !Folders,
                    Log = log,
                    IamLog = decisions,
                    Notes = notes,
                    TimeProvider = time,
                },
                stop);
            var job = await simulator.Jobs.StartAsync(new JobRequest(), stop);
            await Jobs.EnvFile.WriteAsync(EnvFile, job.Variables, stop);
            await notes.WriteLineAsync($"The simulator is at {simulator.Url}; the environment of {job.Job} is in {EnvFile}.");
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to end: that is how serving ends well.
        }

        return ExitCode.Succeeded;
    }
}
