using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Reporting;

/// <summary>The published schemas describe what is really written, and all of it.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string, string> Records => new()
    {
        { "result", ResultRecord.Render(Failed) },
        { "result", ResultRecord.Render(Some.Report(results: Some.Result(targets: [Some.Good("i-1")]))) },
        { "result", ResultRecord.Render(Some.Report(Outcome.Held, "promote", "gray has not succeeded yet.", "Run promote again.") with { Until = Some.Noon }) },
        { "result", ResultRecord.Render(Failed with { Gates = [new GateResult("https://gray.example/", GateVerdict.Fail, "answered 500"), new GateResult("smoke", GateVerdict.Inconclusive, "has not run")] }) },
        { "result", ResultRecord.Render(Some.Report(Outcome.NoAccess, "rollback", results: Some.Result(outcome: Outcome.NoAccess) with { Id = null, Last = null })) },
        { "result", ResultRecord.Render(Planned) },
        { "status", StatusReport.Render(Some.Application, Some.Region, [Some.Stage("gray"), Some.Stage("stable", Some.Past(2, Some.S3("v1"), "Failed"), Some.Past(1, Some.GitHub()))], StatusFormat.Json) },
    };

    private static RunReport Planned => Some.Report(Outcome.Planned, reason: "Nothing was created.", results: new GroupResult(Some.GroupPlan(), null, null, [], null, Outcome.Planned, "planned")) with
    { WouldComment = new WouldComment([12], "The comment would be kept on pull request #12.") };

    private static RunReport Failed => Some.Report(
        Outcome.RolledBack,
        results: Some.Result(
            outcome: Outcome.RolledBack,
            last: Some.Seen("Failed", Some.Counts(succeeded: 1, failed: 1), error: Some.HealthConstraints),
            plan: Some.GroupPlan(state: Some.Group("gray", Some.Past(1, Some.S3("v1")))),
            targets: [Some.Good("i-1"), Some.Failed("i-2")],
            rollback: Some.Seen("Succeeded", id: "d-ROLLBACK0", revision: Some.GitHub('b')))) with
    { Service = new ServiceContact("acme/portfolio", "https://acme.example/runbook") };

    [Theory]
    [MemberData(nameof(Records))]
    public void Every_record_is_as_its_schema_says(string schema, string record)
    {
        var verdict = JsonSchema.FromText(Read(schema)).Evaluate(JsonDocument.Parse(record).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });

        verdict.IsValid.Should().BeTrue("{0}", string.Join("; ", (verdict.Details ?? []).Where(detail => detail.Errors is not null).Select(detail => $"{detail.InstanceLocation} {string.Join(", ", detail.Errors!.Values)}")));
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Every_member_of_a_record_is_described(string schema, string record)
    {
        var root = JsonNode.Parse(Read(schema))!;

        Undescribed(JsonNode.Parse(record)!, root, root, "$").Should().BeEmpty();
    }

    [Fact]
    public void Every_outcome_is_in_the_schema() =>
        JsonNode.Parse(Read("result"))!["$defs"]!["outcome"]!["enum"]!.AsArray().Select(word => word!.GetValue<string>()).Should().BeEquivalentTo(Enum.GetValues<Outcome>().Select(outcome => outcome.Word()));

    [Fact]
    public void A_record_that_is_not_as_the_schema_says_is_found_out()
    {
        var record = JsonNode.Parse(ResultRecord.Render(Failed))!;
        record["deployments"]![0]!["counts"]!["failed"] = "two";
        record["surprise"] = 1;

        JsonSchema.FromText(Read("result")).Evaluate(JsonDocument.Parse(record.ToJsonString()).RootElement).IsValid.Should().BeFalse();
        Undescribed(record, JsonNode.Parse(Read("result"))!, JsonNode.Parse(Read("result"))!, "$").Should().Equal("$.surprise");
    }

    private static IEnumerable<string> Undescribed(JsonNode value, JsonNode schema, JsonNode root, string path)
    {
        while (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            schema = reference.TrimStart('#', '/').Split('/').Aggregate(root, (node, part) => node[part]!);
        }

        return value switch
        {
            JsonObject members => members.SelectMany(member => schema["properties"]?[member.Key] is { } known
                ? member.Value is null ? [] : Undescribed(member.Value, known, root, $"{path}.{member.Key}")
                : [$"{path}.{member.Key}"]),
            JsonArray items => items.OfType<JsonNode>().SelectMany(item => Undescribed(item, schema["items"]!, root, $"{path}[]")),
            _ => [],
        };
    }

    private static string Read(string schema, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", $"{schema}.schema.json"));
}
