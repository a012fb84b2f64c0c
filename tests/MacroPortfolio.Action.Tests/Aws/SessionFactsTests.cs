using System.Text.RegularExpressions;
using CsCheck;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Action.Runner;

namespace MacroPortfolio.Action.Tests.Aws;

public sealed class SessionFactsTests
{
    [Fact]
    public void A_session_says_who_is_behind_it_in_letters_that_STS_takes()
    {
        var facts = Of("dependabot[bot]", "Release: 50% & more", "production");

        facts.SourceIdentity.Should().Be("dependabot_bot_");
        facts.Tags.Should().Equal(
            ("Repository", "acme/site"), ("Commit", "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d"), ("RunId", "4711"),
            ("Actor", "dependabot_bot_"), ("Environment", "production"), ("Workflow", "Release: 50_ _ more"));
    }

    [Fact]
    public void Whatever_the_names_are_STS_takes_them()
    {
        Gen.Select(Gen.String, Gen.String, Gen.String).Sample(
            (actor, workflow, environment) =>
            {
                var facts = Of(actor, workflow, environment);
                return facts.Tags.All(tag => tag.Value.Length is > 0 and <= 256 && Regex.IsMatch(tag.Value, @"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z"))
                    && (facts.SourceIdentity is null || Regex.IsMatch(facts.SourceIdentity, @"^[A-Za-z0-9_+=,.@\-]{2,64}\z"));
            },
            iter: 2_000);
    }

    [Fact]
    public void What_is_not_known_is_no_tag()
    {
        var facts = SessionFacts.Of(new RunnerEnvironment(new Dictionary<string, string>()), new TokenClaims(new Dictionary<string, string>()));

        facts.Should().BeEquivalentTo(new { Tags = Array.Empty<object>(), SourceIdentity = (string?)null });
    }

    private static SessionFacts Of(string actor, string workflow, string environment) => SessionFacts.Of(
        new RunnerEnvironment(new Dictionary<string, string>
        {
            ["GITHUB_REPOSITORY"] = "acme/site",
            ["GITHUB_SHA"] = "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d",
            ["GITHUB_EVENT_NAME"] = "push",
            ["GITHUB_RUN_ID"] = "4711",
            ["GITHUB_ACTOR"] = actor,
            ["GITHUB_WORKFLOW"] = workflow,
        }),
        new TokenClaims(new Dictionary<string, string> { ["environment"] = environment }));
}
