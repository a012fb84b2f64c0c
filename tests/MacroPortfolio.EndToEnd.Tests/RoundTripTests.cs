using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>What a run costs before its deployment exists, told by the request log.</summary>
public sealed class RoundTripTests(Cloud cloud) : IClassFixture<Cloud>
{
    private const string IdToken = "GET /_actions/idtoken/{run}/{attempt}";
    private const string Title = "GET /repos/{owner}/{repo}/commits/{ref}";

    [Fact]
    public async Task A_deployment_is_created_within_six_round_trips_and_once()
    {
        var application = cloud.TakeApplication();
        var first = await (await cloud.JobAsync("v1")).For(application).RunAsync("deploy", "--deployment-group", "gray");
        var job = await cloud.JobAsync("v2");

        var step = await job.For(application).RunAsync("deploy", "--deployment-group", "gray");

        (first.ExitCode, step.ExitCode).Should().Be((0, 0), "{0}", step);
        step.Creates.Should().ContainSingle();
        var before = step.Requests.TakeWhile(request => request.Operation != "CreateDeployment").ToList();
        before.Where(request => request.Service != "github").RoundTrips().Should().BeLessThanOrEqualTo(6, "{0}", string.Join('\n', step.Requests));
        before.To("github").RoundTrips().Should().BeLessThanOrEqualTo(3, "GitHub is asked for title and AppSpec beside AWS");
        before.Where(request => request.Service != "github").Select(request => request.Operation).Should().BeEquivalentTo(
            [IdToken, "AssumeRoleWithWebIdentity", "GetDeploymentGroup", "ListDeployments", "GetDeploymentConfig", "BatchGetDeployments", "ListDeployments"], "the group is looked at once more just before");
        step.Requests.Of("AssumeRoleWithWebIdentity").Should().ContainSingle();
        step.Requests.Of("GetDeployment").Should().HaveCountLessThanOrEqualTo(2, "a deployment that is over at the first look is looked at once");
    }

    [Fact]
    public async Task Success_needs_nothing_of_GitHub()
    {
        var job = await cloud.JobAsync("v1", "gray", "--token-permissions", "contents=none");

        var step = await job.For(cloud.TakeApplication()).RunAsync("deploy", "--deployment-group", "gray");

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Outcome.Should().Be("succeeded");
        step.Log.Errors.Should().BeEmpty();
        step.Log.Warnings.Should().HaveCountLessThanOrEqualTo(2, "neither the comment nor the record can be written");
        step.Requests.To("github").Should().OnlyContain(request => request.Status >= 400);
        step.Requests.To("github").Of(Title).Should().HaveCountLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Without_a_token_GitHub_is_not_asked()
    {
        var job = (await cloud.JobAsync("v1")).Input("github-token", "");

        var step = await job.For(cloud.TakeApplication()).RunAsync("deploy", "--deployment-group", "gray");

        step.ExitCode.Should().Be(0, "{0}", step);
        step.Requests.To("github").Should().BeEmpty();
        step.Log.Warnings.Should().BeEmpty();
    }
}
