namespace MacroPortfolio.Simulator.Fleet;

/// <summary>The results that the agent reports without a script's help.</summary>
internal static class EventResults
{
    public static EventResult Success { get; } = new("Success", "", "Succeeded", "");

    /// <summary>There was nothing to run.</summary>
    public static EventResult Nothing { get; } = Success with { Skipped = true };

    public static EventResult Failure(string message) => new("UnknownError", "", message, "");
}
