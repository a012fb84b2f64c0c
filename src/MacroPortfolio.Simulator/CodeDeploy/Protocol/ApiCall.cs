using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.CodeDeploy.Protocol;

/// <summary>One request, authenticated and parsed. What it may do it must demand before it says anything about what exists.</summary>
/// <param name="tags">Of the account's resources, by ARN: conditions can look at them.</param>
public sealed class ApiCall(
    string operation, JsonObject body, Principal principal, IGuard guard, IReadOnlyDictionary<string, SortedDictionary<string, string>> tags)
{
    public T Read<T>() => JsonProtocol.Read<T>(body);

    /// <summary>The operation's own action on the resource.</summary>
    /// <param name="keys">What conditions can look at beside the resource's tags.</param>
    public void Demand(string resource, ContextKeys? keys = null) => Demand(operation, resource, keys);

    public void Demand(string action, string resource, ContextKeys? keys = null) =>
        guard.Demand(principal, new Access($"codedeploy:{action}", resource)
        {
            Keys = new ContextKeys().AddTags("aws:ResourceTag", tags.GetValueOrDefault(resource) ?? []).AddAll(keys ?? new ContextKeys()),
        });

    /// <summary>The service acts under this role from now on.</summary>
    public void DemandPassRole(string role) => guard.Demand(principal, new Access("iam:PassRole", role)
    {
        Keys = new ContextKeys().Add("iam:PassedToService", "codedeploy.amazonaws.com"),
    });

    /// <summary>One of the two suffices; when neither is allowed the other's refusal is told.</summary>
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
