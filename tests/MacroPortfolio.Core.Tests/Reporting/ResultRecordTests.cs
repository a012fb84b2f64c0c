using System.Text;
using System.Text.Json;
using CsCheck;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Reporting;

public sealed class ResultRecordTests
{
    private const int Limit = 64 * 1024;

    private static readonly JsonSerializerOptions ForReading = new() { WriteIndented = true, NewLine = "\n" };

    private static readonly Observation Failure = Some.Seen("Failed", Some.Counts(succeeded: 1, failed: 1), error: Some.HealthConstraints);

    private static JsonElement Parse(string line) => JsonDocument.Parse(line).RootElement;

    [Fact]
    public void A_record_has_everything_that_a_program_may_ask() => Approved.Match(Indented(ResultRecord.Render(Some.Report(
        Outcome.RolledBack,
        reason: "The deployment to gray failed.",
        next: "Mend the cause and deploy again.",
        results:
        [
            Some.Result(
                outcome: Outcome.RolledBack,
                last: Failure,
                plan: Some.GroupPlan(state: Some.Group("gray", Some.Past(1, Some.S3("v1")))),
                targets: [Some.Good("i-0a1"), Some.Failed("i-0a2")],
                rollback: Some.Seen("Succeeded", id: "d-ROLLBACK0", revision: Some.GitHub('b'))),
            Some.Result("stable", Outcome.NoAccess, reason: "no access") with { Id = null, Last = null },
        ]))));

    [Fact]
    public void It_is_one_line_of_JSON_whatever_it_was_made_of() => PlainTextTests.Tricky.Sample(text =>
    {
        var line = ResultRecord.Render(Some.Report(Outcome.Failed, reason: text, results: Some.Result(outcome: Outcome.Failed, last: Failure, targets: [Some.Failed("i-1", text, text, text)])));

        line.Should().NotContainAny("\n", "\r", "\u2028", "\u2029", "\u0085", "##[");
        Parse(line).GetProperty("deployments")[0].GetProperty("instances")[0].GetProperty("logTail").GetString().Should().Be(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
    });

    [Fact]
    public void Of_a_thousand_instances_as_many_as_fit_are_listed_the_failed_ones_first_and_the_rest_is_counted()
    {
        var targets = Enumerable.Range(0, 1_000).Select(number => number % 100 == 99 ? Some.Failed($"i-{number:0000}", new string('x', 2_048)) : Some.Good($"i-{number:0000}")).ToArray();

        var line = ResultRecord.Render(Some.Report(Outcome.Failed, results: Some.Result(outcome: Outcome.Failed, last: Failure, targets: targets)));

        Encoding.UTF8.GetByteCount(line).Should().BeLessOrEqualTo(Limit);
        var deployment = Parse(line).GetProperty("deployments")[0];
        var listed = deployment.GetProperty("instances").EnumerateArray().ToList();
        listed.Count.Should().BeGreaterThan(10);
        listed.Take(10).Should().OnlyContain(instance => instance.GetProperty("status").GetString() == "Failed");
        (listed.Count + deployment.GetProperty("instancesLeftOut").GetInt32()).Should().Be(1_000);
    }

    [Fact]
    public void Bytes_are_counted_and_not_letters()
    {
        var targets = Enumerable.Range(0, 20).Select(number => Some.Failed($"i-{number}", new string('漢', 2_048))).ToArray();

        var line = ResultRecord.Render(Some.Report(Outcome.Failed, results: Some.Result(outcome: Outcome.Failed, targets: targets)));

        Encoding.UTF8.GetByteCount(line).Should().BeLessOrEqualTo(Limit);
    }

    [Fact]
    public void Twenty_five_groups_fit_too()
    {
        var groups = Enumerable.Range(0, 25).Select(group => Some.Result(
            $"group-{group}", Outcome.Failed, Failure, [.. Enumerable.Range(0, 40).Select(number => Some.Failed($"i-{group}-{number}", new string('x', 2_048)))]));

        Encoding.UTF8.GetByteCount(ResultRecord.Render(Some.Report(Outcome.Failed, results: [.. groups]))).Should().BeLessOrEqualTo(Limit);
    }

    [Fact]
    public void A_run_that_planned_nothing_has_a_record_too()
    {
        var record = Parse(ResultRecord.Render(Some.Report(Outcome.Held, "promote", "gray has not succeeded.")));

        record.GetProperty("outcome").GetString().Should().Be("held");
        record.GetProperty("exitCode").GetInt32().Should().Be(5);
        record.GetProperty("deployments").GetArrayLength().Should().Be(0);
    }

    private static string Indented(string line) => JsonSerializer.Serialize(Parse(line), ForReading);
}
