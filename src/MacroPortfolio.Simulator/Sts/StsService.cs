using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Sts;

/// <summary>AWS Security Token Service, version 2011-06-15, as far as a deployment needs it. https://docs.aws.amazon.com/STS/latest/APIReference/</summary>
public sealed class StsService(IGuard guard, WebIdentity webIdentity, RoleChain roleChain) : IService
{
    private static readonly XNamespace Xmlns = "https://sts.amazonaws.com/doc/2011-06-15/";

    public static IReadOnlyList<string> Operations { get; } = ["AssumeRoleWithWebIdentity", "AssumeRole", "GetCallerIdentity"];

    public string Name => "sts";

    public void Describe(Exchange exchange)
    {
        var query = Query.Read(exchange.Http.Request, exchange.Body);
        exchange.Operation = query.Action;
        exchange.Request = query.WithoutSecrets();
    }

    public async Task AnswerAsync(Exchange exchange, CancellationToken ct)
    {
        Describe(exchange);
        var query = Query.Read(exchange.Http.Request, exchange.Body);
        var requestId = Guid.NewGuid().ToString();
        exchange.Http.Response.Headers["x-amzn-RequestId"] = requestId;
        try
        {
            var result = query.Action switch
            {
                "AssumeRoleWithWebIdentity" => await webIdentity.AssumeAsync(query, exchange),
                "AssumeRole" => roleChain.Assume(query, guard.Authenticate(exchange, Name)),
                "GetCallerIdentity" => CallerIdentity(guard.Authenticate(exchange, Name)),
                "" => throw new AwsException(400, "MissingAction", "Missing Action"),
                var action => throw new AwsException(400, "InvalidAction", $"Could not find operation {action} for version {query.Version}"),
            };
            await QueryAnswer.WriteAsync(exchange.Http, 200, QueryAnswer.In(Xmlns, new XElement($"{query.Action}Response",
                new XElement($"{query.Action}Result", result), new XElement("ResponseMetadata", new XElement("RequestId", requestId)))), ct);
        }
        catch (AwsException ex)
        {
            await RefuseAsync(exchange, ex.Error, ct);
        }
    }

    public async Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct)
    {
        var requestId = Guid.NewGuid().ToString();
        exchange.Http.Response.Headers["x-amzn-RequestId"] = requestId;
        await QueryAnswer.WriteAsync(exchange.Http, refusal.Status, QueryAnswer.In(Xmlns, new XElement("ErrorResponse",
            new XElement("Error",
                new XElement("Type", refusal.Status < 500 ? "Sender" : "Receiver"), new XElement("Code", refusal.Code), new XElement("Message", refusal.Message)),
            new XElement("RequestId", requestId))), ct);
    }

    private static IReadOnlyList<XElement> CallerIdentity(Principal caller) =>
        [new XElement("Arn", caller.Arn), new XElement("UserId", caller.UserId), new XElement("Account", caller.Account)];
}
