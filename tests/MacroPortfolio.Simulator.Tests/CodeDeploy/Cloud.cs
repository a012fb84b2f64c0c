using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.CodeDeploy;
using MacroPortfolio.Simulator.Faults;
using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;
using MacroPortfolio.Simulator.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MacroPortfolio.Simulator.Tests.CodeDeploy;

internal sealed record Answer(HttpStatusCode Status, string? ContentType, string? RequestId, string? ErrorType, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <summary>The service behind a real HTTP server on a loopback port, on a clock that the tests move.</summary>
internal sealed class Cloud : IAsyncDisposable
{
    public static readonly string Commit = new('a', 40);
    public static readonly string OtherCommit = new('b', 40);

    private readonly WebApplication app;
    private readonly HttpClient http;

    private Cloud(CodeDeployService service, Roster roster, FakeTimeProvider time, WebApplication app)
    {
        Service = service;
        Roster = roster;
        Time = time;
        this.app = app;
        http = new() { BaseAddress = new(app.Urls.Single()) };
    }

    public CodeDeployService Service { get; }
    public Roster Roster { get; }
    public FakeTimeProvider Time { get; }

    /// <summary>How far the clock is moved between two looks; longer where a test waits for minutes.</summary>
    public TimeSpan Step { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The last request as the log would see it.</summary>
    public Exchange? LastExchange { get; private set; }

    public static async Task<Cloud> StartAsync(WorldFile world, IReadOnlyList<IHost> hosts, IGuard? guard = null, CodeDeploySettings? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var time = new FakeTimeProvider(new(2026, 11, 23, 2, 3, 55, 250, TimeSpan.Zero));
        var roster = new Roster(world, hosts, new FaultPlan(world));
        var service = new CodeDeployService(world, new ByAccount<Roster>(world, _ => roster), guard ?? new ScriptedGuard(), time, settings);
        Cloud? cloud = null;
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            cloud!.LastExchange = new(context, body.ToArray());
            await service.AnswerAsync(cloud.LastExchange, context.RequestAborted);
        });
        await app.StartAsync();
        return cloud = new(service, roster, time, app);
    }

    /// <summary>One application "site" with a group "web" of all the hosts, which carry the tag Release=web.</summary>
    public static Task<Cloud> StartAsync(
        IReadOnlyList<ScriptedHost> hosts,
        string config = "CodeDeployDefault.AllAtOnce",
        string[]? autoRollback = null,
        IGuard? guard = null,
        CodeDeploySettings? settings = null) =>
        StartAsync(Some.World(Some.Group(config: config, autoRollback: autoRollback)), hosts, guard, settings);

    public async Task<Answer> SendAsync(string target, string body, string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.Add("X-Amz-Target", target);
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await http.SendAsync(request);
        return new(
            response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            Header(response, "x-amzn-RequestId"),
            Header(response, "x-amzn-ErrorType"),
            await response.Content.ReadAsStringAsync());
    }

    public Task<Answer> CallAsync(string operation, object body) => SendAsync($"CodeDeploy_20141006.{operation}", JsonSerializer.Serialize(body));

    public async Task<JsonNode> OkAsync(string operation, object body)
    {
        var answer = await CallAsync(operation, body);
        answer.Status.Should().Be(HttpStatusCode.OK, answer.Body);
        return answer.Body.Length == 0 ? new JsonObject() : answer.Json;
    }

    /// <summary>The name without its suffix Exception, and the message.</summary>
    public async Task<(string Name, string Message)> ErrorAsync(string operation, object body)
    {
        var answer = await CallAsync(operation, body);
        answer.Status.Should().Be(HttpStatusCode.BadRequest, answer.Body);
        var name = answer.Json["__type"]!.GetValue<string>();
        name.Should().EndWith("Exception");
        return (name[..^"Exception".Length], answer.Json["message"]!.GetValue<string>());
    }

    public async Task<string> DeployAsync(string? commit = null, string group = "web") =>
        await DeployAsync(new { applicationName = "site", deploymentGroupName = group, revision = Some.Revision(commit ?? Commit) });

    public async Task<string> DeployAsync(object request) => (await OkAsync("CreateDeployment", request))["deploymentId"]!.GetValue<string>();

    public async Task<JsonNode> DeploymentAsync(string id) => (await OkAsync("GetDeployment", new { deploymentId = id }))["deploymentInfo"]!;

    public async Task<JsonNode> GroupAsync(string group = "web") =>
        (await OkAsync("GetDeploymentGroup", new { applicationName = "site", deploymentGroupName = group }))["deploymentGroupInfo"]!;

    public async Task<JsonNode> TargetAsync(string id, string instance) =>
        (await OkAsync("GetDeploymentTarget", new { deploymentId = id, targetId = instance }))["deploymentTarget"]!["instanceTarget"]!;

    public async Task<JsonNode> EndedAsync(string id, string status)
    {
        var deployment = await UntilAsync(() => DeploymentAsync(id), deployment => deployment["completeTime"] is not null);
        deployment["status"]!.GetValue<string>().Should().Be(status);
        return deployment;
    }

    /// <summary>Deploys and waits for the end.</summary>
    public async Task<JsonNode> DeployedAsync(string status, string? commit = null) => await EndedAsync(await DeployAsync(commit), status);

    public async Task<JsonNode> StatusAsync(string id, string status) =>
        await UntilAsync(() => DeploymentAsync(id), deployment => deployment["status"]!.GetValue<string>() == status);

    /// <summary>Counts of the deployment in the order Pending InProgress Succeeded Failed Skipped.</summary>
    public async Task OverviewAsync(string id, string counts) =>
        await UntilAsync(() => DeploymentAsync(id), deployment => Some.Counts(deployment) == counts, $"{id} {counts}");

    /// <summary>Lets time pass until it is so. How long that takes does not matter; that it never becomes so fails the test.</summary>
    public async Task<T> UntilAsync<T>(Func<Task<T>> observe, Func<T, bool> isSo, string? what = null)
    {
        var seen = await observe();
        for (var tries = 0; !isSo(seen); tries++)
        {
            tries.Should().BeLessThan(2000, $"it should have come to pass: {what}; last seen {seen}");
            Time.Advance(Step);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            seen = await observe();
        }

        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Service.DisposeAsync();
        await app.DisposeAsync();
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
