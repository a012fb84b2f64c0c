using System.Text;
using CsCheck;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Reporting;

public sealed class SummaryMarkdownTests
{
    private static readonly Observation Failure = Some.Seen("Failed", Some.Counts(succeeded: 1, failed: 1), error: Some.HealthConstraints);

    private static readonly Observation Rollback = Some.Seen("Succeeded", Some.Counts(succeeded: 2), "d-ROLLBACK0", Some.GitHub('b'));

    [Fact]
    public void Success()
    {
        var plan = Some.GroupPlan(state: Some.Group("gray", Some.Past(1, Some.GitHub('b')))) with { Title = "Show yields per maturity (#17)" };

        Approved.Match(SummaryMarkdown.Render(Some.Report(
            verb: "gray", next: "Try it, then promote acme/site@aaaaaaa, or roll it back.", results: Some.Result(plan: plan, targets: [Some.Good("i-0a1"), Some.Good("i-0a2")]))));
    }

    [Fact]
    public void Failure_with_words_that_try_to_break_out() => Approved.Match(SummaryMarkdown.Render(Some.Report(
        Outcome.Failed,
        reason: $"The deployment to gray failed. {Some.Hostile}",
        next: "Mend the cause and deploy again, or roll back to the last known good revision.",
        results: Some.Result(
            outcome: Outcome.Failed,
            last: Failure,
            plan: Some.GroupPlan() with { Title = Some.Hostile },
            targets: [Some.Good("i-0a1"), Some.Failed("i-0a2", Some.Hostile, script: "scripts/<b>|`x`.sh", message: Some.Hostile)])) with
    { Service = new ServiceContact(Some.Hostile, Some.Hostile) }));

    [Fact]
    public void Failure_of_many_instances() => Approved.Match(SummaryMarkdown.Render(Some.Report(
        Outcome.Failed,
        reason: "28 of 40 instances failed in ApplicationStart: scripts/start.sh, ScriptFailed. The deployment to gray failed.",
        next: "Mend the cause and deploy again.",
        results: Some.Result(
            outcome: Outcome.Failed,
            last: Some.Seen("Failed", Some.Counts(succeeded: 11, failed: 29), error: Some.HealthConstraints),
            targets: [.. Enumerable.Range(0, 40).Select(number => number switch { < 11 => Some.Good($"i-{number:00}"), < 39 => Some.Failed($"i-{number:00}"), _ => new Target($"i-{number:00}", "Unknown", []) })])) with
    { Service = new ServiceContact("acme/portfolio", "https://acme.example/runbook") }));

    [Fact]
    public void Failure_without_a_failed_instance_has_its_hint() => SummaryMarkdown.Render(Some.Report(
        Outcome.Failed,
        results: Some.Result(outcome: Outcome.Failed, last: Some.Seen("Failed", error: new DeploymentError("NO_INSTANCES", "no instances were found")))))
        .Should().Contain("**What to do:** The group's tags or Auto Scaling groups match no running instance.");

    [Theory]
    [InlineData("https://acme.example/runbook", "**Runbook:** <https://acme.example/runbook>")]
    [InlineData("http://acme.example", "**Runbook:** http:\u2060//acme.example")]
    [InlineData("\\\\\u202a", "**Runbook:** \\\\\\\\\\\\u202A")]
    public void A_runbook_is_a_link_only_where_it_is_an_address(string runbook, string shown) =>
        SummaryMarkdown.Render(Some.Report(Outcome.Failed) with { Service = new ServiceContact(null, runbook) }).Should().Contain(shown);

    [Fact]
    public void Held() => Approved.Match(SummaryMarkdown.Render(
        Some.Report(Outcome.Held, "promote", "gray has not succeeded yet: d-GRAY00000 is InProgress.", "Run promote again when it has.")));

    [Fact]
    public void No_access_with_lines_to_copy() => Approved.Match(SummaryMarkdown.Render(
        Some.Report(Outcome.NoAccess, reason: "AWS does not allow role deploy to read deployment group gray.", next: "Add the statement.") with
        {
            Details = ["Add this statement", "{", "  \"Effect\": \"Allow\"", "}", "```", "##[error]x"],
        }));

    [Fact]
    public void Cancelled() => Approved.Match(SummaryMarkdown.Render(Some.Report(
        Outcome.Cancelled,
        reason: "d-GRAY00000 was told to stop (Pending); instances that were in the middle of an event may be left half deployed.",
        results:
        [
            Some.Result(outcome: Outcome.Cancelled, last: Some.Seen("InProgress", Some.Counts(inProgress: 2))),
            Some.Result("stable", Outcome.Cancelled) with { Id = null, Last = null },
        ])));

    [Fact]
    public void Rolled_back() => Approved.Match(SummaryMarkdown.Render(Some.Report(
        Outcome.RolledBack,
        reason: "The deployment to gray failed. HEALTH_CONSTRAINTS: Too few healthy instances. CodeDeploy rolled gray back to acme/site@bbbbbbb.",
        next: "Mend the cause and deploy again.",
        results: Some.Result(outcome: Outcome.RolledBack, last: Failure, rollback: Rollback, targets: [Some.Failed("i-0a2")]))));

    [Fact]
    public void A_region_without_a_console_that_we_know_has_no_link() =>
        SummaryMarkdown.Render(Some.Report(results: Some.Result()) with { Region = new("us-iso-east-1") }).Should().Contain("| `d-GRAY00000` |").And.NotContain("https://");

    [Fact]
    public void Of_a_large_fleet_the_rest_is_counted()
    {
        var targets = Enumerable.Range(0, 1_000).Select(number => Some.Failed($"i-{number:0000}"));

        var page = SummaryMarkdown.Render(Some.Report(Outcome.Failed, results: Some.Result(outcome: Outcome.Failed, targets: [.. targets])));

        page.Should().Contain("### 1000 of 1000 instances of `gray` failed in ApplicationStart: scripts/start.sh, ScriptFailed\n").And.Contain("`i-0019` and 980 more.\n")
            .And.Contain("<summary>All instances of gray: 1000</summary>").And.Contain("| and 800 more | | | | |");
    }

    [Fact]
    public void The_largest_run_stays_under_what_GitHub_takes()
    {
        var tail = new string('漢', 2_048);
        var groups = Enumerable.Range(0, 25).Select(group => Some.Result(
            $"group-{group}", Outcome.Failed, Failure, [.. Enumerable.Range(0, 40).Select(number => Some.Failed($"i-0123456789abc{group:00}{number:00}", tail))]));

        var page = SummaryMarkdown.Render(Some.Report(Outcome.Failed, results: [.. groups]));

        Encoding.UTF8.GetByteCount(page).Should().BeLessThan(1_048_576);
        page.Should().Contain("`i-0123456789abc2419`", "causes are told to the last although not all words are shown");
    }

    [Fact]
    public void No_words_from_outside_ever_leave_their_place() => PlainTextTests.Tricky.Sample(text =>
    {
        var page = SummaryMarkdown.Render(Some.Report(
            Outcome.Failed,
            reason: text,
            next: text,
            results: Some.Result(outcome: Outcome.Failed, last: Failure, plan: Some.GroupPlan() with { Title = text }, targets: [Some.Failed("i-0a2", text, text, text)])));

        var outside = OutsideFences(page.Split('\n')).ToList();
        outside.Where(line => line.StartsWith('|')).Select(line => line.Replace("\\|", "", StringComparison.Ordinal).Count(letter => letter == '|'))
            .Should().OnlyContain(pipes => pipes == 7 || pipes == 6, "the tables have six and five columns");
        outside.Count(line => line.StartsWith('<')).Should().Be(2, "all HTML is our own");
    });

    private static IEnumerable<string> OutsideFences(IEnumerable<string> lines)
    {
        string? fence = null;
        foreach (var line in lines)
        {
            if (fence is null && line.StartsWith("```", StringComparison.Ordinal))
            {
                fence = new string('`', line.Length - line.TrimStart('`').Length);
            }
            else if (fence == line)
            {
                fence = null;
            }
            else if (fence is null)
            {
                yield return line;
            }
        }
    }
}
