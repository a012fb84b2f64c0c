using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Core.Tests.Inputs;

public sealed class InputReaderTests
{
    private readonly InputReader reader = new();

    private sealed record Options(string? RoleToAssume = null, string? AwsRegion = null, string? S3Bucket = null, string? DryRun = null, string? OnCancel = null, string? MaxFailedInstances = null);

    [Fact]
    public void All_errors_are_told_at_once_each_with_the_input_the_value_and_what_would_have_been_right()
    {
        var options = new Options("deploy", "europe", DryRun: "yes", OnCancel: "explode", MaxFailedInstances: "few");

        reader.Optional<RoleArn>(options.RoleToAssume, RoleArn.TryParse, RoleArn.Expected);
        reader.Required<RegionName>(options.AwsRegion, RegionName.TryParse, RegionName.Expected);
        reader.Required<ApplicationName>(options.S3Bucket, ApplicationName.TryParse, "the name of a bucket");
        reader.Boolean(options.DryRun);
        reader.Choice(options.OnCancel, new Dictionary<string, OnCancel> { ["stop"] = OnCancel.Stop, ["leave"] = OnCancel.Leave });
        reader.Required<FailureAllowance>(options.MaxFailedInstances, FailureAllowance.TryParse, FailureAllowance.Expected);
        reader.Reject("Something else is wrong.");

        reader.Errors.Should().Equal(
            "Input 'role-to-assume' is 'deploy', which is not the ARN of an IAM role, such as arn:aws:iam::123456789012:role/deploy.",
            "Input 'aws-region' is 'europe', which is not an AWS region such as eu-west-1.",
            "Input 's3-bucket' is missing; it must be the name of a bucket.",
            "Input 'dry-run' is 'yes', which is not true or false.",
            "Input 'on-cancel' is 'explode', which is not one of stop, leave.",
            "Input 'max-failed-instances' is 'few', which is not a number of instances such as 0, or a percentage such as 10%.",
            "Something else is wrong.");
    }

    [Theory]
    [InlineData("options.RoleToAssume", "role-to-assume")]
    [InlineData("options.Common.AwsRegion", "aws-region")]
    [InlineData("S3Bucket", "s3-bucket")]
    [InlineData("options.S3Prefix", "s3-prefix")]
    [InlineData("UpdateOutdatedInstancesOnly", "update-outdated-instances-only")]
    [InlineData("To", "to")]
    public void An_input_is_named_by_the_property_that_holds_it(string property, string name) => InputReader.NameOf(property).Should().Be(name);

    [Fact]
    public void White_space_around_a_value_does_not_count()
    {
        var options = new Options(AwsRegion: "  eu-west-1\n");

        var region = reader.Required<RegionName>(options.AwsRegion, RegionName.TryParse, RegionName.Expected);

        region.Should().Be(new RegionName("eu-west-1"));
        reader.Errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Empty_means_not_given(string? text)
    {
        reader.Optional<RoleArn>(text, RoleArn.TryParse, RoleArn.Expected).Should().BeNull();

        reader.Errors.Should().BeEmpty();
    }

    [Fact]
    public void An_optional_value_that_is_wrong_is_an_error_and_no_value()
    {
        var role = reader.Optional<RoleArn>("deploy", RoleArn.TryParse, RoleArn.Expected);

        role.Should().BeNull();
        reader.Errors.Should().ContainSingle();
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData("FALSE", false)]
    public void A_boolean_has_six_spellings(string text, bool value)
    {
        reader.Boolean(text).Should().Be(value);

        reader.Errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("tRUE")]
    [InlineData("yes")]
    [InlineData("on")]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("no")]
    [InlineData("falsE")]
    [InlineData("")]
    [InlineData("true false")]
    public void A_boolean_has_no_other_spelling(string text)
    {
        reader.Boolean(text).Should().BeFalse();

        reader.Errors.Should().ContainSingle().Which.Should().Contain("true or false");
    }

    [Fact]
    public void A_choice_is_one_of_its_words_exactly()
    {
        var choices = new Dictionary<string, StatusFormat> { ["text"] = StatusFormat.Text, ["json"] = StatusFormat.Json };

        reader.Choice("json", choices, "Format").Should().Be(StatusFormat.Json);
        reader.Choice("Json", choices, "Format");

        reader.Errors.Should().Equal("Input 'format' is 'Json', which is not one of text, json.");
    }
}
