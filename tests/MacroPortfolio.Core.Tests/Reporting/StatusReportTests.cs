using System.Text.Json;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Reporting;

public sealed class StatusReportTests
{
    private static readonly StageNow[] Stages =
    [
        Some.Stage("gray", Some.Past(8, Some.GitHub('c'), "Failed", Some.Counts(succeeded: 1, failed: 1)), Some.Past(7, Some.GitHub('a'))),
        Some.Stage("stable", Some.Past(5, Some.S3("v1"), creator: "codeDeployRollback"), Some.Past(5, Some.S3("v1"), creator: "codeDeployRollback")),
        Some.Stage("blue"),
        Some.Stage("green", Some.Past(9, Some.GitHub('d'), "Paused")),
    ];

    private static string Render(StatusFormat format, params StageNow[] stages) => StatusReport.Render(Some.Application, Some.Region, stages, format);

    [Fact]
    public void For_people() => Approved.Match(Render(StatusFormat.Text, Stages));

    [Fact]
    public void For_pages() => Approved.Match(Render(StatusFormat.Markdown, Stages));

    [Fact]
    public void For_programs() => Approved.Match(Render(StatusFormat.Json, Stages));

    [Theory]
    [InlineData(StatusFormat.Text)]
    [InlineData(StatusFormat.Json)]
    [InlineData(StatusFormat.Markdown)]
    public void In_no_format_can_a_name_act_as_a_workflow_command(StatusFormat format)
    {
        var past = Some.Past(7, Some.S3(key: "##[error]x\n::error::y.zip"), description: "x gray run 1 of ##[add-mask]a job ::error::b step c (deploy, attempt 1)");

        var lines = Render(format, Some.Stage("gray", past, past)).Split('\n');

        lines.Should().NotContain(line => line.Contains("##[") || line.TrimStart().StartsWith("::", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_with_line_ends_makes_no_line_that_says_what_is_not()
    {
        var past = Some.Past(7, Some.S3(), creator: "eve\n  stable       runs acme/site@bbbbbbb", description: "");

        Render(StatusFormat.Text, Some.Stage("gray", past, past)).Split('\n').Should().HaveCount(2);
    }

    [Fact]
    public void Programs_read_what_it_was()
    {
        var past = Some.Past(7, Some.S3(key: "##[error]x.zip"));

        using var document = JsonDocument.Parse(Render(StatusFormat.Json, Some.Stage("gray", past, past)));

        document.RootElement.GetProperty("stages")[0].GetProperty("revision").GetString().Should().Be(past.Revision.Text);
        document.RootElement.GetProperty("schema").GetInt32().Should().Be(1);
    }
}
