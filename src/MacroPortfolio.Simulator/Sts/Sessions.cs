using System.Xml.Linq;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Sts;

/// <summary>What every way of taking a role has in common.</summary>
internal static class Sessions
{
    public static void CheckDuration(TimeSpan duration, Role role)
    {
        if (duration > role.MaxSession)
            throw new AwsException(400, "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }

    public static IReadOnlyList<XElement> Describe(AccessKey key) =>
    [
        new XElement("AssumedRoleUser", new XElement("AssumedRoleId", key.Principal.UserId), new XElement("Arn", key.Principal.Arn)),
        new XElement("Credentials",
            new XElement("AccessKeyId", key.Id),
            new XElement("SecretAccessKey", key.Secret),
            new XElement("SessionToken", key.SessionToken),
            new XElement("Expiration", key.ToldEnd?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"))),
    ];

    public static IEnumerable<XElement> Describe(Session session, SessionRequest asked)
    {
        if (asked.PackedPercent > 0)
            yield return new XElement("PackedPolicySize", asked.PackedPercent);
        if (session.SourceIdentity is { } source)
            yield return new XElement("SourceIdentity", source);
    }
}
