using CsCheck;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Core.Tests.Inputs;

public sealed class NamesTests
{
    private static readonly Gen<string> CodeDeployName = Gen.String[Gen.Char["abcXYZ019._+=,@-"], 1, 100];

    [Fact]
    public void CodeDeploy_names_are_what_the_service_takes() => CodeDeployName.Sample(text =>
    {
        var application = ApplicationName.TryParse(text, out var name);
        var group = DeploymentGroupName.TryParse(text, out var groupName);

        (application, group).Should().Be((true, true));
        (name.ToString(), groupName.ToString()).Should().Be((text, text));
    });

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("gray\n")]
    [InlineData("gray/stable")]
    [InlineData("gräy")]
    [InlineData("gray;rm")]
    public void Other_names_are_refused(string text)
    {
        ApplicationName.TryParse(text, out _).Should().BeFalse();
        DeploymentGroupName.TryParse(text, out _).Should().BeFalse();
    }

    [Fact]
    public void A_name_of_more_than_a_hundred_characters_is_refused()
    {
        var text = new string('a', 101);

        ApplicationName.TryParse(text, out _).Should().BeFalse();
        DeploymentGroupName.TryParse(text, out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("d-A1B2C3D4E", true)]
    [InlineData("d-A1B2C3D4EFGH", true)]
    [InlineData("d-a1b2c3d4e", false)]
    [InlineData("d-A1B2C3D4", false)]
    [InlineData("D-A1B2C3D4E", false)]
    [InlineData("d-A1B2C3D4E\n", false)]
    [InlineData(" d-A1B2C3D4E", false)]
    [InlineData("d-A1B2C3D4E --x", false)]
    public void A_deployment_id_is_as_CodeDeploy_makes_it(string text, bool good)
    {
        DeploymentId.TryParse(text, out var id).Should().Be(good);

        id.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef01234567", true)]
    [InlineData("0123456789ABCDEF0123456789ABCDEF01234567", false)]
    [InlineData("0123456789abcdef0123456789abcdef0123456", false)]
    [InlineData("0123456789abcdef0123456789abcdef012345678", false)]
    [InlineData("0123456789abcdef0123456789abcdef0123456g", false)]
    [InlineData("main", false)]
    [InlineData("", false)]
    public void A_commit_is_named_whole(string text, bool good) => CommitId.TryParse(text, out _).Should().Be(good);

    [Fact]
    public void A_commit_is_abbreviated_to_seven_digits() =>
        new CommitId("0123456789abcdef0123456789abcdef01234567").Abbreviated.Should().Be("0123456");

    [Theory]
    [InlineData("acme/site", true)]
    [InlineData("Acme-Corp/macro.portfolio_2", true)]
    [InlineData("dana_acme/site", true)]
    [InlineData("a/.github", true)]
    [InlineData("acme", false)]
    [InlineData("acme/", false)]
    [InlineData("/site", false)]
    [InlineData("acme/..", false)]
    [InlineData("acme/.", false)]
    [InlineData("acme/site/more", false)]
    [InlineData("-acme/site", false)]
    [InlineData("acme/si te", false)]
    [InlineData("acme/site\n", false)]
    public void A_repository_is_owner_and_name(string text, bool good) => RepositoryName.TryParse(text, out _).Should().Be(good);

    [Fact]
    public void A_repository_knows_its_owner_and_its_name()
    {
        var repository = new RepositoryName("acme/site");

        (repository.Owner, repository.Name).Should().Be(("acme", "site"));
    }

    [Theory]
    [InlineData("aws")]
    [InlineData("aws-cn")]
    [InlineData("aws-us-gov")]
    [InlineData("aws-iso")]
    [InlineData("aws-iso-b")]
    [InlineData("aws-iso-e")]
    [InlineData("aws-iso-f")]
    [InlineData("aws-eusc")]
    public void A_role_may_be_of_any_partition(string partition)
    {
        RoleArn.TryParse($"arn:{partition}:iam::123456789012:role/deploy", out var role).Should().BeTrue();

        role.ToString().Should().Be($"arn:{partition}:iam::123456789012:role/deploy");
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/team/ci/deploy+x=1,2.3@4_5-6", true)]
    [InlineData("arn:aws:iam::123456789012:user/deploy", false)]
    [InlineData("arn:aws:iam::12345678901:role/deploy", false)]
    [InlineData("arn:aws:iam::123456789012:role/", false)]
    [InlineData("arn:aws:sts::123456789012:assumed-role/deploy/me", false)]
    [InlineData("arn:azure:iam::123456789012:role/deploy", false)]
    [InlineData("arn:aws:iam::123456789012:role/de ploy", false)]
    [InlineData("arn:aws:iam::123456789012:role/deploy\n", false)]
    [InlineData("deploy", false)]
    public void A_role_is_named_by_its_arn(string text, bool good) => RoleArn.TryParse(text, out _).Should().Be(good);

    [Theory]
    [InlineData("eu-west-1", "eu-west-1.console.aws.amazon.com")]
    [InlineData("ap-southeast-7", "ap-southeast-7.console.aws.amazon.com")]
    [InlineData("mx-central-1", "mx-central-1.console.aws.amazon.com")]
    [InlineData("us-gov-west-1", "us-gov-west-1.console.amazonaws-us-gov.com")]
    [InlineData("cn-northwest-1", "cn-northwest-1.console.amazonaws.cn")]
    [InlineData("us-iso-east-1", null)]
    [InlineData("us-isob-east-1", null)]
    [InlineData("eu-isoe-west-1", null)]
    [InlineData("eusc-de-east-1", "eusc-de-east-1.console.amazonaws-eusc.eu")]
    public void A_region_has_the_console_of_its_partition(string text, string? host)
    {
        RegionName.TryParse(text, out var region).Should().BeTrue();

        region.ConsoleHost.Should().Be(host);
    }

    [Theory]
    [InlineData("")]
    [InlineData("eu-west")]
    [InlineData("eu-west-1.evil.example")]
    [InlineData("EU-WEST-1")]
    [InlineData("evil.example/eu-west-1")]
    [InlineData("eu-west-1\n")]
    [InlineData("eu-west-111")]
    [InlineData("1")]
    public void Nothing_but_the_form_of_a_region_is_taken(string text) => RegionName.TryParse(text, out _).Should().BeFalse();
}
