using System.Net;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.GitHub;

namespace MacroPortfolio.Simulator.Tests.GitHub;

public sealed class DeploymentTests : IDisposable
{
    private readonly GitFolder git = new();

    public void Dispose() => git.Dispose();

    private static JsonObject Plain(string environment = "gray", string reference = "main") =>
        new() { ["ref"] = reference, ["environment"] = environment, ["auto_merge"] = false, ["required_contexts"] = new JsonArray() };

    private static async Task<string> CreateAsync(GitHubApi github, JsonObject json) => (await github.PostAsync("/deployments", json))["id"]!;

    private static Task<GitHubApi.Answer> SayAsync(GitHubApi github, string id, string state, params (string Name, JsonNode Value)[] fields)
    {
        var json = new JsonObject { ["state"] = state };
        foreach (var (name, value) in fields)
            json[name] = value;
        return github.PostAsync($"/deployments/{id}/statuses", json);
    }

    private static string? State(GitHubApi github, string id) => github.Site.Deployments.Find(long.Parse(id))!.State;

    [Fact]
    public async Task A_deployment_is_created_with_GitHubs_defaults()
    {
        var sha = git.Commit("Start");
        await using var github = await GitHubApi.StartAsync(git);

        var made = await github.PostAsync("/deployments", new JsonObject { ["ref"] = "main" });
        var got = await github.GetAsync($"/deployments/{made["id"]}");

        made.Status.Should().Be(HttpStatusCode.Created);
        made["sha"].Should().Be(sha);
        made["ref"].Should().Be("main");
        made["task"].Should().Be("deploy");
        made["environment"].Should().Be("production");
        made["production_environment"].Should().Be("true");
        made["transient_environment"].Should().Be("false");
        made["description"].Should().BeNull();
        made["payload"].Should().Be("{}");
        made["creator", "login"].Should().Be("github-actions[bot]");
        made["statuses_url"].Should().Be($"{github.Api}/repos/acme/site/deployments/{made["id"]}/statuses");
        made.Header("Location").Should().Be(made["url"]);
        got.Text.Should().Be(made.Text);
        github.Store.Deployments("acme/site").Should().ContainSingle().Which.State.Should().BeNull();
    }

    [Fact]
    public async Task What_is_given_is_kept()
    {
        var sha = git.Commit("Start");
        await using var github = await GitHubApi.StartAsync(git);
        var json = Plain(reference: sha);
        json["task"] = "gray";
        json["description"] = "to gray";
        json["transient_environment"] = true;
        json["production_environment"] = true;
        json["payload"] = new JsonObject { ["id"] = "d-1" };

        var made = await github.PostAsync("/deployments", json);

        made["environment"].Should().Be("gray");
        made["task"].Should().Be("gray");
        made["description"].Should().Be("to gray");
        made["transient_environment"].Should().Be("true");
        made["production_environment"].Should().Be("true");
        made["payload", "id"].Should().Be("d-1");
    }

    [Fact]
    public async Task A_ref_is_needed_and_must_exist()
    {
        git.Commit("Start");
        await using var github = await GitHubApi.StartAsync(git);

        var without = await github.PostAsync("/deployments", new JsonObject());
        var unknown = await github.PostAsync("/deployments", Plain(reference: "none"));
        var mistyped = await github.PostAsync("/deployments", new JsonObject { ["ref"] = "main", ["auto_merge"] = "no" });

        without.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        without.Message.Should().Be("Invalid request.\n\n\"ref\" wasn't supplied.");
        unknown.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        unknown.Message.Should().Be("No ref found for: none");
        mistyped.Message.Should().Be("Invalid request.\n\nFor 'properties/auto_merge', \"no\" is not a boolean.");
        github.Store.Deployments("acme/site").Should().BeEmpty();
    }

    [Fact]
    public async Task By_default_a_branch_that_is_behind_is_merged_into_and_nothing_is_created()
    {
        git.Commit("Start");
        git.Run("checkout", "--quiet", "-b", "topic");
        git.Commit("Topic", "topic.html");
        git.Run("checkout", "--quiet", "main");
        git.Commit("Main goes on");
        await using var github = await GitHubApi.StartAsync(git);

        var merged = await github.PostAsync("/deployments", new JsonObject { ["ref"] = "topic" });
        var told = await github.PostAsync("/deployments", Plain(reference: "topic"));
        var bySha = await github.PostAsync("/deployments", new JsonObject { ["ref"] = git.Sha("topic") });

        merged.Status.Should().Be(HttpStatusCode.Accepted);
        merged.Message.Should().Be("Auto-merged main into topic on deployment.");
        told.Status.Should().Be(HttpStatusCode.Created);
        bySha.Status.Should().Be(HttpStatusCode.Created, "only a branch can be merged into");
        github.Store.Deployments("acme/site").Should().HaveCount(2);
    }

    [Fact]
    public async Task A_merge_that_conflicts_is_409()
    {
        git.Commit("Start");
        git.Run("checkout", "--quiet", "-b", "topic");
        git.Commit("Topic's line");
        git.Run("checkout", "--quiet", "main");
        git.Commit("Main's line");
        await using var github = await GitHubApi.StartAsync(git);

        var answer = await github.PostAsync("/deployments", new JsonObject { ["ref"] = "topic" });

        answer.Status.Should().Be(HttpStatusCode.Conflict);
        answer.Message.Should().Be("Conflict merging main into topic.");
    }

    [Fact]
    public async Task By_default_every_check_of_the_commit_must_have_passed()
    {
        var sha = git.Commit("Start");
        await using var github = await GitHubApi.StartAsync(git);
        github.Site.CheckRuns.Put(new CheckRun(sha, "build", "completed", "success", github.Time.GetUtcNow(), github.Time.GetUtcNow()));
        var deploy = github.Site.CheckRuns.Put(new CheckRun(sha, "deploy", "in_progress", null, github.Time.GetUtcNow(), null));

        var all = await github.PostAsync("/deployments", new JsonObject { ["ref"] = "main" });
        var some = await github.PostAsync("/deployments", new JsonObject { ["ref"] = "main", ["required_contexts"] = new JsonArray("build") });
        var missing = await github.PostAsync("/deployments", new JsonObject { ["ref"] = "main", ["required_contexts"] = new JsonArray("lint") });
        var none = await github.PostAsync("/deployments", new JsonObject { ["ref"] = "main", ["required_contexts"] = new JsonArray() });
        github.Site.CheckRuns.Put(deploy with { Status = "completed", Conclusion = "failure" });
        var failed = await github.PostAsync("/deployments", new JsonObject { ["ref"] = "main" });
        github.Site.CheckRuns.Put(deploy with { Status = "completed", Conclusion = "skipped" });
        var passed = await github.PostAsync("/deployments", new JsonObject { ["ref"] = "main" });

        all.Status.Should().Be(HttpStatusCode.Conflict);
        all.Message.Should().Be("Conflict: Commit status checks failed for main.");
        all.Json["errors"]![0]!["contexts"]!.ToJsonString().Should()
            .Contain("""{"context":"deploy","state":"pending"}""").And.Contain("""{"context":"build","state":"success"}""");
        all.Json["errors"]![0]!["field"]!.ToString().Should().Be("required_contexts");
        missing.Json["errors"]![0]!["contexts"]!.ToJsonString().Should().Be("""[{"context":"lint","state":"pending"}]""");
        failed.Json["errors"]![0]!["contexts"]!.ToJsonString().Should().Contain("""{"context":"deploy","state":"failure"}""");
        new[] { some, none, passed }.Select(answer => answer.Status).Should().AllBeEquivalentTo(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Deployments_are_listed_newest_first_and_filtered()
    {
        var first = git.Commit("First");
        var second = git.Commit("Second");
        await using var github = await GitHubApi.StartAsync(git);
        var gray = await CreateAsync(github, Plain("gray", first));
        var production = await CreateAsync(github, Plain("production", first));
        var newest = await CreateAsync(github, Plain("gray", second));

        (await github.GetAsync("/deployments")).Each("id").Should().Equal(newest, production, gray);
        (await github.GetAsync("/deployments?environment=gray")).Each("id").Should().Equal(newest, gray);
        (await github.GetAsync($"/deployments?sha={first}")).Each("id").Should().Equal(production, gray);
        (await github.GetAsync($"/deployments?ref={second}&task=deploy")).Each("id").Should().Equal(newest);
        var paged = await github.GetAsync("/deployments?per_page=1&page=2");
        paged.Each("id").Should().Equal(production);
        paged.Header("Link").Should().Contain("rel=\"next\"").And.Contain("rel=\"prev\"");
    }

    [Fact]
    public async Task A_status_is_recorded_with_its_fields()
    {
        git.Commit("Start");
        await using var github = await GitHubApi.StartAsync(git);
        var id = await CreateAsync(github, Plain());

        var progress = await SayAsync(github, id, "in_progress");
        var success = await SayAsync(github, id, "success",
            ("description", "All is well"), ("log_url", "https://example.com/log"), ("environment_url", "https://gray.example.com"), ("environment", "canary"));
        var list = await github.GetAsync($"/deployments/{id}/statuses");
        var one = await github.GetAsync($"/deployments/{id}/statuses/{success["id"]}");

        success.Status.Should().Be(HttpStatusCode.Created);
        success["state"].Should().Be("success");
        success["description"].Should().Be("All is well");
        success["log_url"].Should().Be("https://example.com/log");
        success["target_url"].Should().Be("https://example.com/log");
        success["environment_url"].Should().Be("https://gray.example.com");
        success["deployment_url"].Should().Be($"{github.Api}/repos/acme/site/deployments/{id}");
        list.Each("id").Should().Equal(success["id"], progress["id"]);
        one.Text.Should().Be(success.Text);
        (await github.GetAsync($"/deployments/{id}"))["environment"].Should().Be("canary");
        (await github.GetAsync($"/deployments/{id}"))["original_environment"].Should().Be("gray");
        (await github.GetAsync($"/deployments/{id}/statuses/1")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("error", 201)]
    [InlineData("failure", 201)]
    [InlineData("inactive", 201)]
    [InlineData("queued", 201)]
    [InlineData("pending", 201)]
    [InlineData("deployed", 422)]
    public async Task A_state_is_one_of_seven(string state, int status)
    {
        git.Commit("Start");
        await using var github = await GitHubApi.StartAsync(git);
        var id = await CreateAsync(github, Plain());

        ((int)(await SayAsync(github, id, state)).Status).Should().Be(status);
    }

    [Fact]
    public async Task Fields_of_a_status_that_are_wrong_are_refused()
    {
        git.Commit("Start");
        await using var github = await GitHubApi.StartAsync(git);
        var id = await CreateAsync(github, Plain());

        async Task<string> Error(string name, string value) => (await SayAsync(github, id, "success", (name, value))).Json["errors"]![0]!["message"]!.ToString();

        (await Error("description", new string('x', 141))).Should().Be("description is too long (maximum is 140 characters)");
        (await Error("environment_url", "gray.example.com")).Should().Be("environment_url must use http(s) scheme");
        (await Error("log_url", "ftp://example.com")).Should().Be("log_url must use http(s) scheme");
        (await github.PostAsync($"/deployments/{id}/statuses", new JsonObject())).Message.Should().Be("Invalid request.\n\n\"state\" wasn't supplied.");
        (await SayAsync(github, "1", "success")).Status.Should().Be(HttpStatusCode.NotFound);
        (await SayAsync(github, id, "success", ("description", new string('x', 140)))).Status.Should().Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_success_makes_the_environments_earlier_successes_inactive_and_nothing_else()
    {
        git.Commit("Start");
        await using var github = await GitHubApi.StartAsync(git);
        var transient = Plain();
        transient["transient_environment"] = true;
        var live = await CreateAsync(github, Plain());
        var failed = await CreateAsync(github, Plain());
        var passing = await CreateAsync(github, transient);
        var other = await CreateAsync(github, Plain("canary"));
        foreach (var id in new[] { passing, other, live })
            await SayAsync(github, id, "success", ("auto_inactive", false));
        await SayAsync(github, failed, "failure");
        var newest = await CreateAsync(github, Plain());

        await SayAsync(github, newest, "failure");
        var afterFailure = State(github, live);
        await SayAsync(github, newest, "success", ("auto_inactive", false));
        var whenTold = State(github, live);
        await SayAsync(github, newest, "success");

        afterFailure.Should().Be("success");
        whenTold.Should().Be("success");
        State(github, live).Should().Be("inactive");
        State(github, failed).Should().Be("failure");
        State(github, passing).Should().Be("success");
        State(github, other).Should().Be("success");
        State(github, newest).Should().Be("success");
    }

    [Fact]
    public async Task Production_is_never_made_inactive_by_itself()
    {
        git.Commit("Start");
        await using var github = await GitHubApi.StartAsync(git);
        var first = await CreateAsync(github, Plain("production"));
        var second = await CreateAsync(github, Plain("production"));

        await SayAsync(github, first, "success");
        await SayAsync(github, second, "success");

        State(github, first).Should().Be("success");
    }

    [Fact]
    public async Task Only_an_inactive_deployment_can_be_deleted_unless_it_is_the_only_one()
    {
        git.Commit("Start");
        await using var github = await GitHubApi.StartAsync(git);
        var first = await CreateAsync(github, Plain());
        var second = await CreateAsync(github, Plain());
        await SayAsync(github, first, "success");

        var active = await github.DeleteAsync($"/deployments/{first}");
        await SayAsync(github, first, "inactive");
        var inactive = await github.DeleteAsync($"/deployments/{first}");
        var only = await github.DeleteAsync($"/deployments/{second}");
        var gone = await github.DeleteAsync($"/deployments/{second}");

        active.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        active.Message.Should().Be("We cannot delete an active deployment unless it is the only deployment in a given environment.");
        inactive.Status.Should().Be(HttpStatusCode.NoContent);
        only.Status.Should().Be(HttpStatusCode.NoContent);
        gone.Status.Should().Be(HttpStatusCode.NotFound);
    }
}
