using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MacroPortfolio.Simulator.CodeDeploy;
using MacroPortfolio.Simulator.Faults;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Front;

/// <summary>What the simulator's own commands, and scripts, ask of the one that runs. It is no part of the cloud and not in the log.</summary>
/// <param name="control">Null: instances and alarms cannot be changed.</param>
public sealed class Admin(Runner runner, FaultPlan faults, WorldControl? control = null)
{
    public const string Path = "/_simulator";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public async Task AnswerAsync(HttpContext http, CancellationToken ct)
    {
        var answer = (http.Request.Method, http.Request.Path.Value!.Split('/')[2..]) switch
        {
            ("POST", ["jobs"]) => StartJobAsync(http, ct),
            ("POST", ["instances", var id]) when control is not null => ChangeAsync<InstanceChange>(http, change => control.SetInstance(id, change.State, change.Agent), ct),
            ("POST", ["alarms", var name]) when control is not null => ChangeAsync<AlarmChange>(http, change => control.SetAlarm(name, change.State, change.Account), ct),
            ("GET", ["faults"]) => http.Response.WriteAsJsonAsync(faults.All.Select(fault => fault.Describe()), ct),
            ("POST", ["faults"]) => AddFaultAsync(http, ct),
            ("DELETE", ["faults"]) => RemoveAsync(http, faults.All),
            ("POST", ["faults", "release"]) => ReleaseAsync(http, faults.All),
            ("GET", ["faults", var id]) when faults.Find(id) is { } fault => http.Response.WriteAsJsonAsync(fault.Describe(), ct),
            ("DELETE", ["faults", var id]) when faults.Find(id) is { } fault => RemoveAsync(http, [fault]),
            ("POST", ["faults", var id, "release"]) when faults.Find(id) is { } fault => ReleaseAsync(http, [fault]),
            ("GET", ["faults", var id, "held"]) when faults.Find(id) is { } fault => WaitAsync(http, fault, ct),
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

    private async Task AddFaultAsync(HttpContext http, CancellationToken ct)
    {
        try
        {
            var fault = faults.Add(await JsonNode.ParseAsync(http.Request.Body, cancellationToken: ct));
            http.Response.StatusCode = StatusCodes.Status201Created;
            await http.Response.WriteAsJsonAsync(fault.Describe(), ct);
        }
        catch (Exception ex) when (ex is WorldException or JsonException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsJsonAsync(ex is WorldException { Errors: var errors } ? errors : [$"The body is no JSON: {ex.Message}"], ct);
        }
    }

    private Task RemoveAsync(HttpContext http, IReadOnlyList<PlannedFault> ended)
    {
        faults.Remove(ended);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task ReleaseAsync(HttpContext http, IReadOnlyList<PlannedFault> holding)
    {
        foreach (var fault in holding)
            fault.Release();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Answers when a request is held, so that nobody has to ask again and again.</summary>
    private static async Task WaitAsync(HttpContext http, PlannedFault fault, CancellationToken ct)
    {
        await fault.HeldAsync().WaitAsync(ct);
        await http.Response.WriteAsJsonAsync(fault.Describe(), ct);
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
        public string? Account { get; init; }
    }
}
