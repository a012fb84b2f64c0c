using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.CodeDeploy.Protocol;

/// <summary>CodeDeploy's own errors: all are 400, and all names end in Exception.</summary>
public static class Fault
{
    public static AwsException Of(string name, string message) => new(400, name + "Exception", message);

    /// <summary>Part of the real service, but not of this one. 400, because clients send a 5xx again.</summary>
    public static AwsException NotSimulated(string what) => Of("UnknownOperation", $"The simulator lacks {what}.");
}
