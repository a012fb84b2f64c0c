using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Tests.S3;

/// <summary>Takes anybody for dana, who may do all but what is denied, and records what was demanded.</summary>
internal sealed class ScriptedGuard : IGuard
{
    public HashSet<string> Denied { get; } = [];
    public List<string> Demands { get; } = [];
    public AwsException? Refusal { get; set; }

    public Principal Authenticate(Exchange exchange, string service)
    {
        service.Should().Be("s3");
        return Refusal is null ? new Principal("123456789012", "arn:aws:iam::123456789012:user/dana", "AIDADANA") : throw Refusal;
    }

    public void Demand(Principal principal, Access access)
    {
        var (action, resource) = access;
        lock (Demands)
            Demands.Add($"{action} {resource}");
        if (Denied.Contains(action))
        {
            throw new AwsException(403, "AccessDeniedException",
                $"User: {principal.Arn} is not authorized to perform: {action} on resource: {resource} because no identity-based policy allows the {action} action");
        }
    }
}
