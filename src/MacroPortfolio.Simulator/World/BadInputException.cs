namespace MacroPortfolio.Simulator.World;

/// <summary>Somebody asked for what cannot be: everything that is wrong with it, each with its place and what would have been right.</summary>
public abstract class BadInputException(IReadOnlyList<string> errors) : Exception(string.Join('\n', errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}

/// <summary>The world file cannot be used.</summary>
public sealed class WorldException(IReadOnlyList<string> errors) : BadInputException(errors);
