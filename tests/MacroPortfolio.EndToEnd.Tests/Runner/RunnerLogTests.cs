namespace MacroPortfolio.EndToEnd.Tests.Runner;

/// <summary>The judge is judged: what the runner would obey is seen as obeyed.</summary>
public sealed class RunnerLogTests
{
    [Theory]
    [InlineData("::error::x", "error", "x")]
    [InlineData(" \t::warning file=a.cs,line=1::100%25%0Adone", "warning", "100%\ndone")]
    [InlineData("::Add-Mask::s", "add-mask", "s")]
    [InlineData("##[command]x", "command", null)]
    [InlineData("before ##[error]x%5D", "error", "x]")]
    [InlineData("before ::error::x", "error", null)]
    [InlineData("::unknown::x", "unknown", null)]
    [InlineData(": :error::x", "error", null)]
    [InlineData("## [error]x", "error", null)]
    [InlineData("::error x", "error", null)]
    public void A_line_is_a_command_by_the_runners_rules(string line, string name, string? data)
    {
        var log = RunnerLog.Read(line);

        log.Obeyed.Select(command => (command.Name, (string?)command.Data)).Should().Equal(data is null ? [] : [(name, data)]);
        log.Shown.Should().Equal(data is null ? [line] : Array.Empty<string>());
    }

    [Fact]
    public void Properties_are_read_with_their_escapes()
    {
        var command = RunnerLog.Read("::error title=a%3A b%2C c,file=x::words").Errors.Single();

        command.Properties.Should().Equal(new Dictionary<string, string> { ["title"] = "a: b, c", ["file"] = "x" });
    }

    [Fact]
    public void Between_stop_and_its_token_nothing_is_obeyed()
    {
        var log = RunnerLog.Read("::stop-commands::TOKEN1\n::error::a\n::other::\n##[error]b\n::token1::\n::error::c");

        log.Obeyed.Select(command => command.Data).Should().Equal("TOKEN1", "c");
        log.Stopped.Should().Equal("::error::a", "::other::", "##[error]b");
        log.IsOpen.Should().BeFalse();
        RunnerLog.Read("::stop-commands::TOKEN1\nx").IsOpen.Should().BeTrue();
    }

    [Fact]
    public void Both_streams_are_read()
    {
        var log = RunnerLog.Read("::notice::a", "::error::b");

        log.Obeyed.Select(command => command.Name).Should().Equal("notice", "error");
    }

    [Fact]
    public void Files_have_plain_values_and_delimited_ones()
    {
        var values = CommandFile.Parse("a=1\n\nb<<END\none\n::error::x\nc=2\nEND\nd=x<<y\na=3\ne<<X\nX\n");

        values.Should().Equal(new Dictionary<string, string> { ["a"] = "3", ["b"] = "one\n::error::x\nc=2", ["d"] = "x<<y", ["e"] = "" });
    }

    [Theory]
    [InlineData("just words\n")]
    [InlineData("=1\n")]
    [InlineData("<<END\nx\nEND\n")]
    [InlineData("a<<END\nx\n END\n")]
    public void A_broken_file_fails_the_step(string text)
    {
        var read = () => CommandFile.Parse(text);

        read.Should().Throw<FormatException>();
    }
}
