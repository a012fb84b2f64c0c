using System.Net;
using MacroPortfolio.Simulator.World;
using Microsoft.AspNetCore.Http.Features;

namespace MacroPortfolio.Simulator.Front;

/// <summary>Where every request comes in: its body is read, the service that it is for answers, and the log says what happened.</summary>
public sealed class FrontDoor(WorldFile world, IReadOnlyList<IService> services, Admin admin, RequestLog log, TextWriter notes, TimeProvider time)
{
    public async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments(Admin.Path))
        {
            await AnswerAdminAsync(http);
            return;
        }

        var (started, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        var notice = new DropNotice(http.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>());
        http.Features.Set<IHttpRequestLifetimeFeature>(notice);

        var exchange = new Exchange(http, await ReadAsync(http.Request, http.RequestAborted));
        var name = Router.Route(exchange, world);
        await AnswerAsync(exchange, services.FirstOrDefault(service => service.Name == name) ?? Nowhere.Instance);

        log.Write(new LogEntry(started, name ?? Nowhere.Instance.Name, exchange.Operation, notice.Dropped ? 0 : http.Response.StatusCode,
            exchange.Principal, time.GetElapsedTime(timestamp).TotalMilliseconds, exchange.Request));
    }

    private async Task AnswerAsync(Exchange exchange, IService service)
    {
        try
        {
            await service.AnswerAsync(exchange, exchange.Http.RequestAborted);
        }
        catch (Exception ex) when (exchange.Http.RequestAborted.IsCancellationRequested)
        {
            await notes.WriteLineAsync($"{service.Name} {exchange.Operation}: the client went away ({ex.GetType().Name}).");
        }
        catch (Exception ex)
        {
            // A fault of the simulator must look like none of the cloud's own answers.
            await notes.WriteLineAsync($"{service.Name} {exchange.Operation}: {ex}");
            if (exchange.Http.Response.HasStarted)
                exchange.Http.Abort();
            else
                exchange.Http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private async Task AnswerAdminAsync(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address))
            await admin.AnswerAsync(http, http.RequestAborted);
        else
            http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength is { } length)
        {
            var body = new byte[length];
            await request.Body.ReadExactlyAsync(body, ct);
            return body;
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, ct);
        return buffer.ToArray();
    }

    /// <summary>Answers what no service knows.</summary>
    private sealed class Nowhere : IService
    {
        public static Nowhere Instance { get; } = new();

        public string Name => "unknown";

        public async Task AnswerAsync(Exchange exchange, CancellationToken ct)
        {
            var request = exchange.Http.Request;
            exchange.Operation = $"{request.Method} {request.Path}";
            exchange.Http.Response.StatusCode = StatusCodes.Status404NotFound;
            await exchange.Http.Response.WriteAsync($"The simulator does not know {exchange.Operation}.\n", ct);
        }
    }
}
