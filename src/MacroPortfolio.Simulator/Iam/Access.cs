namespace MacroPortfolio.Simulator.Iam;

/// <summary>What a service asks of IAM: may the caller do this?</summary>
/// <param name="Resource">An ARN, or <c>*</c> for actions that know no resource.</param>
public sealed record Access(string Action, string Resource)
{
    /// <summary>The owner of the resource; null: the caller's own account.</summary>
    public string? ResourceAccount { get; init; }

    /// <summary>What hangs on the resource itself; null: nothing.</summary>
    public Policy? ResourcePolicy { get; init; }

    /// <summary>The resource policy is the trust policy of a role, which opens to nobody whom it does not name.</summary>
    public bool IsDoor { get; init; }

    /// <summary>What the request and the resource say, beside what is said of the caller.</summary>
    public ContextKeys Keys { get; init; } = new();
}

/// <summary>Where a request came from, as far as conditions and the log of decisions want to know it.</summary>
/// <param name="Number">Counts requests, so that those demands can be told that one request made.</param>
public sealed record Origin(long Number, string Service, string Operation, string? UserAgent, string? Address);

/// <summary>An answer of IAM's, and the kind of policy that it is due to, as AWS calls it; nothing when it is Allowed.</summary>
public sealed record Decision(Verdict Verdict, string Kind)
{
    public static Decision Allowed { get; } = new(Verdict.Allowed, "");

    public bool IsAllowed => Verdict == Verdict.Allowed;
}
