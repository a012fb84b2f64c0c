using System.Text.RegularExpressions;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Aws;

/// <summary>
/// AWS's refusal to do something, taken apart: whom it refuses what, and which kind of policy does. It serves for words alone, and what AWS does not say comes from our own table.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
/// </summary>
/// <param name="Caller">Who was refused; empty when AWS does not say.</param>
/// <param name="Missing">What was refused; null when AWS does not say.</param>
/// <param name="Policy">The kind of policy that refuses, as AWS calls it; empty when AWS does not say.</param>
/// <param name="IsExplicit">A statement denies it; otherwise nothing allows it.</param>
internal sealed partial record Denial(string Caller, Permission? Missing, string Policy, bool IsExplicit)
{
    public static Denial Read(string message)
    {
        var said = Sentence().Match(message);
        if (!said.Success)
        {
            return new Denial("", null, "", false);
        }

        var (action, resource) = (said.Groups["action"].Value, said.Groups["resource"].Value);
        return new Denial(
            said.Groups["caller"].Value,
            resource.Length > 0 ? new Permission(resource, action) : null,
            said.Groups["deny"].Success ? said.Groups["deny"].Value : said.Groups["silent"].Value,
            said.Groups["deny"].Success);
    }

    /// <param name="doing">What was tried: <c>read deployment group gray</c>.</param>
    /// <param name="needed">What it takes, the call's own permission first.</param>
    public static DeployException Explain(string code, string message, string doing, IReadOnlyList<Permission> needed, Exception inner)
    {
        var denial = Read(message);
        var missing = denial.Missing is { } said && needed.Any(own => Service(own) == Service(said)) ? said : needed[0];
        return new DeployException(
            Outcome.NoAccess,
            $"AWS does not allow {Who(denial.Caller)} to {doing}: {denial.Why(missing)}.",
            denial.Remedy(missing),
            inner)
        {
            Details = [$"AWS says ({code})", $"  {message}", "", .. denial.Statements(missing, needed)],
        };
    }

    /// <summary><c>role deploy</c>, <c>user dana</c>.</summary>
    public static string Who(string caller) => caller.Split(':', 6) switch
    {
        [.., var name] when name.Split('/') is ["assumed-role", var role, _] => $"role {role}",
        [.., var name] when name.Split('/') is ["user", .., var user] => $"user {user}",
        _ => "this run's role",
    };

    private string Why(Permission missing) => (Policy, IsExplicit) switch
    {
        ("", _) => $"it takes {missing}",
        (_, true) => $"{Article(Policy)} explicitly denies {missing}",
        _ => $"no {Policy} allows {missing}",
    };

    /// <summary>A further Allow helps only where one is missing, and in the kind of policy that lacks it.</summary>
    private string Remedy(Permission missing) => (Policy, IsExplicit) switch
    {
        ("service control policy" or "resource control policy", _) =>
            $"Ask who administers the AWS organization: its {Policy} decides, and no policy of the role can change that.",
        ("permissions boundary", true) => $"Take the Deny out of the permissions boundary of {Who(Caller)}; a further Allow does not help.",
        ("permissions boundary", false) => $"Allow {missing} in the permissions boundary of {Who(Caller)} too: what the boundary does not allow, no policy of the role can.",
        ("session policy", _) => $"The session was made with a policy that narrows it: widen that, or assume the role without it.",
        ("VPC endpoint policy", _) => "The runner reaches AWS through a VPC endpoint: change that endpoint's policy.",
        ("resource-based policy", _) => $"Change the policy of the resource itself, {missing.Resource}.",
        (_, true) => $"Find the Deny in the policies of {Who(Caller)}; a further Allow does not help.",
        _ => $"Add {missing} to the permissions of {Who(Caller)}: the statement is in the log and in the summary.",
    };

    private IEnumerable<string> Statements(Permission missing, IReadOnlyList<Permission> needed)
    {
        if (IsExplicit || Policy is not ("" or "identity-based policy" or "permissions boundary"))
        {
            return [$"Refused is {missing}", $"  {Remedy(missing)}"];
        }

        var others = needed.Where(own => !(own.Resource == missing.Resource && own.Actions.SequenceEqual(missing.Actions))).ToList();
        return
        [
            Policy == "permissions boundary" ? $"Add this statement to the permissions boundary of {Who(Caller)}" : $"Add this statement to a policy of {Who(Caller)}",
            .. PolicyJson.Allow(missing),
            .. others.Count == 0 ? (string[])[] : ["", "The same call takes these as well, if they are not allowed yet"],
            .. others.SelectMany((own, index) => PolicyJson.Allow(own).Select(line => line == "}" && index < others.Count - 1 ? "}," : line)),
        ];
    }

    private static string Service(Permission permission) => permission.Actions[0].Split(':')[0];

    private static string Article(string policy) => policy[0] is 'a' or 'e' or 'i' or 'o' ? $"an {policy}" : $"a {policy}";

    // Bounded, and no word of it may hold what a policy would give a meaning to.
    [GeneratedRegex("""User: (?<caller>arn:[^\s"]{1,2048}) is not authorized to perform: (?<action>[a-z0-9-]{2,63}:[A-Za-z]{1,128})(?: on resource: "?(?<resource>arn:[^\s"]{1,2048}|\*)"?)?(?: because no (?<silent>[A-Za-z -]{1,40}policy|permissions boundary) allows| with an explicit deny in an? (?<deny>[A-Za-z -]{1,40}policy|permissions boundary))?""")]
    private static partial Regex Sentence();
}
