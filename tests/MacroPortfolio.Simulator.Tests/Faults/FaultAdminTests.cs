using System.Net;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Faults;
using MacroPortfolio.Simulator.Tests.World;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.Faults;

/// <summary>Faults while the simulator runs, and requests that are held.</summary>
public sealed class FaultAdminTests
{
    private const string Route = "/_simulator/faults";

    [Fact]
    public async Task A_fault_is_added_listed_with_what_it_met_and_taken_away()
    {
        await using var cloud = await TestCloud.StartAsync();

        var added = await AskAsync(cloud, "POST", "", """{ "service": "codedeploy", "after": 1, "times": 1, "kind": "status", "status": 503, "retry-after": 2 }""");
        List<HttpStatusCode> met = [await ListAsync(cloud), await ListAsync(cloud), await ListAsync(cloud)];
        var listed = await AskAsync(cloud, "GET");
        var removed = await AskAsync(cloud, "DELETE", "/1");
        var none = await AskAsync(cloud, "GET");

        (added.Status, $"{added.Json!["id"]} {added.Json["matched"]}").Should().Be((HttpStatusCode.Created, "1 0"));
        met.Should().Equal(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        listed.Json!.ToJsonString().Should().Be("""
            [{"id":1,"matched":3,"struck":1,"held":0,"service":"codedeploy","after":1,"times":1,"probability":1,"kind":"status","status":503,"retry-after":2}]
            """);
        (removed.Status, none.Json!.AsArray().Count).Should().Be((HttpStatusCode.NoContent, 0));
        cloud.Log.Should().HaveCount(3, "the simulator's own route is not in the log");
    }

    [Fact]
    public async Task All_faults_are_taken_away_at_once_and_later_ones_have_new_numbers()
    {
        await using var cloud = await TestCloud.StartAsync(world => world with { Faults = [new() { Kind = "throttled" }] });
        await AskAsync(cloud, "POST", "", """{ "kind": "empty" }""");

        await AskAsync(cloud, "DELETE");
        var added = await AskAsync(cloud, "POST", "", """{ "service": "s3", "kind": "empty" }""");

        added.Json!["id"]!.GetValue<int>().Should().Be(3);
        (await ListAsync(cloud)).Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{ "kind": "slowly" }""", "faults[0].kind is 'slowly', which is none of throttled, status,")]
    [InlineData("""{ "kind": "late", "second": 1 }""", "faults[0].second is not known. Known here: after,")]
    [InlineData("""{ "instance": "i-9", "kind": "slow", "factor": 2 }""", "faults[0].instance is 'i-9', which is none of i-0a, i-0b, i-0c.")]
    [InlineData("{}", "faults[0] lacks 'kind'.")]
    [InlineData("null", "faults[0] is empty where a mapping is expected.")]
    [InlineData("[]", "faults[0] is a list where a mapping is expected.")]
    [InlineData("kind: late", "The body is no JSON:")]
    public async Task What_is_no_fault_is_refused_and_changes_nothing(string body, string error)
    {
        await using var cloud = await TestCloud.StartAsync();

        var refused = await AskAsync(cloud, "POST", "", body);

        refused.Status.Should().Be(HttpStatusCode.BadRequest);
        refused.Json!.AsArray().Should().ContainSingle().Which!.ToString().Should().StartWith(error);
        (await AskAsync(cloud, "GET")).Json!.AsArray().Should().BeEmpty();
    }

    [Theory]
    [InlineData("GET", "/7")]
    [InlineData("DELETE", "/7")]
    [InlineData("POST", "/7/release")]
    [InlineData("GET", "/7/held")]
    [InlineData("PUT", "")]
    public async Task What_is_not_there_is_not_found(string method, string path)
    {
        await using var cloud = await TestCloud.StartAsync();

        (await AskAsync(cloud, method, path)).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_request_is_held_before_the_work_until_it_is_released()
    {
        await using var cloud = await TestCloud.StartAsync();
        await AskAsync(cloud, "POST", "", """{ "service": "codedeploy", "operation": "CreateApplication", "times": 1, "kind": "hold" }""");

        var call = cloud.CodeDeployAsync("CreateApplication", new { applicationName = "site" });
        var held = await AskAsync(cloud, "GET", "/1/held");
        var (early, isOver) = (await ApplicationsAsync(cloud), call.IsCompleted);
        await AskAsync(cloud, "POST", "/1/release");
        using var answer = await call;

        (held.Json!["held"]!.GetValue<int>(), early, isOver).Should().Be((1, "", false));
        (answer.StatusCode, await ApplicationsAsync(cloud)).Should().Be((HttpStatusCode.OK, "site"));
    }

    [Fact]
    public async Task An_answer_is_held_after_the_work_until_it_is_released()
    {
        await using var cloud = await TestCloud.StartAsync();
        await AskAsync(cloud, "POST", "", """{ "service": "codedeploy", "operation": "CreateApplication", "kind": "hold", "at": "after" }""");

        var call = cloud.CodeDeployAsync("CreateApplication", new { applicationName = "site" });
        await AskAsync(cloud, "GET", "/1/held");
        var (early, isOver) = (await ApplicationsAsync(cloud), call.IsCompleted);
        await AskAsync(cloud, "POST", "/release");
        using var answer = await call;

        (early, isOver).Should().Be(("site", false));
        (await answer.Content.ReadAsStringAsync()).Should().Contain("applicationId");
    }

    [Fact]
    public async Task A_request_whose_client_goes_while_it_is_held_is_worked_on_all_the_same()
    {
        await using var cloud = await TestCloud.StartAsync();
        await AskAsync(cloud, "POST", "", """{ "service": "codedeploy", "operation": "CreateApplication", "kind": "hold" }""");
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(cloud.Simulator.Url) };
        using var gone = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("""{"applicationName":"site"}""") };
        request.Headers.Add("X-Amz-Target", "CodeDeploy_20141006.CreateApplication");
        await TestCloud.Dana.SignAsync(request, new Uri(cloud.Simulator.Url).Authority, "ap-east-1", "codedeploy", TimeProvider.System.GetUtcNow());

        var call = client.SendAsync(request, gone.Token);
        await AskAsync(cloud, "GET", "/1/held");
        await gone.CancelAsync();
        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
        await AskAsync(cloud, "DELETE", "/1");

        SpinWait.SpinUntil(() => cloud.Log.Count > 0, TimeSpan.FromSeconds(30)).Should().BeTrue();
        (await ApplicationsAsync(cloud)).Should().Be("site");
    }

    [Fact]
    public async Task Who_waits_for_a_request_to_be_held_is_told_when_none_will_be()
    {
        using var plan = new FaultPlan(new WorldFile { Faults = [new() { Kind = "hold" }] });
        var fault = plan.All.Single();

        var waiting = fault.HeldAsync();
        var early = waiting.IsCompleted;
        plan.Remove([fault]);
        await waiting;

        early.Should().BeFalse();
        fault.HoldAsync().IsCompleted.Should().BeTrue("it lets everybody through");
    }

    [Fact]
    public async Task A_simulator_that_ends_lets_go_of_what_it_holds()
    {
        var cloud = await TestCloud.StartAsync(world => world with { Faults = [new() { Service = "codedeploy", Kind = "hold" }] });
        var call = ListAsync(cloud);
        await AskAsync(cloud, "GET", "/1/held");

        await cloud.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

        await FluentActions.Awaiting(() => call).Should().ThrowAsync<Exception>();
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Json)> AskAsync(TestCloud cloud, string method, string path = "", string? body = null)
    {
        using var response = await cloud.SendAsync(new HttpMethod(method), $"{Route}{path}", body);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    private static async Task<HttpStatusCode> ListAsync(TestCloud cloud)
    {
        using var response = await cloud.CodeDeployAsync("ListApplications", new { });
        return response.StatusCode;
    }

    private static async Task<string> ApplicationsAsync(TestCloud cloud)
    {
        using var response = await cloud.CodeDeployAsync("ListApplications", new { });
        return string.Join(' ', JsonNode.Parse(await response.Content.ReadAsStringAsync())!["applications"]!.AsArray().Select(name => name!.ToString()));
    }
}
