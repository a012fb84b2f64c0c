using MacroPortfolio.Simulator.Jobs;

namespace MacroPortfolio.Simulator.Front;

/// <summary>What the simulator's own commands ask of the one that runs. It is no part of the cloud and not in the log.</summary>
public sealed class Admin(Runner runner)
{
    public const string Path = "/_simulator";

    public async Task AnswerAsync(HttpContext http, CancellationToken ct)
    {
        if (http.Request.Method != HttpMethods.Post || http.Request.Path != $"{Path}/jobs")
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

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
}
