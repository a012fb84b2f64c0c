using CsCheck;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Core.Tests.Inputs;

public sealed class RevisionTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["aZ09 +%&=?#/._-~'()é漢|:@"], 1, 20];
    private static readonly Gen<string> Key = Gen.Select(Word, Gen.OneOf(".zip", ".tar", ".tgz", ".tar.gz", ".ZIP"), (name, suffix) => name + suffix);
    private static readonly Gen<string?> Pin = Gen.String[Gen.Char["aZ09._+&=%-"], 1, 32].Null();

    [Fact]
    public void Github_alone_is_the_commit_of_this_run()
    {
        Revision.TryParse("github", Some.Repository, Some.Commit('a'), out var revision).Should().BeTrue();

        revision.Should().Be(Some.GitHub('a'));
        revision!.Label.Should().Be("acme/site@aaaaaaa");
        revision.Commit.Should().Be(Some.Commit('a'));
    }

    [Fact]
    public void A_commit_can_be_named_without_being_the_runs_own()
    {
        Revision.TryParse($"github:{Some.Commit('b')}", Some.Repository, null, out var revision).Should().BeTrue();

        revision.Should().Be(Some.GitHub('b'));
    }

    [Theory]
    [InlineData("github")]
    [InlineData("github:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Without_a_repository_there_is_no_commit(string text) => Revision.TryParse(text, null, Some.Commit('a'), out _).Should().BeFalse();

    [Fact]
    public void Github_alone_needs_a_commit_of_this_run() => Revision.TryParse("github", Some.Repository, null, out _).Should().BeFalse();

    [Theory]
    [InlineData("s3://acme-bundles/site.zip", "site.zip", "zip", null, null)]
    [InlineData("s3://acme-bundles/a/b/site.TAR", "a/b/site.TAR", "tar", null, null)]
    [InlineData("s3://acme-bundles/site.tgz?versionId=3/L4+x", "site.tgz", "tgz", "3/L4 x", null)]
    [InlineData("s3://acme-bundles/site.tar.gz?versionId=3%2FL4%2Bx", "site.tar.gz", "tgz", "3/L4+x", null)]
    [InlineData("s3://acme-bundles/site.zip?eTag=0123abcd", "site.zip", "zip", null, "0123abcd")]
    [InlineData("s3://acme-bundles/site.zip?versionId=v1&eTag=0123abcd", "site.zip", "zip", "v1", "0123abcd")]
    [InlineData("s3://acme-bundles/what%3F%20%25%23.zip", "what? %#.zip", "zip", null, null)]
    [InlineData("s3://acme-bundles/a+b c.zip", "a+b c.zip", "zip", null, null)]
    [InlineData("s3://acme-bundles/site.zip?", "site.zip", "zip", null, null)]
    public void An_object_in_S3_is_a_bucket_a_key_and_what_pins_it(string text, string key, string type, string? version, string? eTag)
    {
        Revision.TryParse(text, null, null, out var revision).Should().BeTrue();

        revision.Should().Be(new Revision.S3("acme-bundles", key, type, version, eTag));
    }

    [Theory]
    [InlineData("")]
    [InlineData("main")]
    [InlineData("Github")]
    [InlineData("github:")]
    [InlineData("github:main")]
    [InlineData("github:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("s3://")]
    [InlineData("s3://acme-bundles")]
    [InlineData("s3://acme-bundles/")]
    [InlineData("s3:///site.zip")]
    [InlineData("s3://acme-bundles/site")]
    [InlineData("s3://acme-bundles/site.exe")]
    [InlineData("s3://acme-bundles/site.zip?version=v1")]
    [InlineData("s3://acme-bundles/site.zip?versionid=v1")]
    [InlineData("s3://acme-bundles/site.zip?versionId=v1&region=x")]
    [InlineData("s3://acme-bundles/site.zip?v1")]
    [InlineData("https://acme-bundles.s3.amazonaws.com/site.zip")]
    public void Other_revisions_are_refused(string text) => Revision.TryParse(text, Some.Repository, Some.Commit('a'), out _).Should().BeFalse();

    [Fact]
    public void A_commits_text_reads_back_as_the_commit() => Gen.String[Gen.Char["0123456789abcdef"], 40, 40].Sample(digits =>
    {
        var revision = new Revision.GitHub(Some.Repository, new CommitId(digits));

        Revision.TryParse(revision.Text, Some.Repository, null, out var again);

        again.Should().Be(revision);
    });

    [Fact]
    public void An_objects_text_reads_back_as_the_object() => Gen.Select(Key, Pin, Gen.Bool).Sample((key, pin, isVersion) =>
    {
        Revision.TryParse($"s3://b/{Uri.EscapeDataString(key)}", null, null, out var bare);
        var revision = (Revision.S3)bare! with { Version = isVersion ? pin : null, ETag = isVersion ? null : pin };

        Revision.TryParse(revision.Text, null, null, out var again);

        again.Should().Be(revision);
    });

    [Fact]
    public void Where_version_and_eTag_are_known_the_text_names_the_version()
    {
        var both = Some.S3(version: "v1", eTag: "\"0123\"");

        Revision.TryParse(both.Text, null, null, out var again);

        both.Text.Should().Be("s3://acme-bundles/site/site.zip?versionId=v1");
        again!.SameAs(both).Should().BeTrue();
    }

    [Fact]
    public void The_quotes_of_an_eTag_do_not_count()
    {
        var quoted = Some.S3(eTag: "\"0123\"");

        quoted.SameAs(Some.S3(eTag: "0123")).Should().BeTrue();
        quoted.Text.Should().EndWith("?eTag=0123");
        quoted.Label.Should().EndWith("#0123");
    }

    [Fact]
    public void A_label_keeps_a_dozen_characters_of_what_pins_the_object() =>
        Some.S3(version: "3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY").Label.Should().Be("s3://acme-bundles/site/site.zip#3sL4kqtJlcpX");

    [Fact]
    public void The_same_commit_of_another_repository_is_another_revision()
    {
        var here = Some.GitHub('a');
        var fork = new Revision.GitHub(new RepositoryName("dana/site"), Some.Commit('a'));

        here.SameAs(fork).Should().BeFalse();
        here.DiffersFrom(fork).Should().BeTrue();
    }

    [Fact]
    public void Repositories_are_the_same_in_any_case() =>
        Some.GitHub('a').SameAs(new Revision.GitHub(new RepositoryName("Acme/Site"), Some.Commit('a'))).Should().BeTrue();

    [Fact]
    public void Of_an_object_that_nothing_pins_nothing_is_certain()
    {
        var loose = Some.S3();

        loose.SameAs(loose).Should().BeFalse();
        loose.DiffersFrom(loose).Should().BeFalse();
        loose.DiffersFrom(Some.S3(version: "v1")).Should().BeFalse();
        Some.S3(eTag: "e1").DiffersFrom(Some.S3(version: "v1")).Should().BeFalse();
    }

    [Fact]
    public void The_same_bytes_uploaded_twice_do_not_differ()
    {
        var first = Some.S3(version: "v1", eTag: "0123");
        var second = Some.S3(version: "v2", eTag: "0123");

        first.SameAs(second).Should().BeTrue();
        first.DiffersFrom(second).Should().BeFalse();
    }

    [Fact]
    public void Of_a_kind_that_is_not_known_nothing_is_certain()
    {
        var strange = new Revision.Unrecognised("AppSpecContent");

        strange.SameAs(strange).Should().BeFalse();
        strange.DiffersFrom(Some.GitHub()).Should().BeFalse();
        Some.GitHub().DiffersFrom(strange).Should().BeFalse();
        Some.S3(version: "v1").DiffersFrom(strange).Should().BeFalse();
    }

    [Fact]
    public void Two_revisions_are_never_both_the_same_and_different_and_it_does_not_matter_who_asks()
    {
        var pin = Gen.OneOf<string?>(null, "1", "2");
        var any = Gen.OneOf<Revision>(
            Gen.OneOf('a', 'b').Select(digit => (Revision)Some.GitHub(digit)),
            Gen.Select(pin, pin, Gen.OneOf("x.zip", "y.zip")).Select((version, eTag, key) => (Revision)Some.S3(version, eTag, key)),
            Gen.Const<Revision>(new Revision.Unrecognised("String")));

        Gen.Select(any, any).Sample((one, other) =>
        {
            (one.SameAs(other) && one.DiffersFrom(other)).Should().BeFalse();
            one.SameAs(other).Should().Be(other.SameAs(one));
            one.DiffersFrom(other).Should().Be(other.DiffersFrom(one));
        });
    }
}
