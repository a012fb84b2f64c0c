using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Reporting;

public sealed class AwsCommandTests
{
    private static readonly PastDeployment Old = Some.Past(1, Some.GitHub('b'), "InProgress") with { Id = new DeploymentId("d-OLD000000") };

    private static readonly GroupPlan Plain = Some.GroupPlan();

    private static readonly DeploymentSettings Everything = new(
        "CodeDeployDefault.OneAtATime", null, "OVERWRITE", IgnoreApplicationStopFailures: true, UpdateOutdatedInstancesOnly: true, new AutoRollback.At(["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]));

    [Fact]
    public void Every_option_has_its_flag() => Approved.Match(string.Join("\n\n", new[]
    {
        Plain,
        Plain with { Settings = Everything, Description = "the weights' sum is > 100 % | acme/site@aaaaaaa gray run 42 of acme/site job release step deploy (deploy, attempt 1)" },
        Plain with { Settings = DeploymentSettings.Default with { AutoRollback = new AutoRollback.Off() } },
        Some.GroupPlan(revision: Some.S3(version: "3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY", key: "a \"b\"/it's 月.zip")),
        Some.GroupPlan(revision: Some.S3(eTag: "\"9b2cf535f27731c974343645a3985328\"")),
        Plain with { First = new Turn.Clear(Old) },
        Plain with { First = new Turn.Attach(Some.Past(1, Some.GitHub(), "InProgress") with { Id = new DeploymentId("d-GRAY00000") }, Ours: true) },
    }.Select(group => AwsCommand.Of("macro-portfolio", Some.Region, group))));

    [Theory]
    [InlineData("-x", "--description=-x")]
    [InlineData("- x", "--description='- x'")]
    [InlineData("https://acme.example/it's", "--description file://<(printf %s 'https://acme.example/it'\\''s')")]
    [InlineData("file:///etc/passwd", "--description file://<(printf %s file:///etc/passwd)")]
    [InlineData("see https://acme.example/", "--description 'see https://acme.example/'")]
    public void A_value_that_the_CLI_would_take_for_something_else_is_handed_over_in_another_way(string description, string option) =>
        AwsCommand.Of("macro-portfolio", Some.Region, Plain with { Description = description }).Should().EndWith(option);

    [Fact]
    public void What_cannot_be_deployed_has_no_command() =>
        AwsCommand.Of("macro-portfolio", Some.Region, Some.GroupPlan(revision: new Revision.Unrecognised("AppSpecContent"))).Should().BeNull();

    [Fact]
    public void The_log_has_it_on_lines_that_can_be_copied()
    {
        var lines = AwsCommand.LogLines(Dry(Plain)).ToList();

        lines[0].Should().BeOfType<LogLine.Open>();
        lines[^1].Should().BeOfType<LogLine.Close>();
        string.Join('\n', lines[1..^1].Cast<LogLine.Verbatim>().SelectMany(verbatim => verbatim.Lines)).Should().Be(AwsCommand.Of("macro-portfolio", Some.Region, Plain));
        static string Words(LogLine line) => line is LogLine.Verbatim verbatim ? string.Join('\n', verbatim.Lines) : line.ToString();
        LogLine.Of(new RunEvent.Ended(Dry(Plain))).Select(Words).Should().EndWith(lines.Select(Words));
    }

    [Fact]
    public void The_summary_has_it_in_a_block_that_its_words_cannot_end()
    {
        var page = SummaryMarkdown.Render(Dry(Plain with { Description = "```\n</details>" }));

        page.Should().Contain("````text\naws deploy create-deployment \\\n").And.Contain("--description $'```\\n</details>'\n````\n");
    }

    [Fact]
    public void The_record_has_it_beside_its_deployment()
    {
        var record = System.Text.Json.JsonDocument.Parse(ResultRecord.Render(Dry(Plain) with { WouldComment = new WouldComment([12], "") })).RootElement;

        record.GetProperty("deployments")[0].GetProperty("command").GetString().Should().Be(AwsCommand.Of("macro-portfolio", Some.Region, Plain));
        record.GetProperty("pullRequests")[0].GetInt32().Should().Be(12);
    }

    [Theory]
    [InlineData(Outcome.Succeeded)]
    [InlineData(Outcome.Held)]
    [InlineData(Outcome.Failed)]
    public void Only_a_dry_run_that_would_go_on_has_it(Outcome outcome)
    {
        var report = Dry(Plain) with { Outcome = outcome };

        AwsCommand.LogLines(report).Should().BeEmpty();
        AwsCommand.Section(report).Should().BeEmpty();
    }

    private static RunReport Dry(GroupPlan group) =>
        Some.Report(Outcome.Planned, reason: "Nothing was created.", results: new GroupResult(group, null, null, [], null, Outcome.Planned, "planned"));
}
