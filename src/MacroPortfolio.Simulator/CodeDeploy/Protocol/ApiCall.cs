using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.CodeDeploy.Protocol;

/// <summary>One request, authenticated and parsed. What it may do it must demand before it says anything about what exists.</summary>
public sealed class ApiCall(string operation, JsonObject body, Principal principal, IGuard guard)
{
    public T Read<T>() => JsonProtocol.Read<T>(body);

    /// <summary>The operation's own action on the resource.</summary>
    public void Demand(string resource) => Demand(operation, resource);

    public void Demand(string action, string resource) => guard.Demand(principal, $"codedeploy:{action}", resource);

    /// <summary>The service acts under this role from now on.</summary>
    public void DemandPassRole(string role) => guard.Demand(principal, "iam:PassRole", role);

    public void DemandEither(string action, string other, string resource)
    {
        try
        {
            Demand(action, resource);
        }
        catch (AwsException)
        {
            Demand(other, resource);
        }
    }
}
