using System.Net;
using System.Text.Json;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.Jobs;

/// <summary><c>simulator job</c>: another job of the simulator that runs, its environment in a file, and a command in it if one is given.</summary>
public sealed record JobCommand(string State, string EnvFile, JobRequest Request, IReadOnlyList<string>? Command)
{
    public static JobCommand Read(Arguments arguments)
    {
        if (arguments.Command is { Count: 0 })
            arguments.Refuse("There is no command after '--'.");
        return new JobCommand(arguments.Require("--state"), arguments.Require("--env-file"), new JobRequest
        {
            Sha = arguments.Get("--sha"),
            Environment = arguments.Get("--environment"),
            EnvironmentDeployment = arguments.Flag("--environment-deployment"),
            Event = arguments.Get("--event"),
            Actor = arguments.Get("--actor"),
            TriggeringActor = arguments.Get("--triggering-actor"),
            Ref = arguments.Get("--ref"),
            Workflow = arguments.Get("--workflow"),
            IdToken = arguments.Get("--id-token"),
            TokenPermissions = arguments.Get("--token-permissions"),
            Rerun = arguments.Number("--rerun", 1, long.MaxValue),
        }, arguments.Command);
    }

    /// <summary>Returns only when there is no command, or it could not be started: otherwise the command takes this process's place.</summary>
    public async Task<ExitCode> RunAsync(TextWriter notes, CancellationToken ct)
    {
        var variables = await StartAsync(ct);
        await Jobs.EnvFile.WriteAsync(EnvFile, variables, ct);
        return Command is null ? ExitCode.Succeeded : StepProcess.Become(Command, variables, notes);
    }

    private async Task<IReadOnlyList<KeyValuePair<string, string>>> StartAsync(CancellationToken ct)
    {
        // The machine's proxy settings are for other addresses.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        try
        {
            var address = JsonSerializer.Deserialize<SimulatorAddress>(await File.ReadAllTextAsync(Path.Combine(State, "simulator.json"), ct))!;
            using var response = await client.PostAsJsonAsync($"{address.Url}{Admin.Path}/jobs", Request, ct);
            if (response.StatusCode == HttpStatusCode.BadRequest)
                throw new JobException((await response.Content.ReadFromJsonAsync<IReadOnlyList<string>>(ct))!);
            response.EnsureSuccessStatusCode();
            return (await response.Content.ReadFromJsonAsync<IReadOnlyList<KeyValuePair<string, string>>>(ct))!;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or HttpRequestException or JsonException)
        {
            throw new JobException([$"No simulator runs with the state folder '{State}': {ex.Message}"]);
        }
    }
}
