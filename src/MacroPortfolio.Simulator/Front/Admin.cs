using System.Text.Json;
using System.Text.Json.Serialization;
using MacroPortfolio.Simulator.CodeDeploy;
using MacroPortfolio.Simulator.Jobs;

namespace MacroPortfolio.Simulator.Front;

/// <summary>What the simulator's own commands, and scripts, ask of the one that runs. It is no part of the cloud and not in the log.</summary>
/// <param name="control">Null: instances and alarms cannot be changed.</param>
public sealed class Admin(Runner runner, WorldControl? control = null)
{
    public const string Path = "/_simulator";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public async Task AnswerAsync(HttpContext http, CancellationToken ct)
    {
        var answer = http.Request.Method != HttpMethods.Post ? null : http.Request.Path.Value!.Split('/') switch
        {
            [_, _, "jobs"] => StartJobAsync(http, ct),
            [_, _, "instances", var id] when control is not null => ChangeAsync<InstanceChange>(http, change => control.SetInstance(id, change.State, change.Agent), ct),
            [_, _, "alarms", var name] when control is not null => ChangeAsync<AlarmChange>(http, change => control.SetAlarm(name, change.State), ct),
            _ => null,
        };
        if (answer is null)
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await answer;
    }

    private async Task StartJobAsync(HttpContext http, CancellationToken ct)
    {
        try
        {
            var request = await http.Request.ReadFromJsonAsync<JobRequest>(ct) ?? new JobRequest();
            var job = await runner.StartAsync(request, ct);
            await http.Response.WriteAsJsonAsync(job.Variables, ct);
        }
        catch (JobException ex)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsJsonAsync(ex.Errors, ct);
        }
    }

    private static async Task ChangeAsync<T>(HttpContext http, Func<T, string?> change, CancellationToken ct)
        where T : class, new()
    {
        var error = await TryAsync(http.Request.Body, change, ct);
        http.Response.StatusCode = error is null ? StatusCodes.Status204NoContent : StatusCodes.Status400BadRequest;
        if (error is not null)
            await http.Response.WriteAsJsonAsync<string[]>([error], ct);
    }

    private static async Task<string?> TryAsync<T>(Stream body, Func<T, string?> change, CancellationToken ct)
        where T : class, new()
    {
        try
        {
            return change(await JsonSerializer.DeserializeAsync<T>(body, Strict, ct) ?? new T());
        }
        catch (JsonException ex)
        {
            return $"The body is not what is expected here: {ex.Message}";
        }
    }

    private sealed record InstanceChange
    {
        public string? State { get; init; }
        public string? Agent { get; init; }
    }

    private sealed record AlarmChange
    {
        public string? State { get; init; }
    }
}
