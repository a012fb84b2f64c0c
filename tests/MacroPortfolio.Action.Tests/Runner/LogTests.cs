using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace MacroPortfolio.Action.Tests.Runner;

public sealed class LogTests : IDisposable
{
    private const string Hostile = "::error::no\n  ::set-output name=x::y\nA ##[command]run\n::stop-commands::pause\n\u001b[31mred";

    private readonly StringWriter written = new();
    private readonly FakeTimeProvider time = new();

    public void Dispose() => written.Dispose();

    [Fact]
    public async Task A_scripts_words_stand_between_two_tokens_and_are_harmless_in_themselves()
    {
        await LogOf(inActions: true).WriteAsync(new LogLine.Quote(Hostile));

        var lines = Lines;
        lines[0].Should().MatchRegex("^::stop-commands::[0-9a-f]{32}$");
        lines[^1].Should().Be($"::{lines[0]["::stop-commands::".Length..]}::");
        lines[1..^1].Should().Equal("  | : :error::no", "  |   : :set-output name=x::y", "  | A ## [command]run", "  | : :stop-commands::pause", "  | ␛[31mred");
    }

    [Fact]
    public async Task Lines_to_copy_have_nothing_before_them_and_are_harmless_all_the_same()
    {
        await LogOf(inActions: true).WriteAsync(new LogLine.Verbatim(["{", "  \"Effect\": \"Allow\"", "}", "::error::no", "A ##[command]run"]));

        Lines[0].Should().StartWith("::stop-commands::");
        Lines[1..^1].Should().Equal("{", "  \"Effect\": \"Allow\"", "}", ": :error::no", "A ## [command]run");
    }

    [Fact]
    public async Task Each_quote_has_a_token_of_its_own()
    {
        var log = LogOf(inActions: true);

        await log.WriteAsync(new LogLine.Quote("a"));
        await log.WriteAsync(new LogLine.Quote("b"));

        Lines[0].Should().NotBe(Lines[3]);
    }

    [Fact]
    public async Task Commands_are_only_for_the_runner()
    {
        var log = LogOf(inActions: false);

        await log.WriteAsync(new LogLine.Open("Plan"));
        await log.WriteAsync(new LogLine.Close());
        await log.WriteAsync(new LogLine.Problem("deploy", "it failed"));
        await log.WriteAsync(new LogLine.Warning("careful"));
        await log.WriteAsync(new LogLine.Quote("::error::no"));
        await log.MaskAsync(new Secret("hunter2"));

        Lines.Should().Equal("[0:00] Plan", "error: it failed", "warning: careful", "  | : :error::no");
    }

    [Fact]
    public async Task Properties_and_data_are_escaped_as_the_runner_reads_them()
    {
        await LogOf(inActions: true).WriteAsync(new LogLine.Problem("a: b, 100%", "50% of\nthem"));

        Lines.Should().Equal("::error title=a%3A b%2C 100%25::50%25 of them");
    }

    [Fact]
    public async Task Lines_say_how_long_the_run_has_taken()
    {
        var log = LogOf(inActions: true);
        time.Advance(TimeSpan.FromSeconds(3905));

        await log.SayAsync("still there");

        Lines.Should().Equal("[1:05:05] still there");
    }

    [Fact]
    public async Task A_secret_is_masked_whole()
    {
        await LogOf(inActions: true).MaskAsync(new Secret("a%b"));

        Lines.Should().Equal("::add-mask::a%25b");
    }

    private Log LogOf(bool inActions) => new(written, inActions, time);

    private string[] Lines => written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
