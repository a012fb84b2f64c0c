using MacroPortfolio.Simulator.CodeDeploy.Protocol;

namespace MacroPortfolio.Simulator.CodeDeploy.Validation;

/// <summary>Enumerations and list sizes.</summary>
public static class Values
{
    /// <summary>Missing is allowed.</summary>
    public static void OneOf(string? value, string fault, params ReadOnlySpan<string> allowed)
    {
        if (value is not null && !allowed.Contains(value))
            throw Fault.Of(fault, $"'{value}' is not one of {string.Join(", ", allowed!)}.");
    }

    public static void AllOf(IEnumerable<string?>? values, string fault, params ReadOnlySpan<string> allowed)
    {
        foreach (var value in values ?? [])
            OneOf(value ?? "", fault, allowed);
    }

    /// <summary>What a Batch operation is asked for, every one checked.</summary>
    /// <param name="empty">The exception when nothing is asked for.</param>
    public static IReadOnlyList<string> Batch(IReadOnlyList<string?>? asked, int limit, string empty, Func<string?, string> check)
    {
        if (asked is null or { Count: 0 })
            throw Fault.Of(empty, "At least one name or ID is required.");
        if (asked.Count > limit)
            throw Fault.Of("BatchLimitExceeded", $"The maximum number of names or IDs allowed for this request ({limit}) was exceeded.");
        return [.. asked.Select(check)];
    }
}
