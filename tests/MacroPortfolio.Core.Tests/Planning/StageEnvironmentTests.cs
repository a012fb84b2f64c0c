using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;

namespace MacroPortfolio.Core.Tests.Planning;

public class StageEnvironmentTests
{
    private static readonly Uri Url = new("https://gray.acme.example/");

    [Theory]
    [InlineData("live", "live")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Deploy_has_the_jobs_environment_if_there_is_one(string? job, string? environment)
    {
        Into("deploy", "stable", job).Should().Be(environment is null ? null : new StageEnvironment(environment, Url));
    }

    [Fact]
    public void A_stage_has_its_own_environment_whatever_the_job_names_and_the_address_that_the_run_was_given()
    {
        var plan = PlanOf("promote", "stable") with { Groups = [Some.Marked() with { Environment = new StageEnvironment("asia", new Uri("https://asia.acme.example/")) }] };

        StageEnvironment.Into(plan, "live", Url).Groups.Should().ContainSingle().Which.Environment.Should().Be(new StageEnvironment("asia", Url));
        StageEnvironment.Into(plan, "live", null).Groups.Should().ContainSingle().Which.Environment.Should().Be(plan.Groups[0].Environment);
    }

    [Theory]
    [InlineData("production", true)]
    [InlineData("Production", true)]
    [InlineData("gray", false)]
    public void Production_is_what_is_called_so(string name, bool isProduction)
    {
        new StageEnvironment(name, null).IsProduction.Should().Be(isProduction);
    }

    private static StageEnvironment? Into(string verb, string group, string? job) => StageEnvironment.Into(PlanOf(verb, group), job, Url).Groups.Should().ContainSingle().Which.Environment;

    private static Plan PlanOf(string verb, string group) =>
        new(verb, "arn", Some.Region, Some.Application, StartSettings.Default, Some.Watch(), [Some.Marked(verb, group)]);
}
