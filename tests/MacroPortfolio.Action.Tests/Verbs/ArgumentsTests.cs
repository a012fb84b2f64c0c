using MacroPortfolio.Action.Verbs;

namespace MacroPortfolio.Action.Tests.Verbs;

public sealed class ArgumentsTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void Options_are_taken_with_a_blank_or_an_equals_sign()
    {
        var (complete, errors) = Read("--application", "site", "--timeout=5m", "--description", "a = b");

        complete.Should().BeEquivalentTo("--application=site", "--timeout=5m", "--description=a = b");
        errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData(new[] { "--dry-run" }, "--dry-run=true")]
    [InlineData(new[] { "--dry-run", "--comment", "false" }, "--dry-run=true", "--comment=false")]
    [InlineData(new[] { "--dry-run", "false" }, "--dry-run=false")]
    [InlineData(new[] { "--dry-run=FALSE" }, "--dry-run=FALSE")]
    public void A_bare_switch_means_true_and_a_value_behind_it_is_its_value(string[] words, params string[] expected)
    {
        var (complete, errors) = Read(words);

        complete.Should().BeEquivalentTo(expected);
        errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("two\nlines", "two\nlines")]
    [InlineData("- two\n- lines", "\n- two\n- lines")]
    public void A_value_of_several_lines_is_a_word_of_its_own_that_begins_like_no_option(string value, string word)
    {
        var (complete, errors) = Read($"--description={value}");

        complete.Should().Equal("--description", word);
        errors.Should().BeEmpty();
        using var parser = new CommandLine.Parser();
        parser.ParseArguments(["deploy", .. complete], typeof(DeployOptions)).Value.Should().BeOfType<DeployOptions>().Which.Description!.Trim().Should().Be(value);
    }

    [Fact]
    public void A_repeated_list_adds_up_and_a_repeated_value_is_refused()
    {
        var (complete, errors) = Read("--deployment-group", "gray", "--deployment-group", "blue\n\n green ", "--timeout", "5m", "--timeout", "6m");

        complete.Should().Contain(["--deployment-group=gray", "--deployment-group=blue", "--deployment-group=green", "--timeout=5m"]);
        errors.Should().Equal("Input 'timeout' is given twice, as '5m' and as '6m'; it takes one value.");
    }

    [Fact]
    public void Words_that_belong_to_no_option_are_refused_all_at_once()
    {
        var (_, errors) = Read("stray", "--no-such", "value", "-x", "--application");

        errors.Should().HaveCount(4);
        errors[0].Should().StartWith("'stray' belongs to no option.");
        errors[1].Should().StartWith("There is no option '--no-such'. Options here are allow-instance-role, allowed-account-ids, application,");
        errors[2].Should().StartWith("'-x' belongs to no option.");
        errors[3].Should().Be("Input 'application' has no value behind it.");
    }

    [Fact]
    public void Inputs_of_the_runner_are_read_and_an_option_wins()
    {
        var environment = new Dictionary<string, string>
        {
            ["INPUT_ROLE-TO-ASSUME"] = " arn:aws:iam::123456789012:role/deploy ",
            ["INPUT_APPLICATION"] = "from the runner",
            ["INPUT_DEPLOYMENT-GROUP"] = "gray\nblue",
            ["INPUT_TIMEOUT"] = "  ",
            ["INPUT_ROLE_TO_ASSUME"] = "not this one",
        };

        var (complete, errors) = Arguments.Read(typeof(DeployOptions), ["--application", "site"], environment);

        complete.Should().BeEquivalentTo(
            "--role-to-assume=arn:aws:iam::123456789012:role/deploy", "--application=site", "--deployment-group=gray", "--deployment-group=blue");
        errors.Should().BeEmpty();
    }

    [Fact]
    public void An_empty_value_counts_as_not_given_so_the_runners_is_taken()
    {
        var (complete, _) = Arguments.Read(typeof(DeployOptions), ["--application="], new Dictionary<string, string> { ["INPUT_APPLICATION"] = "site" });

        complete.Should().Equal("--application=site");
    }

    private static (IReadOnlyList<string> Complete, IReadOnlyList<string> Errors) Read(params string[] words) => Arguments.Read(typeof(DeployOptions), words, Nothing);
}
