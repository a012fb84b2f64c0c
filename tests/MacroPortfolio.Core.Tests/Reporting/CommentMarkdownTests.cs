using CsCheck;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Reporting;

public sealed class CommentMarkdownTests
{
    private const string RunUrl = "https://github.com/acme/site/actions/runs/42";

    private static readonly StageNow Gray = Some.Stage("gray", Some.Past(7, Some.GitHub('a')), Some.Past(7, Some.GitHub('a')));
    private static readonly StageNow Stable = Some.Stage("stable", Some.Past(5, Some.GitHub('b'), group: "stable"), Some.Past(5, Some.GitHub('b'), group: "stable"));

    private static string Render(RunReport report, IReadOnlyList<StageNow>? stages = null, string? tryIt = null) =>
        CommentMarkdown.Render(Some.Application, Some.Commit('a'), report, stages ?? [Gray, Stable], tryIt is null ? null : new Uri(tryIt), RunUrl);

    [Fact]
    public void Success() => Approved.Match(Render(
        Some.Report(verb: "gray", next: "Try it, then promote acme/site@aaaaaaa, or roll it back.", results: Some.Result()), tryIt: "https://gray.acme.example/?q=<b>"));

    [Fact]
    public void Failure_with_words_that_try_to_break_out() => Approved.Match(Render(
        Some.Report(
            Outcome.Failed,
            reason: $"The deployment to gray failed. {Some.Hostile}",
            next: "Mend the cause and deploy again.",
            results: Some.Result(outcome: Outcome.Failed, targets: [Some.Failed("i-0a2", Some.Hostile)])),
        [Some.Stage("gray", Some.Past(8, Some.GitHub('a'), "Failed"), Some.Past(7, Some.GitHub('c'))), Stable],
        "https://gray.acme.example"));

    [Fact]
    public void Held() => Approved.Match(Render(
        Some.Report(Outcome.Held, "promote", "gray has not succeeded yet: d-000000008 is InProgress.", "Run promote again when it has."),
        [Some.Stage("gray", Some.Past(8, Some.GitHub('a'), "InProgress")), Some.Stage("stable")]));

    [Fact]
    public void Cancelled() => Approved.Match(Render(
        Some.Report(Outcome.Cancelled, reason: "d-GRAY00000 was told to stop (Pending); instances that were in the middle of an event may be left half deployed.", results: Some.Result())));

    [Fact]
    public void Rolled_back() => Approved.Match(Render(
        Some.Report(Outcome.RolledBack, reason: "The deployment to gray failed. CodeDeploy rolled gray back to acme/site@bbbbbbb.", results: Some.Result()),
        [Some.Stage("gray", Some.Past(9, Some.GitHub('b'), creator: "codeDeployRollback"), Some.Past(9, Some.GitHub('b'), creator: "codeDeployRollback")), Stable]));

    [Theory]
    [InlineData("gray", "macro-portfolio: aaaaaaa is in gray")]
    [InlineData("rollback", "macro-portfolio: rolled back in gray")]
    public void The_headline_says_where_the_change_is(string verb, string headline) => Render(Some.Report(verb: verb, results: Some.Result())).Should().Contain(headline);

    [Fact]
    public void In_both_stages_it_says_both() =>
        Render(Some.Report(verb: "promote", results: Some.Result("stable")), [Gray, Some.Stage("stable", null, Some.Past(9, Some.GitHub('a')))]).Should().Contain("aaaaaaa is in gray and stable");

    [Fact]
    public void The_comment_is_found_again_by_a_marker_of_its_application_alone()
    {
        var page = Render(Some.Report(results: Some.Result()));

        page.Should().StartWith(CommentMarkdown.MarkerOf(Some.Application));
        page.Should().NotContain(CommentMarkdown.MarkerOf(new ApplicationName("macro"))).And.NotContain(CommentMarkdown.MarkerOf(new ApplicationName("portfolio")));
    }

    [Fact]
    public void The_words_of_instances_are_never_in_the_comment() =>
        Render(Some.Report(Outcome.Failed, results: Some.Result(outcome: Outcome.Failed, targets: [Some.Failed("i-0a2", "PASSWORD=hunter2")]))).Should().NotContain("hunter2");

    [Fact]
    public void It_is_never_longer_than_GitHub_takes_and_whole_all_the_same()
    {
        var stages = Enumerable.Range(0, 1_000).Select(number => Some.Stage($"stage-{number}", Some.Past(7, Some.S3(key: new string('`', 1_000))))).ToArray();

        var page = Render(Some.Report(Outcome.Failed, reason: string.Concat(Enumerable.Repeat("🚀", 50_000)), next: "Look at it.", results: Some.Result()), stages);

        page.Length.Should().BeInRange(60_000, 65_536);
        page.Should().StartWith(CommentMarkdown.MarkerOf(Some.Application)).And.Contain("**Next:** Look at it.").And.EndWith("This comment is kept up to date.</sub>\n");
        page.Should().MatchRegex(@"\| and [0-9]+ more \|");
    }

    [Fact]
    public void No_words_from_outside_act() => PlainTextTests.Tricky.Sample(text =>
    {
        var page = Render(
            Some.Report(Outcome.Failed, reason: text, next: text, results: Some.Result()),
            [Some.Stage("gray", Some.Past(7, Some.S3(key: text + ".zip"), text), Some.Past(7, Some.S3(key: text + ".zip")))]);

        var prose = System.Text.RegularExpressions.Regex.Replace(page, "(`+)[^\n]*?[^`\n]\\1(?!`)", "code");
        prose.Replace("<sub>", "", StringComparison.Ordinal).Replace("</sub>", "", StringComparison.Ordinal).Replace("<!--", "", StringComparison.Ordinal)
            .Should().NotContain("<").And.NotMatchRegex("@[A-Za-z0-9]|[^/]#[0-9]");
        page.Split('\n').Where(line => line.StartsWith("| `gray`", StringComparison.Ordinal)).Should().ContainSingle()
            .Which.Replace("\\|", "", StringComparison.Ordinal).Count(letter => letter == '|').Should().Be(6);
    });
}
