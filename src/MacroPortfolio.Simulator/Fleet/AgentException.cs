namespace MacroPortfolio.Simulator.Fleet;

/// <summary>What the agent itself reports as the failure of an event; the message is for the person who deployed.</summary>
public sealed class AgentException(string message) : Exception(message);
