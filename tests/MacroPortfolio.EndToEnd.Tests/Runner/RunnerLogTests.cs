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

    [Theory]
    [InlineData("::stop-commands::")]
    [InlineData("::stop-commands::Error")]
    [InlineData("::stop-commands::pause-logging")]
    [InlineData("::set-env name=PATH::/tmp")]
    [InlineData("##[add-path]/tmp")]
    public void A_command_that_fails_the_step_is_refused_and_stops_nothing(string line)
    {
        var log = RunnerLog.Read($"{line}\n::error::after");

        log.Refused.Should().ContainSingle();
        log.Obeyed.Select(command => command.Data).Should().Equal("after");
        log.IsOpen.Should().BeFalse();
    }

    [Fact]
    public void Of_properties_with_one_name_the_last_counts_whatever_their_case()
    {
        var command = RunnerLog.Read("::error  title=a,Title=b,file=x=y,alone::words").Errors.Single();

        command.Properties.Should().Equal(new Dictionary<string, string> { ["title"] = "b", ["file"] = "x=y" });
    }

    [Fact]
    public void A_value_of_several_lines_is_hidden_line_by_line()
    {
        var log = RunnerLog.Read("::add-mask::one%0Atwo%0D%0A%0A \n::add-mask::\n::add-mask:: ");

        log.Hidden.Should().Equal("one\ntwo\r\n\n ", "one", "two");
    }

    [Fact]
    public void Ten_annotations_of_a_kind_are_shown_and_4096_letters_of_each()
    {
        var eleven = string.Join('\n', Enumerable.Range(1, 11).SelectMany(number => new[] { $"::error::e{number}", $"::warning::w{number}", $"::notice::n{number}" }));

        RunnerLog.Read(eleven).Annotations.Should().HaveCount(30).And.NotContain(note => note.EndsWith("11"));
        RunnerLog.Read(eleven).ShowsAllAnnotations.Should().BeFalse();
        RunnerLog.Read($"::error::{new string('x', 4097)}").Annotations.Single().Should().HaveLength(4096);
        RunnerLog.Read($"::error::{new string('x', 4096)}\n::debug::y").ShowsAllAnnotations.Should().BeTrue();
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
    [InlineData("a=b<<c\n", "b<<c")]
    [InlineData("a<<b=c\nx\nb=c\n", "x")]
    [InlineData("a<<END\nx\nEND", "x")]
    [InlineData("a=\n", "")]
    [InlineData("a= b \n", " b ")]
    [InlineData("a<<END\n\nx\n\nEND\n", "\nx\n")]
    public void Whichever_of_the_two_signs_comes_first_decides(string text, string value) => CommandFile.Parse(text)["a"].Should().Be(value);

    [Fact]
    public async Task A_file_with_a_byte_order_mark_or_of_no_UTF8_is_broken()
    {
        var file = Path.GetTempFileName();
        try
        {
            foreach (var bytes in new byte[][] { [0xef, 0xbb, 0xbf, .. "a=1\n"u8], [.. "a="u8, 0xff, .. "\n"u8] })
            {
                await File.WriteAllBytesAsync(file, bytes);
                var read = () => CommandFile.ReadAsync(file);

                await read.Should().ThrowAsync<Exception>();
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("just words\n")]
    [InlineData("=1\n")]
    [InlineData("<<END\nx\nEND\n")]
    [InlineData("a<<END\nx\n END\n")]
    [InlineData("a<<END\nx\nEND \n")]
    [InlineData("a<<END\r\nx\nEND\n")]
    [InlineData("a<<\nx\n\n")]
    [InlineData("a<<END\n")]
    public void A_broken_file_fails_the_step(string text)
    {
        var read = () => CommandFile.Parse(text);

        read.Should().Throw<FormatException>();
    }
}
