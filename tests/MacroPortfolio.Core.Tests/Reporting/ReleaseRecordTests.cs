using System.Text;
using System.Text.Json;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Tests.Reporting;

public class ReleaseRecordTests
{
    private static readonly StageEnvironment Gray = new("gray", null);
    private static readonly DeploymentId Id = new("d-A1B2C3D4E");
    private static readonly RecordedRun Run = new("dana", "lee", "https://github.com/acme/site/actions/runs/42", 2);

    [Fact]
    public void It_says_who_brought_what_where_and_why()
    {
        var plan = Some.Marked("rollback") with
        {
            State = Some.Group("gray", Some.Past(1, Some.GitHub('b'))),
            Settings = DeploymentSettings.Default with { Description = "The curve is wrong" },
        };

        var payload = RecordOf(plan, gates: [new GateRecord("healthz", "fail", "answered 500")]).ToPayload();

        payload.GetRawText().Should().Be(
            """{"schema":1,"application":"macro-portfolio","stage":"gray","groups":["gray"],"deployments":["d-A1B2C3D4E"],"deploymentsLeftOut":0,"verb":"rollback","release":"github:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","label":"acme/site@aaaaaaa","previous":"github:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","gates":[{"name":"healthz","verdict":"fail","why":"answered 500"}],"actor":"dana","triggeringActor":"lee","why":"The curve is wrong","run":"https://github.com/acme/site/actions/runs/42","attempt":2}""");
    }

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        var written = RecordOf(Some.Marked("gray"), gates: [new GateRecord("healthz", "pass", "answered 200")]);

        ReleaseRecord.Read(written.ToPayload()).Should().BeEquivalentTo(written);
    }

    [Fact]
    public void Some_clients_of_GitHub_keep_it_as_a_text()
    {
        var written = RecordOf(Some.Marked("gray"));

        ReleaseRecord.Read(Json(JsonSerializer.Serialize(written.ToPayload().GetRawText()))).Should().BeEquivalentTo(written);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("\"\"")]
    [InlineData("\"{}\"")]
    [InlineData("\"words\"")]
    [InlineData("""{"schema":2,"application":"a","stage":"s","groups":["g"],"deployments":["d-A1B2C3D4E"]}""")]
    [InlineData("""{"schema":"1","application":"a","stage":"s","groups":["g"],"deployments":["d-A1B2C3D4E"]}""")]
    [InlineData("""{"schema":1,"application":null,"stage":"s","groups":["g"],"deployments":["d-A1B2C3D4E"]}""")]
    [InlineData("""{"schema":1,"application":"a","stage":"s","groups":"g","deployments":["d-A1B2C3D4E"]}""")]
    [InlineData("""{"schema":1,"application":"a","stage":"s","groups":["g"]}""")]
    public void Whatever_else_somebody_keeps_there_is_no_record_of_ours(string payload)
    {
        ReleaseRecord.Read(Json(payload)).Should().BeNull();
    }

    [Fact]
    public void What_a_later_version_adds_is_passed_over_and_what_is_missing_is_not_missed()
    {
        var read = ReleaseRecord.Read(Json("""{"schema":1,"application":"a","stage":"s","groups":["g",null],"deployments":[null,"d-A1B2C3D4E"],"mood":{"good":[true]}}"""));

        read.Should().NotBeNull();
        (read!.IsOf(new ApplicationName("a"), new StageEnvironment("S", null), new DeploymentGroupName("g")), read.IsOf(Id), read.Gates.Count, read.Why).Should().Be((true, true, 0, null));
    }

    [Theory]
    [InlineData("other", "gray", "gray")]
    [InlineData("macro-portfolio", "production", "gray")]
    [InlineData("macro-portfolio", "gray", "stable")]
    public void A_record_of_another_application_stage_or_group_is_another_one(string application, string stage, string group)
    {
        RecordOf(Some.Marked()).IsOf(new ApplicationName(application), new StageEnvironment(stage, null), new DeploymentGroupName(group)).Should().BeFalse();
    }

    [Fact]
    public void Hundreds_of_ids_are_counted_after_the_hundredth()
    {
        var record = ReleaseRecord.Of(Some.Application, "deploy", Some.Marked(), Gray, [.. Enumerable.Range(0, 250).Select(number => new DeploymentId($"d-{number:000000000}"))], [], Run, text => text);

        (record.Deployments.Count, record.DeploymentsLeftOut, record.Deployments[^1]).Should().Be((100, 150, "d-000000099"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\"")]
    [InlineData("\u0000")]
    [InlineData("行")]
    [InlineData("😀")]
    [InlineData("\ud83d")]
    [InlineData("\u202e")]
    public void However_long_the_texts_and_whatever_letters_they_have_it_stays_below_64_KB(string letter)
    {
        var text = new StringBuilder().Insert(0, letter, 20_000).ToString();
        var plan = Some.Marked() with
        {
            Revision = new Revision.Unrecognised(text),
            State = Some.Group("gray", Some.Past(1, new Revision.Unrecognised(text))),
            Settings = DeploymentSettings.Default with { Description = text },
        };

        var record = ReleaseRecord.Of(
            Some.Application,
            "deploy",
            plan,
            Gray,
            [.. Enumerable.Repeat(Id, 1_000)],
            [.. Enumerable.Repeat(new GateRecord(text, text, text), 1_000)],
            new RecordedRun(text, text, text, int.MaxValue),
            said => said);

        Encoding.UTF8.GetByteCount(record.ToPayload().GetRawText()).Should().BeLessThan(64 * 1024);
        ReleaseRecord.Read(record.ToPayload()).Should().BeEquivalentTo(record);
    }

    [Fact]
    public void What_must_not_be_said_is_in_none_of_its_texts()
    {
        const string secret = "hunter22";
        var plan = Some.Marked() with { Settings = DeploymentSettings.Default with { Description = $"with {secret}" }, Revision = new Revision.Unrecognised(secret) };

        var record = ReleaseRecord.Of(Some.Application, "deploy", plan, Gray, [Id], [new GateRecord(secret, secret, secret)], new RecordedRun(secret, secret, secret, 1), text => text.Replace(secret, "***"));

        record.ToPayload().GetRawText().Should().NotContain(secret).And.Contain("with ***");
    }

    [Theory]
    [InlineData("::set-output name=a::b", ": :set-output name=a::b")]
    [InlineData("one\ntwo ##[error]", "one two ## [error]")]
    [InlineData("\u202eback", "\\u202Eback")]
    public void A_description_is_one_harmless_line(string words, string description)
    {
        ReleaseRecord.Description(words).Should().Be(description);
    }

    [Fact]
    public void A_description_has_at_most_140_letters()
    {
        ReleaseRecord.Description(new string('x', 140)).Should().HaveLength(140).And.NotContain("…");
        ReleaseRecord.Description(new string('x', 141)).Should().HaveLength(140).And.EndWith("…");
    }

    private static ReleaseRecord RecordOf(GroupPlan plan, IReadOnlyList<GateRecord>? gates = null) =>
        ReleaseRecord.Of(Some.Application, plan.Marker!.Verb, plan, Gray, [Id], gates ?? [], Run, text => text);

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
