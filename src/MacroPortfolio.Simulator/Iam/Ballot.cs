namespace MacroPortfolio.Simulator.Iam;

/// <summary>
/// All policies that have a say in a request, and how their answers make one.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
/// </summary>
/// <param name="ServiceControl">Of the caller's account; empty: no limit.</param>
/// <param name="Identity">The caller's own.</param>
/// <param name="Boundary">Null: no limit.</param>
/// <param name="Session">Null: no limit.</param>
/// <param name="Resource">Null: nothing hangs on the resource.</param>
public sealed record Ballot(
    IReadOnlyList<Policy> ServiceControl, IReadOnlyList<Policy> Identity, Policy? Boundary, IReadOnlyList<Policy>? Session, Policy? Resource)
{
    public const string ServiceControlKind = "service control policy";
    public const string ResourceKind = "resource-based policy";
    public const string IdentityKind = "identity-based policy";
    public const string BoundaryKind = "permissions boundary";
    public const string SessionKind = "session policy";

    /// <summary>Each document with its kind.</summary>
    public IReadOnlyList<(string Kind, Policy Policy)> Documents =>
    [
        .. ServiceControl.Select(policy => (ServiceControlKind, policy)),
        .. Of(ResourceKind, Resource),
        .. Identity.Select(policy => (IdentityKind, policy)),
        .. Of(BoundaryKind, Boundary),
        .. (Session ?? []).Select(policy => (SessionKind, policy)),
    ];

    /// <param name="isSameAccount">Whether the resource is in the caller's account: in another, both accounts must allow.</param>
    /// <param name="isDoor">Whether the resource opens to nobody whom its policy does not name, not even in its own account.</param>
    public Decision Decide(PolicyRequest request, Caller caller, bool isSameAccount, bool isDoor)
    {
        var serviceControl = ServiceControl.Count == 0 ? Verdict.Allowed : Policy.Judge(ServiceControl, request);
        var (resource, naming) = Resource?.JudgeCaller(request, caller, Boundary is not null) ?? (Verdict.NotMentioned, Naming.None);
        var identity = Policy.Judge(Identity, request);
        var boundary = Boundary is null ? Verdict.Allowed : Policy.Judge([Boundary], request);
        var session = Session is null ? Verdict.Allowed : Policy.Judge(Session, request);

        // In its own account a resource can let in whom it names without asking anybody else; one that is named by its very own ARN is not held back by
        // what merely does not allow. An account that is named leaves it to its own policies.
        var isLetIn = isSameAccount && naming >= Naming.Role;
        (string Kind, Verdict Verdict, bool IsNeeded)[] answers =
        [
            (ServiceControlKind, serviceControl, true),
            (ResourceKind, resource, !isSameAccount || isDoor),
            (IdentityKind, identity, !isLetIn),
            (BoundaryKind, boundary, !(isSameAccount && naming >= Naming.Anyone)),
            (SessionKind, session, !(isSameAccount && naming == Naming.Itself)),
        ];
        return answers.Where(answer => answer.Verdict == Verdict.Denied)
            .Concat(answers.Where(answer => answer.IsNeeded && answer.Verdict == Verdict.NotMentioned))
            .Select(answer => new Decision(answer.Verdict, answer.Kind))
            .FirstOrDefault(Decision.Allowed);
    }

    private static IEnumerable<(string, Policy)> Of(string kind, Policy? policy) => policy is null ? [] : [(kind, policy)];
}
