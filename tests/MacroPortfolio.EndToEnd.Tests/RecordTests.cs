using System.Text.Json.Nodes;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>What became of each deployment is a GitHub Deployment of ours: one is current, and none is left behind. Nothing is decided by them.</summary>
public sealed class RecordTests(RecordTests.LargeCloud cloud) : IClassFixture<RecordTests.LargeCloud>, IDisposable
{
    public sealed class LargeCloud() : Cloud(40);

    private const string Create = "POST /repos/{owner}/{repo}/deployments";
    private const string SetStatus = "POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("macro-portfolio-records-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_success_is_the_one_that_is_active_and_says_who_brought_what_where()
    {
        var application = cloud.TakeApplication();
        var first = await GrayAsync(application, "v1");
        var job = (await cloud.JobAsync("v3", "gray", "--actor", "lee", "--triggering-actor", "dana")).For(application);

        var second = await job.RunAsync("gray", "--revision", cloud.Revision("v2"), "--environment-url", "https://gray.acme.example/");

        (first.ExitCode, second.ExitCode).Should().Be((0, 0), "{0}", second);
        var records = await RecordsAsync(application, "gray");
        records.Select(record => string.Join(' ', record.States)).Should().Equal(["in_progress success inactive", "in_progress success"], "{0}", second);
        var record = records[1];
        (record["sha"], record["ref"], record["task"]).Should().Be((cloud.Commit("v2"), cloud.Commit("v2"), "deploy"), "it is of what was deployed, not of the run's commit");
        (record["production_environment"], record["transient_environment"]).Should().Be(("false", "false"));
        JsonNode.DeepEquals(record.Payload, new JsonObject
        {
            ["schema"] = 1,
            ["application"] = application.Name,
            ["stage"] = "gray",
            ["groups"] = new JsonArray("gray"),
            ["deployments"] = new JsonArray(second.DeploymentId),
            ["deploymentsLeftOut"] = 0,
            ["verb"] = "gray",
            ["release"] = cloud.Revision("v2"),
            ["label"] = cloud.Label("v2"),
            ["previous"] = cloud.Revision("v1"),
            ["gates"] = new JsonArray(),
            ["actor"] = "lee",
            ["triggeringActor"] = "dana",
            ["run"] = RunUrl(job),
            ["attempt"] = 1,
        }).Should().BeTrue("{0}", record.Payload);
        record.Statuses.Should().OnlyContain(status => status["log_url"]!.ToString() == RunUrl(job) && status["environment_url"]!.ToString() == "https://gray.acme.example/");
        record.Statuses[^1]["description"]!.ToString().Should().Be($"gray runs {cloud.Label("v2")}.");
        records[0].Statuses[^1]["description"]!.ToString().Should().Be($"Replaced by {cloud.Label("v2")}.");
        second.Requests.Of(Create).Should().ContainSingle().Which.Request!["body"]!.AsObject().Should()
            .Contain(field => field.Key == "auto_merge" && !field.Value!.GetValue<bool>()).And.Contain(field => field.Key == "required_contexts" && field.Value!.AsArray().Count == 0);
        second.Requests.Of(SetStatus).Should().OnlyContain(request => !request.Request!["body"]!["auto_inactive"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Production_has_one_that_is_active_too()
    {
        var application = cloud.TakeApplication();
        var steps = new List<StepResult>();
        foreach (var commit in new[] { "v1", "v2" })
        {
            steps.Add(await GrayAsync(application, commit));
            steps.Add(await PromoteAsync(application));
        }

        steps.Should().OnlyContain(step => step.ExitCode == 0 && step.Log.Warnings.Count == 0, "{0}", steps[^1]);
        var production = await RecordsAsync(application, "production");
        production.Select(record => (record["sha"], record.State, record["production_environment"])).Should().Equal((cloud.Commit("v1"), "inactive", "true"), (cloud.Commit("v2"), "success", "true"));
        (await RecordsAsync(application, "gray")).Select(record => record.State).Should().Equal("inactive", "success");
    }

    [Fact]
    public async Task What_ran_before_stays_active_when_the_new_one_fails()
    {
        var application = cloud.TakeApplication();
        var good = await GrayAsync(application, "v1");

        var broken = await GrayAsync(application, "broken");
        var after = await RecordsAsync(application, "gray");
        var mended = await GrayAsync(application, "v2");

        (good.ExitCode, broken.ExitCode, mended.ExitCode).Should().Be((0, 6, 0), "{0}", broken);
        after.Select(record => record.State).Should().Equal("success", "failure");
        after[1].Statuses[^1]["description"]!.ToString().Should().Contain("hooks/validate.sh").And.NotContain("the feed is stale").And.Match(words => words.Length <= 140);
        (await RecordsAsync(application, "gray")).Select(record => record.State).Should().Equal("inactive", "failure", "success");
    }

    [Fact]
    public async Task A_way_back_has_a_record_for_each_stage_with_its_reason()
    {
        var application = cloud.TakeApplication();
        foreach (var commit in new[] { "v1", "v2" })
        {
            await GrayAsync(application, commit);
            await PromoteAsync(application);
        }

        var step = await RollbackAsync(application, "--reason", "::error::the weights add up to 115 %");

        step.ExitCode.Should().Be(0, "{0}", step);
        foreach (var environment in new[] { "gray", "production" })
        {
            var records = await RecordsAsync(application, environment);
            records.Select(record => record.State).Should().Equal("inactive", "inactive", "success");
            (records[2]["sha"], records[2].Payload["verb"]!.ToString(), records[2].Payload["why"]!.ToString()).Should().Be((cloud.Commit("v1"), "rollback", ": :error::the weights add up to 115 %"));
        }
    }

    [Theory]
    [InlineData(true, "success")]
    [InlineData(false, "error")]
    public async Task What_a_killed_run_has_left_the_next_one_tells(bool goesOn, string fate)
    {
        var application = cloud.TakeApplication();
        await GrayAsync(application, "v1");
        var killed = (await cloud.JobAsync("held")).For(application).Start("gray");
        await cloud.RequestAsync(SetStatus, request => request.Request!["body"]!["state"]!.ToString() == "in_progress" && request.Request!["body"]!["log_url"]!.ToString() == RunUrl(killed.Job));
        await killed.KillAsync();
        var (left, laptop) = ((await RecordsAsync(application, "gray"))[1], new Laptop(cloud));
        var id = left.Payload["deployments"]![0]!.ToString();
        if (!goesOn)
        {
            await laptop.CodeDeployAsync("StopDeployment", new() { ["deploymentId"] = id });
        }

        cloud.Release(application);
        await laptop.EndedAsync(id);

        var next = await GrayAsync(application, "broken");

        next.ExitCode.Should().Be(6, "{0}", next);
        left.State.Should().Be("in_progress");
        var records = await RecordsAsync(application, "gray");
        records.Select(record => record.State).Should().Equal([goesOn ? "inactive" : "success", fate, "failure"], "what ran last stays active when the next one fails");
        records[1].Statuses[^1]["description"]!.ToString().Should().Contain(id);
    }

    [Theory]
    [InlineData(3, "--timeout", "1s")]
    [InlineData(0, "--wait", "false")]
    public async Task What_nobody_waited_for_is_in_progress_until_the_next_run(int code, params string[] more)
    {
        var application = cloud.TakeApplication();
        var left = await (await cloud.JobAsync("held")).For(application).RunAsync(["deploy", "--deployment-group", "gray", .. more]);
        var meanwhile = (await RecordsAsync(application, "gray")).Select(record => record.State).ToList();
        cloud.Release(application);
        await new Laptop(cloud).EndedAsync(left.DeploymentId);

        var next = await (await cloud.JobAsync("v2")).For(application).RunAsync("deploy", "--deployment-group", "gray");

        (left.ExitCode, next.ExitCode).Should().Be((code, 0), "{0}", left);
        meanwhile.Should().Equal("in_progress");
        (await RecordsAsync(application, "gray")).Select(record => string.Join(' ', record.States)).Should().Equal("in_progress success inactive", "in_progress success");
    }

    [Fact]
    public async Task A_cancelled_one_is_an_error()
    {
        var application = cloud.TakeApplication();
        var step = (await cloud.JobAsync("held")).For(application).Start("gray");
        await cloud.RequestAsync(SetStatus, request => request.Request!["body"]!["log_url"]!.ToString() == RunUrl(step.Job));
        await step.SignalAsync("INT");

        var ended = await step.EndAsync();

        cloud.Release(application);
        ended.ExitCode.Should().Be(130, "{0}", ended);
        (await RecordsAsync(application, "gray")).Select(record => record.State).Should().Equal("error");
    }

    [Fact]
    public async Task The_post_stage_ends_what_the_main_stage_has_begun()
    {
        var application = cloud.TakeApplication();
        var job = (await cloud.JobAsync("held")).For(application);
        var main = job.Start("gray");
        await cloud.RequestAsync(SetStatus, request => request.Request!["body"]!["log_url"]!.ToString() == RunUrl(job));
        var killed = await main.KillAsync();

        var post = await job.StartPost(killed, "gray").EndAsync();

        cloud.Release(application);
        post.ExitCode.Should().Be(0, "{0}", post);
        (await RecordsAsync(application, "gray")).Select(record => record.State).Should().Equal("error");
    }

    [Fact]
    public async Task A_run_that_is_repeated_finds_its_record()
    {
        var application = cloud.TakeApplication();
        var job = (await cloud.JobAsync("v1")).For(application);
        var first = await job.RunAsync("gray");

        var again = await (await cloud.AttemptAsync(job)).For(application).RunAsync("gray");

        (first.ExitCode, again.ExitCode, again.Creates.Count).Should().Be((0, 0, 0), "{0}", again);
        (await RecordsAsync(application, "gray")).Should().ContainSingle().Which.States.Should().Equal("in_progress", "success");
        again.Requests.Of(SetStatus).Should().BeEmpty("it says so already");
    }

    [Fact]
    public async Task A_run_that_is_repeated_ends_what_its_killed_attempt_has_begun()
    {
        var application = cloud.TakeApplication();
        var job = (await cloud.JobAsync("held")).For(application);
        var killed = job.Start("gray");
        await cloud.RequestAsync(SetStatus, request => request.Request!["body"]!["log_url"]!.ToString() == RunUrl(job));
        await killed.KillAsync();
        cloud.Release(application);

        var again = await (await cloud.AttemptAsync(job)).For(application).RunAsync("gray");

        (again.ExitCode, again.Creates.Count).Should().Be((0, 0), "{0}", again);
        (await RecordsAsync(application, "gray")).Should().ContainSingle().Which.States.Should().Equal("in_progress", "success");
    }

    [Fact]
    public async Task Whoever_watches_a_deployment_later_finds_its_record_too()
    {
        var application = cloud.TakeApplication();
        var left = await (await cloud.JobAsync("held")).For(application).RunAsync("deploy", "--deployment-group", "gray", "--wait", "false");
        cloud.Release(application);

        var watched = await (await cloud.JobAsync("v1")).For(application).RunAsync("deploy", "--deployment-id", left.DeploymentId);

        (left.ExitCode, watched.ExitCode).Should().Be((0, 0), "{0}", watched);
        (await RecordsAsync(application, "gray")).Should().ContainSingle().Which.States.Should().Equal("in_progress", "success");
    }

    [Fact]
    public async Task An_answer_that_is_lost_makes_no_second_one()
    {
        var application = cloud.TakeApplication();
        await cloud.FaultsAsync(new JsonObject { ["service"] = "github", ["operation"] = Create, ["times"] = 1, ["kind"] = "answer-lost" });

        var step = await GrayAsync(application, "v1");

        await cloud.ClearFaultsAsync();
        (step.ExitCode, step.Log.Warnings.Count).Should().Be((0, 0), "{0}", step);
        (await RecordsAsync(application, "gray")).Should().ContainSingle().Which.State.Should().Be("success");
    }

    [Fact]
    public async Task A_job_whose_environment_has_made_one_has_its_record()
    {
        var application = cloud.TakeApplication();
        await GrayAsync(application, "v1");
        var job = (await cloud.JobAsync("v3", "gray", "--environment-deployment", "true")).For(application);

        var step = await job.RunAsync("gray", "--revision", cloud.Revision("v2"));

        (step.ExitCode, step.Log.Warnings.Count).Should().Be((0, 0), "{0}", step);
        step.Requests.Of(Create).Should().BeEmpty();
        step.Log.Shown.Should().ContainSingle(line => line.Contains("'environment: gray' made at GitHub", StringComparison.Ordinal));
        (await RecordsAsync(application, "gray")).Should().ContainSingle("ours of before").Which.State.Should().Be("inactive");
        var own = (await GitHubRecord.AllAsync(cloud, "gray")).Should().ContainSingle(record => record.Statuses[0]["log_url"]!.ToString().StartsWith($"{RunUrl(job)}/job/", StringComparison.Ordinal)).Which;
        (own["sha"], string.Join(' ', own.States)).Should().Be((job.Sha, "in_progress"), "it is left alone");
    }

    [Fact]
    public async Task What_the_environment_of_another_run_has_made_is_no_record_of_this_one()
    {
        var application = cloud.TakeApplication();
        await cloud.JobAsync("v2", "gray", "--environment-deployment", "true");

        var step = await GrayAsync(application, "v2");

        step.ExitCode.Should().Be(0, "{0}", step);
        (await RecordsAsync(application, "gray")).Should().ContainSingle().Which.State.Should().Be("success");
    }

    [Fact]
    public async Task A_bundle_is_recorded_with_the_commit_that_it_was_built_of()
    {
        var application = cloud.TakeApplication();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "index.html"), application.Name);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appspec.yml"), "version: 0.0\nos: linux\nfiles:\n  - source: /index.html\n    destination: /var/www/html\nfile_exists_behavior: OVERWRITE\n");
        var build = await (await cloud.JobAsync("v2")).For(application, World.BundleRole).Input("s3-bucket", "bundles").RunAsync("gray", "--revision", $"bundle:{folder.FullName}");

        var promote = await (await cloud.JobAsync("v3")).For(application, World.BundleRole).RunAsync("promote");

        (build.ExitCode, promote.ExitCode).Should().Be((0, 0), "{0}{1}", build, promote);
        (await RecordsAsync(application, "gray")).Concat(await RecordsAsync(application, "production")).Should().HaveCount(2)
            .And.OnlyContain(record => record["sha"] == cloud.Commit("v2") && record.Payload["release"]!.ToString() == build.Outputs["revision"]);
    }

    [Fact]
    public async Task Of_an_object_that_nobody_knows_the_commit_of_it_is_the_runs()
    {
        var application = cloud.TakeApplication();
        var version = await new Laptop(cloud).PutAsync("bundles", $"{application.Name}.zip", Bundle.Of("by hand"));

        var step = await (await cloud.JobAsync("v3")).For(application).RunAsync("gray", "--revision", $"s3://bundles/{application.Name}.zip?versionId={version}");

        step.ExitCode.Should().Be(0, "{0}", step);
        (await RecordsAsync(application, "gray")).Should().ContainSingle().Which["sha"].Should().Be(cloud.Commit("v3"));
    }

    [Theory]
    [InlineData("contents=read,pull-requests=write")]
    [InlineData("contents=read,pull-requests=write,deployments=read")]
    public async Task A_missing_permission_is_one_warning(string permissions)
    {
        var application = cloud.TakeApplication();
        var job = await cloud.JobAsync("v2", "gray", "--token-permissions", permissions);

        var step = await job.For(application).RunAsync("gray");

        (step.ExitCode, step.Outcome).Should().Be((0, "succeeded"), "{0}", step);
        step.Log.Warnings.Should().ContainSingle().Which.Data.Should().Contain("deployments: write");
        (await RecordsAsync(application, "gray")).Should().BeEmpty();
        step.Requests.To("github").Count(request => request.Operation.Contains("/deployments", StringComparison.Ordinal)).Should().BeLessThanOrEqualTo(2, "what was refused is not asked for again");
    }

    [Fact]
    public async Task GitHub_that_fails_costs_a_warning_and_the_next_run_makes_it_good()
    {
        var application = cloud.TakeApplication();
        await cloud.FaultsAsync(new JsonObject { ["service"] = "github", ["operation"] = SetStatus, ["kind"] = "status", ["status"] = 502 });
        var step = await GrayAsync(application, "v1");
        await cloud.ClearFaultsAsync();

        var next = await GrayAsync(application, "v2");

        (step.ExitCode, step.Outcome, next.ExitCode).Should().Be((0, "succeeded", 0), "{0}", step);
        step.Log.Warnings.Should().ContainSingle().Which.Data.Should().Contain("GitHub's deployments").And.NotContain("permissions");
        (await RecordsAsync(application, "gray")).Select(record => string.Join(' ', record.States)).Should().Equal("success inactive", "in_progress success");
    }

    [Fact]
    public async Task Where_nothing_was_deployed_there_is_nothing_to_record()
    {
        var application = cloud.TakeApplication();
        var dry = await (await cloud.JobAsync("v1")).For(application).RunAsync("gray", "--dry-run");
        var held = await PromoteAsync(application);
        var without = await (await cloud.JobAsync("v1", "", "--token-permissions", "contents=read")).For(application, World.BundleRole).RunAsync("deploy", "--deployment-group", "gray", "--comment", "false");

        (dry.ExitCode, held.ExitCode, without.ExitCode).Should().Be((0, 5, 0), "{0}", without);
        foreach (var step in new[] { dry, held, without })
        {
            step.Requests.Should().NotContain(request => request.Service == "github" && request.Operation.Contains("/deployments", StringComparison.Ordinal), "{0}", step);
            step.Log.Warnings.Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Deploy_keeps_it_in_the_jobs_environment()
    {
        var application = cloud.TakeApplication();

        var step = await (await cloud.JobAsync("v1", "live")).For(application, World.BundleRole).RunAsync("deploy", "--deployment-group", "gray", "--deployment-group", "stable");
        var again = await (await cloud.JobAsync("v2", "live")).For(application, World.BundleRole).RunAsync("deploy", "--deployment-group", "gray");

        (step.ExitCode, again.ExitCode).Should().Be((0, 0), "{0}", step);
        (await RecordsAsync(application, "live")).Select(record => (record.Payload["groups"]![0]!.ToString(), record.State)).Should()
            .BeEquivalentTo([("gray", "inactive"), ("stable", "success"), ("gray", "success")], "a group's success replaces what ran in that group");
    }

    [Fact]
    public async Task An_older_run_that_has_nothing_left_to_deploy_is_inactive_and_what_runs_stays_active()
    {
        var application = cloud.TakeApplication();
        var older = (await cloud.JobAsync("v1")).For(application);
        await GrayAsync(application, "v2");

        var superseded = await older.RunAsync("gray");

        superseded.Outcome.Should().Be("superseded", "{0}", superseded);
        (await RecordsAsync(application, "gray")).Select(record => (record["sha"], record.State)).Should().Equal((cloud.Commit("v2"), "success"), (cloud.Commit("v1"), "inactive"));
    }

    [Fact]
    public async Task What_could_not_be_created_is_a_failure()
    {
        var application = cloud.TakeApplication();
        await GrayAsync(application, "v1");
        await cloud.FaultsAsync(new JsonObject { ["service"] = "codedeploy", ["operation"] = "CreateDeployment", ["kind"] = "error", ["error"] = "InvalidRoleException" });

        var step = await GrayAsync(application, "v2");

        await cloud.ClearFaultsAsync();
        step.Outcome.Should().Be("failed", "{0}", step);
        var records = await RecordsAsync(application, "gray");
        records.Select(record => record.State).Should().Equal("success", "failure");
        records[1].Payload["deployments"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task Without_records_or_with_forged_ones_everything_is_decided_as_it_was()
    {
        var decided = new List<IReadOnlyList<string>>();
        foreach (var meddle in new Func<Application, Task>[] { _ => Task.CompletedTask, DeleteAsync, ForgeAsync })
        {
            var application = cloud.TakeApplication();
            var steps = new List<StepResult> { await GrayAsync(application, "v1") };
            foreach (var next in new Func<Task<StepResult>>[]
                     {
                         () => PromoteAsync(application),
                         () => GrayAsync(application, "v2"),
                         () => PromoteAsync(application),
                         () => RollbackAsync(application),
                         () => PromoteAsync(application),
                     })
            {
                await meddle(application);
                steps.Add(await next());
            }

            decided.Add([.. steps.Select(step => $"{step.Outcome} {string.Join(' ', step.Creates.Select(create => $"{create["deploymentGroupName"]} {create.Request!["revision"]!["gitHubLocation"]!["commitId"]}"))}")]);
        }

        decided[0].Select(step => step.Split(' ')[0]).Should().Equal("succeeded", "succeeded", "succeeded", "succeeded", "succeeded", "held");
        decided[1].Should().Equal(decided[0]);
        decided[2].Should().Equal(decided[0]);
    }

    [Fact]
    public async Task A_run_stays_within_its_requests_to_GitHub()
    {
        var application = cloud.TakeApplication();
        foreach (var commit in new[] { "v1", "broken", "broken", "broken", "broken" })
        {
            await GrayAsync(application, commit);
        }

        var failed = await GrayAsync(application, "broken");
        var gray = await GrayAsync(application, "v2");
        var promote = await PromoteAsync(application);

        (failed.ExitCode, gray.ExitCode, promote.ExitCode).Should().Be((6, 0, 0), "{0}", gray);
        (await RecordsAsync(application, "gray")).Select(record => record.State).Should().Equal("inactive", "failure", "failure", "failure", "failure", "failure", "success");
        new[] { failed, gray, promote }.Select(step => step.Requests.To("github").Count).Should().OnlyContain(count => count <= 20);
        new[] { gray, promote }.Sum(step => step.Requests.To("github").Count).Should().BeLessThanOrEqualTo(40);
    }

    private static string RunUrl(Job job) => $"{job["GITHUB_SERVER_URL"]}/{World.Repository}/actions/runs/{job.RunId}";

    private async Task<StepResult> GrayAsync(Application application, string commit) => await (await cloud.JobAsync(commit)).For(application).RunAsync("gray");

    private async Task<StepResult> PromoteAsync(Application application) => await (await cloud.JobAsync("v3", "production")).For(application, World.ProductionRole).RunAsync("promote");

    private async Task<StepResult> RollbackAsync(Application application, params string[] words) =>
        await (await cloud.JobAsync("v3", "production")).For(application, World.ProductionRole).RunAsync(["rollback", .. words]);

    private Task<IReadOnlyList<GitHubRecord>> RecordsAsync(Application application, string environment) => GitHubRecord.OfAsync(cloud, application, environment);

    /// <summary>GitHub deletes only what is not active.</summary>
    private async Task DeleteAsync(Application application)
    {
        foreach (var record in (await RecordsAsync(application, "gray")).Concat(await RecordsAsync(application, "production")))
        {
            await SayAsync(record["id"], "inactive");
            await GitHub.SendAsync(cloud.FirstJob, HttpMethod.Delete, $"deployments/{record["id"]}");
        }
    }

    /// <summary>The opposite of all that is so: what was is in progress still or has failed, another revision is live, under the ids of deployments that are real.</summary>
    private async Task ForgeAsync(Application application)
    {
        foreach (var (environment, group) in new[] { ("gray", "gray"), ("production", "stable") })
        {
            foreach (var record in await RecordsAsync(application, environment))
            {
                await SayAsync(record["id"], record.State == "success" ? "failure" : "success");
            }

            foreach (var (id, state) in new[] { ("d-FORGED000", "success"), ("d-FORGED000", "in_progress"), ("no id", "queued"), ((await new Laptop(cloud).DeploymentsAsync(application, "gray"))[0]["deploymentId"]!.ToString(), "pending") })
            {
                var payload = new JsonObject
                {
                    ["schema"] = 1,
                    ["application"] = application.Name,
                    ["stage"] = environment,
                    ["groups"] = new JsonArray(group),
                    ["deployments"] = new JsonArray(id),
                    ["release"] = cloud.Revision("v3"),
                    ["verb"] = "rollback",
                };
                var made = await GitHub.SendAsync(cloud.FirstJob, HttpMethod.Post, "deployments", new JsonObject
                {
                    ["ref"] = cloud.Commit("v3"),
                    ["environment"] = environment,
                    ["auto_merge"] = false,
                    ["required_contexts"] = new JsonArray(),
                    ["payload"] = payload,
                });
                await SayAsync(made["id"]!.ToString(), state);
            }
        }
    }

    private async Task SayAsync(string id, string state) => await GitHub.SendAsync(cloud.FirstJob, HttpMethod.Post, $"deployments/{id}/statuses", new JsonObject { ["state"] = state, ["auto_inactive"] = false });
}
