using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>Many runs on one group at once: real processes. Six of each race; with MACRO_PORTFOLIO_LONG=1 twenty.</summary>
public sealed class RaceTests(RaceTests.RaceCloud cloud, ITestOutputHelper output) : IClassFixture<RaceTests.RaceCloud>
{
    private static readonly int Racers = Environment.GetEnvironmentVariable("MACRO_PORTFOLIO_LONG") == "1" ? Site.ChainLength : 6;

    /// <summary>Deployments take long enough to be met by others.</summary>
    public sealed class RaceCloud() : Cloud(14)
    {
        protected override string Adapt(string world) => world.Replace("event-seconds: 0.01", "event-seconds: 0.2");
    }

    [Theory]
    [InlineData("queue")]
    [InlineData("supersede")]
    public async Task However_many_runs_begin_at_once_deployments_never_overlap_and_the_newest_commit_wins(string onBusy)
    {
        var application = cloud.TakeApplication();
        var jobs = await JobsAsync(application, number => $"chain-{number}");

        var ended = await Task.WhenAll(Shuffled(jobs).Select(job => job.RunAsync("deploy", "--deployment-group", "gray", "--on-busy", onBusy, "--comment", "false")));

        var deployments = await new Laptop(cloud).DeploymentsAsync(application, "gray");
        output.WriteLine($"{onBusy}: {ended.Length} processes, {deployments.Count} deployments, {ended.Count(step => step.Outcome == "succeeded")} succeeded, {ended.Count(step => step.Outcome == "superseded")} superseded");
        foreach (var step in ended)
        {
            (step.ExitCode, step.Outcome).Should().BeOneOf([(0, "succeeded"), (0, "superseded")], "{0}", step);
        }

        ended.Single(step => step.Outputs["revision"] == cloud.Revision($"chain-{Racers}")).Outcome.Should().Be("succeeded");
        ended.Where(step => step.Outcome == "succeeded").Select(step => step.DeploymentId).Should()
            .BeEquivalentTo(deployments.Where(info => StatusOf(info) == "Succeeded").Select(info => info["deploymentId"]!.ToString()));
        deployments.Zip(deployments.Skip(1)).Where(pair => Time(pair.First, "completeTime") > Time(pair.Second, "createTime")).Should().BeEmpty("one is over before the next begins");
        deployments.Select(RunOf).Should().BeInAscendingOrder("nobody goes back to an older commit");
        CommitOf(deployments[^1]).Should().Be(cloud.Commit($"chain-{Racers}"));
        StatusOf(deployments[^1]).Should().Be("Succeeded");
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page($"chain-{Racers}"));
    }

    [Fact]
    public async Task Runs_that_attach_to_the_same_revision_share_one_deployment()
    {
        var application = cloud.TakeApplication();
        var jobs = await JobsAsync(application, _ => "held");
        var doors = jobs.Select(_ => new Door(cloud)).ToList();

        var steps = jobs.Zip(doors).Select(pair => pair.Second.Of(pair.First).Start("deploy", "--deployment-group", "gray", "--on-busy", "attach")).ToList();
        await Task.WhenAll(steps.Zip(doors).Select(pair => Task.WhenAny(pair.Second.AskedAsync("GetDeployment"), pair.First.ExitedAsync())));
        cloud.Release(application);
        var ended = await Task.WhenAll(steps.Select(step => step.EndAsync()));
        doors.ForEach(door => door.Dispose());

        var deployment = (await new Laptop(cloud).DeploymentsAsync(application, "gray")).Should().ContainSingle().Subject;
        foreach (var step in ended)
        {
            (step.ExitCode, step.Outcome).Should().BeOneOf([(0, "succeeded"), (0, "superseded")], "{0}", step);
        }

        ended.Where(step => step.Outcome == "succeeded").Should().NotBeEmpty().And.OnlyContain(step => step.DeploymentId == deployment["deploymentId"]!.ToString());
        StatusOf(deployment).Should().Be("Succeeded");
    }

    [Fact]
    public async Task A_run_does_not_attach_to_another_revision()
    {
        var application = cloud.TakeApplication();
        var other = await new Laptop(cloud).DeployAsync(application, "gray", "held");

        var step = await (await JobAsync(application, "v1")).RunAsync("deploy", "--deployment-group", "gray", "--on-busy", "attach");

        (step.ExitCode, step.Outcome).Should().Be((5, "held"), "{0}", step);
        step.Creates.Should().BeEmpty();
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain(other).And.Contain(cloud.Label("v1"));
    }

    [Theory]
    [InlineData("queue")]
    [InlineData("fail")]
    public async Task Where_the_way_is_not_free_in_time_nothing_is_created(string onBusy)
    {
        var application = cloud.TakeApplication();
        var other = await new Laptop(cloud).DeployAsync(application, "gray", "held");

        var step = await (await JobAsync(application, "v1")).RunAsync("deploy", "--deployment-group", "gray", "--on-busy", onBusy, "--queue-timeout", "1s");

        (step.ExitCode, step.Outcome).Should().Be((5, "held"), "{0}", step);
        step.Creates.Should().BeEmpty();
        step.Log.Errors.Should().ContainSingle().Which.Data.Should().Contain(other);
        (await new Laptop(cloud).DeploymentAsync(other))["status"]!.ToString().Should().Be("InProgress");
    }

    [Fact]
    public async Task An_older_run_that_would_undo_a_newer_one_is_held_unless_somebody_insists()
    {
        var application = cloud.TakeApplication();
        var older = await JobAsync(application, "broken");
        var newer = await (await JobAsync(application, "v2")).RunAsync("deploy", "--deployment-group", "gray", "--comment", "false");

        var held = await older.With("GITHUB_SHA", cloud.Commit("feature")).RunAsync("deploy", "--deployment-group", "gray", "--comment", "false");
        var insisted = await older.With("GITHUB_SHA", cloud.Commit("feature")).RunAsync("deploy", "--deployment-group", "gray", "--comment", "false", "--insist");

        newer.ExitCode.Should().Be(0, "{0}", newer);
        (held.ExitCode, held.Outcome, held.Creates.Count).Should().Be((5, "held", 0), "{0}", held);
        held.Log.Text.Should().Contain("insist: true").And.Contain(newer.DeploymentId);
        (insisted.ExitCode, insisted.Outcome, insisted.Creates.Count).Should().Be((0, "succeeded", 1), "{0}", insisted);
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("feature"));
    }

    [Fact]
    public async Task An_older_run_whose_commit_a_newer_one_contains_has_nothing_left_to_do()
    {
        var application = cloud.TakeApplication();
        var older = await JobAsync(application, "v1");
        var newer = await (await JobAsync(application, "v2")).RunAsync("deploy", "--deployment-group", "gray", "--comment", "false");

        var step = await older.RunAsync("deploy", "--deployment-group", "gray", "--comment", "false");

        newer.ExitCode.Should().Be(0, "{0}", newer);
        (step.ExitCode, step.Outcome, step.Creates.Count).Should().Be((0, "superseded", 0), "{0}", step);
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v2"));
    }

    [Fact]
    public async Task A_persons_deployment_is_waited_for_and_never_stopped()
    {
        var application = cloud.TakeApplication();
        var laptop = new Laptop(cloud);
        var persons = await laptop.DeployAsync(application, "gray", "held");
        using var door = new Door(cloud);
        var step = door.Of(await JobAsync(application, "v2")).Start("deploy", "--deployment-group", "gray", "--on-busy", "supersede", "--comment", "false");
        await door.AskedAsync("GetDeployment");

        cloud.Release(application);
        var ended = await step.EndAsync();

        (ended.ExitCode, ended.Outcome).Should().Be((0, "succeeded"), "{0}", ended);
        door.Asked.Select(point => point.Operation).Should().NotContain("StopDeployment");
        var over = await laptop.DeploymentAsync(persons);
        StatusOf(over).Should().Be("Succeeded");
        ended.Creates.Single(create => create["applicationName"] == application.Name).Time.Should().BeAfter(DateTimeOffset.UnixEpoch.AddSeconds(Time(over, "completeTime")));
    }

    [Fact]
    public async Task CodeDeploys_own_rollback_is_waited_for_and_never_stopped()
    {
        var application = cloud.TakeApplication();
        var laptop = new Laptop(cloud);
        cloud.Release(application);
        await laptop.EndedAsync(await laptop.DeployAsync(application, "gray", "held"));
        cloud.Close(application);
        var failing = await JobAsync(application, "broken");
        var broken = failing.Start("deploy", "--deployment-group", "gray", "--auto-rollback", "DEPLOYMENT_FAILURE", "--comment", "false");
        await cloud.UntilAsync(() => RollbackOf(laptop, application) is not null, "CodeDeploy rolls back");
        var rollback = RollbackOf(laptop, application)!;

        using var door = new Door(cloud);
        var step = door.Of(await JobAsync(application, "v2")).Start("deploy", "--deployment-group", "gray", "--on-busy", "supersede", "--comment", "false");
        await door.AskedAsync("GetDeployment");
        cloud.Release(application);
        var (ended, first) = (await step.EndAsync(), await broken.EndAsync());

        (ended.ExitCode, ended.Outcome).Should().Be((0, "succeeded"), "{0}", ended);
        (first.ExitCode, first.Outcome).Should().Be((6, "rolled-back"), "{0}", first);
        door.Asked.Select(point => point.Operation).Should().NotContain("StopDeployment");
        StatusOf(await laptop.DeploymentAsync(rollback)).Should().Be("Succeeded");
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v2"));
    }

    private static string? RollbackOf(Laptop laptop, Application application) =>
        laptop.DeploymentsAsync(application, "gray").GetAwaiter().GetResult().FirstOrDefault(info => info["creator"]!.ToString() == "codeDeployRollback")?["deploymentId"]!.ToString();

    /// <summary>Runs of ascending number.</summary>
    private async Task<IReadOnlyList<Job>> JobsAsync(Application application, Func<int, string> commit)
    {
        var jobs = new List<Job>();
        for (var number = 1; number <= Racers; number++)
        {
            jobs.Add(await JobAsync(application, commit(number)));
        }

        return jobs;
    }

    private async Task<Job> JobAsync(Application application, string commit) =>
        (await cloud.JobAsync(new JsonObject { ["sha"] = commit, ["environment"] = "gray" })).For(application);

    /// <summary>Not always the oldest first.</summary>
    private static Job[] Shuffled(IReadOnlyList<Job> jobs)
    {
        var mixed = jobs.ToArray();
        new Random(4711).Shuffle(mixed);
        return mixed;
    }

    private static double Time(JsonNode info, string name) => info[name]!.GetValue<double>();

    private static string StatusOf(JsonNode info) => info["status"]!.ToString();

    private static string CommitOf(JsonNode info) => info["revision"]!["gitHubLocation"]!["commitId"]!.ToString();

    private static long RunOf(JsonNode info) => long.Parse(info["description"]!.ToString().Split(" run ")[1].Split(' ')[0]);
}
