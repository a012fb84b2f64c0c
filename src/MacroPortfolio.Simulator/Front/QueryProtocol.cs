using System.Xml.Linq;

namespace MacroPortfolio.Simulator.Front;

/// <summary>AWS's query protocol as most services speak it: a form comes, XML goes.</summary>
public sealed class QueryProtocol(XNamespace xmlns)
{
    public static void Describe(Exchange exchange)
    {
        var query = Query.Read(exchange.Http.Request, exchange.Body);
        exchange.Operation = query.Action;
        exchange.Request = query.WithoutSecrets();
    }

    /// <param name="operation">What is in the result; null for operations that have none.</param>
    public async Task AnswerAsync(Exchange exchange, Func<Query, IReadOnlyList<XElement?>?> operation, CancellationToken ct)
    {
        Describe(exchange);
        var query = Query.Read(exchange.Http.Request, exchange.Body);
        try
        {
            var result = operation(query);
            var requestId = Identify(exchange);
            await QueryAnswer.WriteAsync(exchange.Http, 200, QueryAnswer.In(xmlns, new XElement($"{query.Action}Response",
                result is null ? null : new XElement($"{query.Action}Result", result),
                new XElement("ResponseMetadata", new XElement("RequestId", requestId)))), ct);
        }
        catch (AwsException ex)
        {
            await RefuseAsync(exchange, Here(ex.Error), ct);
        }
    }

    public async Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct)
    {
        var requestId = Identify(exchange);
        await QueryAnswer.WriteAsync(exchange.Http, refusal.Status, QueryAnswer.In(xmlns, new XElement("ErrorResponse",
            new XElement("Error",
                new XElement("Type", refusal.Status < 500 ? "Sender" : "Receiver"), new XElement("Code", refusal.Code), new XElement("Message", refusal.Message)),
            new XElement("RequestId", requestId))), ct);
    }

    public static AwsException UnknownAction(Query query) => query.Action.Length == 0
        ? new(400, "MissingAction", "Missing Action")
        : new(400, "InvalidAction", $"Could not find operation {query.Action} for version {query.Version}");

    public static string Instant(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    /// <summary>What the JSON protocols call AccessDeniedException has another name and status here.</summary>
    private static ServiceError Here(ServiceError error) => error.Code == "AccessDeniedException" ? error with { Status = 403, Code = "AccessDenied" } : error;

    private static string Identify(Exchange exchange)
    {
        var requestId = Guid.NewGuid().ToString();
        exchange.Http.Response.Headers["x-amzn-RequestId"] = requestId;
        return requestId;
    }
}
