using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.Tests.Front;

public class ArgumentsTests
{
    [Fact]
    public void Options_take_the_next_word_or_what_follows_an_equals_sign()
    {
        var arguments = Read("--world", "a=b.yml", "--state=x=y", "--run-scripts");

        (arguments.Get("--world"), arguments.Get("--state"), arguments.Has("--run-scripts"), arguments.Get("--port")).Should().Be(("a=b.yml", "x=y", true, null));
        arguments.Command.Should().BeNull();
        arguments.Errors.Should().BeEmpty();
    }

    [Fact]
    public void What_follows_two_dashes_is_the_command_whatever_it_looks_like()
    {
        var arguments = Read("--state", "x", "--", "deploy", "--state", "--", "y");

        arguments.Command.Should().Equal("deploy", "--state", "--", "y");
        arguments.Errors.Should().BeEmpty();
    }

    [Fact]
    public void Every_mistake_is_told()
    {
        var arguments = Read("deploy", "--run-scripts=true", "--state", "x", "--state", "y", "--port", "eighty", "--world");
        arguments.Number("--port", 0, 65535);
        arguments.Require("--world");

        arguments.Errors.Should().Equal(
            "'deploy' is not known here; known: --world, --state, --port, --run-scripts.",
            "'--run-scripts=true' is not known here; known: --world, --state, --port, --run-scripts.",
            "--state is given twice.",
            "--world needs a value.",
            "--port is 'eighty', which is not a number from 0 to 65535.",
            "--world is missing.");
    }

    private static Arguments Read(params string[] words) => new(words, ["--world", "--state", "--port"], ["--run-scripts"]);
}
