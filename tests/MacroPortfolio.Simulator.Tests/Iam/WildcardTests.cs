using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Tests.Iam;

public class WildcardTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("a*c", "abbbc", true)]
    [InlineData("a*c", "abbbd", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("codedeploy:Get*", "codedeploy:GetDeployment", true)]
    [InlineData("codedeploy:Get*", "codedeploy:ListDeployments", false)]
    [InlineData("repo:acme/*", "repo:acme/macro-portfolio:ref:refs/heads/main", true)]
    [InlineData("", "", true)]
    [InlineData("", "x", false)]
    [InlineData("ABC", "abc", false)]
    public void A_star_is_any_text_and_a_question_mark_one_character(string pattern, string text, bool matches)
    {
        var result = Wildcard.Match(pattern, text);

        result.Should().Be(matches);
    }

    [Fact]
    public void Case_counts_unless_told_otherwise()
    {
        var result = Wildcard.Match("codedeploy:get*", "CodeDeploy:GetDeployment", ignoreCase: true);

        result.Should().BeTrue();
    }
}
