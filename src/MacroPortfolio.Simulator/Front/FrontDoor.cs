using System.Net;
using MacroPortfolio.Simulator.Faults;
using MacroPortfolio.Simulator.World;
using Microsoft.AspNetCore.Http.Features;

namespace MacroPortfolio.Simulator.Front;

/// <summary>Where every request comes in: its body is read, the service that it is for answers, and the log says what happened.</summary>
/// <param name="time">The machine's clock. What the services say of the time is by theirs.</param>
public sealed class FrontDoor(WorldFile world, IReadOnlyList<IService> services, Admin admin, FaultPlan faults, RequestLog log, TextWriter notes, TimeProvider time)
{
    private readonly ServiceClock _clock = new(time, world);

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
        if (world.ClockSkewSeconds != 0)
            http.Response.Headers.Date = (TimeProvider.System.GetUtcNow() + ServiceClock.Skew(world)).ToString("R");

        var (exchange, service) = await AnswerServiceAsync(http);

        var name = service == Nowhere.Instance ? Router.Route(exchange, world) ?? service.Name : service.Name;
        log.Write(new LogEntry(started, name, exchange.Operation, notice.Dropped || exchange.IsCutOff ? 0 : http.Response.StatusCode,
            exchange.Principal, time.GetElapsedTime(timestamp).TotalMilliseconds, exchange.Request, exchange.Fault));
    }

    private async Task<(Exchange Exchange, IService Service)> AnswerServiceAsync(HttpContext http)
    {
        // A connection can be reset before the body is read where the head alone says what is asked for. In STS and EC2 the body says it.
        var exchange = new Exchange(http, []);
        var service = Find(exchange);
        var isKnownByHead = IsKnown(service, exchange);
        var fault = isKnownByHead ? faults.Strike(service.Name, exchange.Operation) : null;
        if (fault?.Fault.Kind != FaultKind.Refused)
        {
            exchange = new Exchange(http, await ReadAsync(http.Request, http.RequestAborted));
            service = Find(exchange);
            if (!isKnownByHead && IsKnown(service, exchange))
                fault = faults.Strike(service.Name, exchange.Operation);
        }

        await AnswerAsync(exchange, service, fault);
        return (exchange, service);
    }

    private IService Find(Exchange exchange)
    {
        var name = Router.Route(exchange, world);
        return services.FirstOrDefault(service => service.Name == name) ?? Nowhere.Instance;
    }

    /// <summary>Whether it can be said which operation this is. Without faults nobody asks.</summary>
    private bool IsKnown(IService service, Exchange exchange)
    {
        if (faults.IsEmpty || service == Nowhere.Instance)
            return false;
        service.Describe(exchange);
        return exchange.Operation.Length > 0;
    }

    private async Task AnswerAsync(Exchange exchange, IService service, PlannedFault? fault)
    {
        if (fault is null)
        {
            await AnswerAsync(exchange, service, exchange.Http.RequestAborted);
            return;
        }

        service.Describe(exchange);
        exchange.Fault = fault.Fault.Kind;

        // A service does not stop its work because the client has gone.
        await TryAsync(exchange, service, () => Wire.AnswerAsync(exchange, service, fault, () => AnswerAsync(exchange, service, CancellationToken.None), _clock));
    }

    private Task AnswerAsync(Exchange exchange, IService service, CancellationToken ct) => TryAsync(exchange, service, () => service.AnswerAsync(exchange, ct));

    private async Task TryAsync(Exchange exchange, IService service, Func<Task> answer)
    {
        try
        {
            await answer();
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

        public void Describe(Exchange exchange) => exchange.Operation = $"{exchange.Http.Request.Method} {exchange.Http.Request.Path}";

        public async Task AnswerAsync(Exchange exchange, CancellationToken ct)
        {
            Describe(exchange);
            exchange.Http.Response.StatusCode = StatusCodes.Status404NotFound;
            await exchange.Http.Response.WriteAsync($"The simulator does not know {exchange.Operation}.\n", ct);
        }

        public Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct) => throw new NotSupportedException("No fault is for what nobody knows.");
    }
}
