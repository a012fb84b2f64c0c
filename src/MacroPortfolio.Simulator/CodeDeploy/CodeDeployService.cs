using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.CodeDeploy.Protocol;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.CodeDeploy;

/// <summary>AWS CodeDeploy for EC2, over JSON 1.1. Deployments go on while it answers, and end with it.</summary>
public sealed class CodeDeployService : IService, IAsyncDisposable
{
    private readonly IGuard guard;
    private readonly ByAccount<CodeDeployAccount> accounts;
    private readonly Ids requestIds;

    public CodeDeployService(WorldFile world, ByAccount<Roster> rosters, IGuard guard, TimeProvider time, CodeDeploySettings? settings = null)
    {
        this.guard = guard;

        // Their own, so that how often clients ask does not change what deployments are called.
        requestIds = new(~world.Seed);
        accounts = new(world, one => new CodeDeployAccount(one, rosters[one.Account], time, settings ?? CodeDeploySettings.Of(one.CodeDeploy)));
        Control = new(accounts);
    }

    public string Name => "codedeploy";

    public WorldControl Control { get; }

    /// <summary>Of the first account, oldest first.</summary>
    public IReadOnlyList<DeploymentView> Deployments => accounts.All[0].Deployments;

    public CodeDeployAccount Account(string id) => accounts[id];

    public void Describe(Exchange exchange)
    {
        exchange.Operation = JsonProtocol.Operation(exchange.Http.Request);
        exchange.Request = JsonProtocol.Peek(exchange.Body);
    }

    public Task AnswerAsync(Exchange exchange, CancellationToken ct) => WriteAsync(exchange.Http.Response, Answer(exchange, exchange.Http.Response), ct);

    public Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct) =>
        WriteAsync(exchange.Http.Response, Refuse(exchange.Http.Response, refusal), ct);

    /// <summary>Does what a request would, in the principal's account and with its permissions: for services that work in their caller's name.</summary>
    /// <exception cref="AwsException">As the request would be refused.</exception>
    public JsonNode? Invoke(Principal principal, string operation, JsonObject request)
    {
        var answer = accounts[principal.Account].Answer(operation, request, principal, guard);
        return answer.Length == 0 ? null : JsonNode.Parse(answer);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var account in accounts.All)
            await account.DisposeAsync();
    }

    private async Task WriteAsync(HttpResponse response, byte[] body, CancellationToken ct)
    {
        response.Headers["x-amzn-RequestId"] = requestIds.Resource();
        response.ContentType = JsonProtocol.ContentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, ct);
    }

    private static byte[] Refuse(HttpResponse response, ServiceError error)
    {
        response.StatusCode = error.Status;
        response.Headers["x-amzn-ErrorType"] = error.Code;
        return JsonProtocol.Write(error);
    }

    private byte[] Answer(Exchange exchange, HttpResponse response)
    {
        try
        {
            exchange.Operation = JsonProtocol.Operation(exchange.Http.Request);
            KnownOperations.Check(exchange.Operation);
            var principal = guard.Authenticate(exchange, Name);
            exchange.Principal = principal.Arn;
            var request = JsonProtocol.Parse(exchange.Body);
            exchange.Request = request;
            return accounts[principal.Account].Answer(exchange.Operation, request, principal, guard);
        }
        catch (AwsException ex)
        {
            return Refuse(response, ex.Error);
        }
    }
}
