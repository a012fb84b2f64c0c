using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
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
        await LogOf(inActions: true).WriteAsync(new LogLine.Quote("Last words", Hostile));

        var lines = Lines;
        (lines[0], lines[^1]).Should().Be(("::group::Last words", "::endgroup::"));
        lines[1].Should().MatchRegex("^::stop-commands::[0-9a-f]{32}$");
        lines[^2].Should().Be($"::{lines[1]["::stop-commands::".Length..]}::");
        lines[2..^2].Should().Equal("  | : :error::no", "  |   : :set-output name=x::y", "  | A ## [command]run", "  | : :stop-commands::pause", "  | ␛[31mred");
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

        await log.WriteAsync(new LogLine.Quote("t", "a"));
        await log.WriteAsync(new LogLine.Quote("t", "b"));

        Lines.Where(line => line.StartsWith("::stop-commands::", StringComparison.Ordinal)).Should().HaveCount(2).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Commands_are_only_for_the_runner()
    {
        var log = LogOf(inActions: false);

        await log.WriteAsync(new LogLine.Open("Plan"));
        await log.WriteAsync(new LogLine.Close());
        await log.WriteAsync(new LogLine.Problem("deploy", "it failed"));
        await log.WriteAsync(new LogLine.Warning("careful"));
        await log.WriteAsync(new LogLine.Quote("::error::t", "::error::no"));
        await log.MaskAsync(new Secret("hunter2"));

        Lines.Should().Equal("[0:00] Plan", "error: it failed", "warning: careful", "[0:00] : :error::t", "  | : :error::no");
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

    [Theory]
    [InlineData("scripts/start.sh", "scripts/start.sh")]
    [InlineData("./scripts//start.sh", "scripts/start.sh")]
    [InlineData("/scripts/start.sh", null)]
    [InlineData("scripts/../../start.sh", null)]
    [InlineData("a\nb", null)]
    [InlineData("..", null)]
    [InlineData("", null)]
    public async Task An_error_stands_at_the_script_if_its_name_is_a_path_of_the_bundle(string script, string? file)
    {
        await LogOf(inActions: true).WriteAsync(new LogLine.Problem("start", "failed", FailureOf(script), Own));

        Lines.Should().Equal($"::error {(file is null ? "" : $"file={file},")}title=start::failed");
    }

    [Fact]
    public async Task Of_another_revision_than_a_commit_of_this_repository_only_files_that_are_in_the_workspace_have_a_place()
    {
        var workspace = Directory.CreateTempSubdirectory();
        try
        {
            await File.WriteAllTextAsync(Path.Combine(workspace.FullName, "there.sh"), "");
            var log = new Log(written, Environment(true, ("GITHUB_WORKSPACE", workspace.FullName)), time);
            var bundle = new Revision.S3("bundles", "site.zip", "zip", "v1", null);

            await log.WriteAsync(new LogLine.Problem("t", "one", FailureOf("there.sh"), bundle));
            await log.WriteAsync(new LogLine.Problem("t", "two", FailureOf("missing.sh"), bundle));
            await log.WriteAsync(new LogLine.Problem("t", "three", FailureOf("missing.sh"), Own with { Repository = new RepositoryName("acme/other") }));

            Lines.Should().Equal("::error file=there.sh,title=t::one", "::error title=t::two", "::error title=t::three");
        }
        finally
        {
            workspace.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_message_is_cut_where_GitHub_would_cut_it()
    {
        await LogOf(inActions: true).WriteAsync(new LogLine.Problem("t", new string('x', 5_000)));

        Lines.Single().Should().HaveLength("::error title=t::".Length + 4_096).And.EndWith("…");
    }

    [Fact]
    public async Task And_at_the_line_that_the_shell_names()
    {
        await LogOf(inActions: true).WriteAsync(new LogLine.Problem("t", "failed", FailureOf("scripts/start.sh", "[stderr]/opt/x/scripts/start.sh: line 8: brotli: command not found"), Own));

        Lines.Should().Equal("::error file=scripts/start.sh,line=8,title=t::failed");
    }

    private static Failure FailureOf(string script, string tail = "") => new("Failed", "ApplicationStart", script, "ScriptFailed", "", ["i-1"], tail);

    private static readonly Revision.GitHub Own = new(new RepositoryName("acme/site"), new CommitId(new string('a', 40)));

    private static RunnerEnvironment Environment(bool inActions, params (string Name, string Value)[] more) => new(
        new Dictionary<string, string>(more.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)))
        {
            ["GITHUB_ACTIONS"] = inActions ? "true" : "",
            ["GITHUB_REPOSITORY"] = "acme/site",
        });

    private Log LogOf(bool inActions) => new(written, Environment(inActions), time);

    private string[] Lines => written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
