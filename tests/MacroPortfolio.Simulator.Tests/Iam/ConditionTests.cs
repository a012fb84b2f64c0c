using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Tests.Iam;

public class ConditionTests
{
    [Theory]
    [InlineData("""{ "StringEquals": { "k": "gray" } }""", true)]
    [InlineData("""{ "StringEquals": { "K": "gray" } }""", true)]
    [InlineData("""{ "StringEquals": { "k": ["stable", "gray"] } }""", true)]
    [InlineData("""{ "StringEquals": { "k": "Gray" } }""", false)]
    [InlineData("""{ "StringEquals": { "k": "gr*" } }""", false)]
    [InlineData("""{ "StringEqualsIgnoreCase": { "k": "GRAY" } }""", true)]
    [InlineData("""{ "StringNotEquals": { "k": "stable" } }""", true)]
    [InlineData("""{ "StringNotEquals": { "k": ["stable", "gray"] } }""", false)]
    [InlineData("""{ "StringNotEqualsIgnoreCase": { "k": "GRAY" } }""", false)]
    [InlineData("""{ "StringLike": { "k": "gr?y" } }""", true)]
    [InlineData("""{ "StringNotLike": { "k": "gr*" } }""", false)]
    [InlineData("""{ "ArnLike": { "arn": "arn:aws:iam::*:role/gray-*" } }""", true)]
    [InlineData("""{ "ArnEquals": { "arn": "arn:aws:iam::*:role/gray-1" } }""", true)]
    [InlineData("""{ "ArnLike": { "arn": "arn:*:role/gray-1" } }""", false)]
    [InlineData("""{ "ArnNotLike": { "arn": "arn:aws:iam::*:user/*" } }""", true)]
    [InlineData("""{ "Bool": { "flag": true } }""", true)]
    [InlineData("""{ "Bool": { "flag": "false" } }""", false)]
    [InlineData("""{ "NumericLessThan": { "n": 900 } }""", false)]
    [InlineData("""{ "NumericLessThanEquals": { "n": "900" } }""", true)]
    [InlineData("""{ "NumericGreaterThan": { "n": 899.5 } }""", true)]
    [InlineData("""{ "NumericNotEquals": { "n": 900 } }""", false)]
    [InlineData("""{ "NumericEquals": { "k": 900 } }""", false)]
    [InlineData("""{ "DateLessThan": { "date": "2026-10-02T00:00:00Z" } }""", true)]
    [InlineData("""{ "DateGreaterThan": { "date": "2026-10-02T00:00:00Z" } }""", false)]
    [InlineData("""{ "Null": { "none": true } }""", true)]
    [InlineData("""{ "Null": { "k": "true" } }""", false)]
    [InlineData("""{ "Null": { "k": "false" } }""", true)]
    [InlineData("""{ "StringEquals": { "none": "gray" } }""", false)]
    [InlineData("""{ "StringNotEquals": { "none": "gray" } }""", true)]
    [InlineData("""{ "StringEqualsIfExists": { "none": "gray" } }""", true)]
    [InlineData("""{ "StringEqualsIfExists": { "k": "stable" } }""", false)]
    [InlineData("""{ "ForAnyValue:StringEquals": { "list": ["b", "z"] } }""", true)]
    [InlineData("""{ "ForAnyValue:StringEquals": { "list": ["z"] } }""", false)]
    [InlineData("""{ "ForAnyValue:StringEquals": { "none": ["z"] } }""", false)]
    [InlineData("""{ "ForAllValues:StringEquals": { "list": ["a", "b", "c"] } }""", true)]
    [InlineData("""{ "ForAllValues:StringEquals": { "list": ["a"] } }""", false)]
    [InlineData("""{ "ForAllValues:StringEquals": { "none": ["a"] } }""", true)]
    [InlineData("""{ "ForAnyValue:StringNotEquals": { "list": ["a"] } }""", true)]
    [InlineData("""{ "ForAnyValue:StringNotEquals": { "none": ["a"] } }""", false)]
    [InlineData("""{ "ForAnyValue:StringLikeIfExists": { "none": ["a"] } }""", true)]
    [InlineData("""{ "StringEquals": { "list": ["a", "b"] } }""", false)]
    [InlineData("""{ "StringNotEquals": { "list": ["c"] } }""", false)]
    [InlineData("""{ "StringEquals": { "aws:TagKeys": "only" } }""", false)]
    [InlineData("""{ "ForAllValues:StringEquals": { "aws:tagkeys": "only" } }""", true)]
    [InlineData("""{ "BinaryEquals": { "k": "gray" } }""", true)]
    [InlineData("""{ "IpAddress": { "ip": "10.1.0.0/16" } }""", true)]
    [InlineData("""{ "IpAddress": { "ip": ["10.2.0.0/16", "10.1.2.3"] } }""", true)]
    [InlineData("""{ "IpAddress": { "ip6": "2001:db8::/32" } }""", true)]
    [InlineData("""{ "IpAddress": { "ip6": "10.0.0.0/8" } }""", false)]
    [InlineData("""{ "NotIpAddress": { "ip": "10.0.0.0/8" } }""", false)]
    [InlineData("""{ "NotIpAddress": { "none": "10.0.0.0/8" } }""", true)]
    [InlineData("""{ "StringEquals": { "aws:principaltag/team": "ma*cro" } }""", true)]
    [InlineData("""{ "StringEquals": { "aws:PrincipalTag/Team": "${aws:PrincipalTag/team}" } }""", true)]
    [InlineData("""{ "StringLike": { "k": "${none, 'gr*'}" } }""", false)]
    [InlineData("""{ "StringLike": { "k": "${none, 'gr'}*" } }""", true)]
    [InlineData("""{ "StringLike": { "aws:PrincipalTag/Team": "ma${*}cro" } }""", true)]
    [InlineData("""{ "StringLike": { "k": "gr${*}" } }""", false)]
    [InlineData("""{ "StringEquals": { "k": "${none}" } }""", false)]
    [InlineData("""{ "StringNotEquals": { "k": "${none}" } }""", false)]
    [InlineData("""{ "StringEquals": { "k": ["${none}", "gray"] } }""", true)]
    [InlineData("""{ "StringEquals": { "k": "${aws:TagKeys}" } }""", false)]
    [InlineData("""{ "StringEquals": { "k": "gray", "other": "x" } }""", false)]
    [InlineData("""{ "StringEquals": { "k": "gray" }, "Bool": { "flag": "false" } }""", false)]
    public void A_block_holds_when_every_operator_and_key_in_it_does(string block, bool holds)
    {
        var keys = new ContextKeys()
            .Add("k", "gray")
            .Add("arn", "arn:aws:iam::123456789012:role/gray-1")
            .Add("flag", "true")
            .Add("n", "900")
            .Add("date", "2026-10-01T00:00:00Z")
            .Add("ip", "10.1.2.3")
            .Add("ip6", "2001:db8::1")
            .Add("aws:PrincipalTag/Team", "ma*cro")
            .AddList("list", ["a", "b"])
            .AddList("aws:TagKeys", ["only"]);

        var result = Condition.ParseBlock(JsonNode.Parse(block)).All(condition => condition.Holds(keys));

        result.Should().Be(holds);
    }

    [Fact]
    public void In_documents_of_the_old_version_a_variable_is_text()
    {
        var condition = Condition.ParseBlock(JsonNode.Parse("""{ "StringEquals": { "k": "${k}" } }"""))[0];
        var keys = new ContextKeys().Add("k", "${k}");

        var (old, recent) = (condition.Holds(keys, hasVariables: false), condition.Holds(new ContextKeys().Add("k", "x"), hasVariables: true));

        (old, recent).Should().Be((true, true));
    }
}
