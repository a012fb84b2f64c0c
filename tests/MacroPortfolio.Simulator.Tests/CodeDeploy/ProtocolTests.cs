using System.Net;
using MacroPortfolio.Simulator.CodeDeploy;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

public sealed class ProtocolTests
{
    [Fact]
    public async Task An_answer_has_the_content_type_and_request_id_of_the_JSON_1_1_protocol()
    {
        await using var cloud = await Cloud.StartAsync([]);

        var answer = await cloud.CallAsync("GetApplication", new { applicationName = "site" });

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.ContentType.Should().Be("application/x-amz-json-1.1");
        answer.RequestId.Should().MatchRegex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
        answer.ErrorType.Should().BeNull();
    }

    [Fact]
    public async Task An_error_has_its_name_in_body_and_header()
    {
        await using var cloud = await Cloud.StartAsync([]);

        var answer = await cloud.CallAsync("GetApplication", new { applicationName = "nope" });

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Body.Should().Be("""{"__type":"ApplicationDoesNotExistException","message":"No application found for name: nope"}""");
        answer.ErrorType.Should().Be("ApplicationDoesNotExistException");
        answer.ContentType.Should().Be("application/x-amz-json-1.1");
        answer.RequestId.Should().NotBeNull();
    }

    [Theory]
    [InlineData("CodeDeploy_20141006.Teleport")]
    [InlineData("CodeDeploy_20150101.GetApplication")]
    [InlineData("GetApplication2")]
    public async Task An_operation_that_nobody_knows_is_an_unknown_operation_and_not_a_server_error(string target)
    {
        await using var cloud = await Cloud.StartAsync([]);

        var answer = await cloud.SendAsync(target, "{}");

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.ErrorType.Should().Be("UnknownOperationException");
    }

    [Fact]
    public async Task An_operation_of_the_real_API_that_is_not_simulated_says_so()
    {
        await using var cloud = await Cloud.StartAsync([]);

        var error = await cloud.ErrorAsync("ListOnPremisesInstances", new { });

        error.Should().Be(("UnknownOperation", "The simulator lacks the operation ListOnPremisesInstances."));
    }

    [Theory]
    [InlineData("{\"applicationName\":")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"applicationName\":\"site\",\"applicationName\":\"site\"}")]
    [InlineData("{\"applicationName\":7}")]
    [InlineData("{\"applicationName\":{}}")]
    public async Task A_body_that_is_not_the_JSON_of_the_operation_is_a_serialization_error(string body)
    {
        await using var cloud = await Cloud.StartAsync([]);

        var answer = await cloud.SendAsync("CodeDeploy_20141006.GetApplication", body);

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.ErrorType.Should().Be("SerializationException");
    }

    [Fact]
    public async Task Wrong_types_deep_in_a_request_are_serialization_errors_too()
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await cloud.ErrorAsync("CreateDeployment", new { applicationName = "site", ignoreApplicationStopFailures = "yes" })).Name.Should().Be("Serialization");
        (await cloud.ErrorAsync("BatchGetDeployments", new { deploymentIds = "d-ABCDEF123" })).Name.Should().Be("Serialization");
        (await cloud.ErrorAsync("ListDeployments", new { createTimeRange = new { start = "today" } })).Name.Should().Be("Serialization");
        (await cloud.ErrorAsync("ListDeployments", new { createTimeRange = new { start = 1e300 } })).Name.Should().Be("Serialization");
        (await cloud.ErrorAsync("CreateDeploymentConfig", new { deploymentConfigName = "c", minimumHealthyHosts = new { type = "HOST_COUNT", value = 1.5 } }))
            .Name.Should().Be("Serialization");
    }

    [Fact]
    public async Task Members_that_the_API_does_not_know_are_ignored_and_an_empty_body_is_an_empty_request()
    {
        await using var cloud = await Cloud.StartAsync([]);

        (await cloud.OkAsync("GetApplication", new { applicationName = "site", colour = "blue" }))["application"].Should().NotBeNull();
        (await cloud.SendAsync("CodeDeploy_20141006.ListApplications", "")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_operation_without_an_answer_has_an_empty_body()
    {
        await using var cloud = await Cloud.StartAsync([]);

        var answer = await cloud.CallAsync("RegisterApplicationRevision", new { applicationName = "site", revision = Some.Revision(Cloud.Commit) });

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.Body.Should().BeEmpty();
    }

    [Fact]
    public async Task Times_are_seconds_since_1970_with_their_fraction()
    {
        await using var cloud = await Cloud.StartAsync([]);

        var answer = await cloud.CallAsync("GetApplication", new { applicationName = "site" });

        answer.Body.Should().Contain("\"createTime\":1795399435.25");
    }

    [Fact]
    public async Task The_log_learns_operation_principal_and_request()
    {
        await using var cloud = await Cloud.StartAsync([]);

        await cloud.CallAsync("GetApplication", new { applicationName = "nope" });

        cloud.LastExchange!.Operation.Should().Be("GetApplication");
        cloud.LastExchange.Principal.Should().Be("arn:aws:iam::123456789012:user/dana");
        cloud.LastExchange.Request!.ToJsonString().Should().Be("""{"applicationName":"nope"}""");
    }

    [Fact]
    public async Task Ids_follow_from_the_seed_and_not_from_how_often_was_asked()
    {
        async Task<string> FirstDeploymentAsync(int seed, int questions)
        {
            await using var cloud = await Cloud.StartAsync(Some.World(Some.Group()) with { Seed = seed }, [Some.Host()]);
            for (var question = 0; question < questions; question++)
                await cloud.GroupAsync();
            return await cloud.DeployAsync();
        }

        var first = await FirstDeploymentAsync(7, questions: 0);

        first.Should().MatchRegex("^d-[A-Z0-9]{9}$");
        (await FirstDeploymentAsync(7, questions: 5)).Should().Be(first);
        (await FirstDeploymentAsync(8, questions: 0)).Should().NotBe(first);
    }

    [Fact]
    public async Task The_service_lists_its_deployments_for_showing()
    {
        await using var cloud = await Cloud.StartAsync([Some.Host()]);
        var id = await cloud.DeployAsync();
        await cloud.EndedAsync(id, "Succeeded");

        var views = cloud.Service.Deployments;

        cloud.Service.Name.Should().Be("codedeploy");
        views.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new DeploymentView(id, "site", "web", Cloud.Commit, "Succeeded", default, null),
            options => options.Excluding(view => view.CreateTime).Excluding(view => view.CompleteTime));
    }
}
