using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam.Operations;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>AWS Identity and Access Management, version 2010-05-08, as far as setting up deployments needs it. https://docs.aws.amazon.com/IAM/latest/APIReference/</summary>
public sealed class IamService(Identities identities, IGuard guard, TimeProvider time) : IService
{
    private static readonly Dictionary<string, Func<IamCall, IReadOnlyList<XElement?>?>> Known = new()
    {
        ["CreateRole"] = RoleOperations.Create,
        ["GetRole"] = RoleOperations.Get,
        ["ListRoles"] = RoleOperations.List,
        ["UpdateRole"] = RoleOperations.Update,
        ["UpdateAssumeRolePolicy"] = RoleOperations.UpdateTrust,
        ["DeleteRole"] = RoleOperations.Delete,
        ["TagRole"] = RoleOperations.Tag,
        ["UntagRole"] = RoleOperations.Untag,
        ["ListRoleTags"] = RoleOperations.ListTags,
        ["PutRolePolicy"] = RolePolicyOperations.Put,
        ["GetRolePolicy"] = RolePolicyOperations.Get,
        ["DeleteRolePolicy"] = RolePolicyOperations.Delete,
        ["ListRolePolicies"] = RolePolicyOperations.List,
        ["AttachRolePolicy"] = RolePolicyOperations.Attach,
        ["DetachRolePolicy"] = RolePolicyOperations.Detach,
        ["ListAttachedRolePolicies"] = RolePolicyOperations.ListAttached,
        ["CreatePolicy"] = PolicyOperations.Create,
        ["GetPolicy"] = PolicyOperations.Get,
        ["GetPolicyVersion"] = PolicyOperations.GetVersion,
        ["CreatePolicyVersion"] = PolicyOperations.CreateVersion,
        ["DeletePolicy"] = PolicyOperations.Delete,
        ["CreateOpenIDConnectProvider"] = ProviderOperations.Create,
        ["GetOpenIDConnectProvider"] = ProviderOperations.Get,
        ["ListOpenIDConnectProviders"] = ProviderOperations.List,
        ["AddClientIDToOpenIDConnectProvider"] = ProviderOperations.AddClient,
        ["RemoveClientIDFromOpenIDConnectProvider"] = ProviderOperations.RemoveClient,
        ["DeleteOpenIDConnectProvider"] = ProviderOperations.Delete,
        ["CreateInstanceProfile"] = ProfileOperations.Create,
        ["GetInstanceProfile"] = ProfileOperations.Get,
        ["AddRoleToInstanceProfile"] = ProfileOperations.AddRole,
        ["RemoveRoleFromInstanceProfile"] = ProfileOperations.RemoveRole,
        ["DeleteInstanceProfile"] = ProfileOperations.Delete,
    };

    private readonly QueryProtocol _protocol = new("https://iam.amazonaws.com/doc/2010-05-08/");
    private readonly Lock _gate = new();

    public static IReadOnlyCollection<string> Operations => Known.Keys;

    public string Name => "iam";

    public void Describe(Exchange exchange) => QueryProtocol.Describe(exchange);

    public Task AnswerAsync(Exchange exchange, CancellationToken ct) => _protocol.AnswerAsync(exchange, query => Answer(guard.Authenticate(exchange, Name), query), ct);

    public Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct) => _protocol.RefuseAsync(exchange, refusal, ct);

    /// <summary>Does what a request would, in the principal's account and with its permissions: for services that work in their caller's name.</summary>
    /// <exception cref="AwsException">As the request would be refused.</exception>
    public XElement Invoke(Principal principal, string action, IEnumerable<KeyValuePair<string, string>> values) => new("Result", Answer(principal, Query.Of(action, values)));

    private IReadOnlyList<XElement?>? Answer(Principal principal, Query query)
    {
        if (!Known.TryGetValue(query.Action, out var operation))
            throw QueryProtocol.UnknownAction(query);
        lock (_gate)
            return operation(new IamCall(query, principal, identities, guard, time));
    }
}
