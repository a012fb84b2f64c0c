using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;

namespace MacroPortfolio.Core.Tests.Planning;

public class StageEnvironmentTests
{
    private static readonly Uri Url = new("https://gray.acme.example/");

    [Theory]
    [InlineData("gray", "gray", "gray")]
    [InlineData("promote", "stable", "production")]
    [InlineData("rollback", "stable", "production")]
    [InlineData("promote", "canary", "canary")]
    public void A_stage_has_its_environment_whatever_the_job_names(string verb, string group, string environment)
    {
        Into(verb, group, "elsewhere").Should().Be(new StageEnvironment(environment, Url));
    }

    [Theory]
    [InlineData("live", "live")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Deploy_has_the_jobs_environment_if_there_is_one(string? job, string? environment)
    {
        Into("deploy", "stable", job).Should().Be(environment is null ? null : new StageEnvironment(environment, Url));
    }

    [Fact]
    public void What_the_plan_names_itself_stays()
    {
        var own = new StageEnvironment("asia", null);
        var plan = PlanOf("promote", "stable") with { Groups = [Some.Marked() with { Environment = own }] };

        StageEnvironment.Into(plan, "live", Url).Groups.Should().ContainSingle().Which.Environment.Should().Be(own);
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
