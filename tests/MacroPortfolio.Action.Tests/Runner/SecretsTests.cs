using System.Text;
using System.Text.Json;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Tests.Runner;

/// <summary>A secret that comes back in words of others is not passed on, however it is written.</summary>
public sealed class SecretsTests
{
    private const string Value = "IQoJb3JpZ2luX2VjE/+\"a b\"=&%é<x>";

    public static TheoryData<string> Ways =>
    [
        Value,
        Uri.EscapeDataString(Value),
        JsonSerializer.Serialize(Value)[1..^1],
        Base64(Value),
        Base64($"a{Value}"),
        Base64($"ab{Value}"),
        Base64($"abc{Value}def"),
        Base64($"user:{Value}").Replace('+', '-').Replace('/', '_'),
    ];

    [Theory]
    [MemberData(nameof(Ways))]
    public void It_is_hidden_raw_in_an_address_in_JSON_and_in_base64(string written)
    {
        var secrets = new Secrets([Value]);

        var hidden = secrets.Hide($"AWS says: {written}, so it said.");

        hidden.Should().StartWith("AWS says: ").And.EndWith(", so it said.").And.Contain("***");
        Decoded(hidden).Should().NotContain(Value[4..^4]);
    }

    [Fact]
    public async Task The_log_hides_what_was_masked_and_what_lies_in_the_environment()
    {
        using var written = new StringWriter();
        var log = new Log(written, new RunnerEnvironment(new Dictionary<string, string> { ["AWS_SECRET_ACCESS_KEY"] = "lies-about", ["HTTPS_PROXY"] = "http://ann:pass%2Fword@proxy:3128" }), TimeProvider.System);
        await log.MaskAsync(new Secret("masked-value"));

        await log.WriteAsync(new LogLine.Problem("deploy", "AWS says masked-value and lies-about."));
        await log.WriteAsync(new LogLine.Quote("words", "ann:pass%2Fword or pass/word or YW5uOnBhc3Mvd29yZA=="));

        written.ToString().Should().NotContainAny("masked-value", "lies-about", "pass", "YW5uOnBhc3Mvd29y").And.Contain("AWS says *** and ***.");
    }

    [Fact]
    public void What_is_too_short_to_be_told_from_other_words_is_let_be() => new Secrets(["ab"]).Hide("abc").Should().Be("abc");

    [Fact]
    public async Task Lines_of_many_writers_do_not_come_between_each_other()
    {
        await using var written = new SlowWriter();
        var log = new Log(written, new RunnerEnvironment(new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true" }), TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => number % 2 == 0
            ? log.WriteAsync(new LogLine.Quote($"script {number}", "one\ntwo\nthree"))
            : log.MaskAsync(new Secret($"secret-{number}"), new Secret($"another-{number}"))));

        var stopped = false;
        foreach (var line in written.ToString().Split('\n'))
        {
            stopped = line.StartsWith("::stop-commands::", StringComparison.Ordinal) || (stopped && !(line.StartsWith("::", StringComparison.Ordinal) && line.EndsWith("::", StringComparison.Ordinal)));
            (stopped && line.StartsWith("::add-mask::", StringComparison.Ordinal)).Should().BeFalse("the runner would show it");
        }

        written.ToString().Split("::add-mask::").Should().HaveCount(51);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>What base64 in it can be read at any alignment.</summary>
    private static string Decoded(string text)
    {
        var read = new StringBuilder(text);
        foreach (var word in text.Split(' ', ',').Select(word => word.Replace('-', '+').Replace('_', '/').Replace("*", "", StringComparison.Ordinal).TrimEnd('=')))
        {
            for (var skip = 0; skip < 4 && skip < word.Length; skip++)
            {
                var part = word[skip..];
                var buffer = new byte[part.Length];
                read.Append(Convert.TryFromBase64String(part[..(part.Length / 4 * 4)], buffer, out var count) ? Encoding.UTF8.GetString(buffer, 0, count) : "");
            }
        }

        return read.ToString();
    }

    /// <summary>Yields in the middle of what it writes, as a pipe does.</summary>
    private sealed class SlowWriter : StringWriter
    {
        public override async Task WriteAsync(string? value)
        {
            foreach (var part in value!.Chunk(7))
            {
                Write(part);
                await Task.Yield();
            }
        }
    }
}
