using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.GitHub;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.Tests.World;

namespace MacroPortfolio.Simulator.Tests.GitHub;

public sealed class EnvironmentDeploymentTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("site-").FullName;
    private readonly TestRepository repository;

    public EnvironmentDeploymentTests() => repository = new TestRepository(Path.Combine(folder, "site"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_jobs_environment_makes_a_deployment_whose_status_leads_to_the_job()
    {
        await using var cloud = await TestCloud.StartAsync();

        var started = await cloud.Simulator.Jobs.StartAsync(new JobRequest { Environment = "production", EnvironmentDeployment = true }, default);
        var made = (await GetAsync(started, "deployments")).Should().ContainSingle().Which!;
        var status = (await GetAsync(started, $"deployments/{made["id"]}/statuses")).Should().ContainSingle().Which!;

        (made["sha"]!.ToString(), made["ref"]!.ToString(), made["task"]!.ToString()).Should().Be((Some.Commit, "main", "deploy"));
        (made["environment"]!.ToString(), made["production_environment"]!.GetValue<bool>(), made["payload"]!.ToJsonString()).Should().Be(("production", true, "{}"));
        status["state"]!.ToString().Should().Be("in_progress");
        status["log_url"]!.ToString().Should().Be($"{cloud.Simulator.Url}/acme/macro-portfolio/actions/runs/{started.Job.RunId}/job/{started.Job.CheckRunId}");
    }

    [Fact]
    public async Task Without_being_asked_for_none_is_made_and_without_an_environment_there_is_none_to_make()
    {
        await using var cloud = await TestCloud.StartAsync();

        var started = await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default);
        await cloud.Simulator.Jobs.StartAsync(new JobRequest { Environment = "", EnvironmentDeployment = true }, default);

        (await GetAsync(started, "deployments")).Should().BeEmpty();
    }

    [Fact]
    public async Task Each_attempt_of_a_run_makes_one()
    {
        await using var cloud = await TestCloud.StartAsync();

        var first = await cloud.Simulator.Jobs.StartAsync(new JobRequest { EnvironmentDeployment = true }, default);
        var second = await cloud.Simulator.Jobs.StartAsync(new JobRequest { Rerun = first.Job.RunId }, default);

        (await GetAsync(second, "deployments?environment=gray")).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_pull_requests_run_makes_it_of_the_head()
    {
        await using var cloud = await TestCloud.StartAsync(world => world with
        {
            GitHub = world.GitHub with { Repositories = [world.GitHub.Repositories[0] with { Git = repository.Folder }], Job = world.GitHub.Job with { Sha = "main" } },
        });

        var started = await cloud.Simulator.Jobs.StartAsync(new JobRequest { Event = "pull_request", EnvironmentDeployment = true }, default);

        var made = (await GetAsync(started, "deployments")).Should().ContainSingle().Which!;
        (made["sha"]!.ToString(), made["ref"]!.ToString()).Should().Be((started.Job.Pull!.HeadSha, "feature"));
        started.Job.Sha.Should().NotBe(started.Job.Pull.HeadSha);
    }

    [Fact]
    public async Task The_world_may_let_jobs_ask_for_more_than_GitHub_does()
    {
        await using var cloud = await TestCloud.StartAsync(world => world with { GitHub = world.GitHub with { Limits = new GitHubLimits(RequestsPerHour: 2) } });
        var started = await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default);

        var answers = new List<int>();
        for (var time = 0; time < 3; time++)
        {
            using var answer = await SendAsync(started, "deployments");
            answers.Add((int)answer.StatusCode);
        }

        answers.Should().Equal(200, 200, 403);
    }

    private static async Task<JsonArray> GetAsync(StartedJob job, string path)
    {
        using var answer = await SendAsync(job, path);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonArray>())!;
    }

    private static async Task<HttpResponseMessage> SendAsync(StartedJob job, string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{job["GITHUB_API_URL"]}/repos/acme/macro-portfolio/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", job["INPUT_GITHUB-TOKEN"]);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("tests", "1"));
        return await client.SendAsync(request);
    }
}
