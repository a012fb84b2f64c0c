using MacroPortfolio.Action.Runner;

namespace MacroPortfolio.Action.Tests.Runner;

public sealed class FileCommandsTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("two\nlines")]
    [InlineData("ghadelimiter_0\noutcome<<x\nsucceeded\nx")]
    [InlineData("a=b<<c")]
    public async Task The_runner_reads_back_what_was_written(string value)
    {
        await FileCommands.AppendAsync(file, FileCommands.Output("first", value) + FileCommands.Output("second", "é"), CancellationToken.None);

        var lines = (await File.ReadAllTextAsync(file)).Split('\n');
        (await File.ReadAllBytesAsync(file))[0].Should().Be((byte)'f', "a mark of the byte order would become part of the first name");
        lines[0].Should().StartWith("first<<");
        var delimiter = lines[0]["first<<".Length..];
        var end = Array.IndexOf(lines, delimiter, 1);
        string.Join('\n', lines[1..end]).Should().Be(value);
        lines[end + 1].Should().StartWith("second<<");
    }

    [Fact]
    public async Task Without_a_file_there_is_nobody_to_tell() => await FileCommands.AppendAsync(null, "text", CancellationToken.None);
}
