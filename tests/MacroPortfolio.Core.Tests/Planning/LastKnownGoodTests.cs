using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;

namespace MacroPortfolio.Core.Tests.Planning;

public sealed class LastKnownGoodTests
{
    private static readonly Revision Bad = Some.GitHub('f');

    private static PastDeployment? Find(params PastDeployment[] newestFirst) => Planner.LastKnownGood(newestFirst, Bad, FailureAllowance.None);

    [Fact]
    public void It_is_the_newest_that_succeeded_with_another_revision()
    {
        var good = Some.Past(7, Some.GitHub('b'));

        Find(Some.Past(9, Bad), Some.Past(8, Bad), good, Some.Past(6, Some.GitHub('a'))).Should().Be(good);
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Stopped")]
    [InlineData("InProgress")]
    [InlineData("Paused")]
    public void Nothing_counts_but_success(string status)
    {
        var good = Some.Past(7, Some.GitHub('a'));

        Find(Some.Past(9, Bad), Some.Past(8, Some.GitHub('b'), status), good).Should().Be(good);
    }

    [Fact]
    public void There_may_be_none()
    {
        Find().Should().BeNull();
        Find(Some.Past(9, Bad), Some.Past(8, Bad)).Should().BeNull();
    }

    [Fact]
    public void A_success_that_missed_more_instances_than_are_allowed_does_not_count()
    {
        PastDeployment[] history = [Some.Past(9, Bad), Some.Past(8, Some.GitHub('b'), counts: Some.Counts(succeeded: 3, skipped: 1)), Some.Past(7, Some.GitHub('a'))];

        Planner.LastKnownGood(history, Bad, FailureAllowance.None)!.Revision.Should().Be(Some.GitHub('a'));
        Planner.LastKnownGood(history, Bad, new FailureAllowance(1, false))!.Revision.Should().Be(Some.GitHub('b'));
    }

    [Theory]
    [InlineData("autoscaling")]
    [InlineData("autoscalingTermination")]
    public void Instances_that_Auto_Scaling_launched_prove_nothing(string creator)
    {
        var good = Some.Past(7, Some.GitHub('a'));

        Find(Some.Past(9, Bad), Some.Past(8, Some.GitHub('b'), creator: creator), good).Should().Be(good);
    }

    [Fact]
    public void A_revision_that_was_rolled_back_from_is_not_gone_back_to()
    {
        var first = Some.Past(5, Some.GitHub('a'));

        Find(Some.Past(9, Bad), Some.Past(8, Some.GitHub('b'), verb: "rollback"), Some.Past(7, Some.GitHub('c')), Some.Past(6, Some.GitHub('b')), first)!.Revision
            .Should().Be(Some.GitHub('b'), "the rollback itself succeeded");
        Find(Some.Past(9, Bad), Some.Past(8, Some.GitHub('b'), "Failed", verb: "rollback"), Some.Past(7, Some.GitHub('c')), first).Should().Be(first);
    }

    [Fact]
    public void A_revision_that_CodeDeploy_rolled_back_from_is_not_gone_back_to()
    {
        var first = Some.Past(5, Some.GitHub('a'));

        Find(Some.Past(9, Bad), Some.Past(8, Bad, creator: "codeDeployRollback"), Some.Past(7, Some.GitHub('c')), first).Should().Be(first);
    }

    [Fact]
    public void An_older_success_of_a_revision_that_was_taken_back_later_does_not_count_either()
    {
        var oldest = Some.Past(3, Some.GitHub('a'));

        Find(
            Some.Past(9, Bad),
            Some.Past(8, Bad, verb: "rollback"),
            Some.Past(7, Some.GitHub('c')),
            Some.Past(6, Some.GitHub('c')),
            oldest).Should().Be(oldest);
    }

    [Fact]
    public void A_revision_deployed_again_after_it_was_taken_back_counts_again()
    {
        var again = Some.Past(8, Some.GitHub('c'));

        Find(Some.Past(9, Bad), again, Some.Past(7, Some.GitHub('b'), verb: "rollback"), Some.Past(6, Some.GitHub('c'))).Should().Be(again);
    }

    [Fact]
    public void An_unpinned_object_is_never_taken_for_another_than_the_bad_one_of_its_name()
    {
        var good = Some.Past(7, Some.GitHub('a'));

        Planner.LastKnownGood([Some.Past(9, Some.S3("v2")), Some.Past(8, Some.S3()), good], Some.S3("v2"), FailureAllowance.None).Should().Be(good);
        Planner.LastKnownGood([Some.Past(9, Some.S3()), Some.Past(8, Some.S3("v1")), good], Some.S3(), FailureAllowance.None).Should().Be(good);
    }

    [Fact]
    public void A_kind_of_revision_that_is_not_known_is_no_way_back()
    {
        var good = Some.Past(7, Some.GitHub('a'));

        Find(Some.Past(9, Bad), Some.Past(8, new Revision.Unrecognised("String")), good).Should().Be(good);
    }

    [Fact]
    public void Instances_that_were_not_counted_are_not_held_against_a_success()
    {
        var good = Some.Past(8, Some.GitHub('a')) with { Counts = null };

        Find(Some.Past(9, Bad), good).Should().Be(good);
    }
}
