using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.Tests.World;
using MacroPortfolio.Simulator.World;
using Microsoft.Extensions.Time.Testing;

namespace MacroPortfolio.Simulator.Tests.Iam;

/// <summary>What is added, changed and removed while the simulator runs counts from the next request on.</summary>
public class IdentitiesTests
{
    private readonly Identities _identities = new(new WorldFile());
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_role_can_be_added_changed_and_removed_and_its_sessions_follow()
    {
        var (account, role) = (_identities.Account(TestCloud.Account)!, Role("arn:aws:iam::123456789012:role/ci/deploy"));

        account.Roles.Add(role).Should().BeTrue();
        account.Roles.Add(role with { Id = "AROAOTHER" }).Should().BeFalse();
        var session = _identities.Issue(role, "run-1", _time.GetUtcNow(), TimeSpan.FromHours(1)).Principal;
        May(session).Should().BeFalse();
        account.Roles.Change("deploy", one => one with { Policies = one.Policies.SetItem("inline", Allow) });
        May(session).Should().BeTrue();
        account.Roles.Remove("deploy").Should().BeTrue();

        May(session).Should().BeFalse();
        _identities.Role(role.RoleArn).Should().BeNull();
    }

    [Fact]
    public void A_managed_policy_counts_for_all_that_it_is_attached_to_and_in_its_newest_version()
    {
        const string arn = "arn:aws:iam::123456789012:policy/deploy";
        var account = _identities.Account(TestCloud.Account)!;
        account.Roles.Add(Role("arn:aws:iam::123456789012:role/deploy") with { Attached = [arn] });
        var session = _identities.Issue(account.Roles.Find("deploy")!, "run-1", _time.GetUtcNow(), TimeSpan.FromHours(1)).Principal;

        var before = May(session);
        account.ManagedPolicies.Add(new ManagedPolicy(arn, Allow));
        var with = May(session);
        account.ManagedPolicies.Change(arn, policy => policy with { Policy = Parse("""{ "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*" } }""") });

        (before, with, May(session)).Should().Be((false, true, false));
    }

    private bool May(Principal principal)
    {
        try
        {
            new Guard(new WorldFile(), _identities, _time).Demand(principal, "codedeploy:ListApplications", "*");
            return true;
        }
        catch (AwsException)
        {
            return false;
        }
    }

    private static Policy Allow { get; } = Parse("""{ "Statement": { "Effect": "Allow", "Action": "codedeploy:*", "Resource": "*" } }""");

    private static Policy Parse(string document) => Policy.Parse(JsonNode.Parse(document)!, PolicyKind.Identity);

    private static Role Role(string arn) => RoleArn.TryParse(arn, out var parsed)
        ? new Role(parsed, "AROAROLE", TimeSpan.FromHours(1), Policy.Parse(JsonNode.Parse("""{ "Statement": { "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole" } }""")!, PolicyKind.Trust))
        : throw new ArgumentException($"'{arn}' is not the ARN of a role.", nameof(arn));
}
