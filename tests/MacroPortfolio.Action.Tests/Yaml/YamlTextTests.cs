using MacroPortfolio.Action.Yaml;
using MacroPortfolio.Core.Planning;

namespace MacroPortfolio.Action.Tests.Yaml;

public sealed class YamlTextTests
{
    private static YamlNode? Root(string text) => YamlText.Read(text).Should().BeOfType<YamlDocument.Read>().Which.Root;

    private static YamlDocument.Unreadable Refusal(string text) => YamlText.Read(text).Should().BeOfType<YamlDocument.Unreadable>().Which;

    [Fact]
    public void Maps_lists_and_scalars_are_read_with_their_places()
    {
        var root = Root("# a comment\nfiles:\n  - source: site\n    mode: \"0644\"\n    owner: !!str 1\n").Should().BeOfType<YamlNode.Mapping>().Which;

        var files = root["files"].Should().BeOfType<YamlNode.Sequence>().Which;
        var entry = files.Items.Single().Should().BeOfType<YamlNode.Mapping>().Which;
        (root.Line, root.Column, files.Line, files.Column, entry.Line, entry.Column).Should().Be((2, 1, 3, 3, 3, 5));
        entry.Entries.Select(pair => (pair.Name, pair.Key.Line, pair.Key.Column)).Should().Equal(("source", 3, 5), ("mode", 4, 5), ("owner", 5, 5));
        entry["source"].Should().Be(new YamlNode.Scalar(3, 13, "site", IsPlain: true, Tag: null));
        entry["mode"].Should().Be(new YamlNode.Scalar(4, 11, "0644", IsPlain: false, Tag: null));
        entry["owner"].Should().Be(new YamlNode.Scalar(5, 12, "1", IsPlain: false, Tag: "tag:yaml.org,2002:str"));
    }

    [Fact]
    public void Equal_keys_are_kept_and_the_last_is_found()
    {
        var root = (YamlNode.Mapping)Root("a: 1\nb: 2\na: 3\n")!;

        root.Entries.Select(entry => entry.Name).Should().Equal("a", "b", "a");
        root["a"].Should().BeOfType<YamlNode.Scalar>().Which.Text.Should().Be("3");
        root["c"].Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment")]
    [InlineData("---\n")]
    [InlineData("\uFEFF")]
    public void A_text_may_have_nothing_in_it(string text) => Root(text).Should().BeNull();

    [Fact]
    public void A_byte_order_mark_moves_nothing()
    {
        var read = YamlText.Read("\uFEFFa: b").Should().BeOfType<YamlDocument.Read>().Which;

        read.StartsWithMark.Should().BeTrue();
        (read.Root!.Line, read.Root.Column).Should().Be((1, 1));
    }

    [Theory]
    [InlineData("a: 1\n---\nb: 2\n", 2)]
    [InlineData("a: 1\n...\n---\nb: [", 3)]
    [InlineData("---\na: 1\n", null)]
    [InlineData("a: 1\n...\n", null)]
    public void Only_the_first_document_is_read_and_where_the_next_begins_is_told(string text, int? line)
    {
        var read = YamlText.Read(text).Should().BeOfType<YamlDocument.Read>().Which;

        read.Root.Should().BeOfType<YamlNode.Mapping>().Which.Entries.Should().ContainSingle().Which.Name.Should().Be("a");
        read.Next?.Line.Should().Be(line);
        (read.Next is null).Should().Be(line is null);
    }

    [Fact]
    public void Aliases_are_followed_and_the_first_is_told()
    {
        var read = YamlText.Read("a: &x [1]\nb: *x\nc: *x\n").Should().BeOfType<YamlDocument.Read>().Which;

        var root = (YamlNode.Mapping)read.Root!;
        root["b"].Should().BeSameAs(root["a"]);
        (read.FirstAlias!.Line, read.FirstAlias.Column).Should().Be((2, 4));
    }

    [Fact]
    public void A_merge_key_takes_over_what_the_map_does_not_say_itself()
    {
        var root = (YamlNode.Mapping)Root("usual: &usual { timeout: 60, runas: root }\nscript:\n  <<: *usual\n  timeout: 5\n")!;

        var script = (YamlNode.Mapping)root["script"]!;
        script.Entries.Select(entry => (entry.Name, ((YamlNode.Scalar)entry.Value).Text)).Should().Equal(("runas", "root"), ("timeout", "5"));
    }

    [Theory]
    [InlineData("a: b\nc: d: e\n", 2, "found invalid mapping", "c: d: e")]
    [InlineData("a:\n  b: 1\n\tc: 2\n", 3, "tab", "\tc: 2")]
    [InlineData("a: 1\nfiles:\n\t- b\n", 3, "tab", "\t- b")]
    [InlineData("a:\n  - b\n c: d", 3, "did not find expected key", " c: d")]
    [InlineData("a: 'x", 1, "unexpected end of stream", "a: 'x")]
    [InlineData("a: 1\nb: *nowhere", 2, "there is no anchor '&nowhere' before the alias '*nowhere'", "b: *nowhere")]
    [InlineData("a: **", 1, "there is no anchor", "a: **")]
    [InlineData("a: [1, 2\nb: c", 1, "is not ended", "a: [1, 2")]
    [InlineData("\"\\ud800\"", 1, "invalid Unicode surrogates", "\"\\ud800\"")]
    public void What_is_no_YAML_is_told_with_its_line(string text, int line, string why, string lineText)
    {
        var refusal = Refusal(text);

        (refusal.Line, refusal.LineText).Should().Be((line, lineText));
        refusal.Column.Should().BePositive();
        refusal.Why.Should().Contain(why);
    }

    [Fact]
    public void What_nobody_would_write_is_refused_in_words()
    {
        var bomb = $"a0: &a0 x\n{string.Concat(Enumerable.Range(1, 30).Select(line => $"a{line}: &a{line} [*a{line - 1}, *a{line - 1}]\n"))}";

        Refusal(new string('[', 10_000)).Why.Should().Be("it is nested more than 50 levels deep");
        Refusal(bomb).Why.Should().Be("it has more than 100,000 parts, aliases written out");
        Refusal(new string('x', 1_000_001)).Why.Should().Be("it has more than 1,000,000 characters");
        Root($"{new string('[', 50)}{new string(']', 50)}").Should().NotBeNull();
    }
}
