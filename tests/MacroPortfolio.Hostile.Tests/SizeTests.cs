using System.Text;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using MacroPortfolio.Core.Tests;
using NodaTime;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>However much there is to say, log, summary, comment and record are of a size that GitHub takes, and so is the memory that it takes to write them.</summary>
public sealed class SizeTests
{
    /// <summary>1,000 instances that each fail in a way of its own: each way is told once with its last words, and the commonest at the end again.</summary>
    private const int LongestLog = 8 * 1024 * 1024;

    /// <summary>Of all that is allocated meanwhile, not of what is held at a time.</summary>
    private const int MostBytes = 1024 * 1024 * 1024;

    [Fact]
    public void A_thousand_instances_with_four_kilobytes_of_last_words_each()
    {
        var targets = Enumerable.Range(0, 1_000).Select(number => Failed(number, string.Concat(Enumerable.Repeat($"[stderr]error {number} ::error::x `@dana` <b>\n", 120))[..4_096])).ToArray();

        Bounded(Some.Report(Outcome.Failed, results: Some.Result(outcome: Outcome.Failed, last: Some.Seen("Failed", Some.Counts(failed: 1_000)), targets: targets)));
    }

    [Fact]
    public void Ten_megabytes_of_last_words() => Bounded(Some.Report(
        Outcome.Failed,
        results: Some.Result(outcome: Outcome.Failed, last: Some.Seen("Failed", Some.Counts(failed: 1)), targets: [Failed(1, string.Concat(Enumerable.Repeat("[stdout]::error::x ##[error]\u001b[31m\n", 300_000)))])));

    [Fact]
    public void Ten_megabytes_on_one_line() =>
        Bounded(Some.Report(Outcome.Failed, reason: new string('x', 10_000_000), next: new string('`', 10_000_000), results: Some.Result(outcome: Outcome.Failed, targets: [Failed(1, new string('@', 10_000_000))])));

    [Fact]
    public void A_commit_message_of_a_hundred_thousand_letters() =>
        Bounded(Some.Report(results: Some.Result(plan: Some.GroupPlan() with { Title = string.Concat(Enumerable.Repeat("@dana #1 ", 11_112)) })));

    [Fact]
    public void Ten_megabytes_that_look_like_a_path_without_end() =>
        Bounded(Some.Report(Outcome.Failed, results: Some.Result(outcome: Outcome.Failed, targets: [Failed(1, new string('/', 10_000_000)), Failed(2, new string(':', 10_000_000))])));

    [Fact]
    public void Five_groups_with_a_thousand_instances_each() => Bounded(Some.Report(
        Outcome.Failed,
        results: [.. Enumerable.Range(0, 5).Select(number => Some.Result($"group-{number}", Outcome.Failed, targets: [.. Enumerable.Range(0, 1_000).Select(instance => Failed(instance, "[stderr]the same words everywhere"))]))]));

    private static void Bounded(RunReport report)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failures = report.Groups.SelectMany(result => result.Failures.Select(failure => (RunEvent)new RunEvent.InstancesFailed(result.Plan, new("d-GRAY00000"), failure, 0)));
        var log = LogTests.Log([.. report.Groups.Count > 0 ? [new RunEvent.Planned(Some.Plan("deploy", Some.Watch(), [.. report.Groups.Select(result => result.Plan)]), false)] : Array.Empty<RunEvent>(), .. failures, new RunEvent.Ended(report)], inActions: true);
        var summary = SummaryMarkdown.Render(report);
        var comment = CommentMarkdown.Render(Some.Application, Some.Commit('a'), report, [.. Enumerable.Range(0, 1_000).Select(number => Some.Stage($"group-{number}", Some.Past(1, Some.S3(key: new string('k', 1_024)))))], null, "https://x.example");
        var record = ResultRecord.Render(report);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(MostBytes);
        log.Length.Should().BeLessThan(LongestLog);
        Encoding.UTF8.GetByteCount(summary).Should().BeLessOrEqualTo(1024 * 1024);
        comment.Length.Should().BeLessOrEqualTo(65_536);
        Encoding.UTF8.GetByteCount(record).Should().BeLessOrEqualTo(64 * 1024);
        summary.Should().Contain("## ");
    }

    private static Target Failed(int number, string tail) => new($"i-{number:0000}", "Failed",
        [new("ValidateService", "Failed", Some.Noon, Some.Noon + Duration.FromSeconds(5), new EventDiagnostics("ScriptFailed", $"scripts/{number}.sh", $"failed {number}", tail))]);
}
