using System.Collections.Immutable;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>The global condition keys. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html</summary>
internal static class RequestKeys
{
    /// <summary>What is so whoever asks.</summary>
    public static ContextKeys Of(WorldFile world, Origin? origin, TimeProvider time) => new ContextKeys()
        .Add("aws:RequestedRegion", world.Region)
        .Add("aws:CurrentTime", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"))
        .Add("aws:EpochTime", time.GetUtcNow().ToUnixTimeSeconds().ToString())
        // The loopback connection stands for the encrypted one to the real cloud.
        .Add("aws:SecureTransport", "true")
        .Add("aws:ViaAWSService", "false")
        .Add("aws:UserAgent", origin?.UserAgent)
        .Add("aws:SourceIp", origin?.Address);

    /// <summary>What is known of who asks. The tags of a session come before those of its role.</summary>
    public static ContextKeys Of(Principal principal, Identity? identity) => new ContextKeys()
        .Add("aws:PrincipalArn", identity?.Arn ?? principal.Arn)
        .Add("aws:PrincipalAccount", principal.Account)
        .Add("aws:PrincipalType", identity is User ? "User" : "AssumedRole")
        .Add("aws:PrincipalIsAWSService", "false")
        .Add("aws:userid", principal.UserId)
        .Add("aws:username", (identity as User)?.Name)
        .Add("aws:SourceIdentity", principal.Session?.SourceIdentity)
        .Add("aws:FederatedProvider", principal.Session?.FederatedProvider)
        .Add("aws:TokenIssueTime", principal.Session?.Issued?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"))
        .AddTags("aws:PrincipalTag", identity?.Tags ?? ImmutableSortedDictionary<string, string>.Empty)
        .AddTags("aws:PrincipalTag", principal.Session?.Tags ?? ImmutableSortedDictionary<string, string>.Empty);
}
