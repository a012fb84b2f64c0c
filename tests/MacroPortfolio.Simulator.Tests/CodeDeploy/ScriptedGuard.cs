using System.Collections.Concurrent;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

/// <summary>Knows everybody, and lets everything through but what its test names.</summary>
internal sealed class ScriptedGuard(Func<string, string, bool>? refuses = null) : IGuard
{
    private readonly ConcurrentQueue<(string Action, string Resource)> demands = new();

    public IReadOnlyList<(string Action, string Resource)> Demands => [.. demands];

    public static ScriptedGuard WithoutAction(params string[] actions) => new((action, _) => actions.Contains(action));

    public Principal Authenticate(Exchange exchange, string service)
    {
        service.Should().Be("codedeploy");
        return exchange.Http.Request.Headers.Authorization.ToString() == "nobody"
            ? throw new AwsException(400, "UnrecognizedClientException", "The security token included in the request is invalid.")
            : new("123456789012", "arn:aws:iam::123456789012:user/dana", "AIDADANA");
    }

    public void Demand(Principal principal, Access access)
    {
        var (action, resource) = access;
        demands.Enqueue((action, resource));
        if (refuses?.Invoke(action, resource) == true)
            throw new AwsException(400, "AccessDeniedException", $"User: {principal.Arn} is not authorized to perform: {action} on resource: {resource}");
    }
}
