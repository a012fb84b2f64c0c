using MacroPortfolio.Simulator.CodeDeploy.Shapes;

namespace MacroPortfolio.Simulator.CodeDeploy.State;

public sealed class RegisteredRevision
{
    public required RevisionLocation Location { get; init; }
    public required DateTimeOffset RegisterTime { get; init; }
    public string? Description { get; set; }
    public DateTimeOffset? FirstUsedTime { get; private set; }
    public DateTimeOffset? LastUsedTime { get; private set; }

    public void Use(DateTimeOffset now)
    {
        FirstUsedTime ??= now;
        LastUsedTime = now;
    }
}
