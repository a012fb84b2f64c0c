using Amazon.Runtime;

namespace MacroPortfolio.Action.Aws;

/// <summary>A session of a role.</summary>
/// <param name="Lifetime">From when it was asked for.</param>
internal sealed record Session(ImmutableCredentials Keys, TimeSpan Lifetime, string CallerArn)
{
    private static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(5);

    /// <summary>How long before its end a session is renewed.</summary>
    public TimeSpan Window => Lifetime / 3 < LongestWindow ? Lifetime / 3 : LongestWindow;

    /// <summary>A request that is signed at the last moment would arrive too late.</summary>
    public TimeSpan Usable => Lifetime - (Window / 30);
}
