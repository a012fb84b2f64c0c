using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.World;

public class YamlTests
{
    [Theory]
    [InlineData("12", "12")]
    [InlineData("-3", "-3")]
    [InlineData("007", "7")]
    [InlineData("0o17", "15")]
    [InlineData("0x1F", "31")]
    [InlineData("0.05", "0.05")]
    [InlineData("1e3", "1000")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("no", "\"no\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("2012-10-17", "\"2012-10-17\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("\"12\"", "\"12\"")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("123456789012345678901234567890", "1.2345678901234568E+29")]
    public void Scalars_have_the_types_of_the_core_schema_and_quoted_ones_stay_text(string yaml, string json)
    {
        var value = Yaml.Parse($"a: {yaml}").Root!["a"];

        value!.ToJsonString().Should().Be(json);
    }

    [Theory]
    [InlineData("a: ~")]
    [InlineData("a: null")]
    [InlineData("a:")]
    public void An_absent_value_is_null(string yaml)
    {
        var root = Yaml.Parse(yaml).Root!.AsObject();

        root.Should().ContainKey("a").WhoseValue.Should().BeNull();
    }

    [Fact]
    public void Merge_keys_add_what_is_not_there_and_the_first_wins()
    {
        var root = Yaml.Parse("""
            base: &base { zone: a, tags: { Release: gray } }
            more: &more { zone: b, color: red }
            one: { <<: *base, zone: c }
            two: { <<: [*base, *more] }
            """).Root!;

        root["one"]!.ToJsonString().Should().Be("""{"zone":"c","tags":{"Release":"gray"}}""");
        root["two"]!.ToJsonString().Should().Be("""{"zone":"a","tags":{"Release":"gray"},"color":"red"}""");
    }

    [Theory]
    [InlineData("a: &a [*a]", "contains itself")]
    [InlineData("a: .inf", ".inf is no number")]
    [InlineData("a: 1\na: 2", "line 2")]
    [InlineData("a: [1", "line")]
    [InlineData("a: 1\n---\nb: 2", "second document")]
    [InlineData("a: { <<: 1 }", "'<<' merges mappings")]
    public void What_has_no_JSON_form_is_refused_with_its_line(string yaml, string words)
    {
        var parse = () => Yaml.Parse(yaml);

        parse.Should().Throw<WorldException>().Which.Errors.Should().ContainSingle().Which.Should().Contain(words).And.Contain("line ");
    }
}
