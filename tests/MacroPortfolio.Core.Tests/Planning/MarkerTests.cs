using CsCheck;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;

namespace MacroPortfolio.Core.Tests.Planning;

public sealed class MarkerTests
{
    private const int DescriptionLimit = 256;

    [Fact]
    public void A_marker_says_in_plain_words_what_and_whose_a_deployment_is() =>
        Some.Marker().ToString().Should().Be("acme/site@aaaaaaa gray run 42 job release step deploy (deploy, attempt 1)");

    [Fact]
    public void A_marker_is_found_whole_behind_any_words() => Gen.String[Gen.Char[" abc|()\n\t:漢é\ud83d\ude80attempt1"], 0, 400].Sample(words =>
    {
        var marker = Some.Marker();

        var description = marker.Describe(words);

        description.Length.Should().BeLessOrEqualTo(DescriptionLimit);
        description.Should().EndWith(marker.ToString());
        Marker.Find(description).Should().Be(marker);
    });

    [Fact]
    public void A_marker_of_any_run_is_found_again()
    {
        var word = Gen.String[Gen.Char["abcXYZ019._-"], 1, 20];

        Gen.Select(word, word, word, word, Gen.Long[1, long.MaxValue], Gen.Int[1, 1_000]).Sample((subject, group, job, step, run, attempt) =>
        {
            var marker = new Marker($"acme/{subject}@aaaaaaa", group, $"acme/{subject}", run, job, step, "promote", attempt);

            Marker.Find(marker.Describe("Thursday's release")).Should().Be(marker);
        });
    }

    [Fact]
    public void The_users_words_stand_before_the_marker() =>
        Some.Marker().Describe("  Thursday's release ").Should().Be($"Thursday's release | {Some.Marker()}");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \n")]
    public void Without_words_the_marker_stands_alone(string? words) => Some.Marker().Describe(words).Should().Be(Some.Marker().ToString());

    [Fact]
    public void Words_are_cut_between_characters_and_not_within_one()
    {
        var rockets = string.Concat(Enumerable.Repeat("🚀", 200));

        Some.Marker().Describe(rockets).Should().NotContain("\ud83d |").And.NotEndWith("\ud83d");
        Some.Marker().Describe($"x{rockets}").Should().NotContain("\ud83d |").And.NotEndWith("\ud83d");
    }

    [Fact]
    public void Words_that_look_like_a_marker_are_not_taken_for_one()
    {
        var forged = Some.Marker(verb: "rollback", group: "stable").Describe(null);

        Marker.Find(Some.Marker().Describe(forged)).Should().Be(Some.Marker());
        Marker.Find($"{forged} and more").Should().BeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("deployed by hand")]
    [InlineData("acme/site@aaaaaaa gray by hand (deploy)")]
    [InlineData("acme/site@aaaaaaa gray run 99999999999999999999 of acme/site job j step s (deploy, attempt 1)")]
    [InlineData("acme/site@aaaaaaa gr/ay run 1 of acme/site job j step s (deploy, attempt 1)")]
    public void Other_descriptions_have_no_marker(string? description) => Marker.Find(description).Should().BeNull();

    [Fact]
    public void Verb_and_attempt_do_not_tell_deployments_apart()
    {
        var first = Some.Marker(verb: "gray", attempt: 1);

        first.SameDeployment(Some.Marker(verb: "deploy", attempt: 7)).Should().BeTrue();
        first.Should().NotBe(Some.Marker(verb: "deploy", attempt: 7));
    }

    [Fact]
    public void Everything_else_does()
    {
        var one = Some.Marker();
        Marker[] others =
        [
            one with { Subject = "acme/site@bbbbbbb" },
            one with { Group = "stable" },
            one with { Repository = "dana/site" },
            one with { Run = 43 },
            one with { Job = "nightly" },
            one with { Step = "again" },
        ];

        others.Should().OnlyContain(other => !other.SameDeployment(one));
    }

    [Theory]
    [InlineData("user", "deploy, run 41 of acme/site")]
    [InlineData("codeDeployRollback", "CodeDeploy's rollback")]
    public void A_past_deployment_says_who_made_it(string creator, string by) => Some.Past(1, Some.GitHub(), creator: creator).By.Should().Be(by);

    [Fact]
    public void A_deployment_without_our_marker_is_somebody_elses()
    {
        Some.Past(1, Some.GitHub(), description: "by hand").By.Should().Be("somebody outside this action");
        Some.Past(1, Some.GitHub(), description: "", creator: "autoscaling").By.Should().Be("autoscaling");
    }

    [Fact]
    public void A_revision_with_white_space_or_a_very_long_name_can_be_marked_too()
    {
        Revision[] revisions = [Some.S3(key: "my site\u00a0of\tMay.zip"), Some.S3(key: $"{new string('k', 900)}🚀.zip")];

        foreach (var revision in revisions)
        {
            var decision = Planner.Deploy("deploy", Some.Basis(), revision, [Some.History("gray")], DeploymentSettings.Default, StartSettings.Default, Some.Watch());

            var description = decision.Should().BeOfType<Decision.Go>().Which.Plan.Groups[0].Description;
            Marker.Find(description).Should().NotBeNull();
            description.Length.Should().BeLessOrEqualTo(DescriptionLimit);
        }
    }
}
