using MacroPortfolio.Simulator.Jobs;

namespace MacroPortfolio.Simulator.Tests.Jobs;

public class TokenPermissionsTests
{
    [Fact]
    public void Each_permission_has_its_level()
    {
        var parsed = TokenPermissions.TryParse("contents=read, pull-requests=write,checks=none", out var permissions, out _);

        parsed.Should().BeTrue();
        permissions.Should().BeEquivalentTo(new Dictionary<string, string> { ["contents"] = "read", ["pull-requests"] = "write", ["checks"] = "none" });
    }

    [Theory]
    [InlineData("contents", "has 'contents', which is not name=read, name=write or name=none.")]
    [InlineData("contents=admin", "has 'contents=admin', which is not name=read, name=write or name=none.")]
    public void What_is_no_permission_is_said(string text, string problem)
    {
        var parsed = TokenPermissions.TryParse(text, out var permissions, out var said);

        (parsed, said, permissions.Count).Should().Be((false, problem, 0));
    }

    [Fact]
    public void An_unknown_name_is_said_with_the_known_ones()
    {
        var parsed = TokenPermissions.TryParse("content=read", out _, out var problem);

        parsed.Should().BeFalse();
        problem.Should().StartWith("has 'content', which is no permission; known: actions, ").And.Contain("contents");
    }
}
