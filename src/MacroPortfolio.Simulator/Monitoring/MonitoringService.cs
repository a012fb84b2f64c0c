using System.Text.Json.Nodes;
using System.Xml.Linq;
using MacroPortfolio.Simulator.CodeDeploy;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Monitoring;

/// <summary>
/// Amazon CloudWatch, version 2010-08-01: in which state alarms are. It speaks the query protocol and JSON 1.0, not CBOR.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
/// </summary>
public sealed class MonitoringService(string region, CodeDeployService codeDeploy, IGuard guard) : IService
{
    private const string Target = "GraniteServiceVersion20100801.";
    private static readonly XNamespace Xmlns = "http://monitoring.amazonaws.com/doc/2010-08-01/";

    public static IReadOnlyList<string> Operations { get; } = ["DescribeAlarms"];

    public string Name => "monitoring";

    public void Describe(Exchange exchange)
    {
        if (IsJson(exchange))
        {
            exchange.Operation = exchange.Http.Request.Headers["X-Amz-Target"].ToString().Replace(Target, "", StringComparison.Ordinal);
            exchange.Request = AlarmsAsked.Parse(exchange.Body);
            return;
        }

        var query = Query.Read(exchange.Http.Request, exchange.Body);
        exchange.Operation = query.Action;
        exchange.Request = query.WithoutSecrets();
    }

    public async Task AnswerAsync(Exchange exchange, CancellationToken ct)
    {
        Describe(exchange);
        try
        {
            var caller = guard.Authenticate(exchange, Name);
            if (!Operations.Contains(exchange.Operation))
                throw new AwsException(400, "InvalidAction", $"Could not find operation {exchange.Operation} for version 2010-08-01");
            var account = codeDeploy.Account(caller.Account);
            guard.Demand(caller, "cloudwatch:DescribeAlarms", ArnOf(account, "*"));
            var asked = IsJson(exchange)
                ? AlarmsAsked.Of(AlarmsAsked.Parse(exchange.Body) ?? throw new AwsException(400, "SerializationException", "The request body is not JSON."))
                : AlarmsAsked.Of(Query.Read(exchange.Http.Request, exchange.Body));
            await AnswerAsync(exchange, account, asked.Page(account.Alarms), ct);
        }
        catch (AwsException ex)
        {
            await RefuseAsync(exchange, ex.Error, ct);
        }
    }

    public async Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct)
    {
        if (IsJson(exchange))
        {
            exchange.Http.Response.Headers["x-amzn-query-error"] = $"{refusal.Code};{(refusal.Status < 500 ? "Sender" : "Receiver")}";
            await WriteAsync(exchange.Http.Response, refusal.Status, new JsonObject { ["__type"] = refusal.Code, ["message"] = refusal.Message }, ct);
            return;
        }

        await QueryAnswer.WriteAsync(exchange.Http, refusal.Status, QueryAnswer.In(Xmlns, new XElement("ErrorResponse",
            new XElement("Error",
                new XElement("Type", refusal.Status < 500 ? "Sender" : "Receiver"), new XElement("Code", refusal.Code), new XElement("Message", refusal.Message)),
            new XElement("RequestId", Guid.NewGuid().ToString()))), ct);
    }

    private async Task AnswerAsync(Exchange exchange, CodeDeployAccount account, (IReadOnlyList<AlarmView> Alarms, string? Next) page, CancellationToken ct)
    {
        if (IsJson(exchange))
        {
            var answer = new JsonObject { ["MetricAlarms"] = new JsonArray([.. page.Alarms.Select(alarm => Json(alarm, account))]), ["CompositeAlarms"] = new JsonArray() };
            if (page.Next is not null)
                answer["NextToken"] = page.Next;
            await WriteAsync(exchange.Http.Response, 200, answer, ct);
            return;
        }

        await QueryAnswer.WriteAsync(exchange.Http, 200, QueryAnswer.In(Xmlns, new XElement("DescribeAlarmsResponse",
            new XElement("DescribeAlarmsResult",
                new XElement("MetricAlarms", page.Alarms.Select(alarm => new XElement("member", Fields(alarm, account).Select(field => new XElement(field.Name, field.Value))))),
                new XElement("CompositeAlarms"),
                page.Next is null ? null : new XElement("NextToken", page.Next)),
            new XElement("ResponseMetadata", new XElement("RequestId", Guid.NewGuid().ToString())))), ct);
    }

    private string ArnOf(CodeDeployAccount account, string name) => $"arn:aws:cloudwatch:{region}:{account.Id}:alarm:{name}";

    private IEnumerable<(string Name, string Value)> Fields(AlarmView alarm, CodeDeployAccount account) =>
    [
        ("AlarmName", alarm.Name),
        ("AlarmArn", ArnOf(account, alarm.Name)),
        ("ActionsEnabled", "true"),
        ("StateValue", alarm.State),
        ("StateReason", $"The simulator has it in {alarm.State}."),
        ("StateUpdatedTimestamp", alarm.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'")),
    ];

    private JsonObject Json(AlarmView alarm, CodeDeployAccount account)
    {
        var json = new JsonObject(Fields(alarm, account).Select(field => KeyValuePair.Create<string, JsonNode?>(field.Name, field.Value)));
        json["ActionsEnabled"] = true;
        json["StateUpdatedTimestamp"] = alarm.Since.ToUnixTimeMilliseconds() / 1000m;
        return json;
    }

    private static bool IsJson(Exchange exchange) => exchange.Http.Request.Headers.ContainsKey("X-Amz-Target");

    private static async Task WriteAsync(HttpResponse response, int status, JsonObject body, CancellationToken ct)
    {
        response.StatusCode = status;
        response.ContentType = "application/x-amz-json-1.0";
        await response.WriteAsync(body.ToJsonString(), ct);
    }
}
