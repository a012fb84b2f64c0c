using System.Net.Mime;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.World;
using Microsoft.AspNetCore.Http.Features;

namespace MacroPortfolio.Simulator.Faults;

/// <summary>Does to a request what the fault says that struck it.</summary>
internal static class Wire
{
    private const int Minute = 60;

    /// <param name="work">The service's own answer, with all that the service does for it.</param>
    public static async Task AnswerAsync(Exchange exchange, IService service, PlannedFault planned, Func<Task> work, TimeProvider time)
    {
        var (http, fault) = (exchange.Http, planned.Fault);
        switch (fault.Kind)
        {
            case FaultKind.Throttled:
                await ThrottleAsync(exchange, service, fault, time);
                break;
            case FaultKind.Status:
                await FailAsync(exchange, service, fault);
                break;
            case FaultKind.Error:
                await service.RefuseAsync(exchange, ServiceErrors.Of(service.Name, fault.Error, fault.Status, fault.Message), http.RequestAborted);
                break;
            case FaultKind.Refused or FaultKind.ResetAfterRead:
                http.Abort();
                break;
            case FaultKind.Hold when fault.At != "after":
                await planned.HoldAsync();
                await work();
                break;
            default:
                await DeliverAsync(exchange, planned, await BufferAsync(http, work), time);
                break;
        }
    }

    /// <summary>The work is done. What becomes of the answer?</summary>
    private static async Task DeliverAsync(Exchange exchange, PlannedFault planned, byte[] answer, TimeProvider time)
    {
        var http = exchange.Http;
        switch (planned.Fault.Kind)
        {
            case FaultKind.AnswerLost:
                http.Abort();
                break;
            case FaultKind.Truncated:
                // The server ends a connection whose answer has fewer bytes than were announced, after it has sent them.
                exchange.IsCutOff = true;
                http.Response.ContentLength = Math.Max(1, answer.Length);
                await http.Response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2), http.RequestAborted);
                break;
            case FaultKind.Halved:
                http.Response.ContentLength = null;
                await WriteAsync(http, answer.AsMemory(0, answer.Length / 2));
                break;
            case FaultKind.Empty:
                (http.Response.StatusCode, http.Response.ContentLength) = (StatusCodes.Status200OK, null);
                await WriteAsync(http, default);
                break;
            case FaultKind.Late:
                await Task.Delay(TimeSpan.FromSeconds(planned.Fault.Seconds!.Value), time, http.RequestAborted);
                await WriteAsync(http, answer);
                break;
            default:
                await planned.HoldAsync();
                await WriteAsync(http, answer);
                break;
        }
    }

    private static async Task ThrottleAsync(Exchange exchange, IService service, FaultWorld fault, TimeProvider time)
    {
        var headers = exchange.Http.Response.Headers;
        var wait = fault.RetryAfter ?? Minute;
        if (service.Name == "github" && fault.Limit == "primary")
        {
            headers["x-ratelimit-limit"] = headers["x-ratelimit-used"] = "1000";
            headers["x-ratelimit-remaining"] = "0";
            headers["x-ratelimit-reset"] = (time.GetUtcNow().ToUnixTimeSeconds() + wait).ToString();
            headers["x-ratelimit-resource"] = "core";
        }
        else if (service.Name is "github" or "oidc")
        {
            headers.RetryAfter = wait.ToString();
        }

        await service.RefuseAsync(exchange, ServiceErrors.Throttled(service.Name, fault.Limit, fault.Status), exchange.Http.RequestAborted);
    }

    private static async Task FailAsync(Exchange exchange, IService service, FaultWorld fault)
    {
        var (response, status) = (exchange.Http.Response, fault.Status!.Value);
        if (fault.RetryAfter is { } wait)
            response.Headers.RetryAfter = wait.ToString();
        switch (fault.Body ?? (status is 502 or 504 ? "html" : "service"))
        {
            case "service":
                await service.RefuseAsync(exchange, ServiceErrors.OfStatus(service.Name, status), exchange.Http.RequestAborted);
                break;
            case "html":
                response.StatusCode = status;
                response.ContentType = MediaTypeNames.Text.Html;
                await WriteAsync(exchange.Http, Page($"{status} {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status)}"));
                break;
            default:
                response.StatusCode = status;
                await WriteAsync(exchange.Http, default);
                break;
        }
    }

    /// <summary>As a load balancer says it.</summary>
    private static byte[] Page(string title) => System.Text.Encoding.ASCII.GetBytes(
        $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n");

    private static async Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        if (http.Response.StatusCode is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
            http.Response.ContentLength ??= body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>Lets the service answer into memory. Status and headers stay with the response.</summary>
    private static async Task<byte[]> BufferAsync(HttpContext http, Func<Task> work)
    {
        var real = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var memory = new MemoryStream();
        var standIn = new StreamResponseBodyFeature(memory);
        http.Features.Set<IHttpResponseBodyFeature>(standIn);
        try
        {
            await work();
            await standIn.CompleteAsync();
        }
        finally
        {
            http.Features.Set(real);
        }

        return memory.ToArray();
    }
}
