using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Tests.GitHub;

public sealed class ReleaseFileTests
{
    private static ServiceContact? Read(string text) => ReleaseFileSource.Contact(text, new ApplicationName("site"));

    [Fact]
    public void Owner_and_runbook_are_read_wherever_they_stand()
    {
        var contact = Read("""
            version: 1
            application: site
            departments: { owner: nobody, risk: [runbook, "x"] }
            stages:
              - name: gray
                owner: nobody either
            owner: acme/portfolio   # a team
            runbook: "https://acme.example/runbook"
            """);

        contact.Should().Be(new ServiceContact("acme/portfolio", "https://acme.example/runbook"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- list")]
    [InlineData("just words")]
    [InlineData("owner: a\n  broken: {")]
    [InlineData("version: 1")]
    [InlineData("owner:\nrunbook: ''")]
    [InlineData("application: another\nowner: acme/portfolio")]
    [InlineData("owner: [a, b]")]
    [InlineData("&a owner: *b")]
    public void A_file_that_names_nobody_for_this_application_says_nothing(string text) => Read(text).Should().BeNull();

    [Fact]
    public void One_of_the_two_is_enough() => Read("owner: acme/portfolio")!.InWords.Should().Be("Owner: acme/portfolio");
}
