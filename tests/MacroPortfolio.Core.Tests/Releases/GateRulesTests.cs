using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Core.Tests.Releases;

public sealed class GateRulesTests
{
    private static readonly Gate.Checks Tests = new(["smoke", "load"], Duration.Zero);

    private static Gate.Http Page(int allowed = 0, int? slowerThan = null) => new(
        new Uri("https://gray.example/healthz"), 200, "ok", slowerThan is { } limit ? Duration.FromMilliseconds(limit) : null, Duration.FromSeconds(5), Duration.Zero, allowed);

    private static CheckRun Run(string name, string? conclusion = "success", string status = "completed", int minute = 10) =>
        new(name, status, conclusion, Some.Noon + Duration.FromMinutes(minute), Some.Noon + Duration.FromMinutes(minute + 1));

    [Fact]
    public void Good_answers_pass_with_their_figures() => GateRules.Of(Page(), [ScriptedGates.Good(10), ScriptedGates.Good(30)])
        .Should().Be(new GateResult("https://gray.example/healthz", GateVerdict.Pass, "2 answers, median 20 ms"));

    [Fact]
    public void A_page_that_never_answered_says_nothing() => GateRules.Of(Page(), [ScriptedGates.Silent, ScriptedGates.Silent])
        .Should().BeEquivalentTo(new { Verdict = GateVerdict.Inconclusive, Why = "never answered, asked 2 times: connection refused" });

    [Fact]
    public void A_page_that_stopped_answering_has_failed() => GateRules.Of(Page(), [ScriptedGates.Good(), ScriptedGates.Silent])
        .Should().BeEquivalentTo(new { Verdict = GateVerdict.Fail, Why = "1 of 2 answers failed, none may: no answer (connection refused)" });

    [Fact]
    public void Another_status_or_other_words_fail()
    {
        GateRules.Of(Page(), [ScriptedGates.Bad()]).Why.Should().Be("1 of 1 answer failed, none may: answered 500 instead of 200");
        GateRules.Of(Page(), [ScriptedGates.Good() with { BodyFits = false }]).Why.Should().Be("1 of 1 answer failed, none may: the answer does not contain 'ok'");
    }

    [Fact]
    public void As_many_may_fail_as_the_gate_allows()
    {
        GateRules.Of(Page(allowed: 1), [ScriptedGates.Bad(), ScriptedGates.Good()]).Verdict.Should().Be(GateVerdict.Pass);
        GateRules.Of(Page(allowed: 1), [ScriptedGates.Bad(), ScriptedGates.Bad(502), ScriptedGates.Good()]).Verdict.Should().Be(GateVerdict.Fail);
    }

    [Theory]
    [InlineData(300, GateVerdict.Pass)]
    [InlineData(299, GateVerdict.Fail)]
    public void The_median_may_be_as_slow_as_the_limit(int limit, GateVerdict verdict) =>
        GateRules.Of(Page(slowerThan: limit), [ScriptedGates.Good(10), ScriptedGates.Good(300), ScriptedGates.Good(9_000)]).Verdict.Should().Be(verdict);

    [Fact]
    public void Checks_pass_when_all_of_them_have_succeeded_since_the_deployment() =>
        GateRules.Of(Tests, Some.GitHub(), [Run("smoke"), Run("load")], Some.Noon).Verdict.Should().Be(GateVerdict.Pass);

    [Theory]
    [InlineData("failure", "completed", GateVerdict.Fail, "load ended as failure")]
    [InlineData("timed_out", "completed", GateVerdict.Fail, "load ended as timed_out")]
    [InlineData("cancelled", "completed", GateVerdict.Inconclusive, "load ended as cancelled")]
    [InlineData("splendid", "completed", GateVerdict.Inconclusive, "load ended as splendid")]
    [InlineData(null, "completed", GateVerdict.Inconclusive, "load ended as nothing that GitHub tells")]
    [InlineData(null, "in_progress", GateVerdict.Inconclusive, "load is in_progress")]
    [InlineData("success", "brand_new", GateVerdict.Inconclusive, "load is brand_new")]
    public void The_worst_check_counts_and_what_is_not_known_is_not_good(string? conclusion, string status, GateVerdict verdict, string why) =>
        GateRules.Of(Tests, Some.GitHub(), [Run("smoke"), Run("load", conclusion, status)], Some.Noon).Should().Be(new GateResult("smoke, load", verdict, why));

    [Fact]
    public void A_check_that_ran_before_the_deployment_had_ended_has_not_looked_at_it()
    {
        var late = Some.Noon + Duration.FromMinutes(10) + Duration.FromSeconds(1);

        GateRules.Of(new Gate.Checks(["smoke"], Duration.Zero), Some.GitHub(), [Run("smoke", "failure", minute: 10)], late).Should().BeEquivalentTo(
            new { Verdict = GateVerdict.Inconclusive, Why = "smoke ran before the deployment had ended, so it has not looked at it" });
    }

    [Fact]
    public void Of_several_runs_the_newest_counts() =>
        GateRules.Of(new Gate.Checks(["smoke"], Duration.Zero), Some.GitHub(), [Run("smoke", "failure", minute: 10), Run("smoke", minute: 20)], Some.Noon).Verdict.Should().Be(GateVerdict.Pass);

    [Fact]
    public void Checks_that_nobody_ran_or_that_cannot_be_read_are_inconclusive()
    {
        GateRules.Of(Tests, Some.GitHub(), [], Some.Noon).Why.Should().Be("smoke has not run; load has not run");
        GateRules.Of(Tests, Some.GitHub(), null, Some.Noon).Verdict.Should().Be(GateVerdict.Inconclusive);
    }

    [Fact]
    public async Task Where_something_else_runs_by_now_its_page_says_nothing_of_this_revision()
    {
        var source = new ScriptedGates { Probes = { ScriptedGates.Good() } };

        var results = await new GateRun(source, TimeProvider.System).JudgeAsync([Page()], Some.GitHub(), Some.Noon, isThere: false, Duration.Zero, waits: false, CancellationToken.None);

        (results[0].Verdict, source.Asked).Should().Be((GateVerdict.Inconclusive, 0));
    }
}
