using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.Tests.World;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.Jobs;

public sealed class RunnerTests : IDisposable
{
    private const string Url = "http://127.0.0.1:1";

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-").FullName;
    private readonly TestRepository _repository;
    private readonly JobTokens _tokens = new();
    private readonly WorldFile _world;
    private readonly Runner _runner;

    public RunnerTests()
    {
        _repository = new TestRepository(Path.Combine(_folder, "site"));
        _world = WorldReader.Parse("""
            region: eu-west-1
            github:
              repositories:
                - name: acme/macro-portfolio
                  git: ./site
                  pulls:
                    - { number: 11, title: Old, author: dana, head: main, base: main, state: merged }
                    - { number: 12, title: "Add duration buckets", author: lee, head: feature, base: main, labels: [risk-management] }
              job: { environment: gray }
            """, _folder);
        _runner = new Runner(_world, State, _tokens, () => Url);
    }

    private string State => Path.Combine(_folder, "state");

    public void Dispose()
    {
        _runner.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_job_has_the_environment_of_a_container_actions_step()
    {
        var job = await StartAsync();

        var variables = job.Variables.Where(variable => !variable.Value.StartsWith(_folder, StringComparison.Ordinal) && !variable.Key.Contains("TOKEN", StringComparison.Ordinal))
            .ToDictionary(variable => variable.Key, variable => variable.Value);
        variables.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["CI"] = "true",
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_ACTION"] = "__self",
            ["GITHUB_ACTION_REF"] = "",
            ["GITHUB_ACTION_REPOSITORY"] = "",
            ["GITHUB_ACTOR"] = "dana",
            ["GITHUB_ACTOR_ID"] = Account.IdOf("dana").ToString(),
            ["GITHUB_API_URL"] = $"{Url}/api/v3",
            ["GITHUB_BASE_REF"] = "",
            ["GITHUB_EVENT_NAME"] = "push",
            ["GITHUB_GRAPHQL_URL"] = $"{Url}/api/graphql",
            ["GITHUB_HEAD_REF"] = "",
            ["GITHUB_JOB"] = "deploy",
            ["GITHUB_REF"] = "refs/heads/main",
            ["GITHUB_REF_NAME"] = "main",
            ["GITHUB_REF_PROTECTED"] = "false",
            ["GITHUB_REF_TYPE"] = "branch",
            ["GITHUB_REPOSITORY"] = "acme/macro-portfolio",
            ["GITHUB_REPOSITORY_ID"] = "700100200",
            ["GITHUB_REPOSITORY_OWNER"] = "acme",
            ["GITHUB_REPOSITORY_OWNER_ID"] = "600100",
            ["GITHUB_RETENTION_DAYS"] = "90",
            ["GITHUB_RUN_ATTEMPT"] = "1",
            ["GITHUB_RUN_ID"] = job.Job.RunId.ToString(),
            ["GITHUB_RUN_NUMBER"] = "1",
            ["GITHUB_SERVER_URL"] = Url,
            ["GITHUB_SHA"] = _repository.Main,
            ["GITHUB_TRIGGERING_ACTOR"] = "dana",
            ["GITHUB_WORKFLOW"] = ".github/workflows/deploy.yml",
            ["GITHUB_WORKFLOW_REF"] = "acme/macro-portfolio/.github/workflows/deploy.yml@refs/heads/main",
            ["GITHUB_WORKFLOW_SHA"] = _repository.Main,
            ["RUNNER_ARCH"] = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "ARM64" : "X64",
            ["RUNNER_ENVIRONMENT"] = "github-hosted",
            ["RUNNER_NAME"] = "GitHub Actions 1",
            ["RUNNER_OS"] = "Linux",
            ["ACTIONS_RUNTIME_URL"] = $"{Url}/_actions/",
            ["ACTIONS_CACHE_URL"] = $"{Url}/_actions/",
            ["ACTIONS_RESULTS_URL"] = $"{Url}/_actions/",
            ["AWS_ENDPOINT_URL"] = Url,
            ["AWS_REGION"] = "eu-west-1",
        });
        job["ACTIONS_ID_TOKEN_REQUEST_URL"].Should().StartWith(Url).And.Contain("?");
        job["ACTIONS_ID_TOKEN_REQUEST_TOKEN"].Should().Be(job["ACTIONS_RUNTIME_TOKEN"]).And.HaveLength(120);
        job["INPUT_GITHUB-TOKEN"].Should().MatchRegex("^ghs_[A-Za-z0-9]{36}$");
    }

    [Fact]
    public async Task Files_are_the_jobs_own_and_empty_and_folders_exist()
    {
        var job = await StartAsync();

        foreach (var name in (string[])["GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_PATH"])
        {
            job[name].Should().StartWith(Path.Combine(State, "jobs", job["GITHUB_RUN_ID"]) + "/");
            (await File.ReadAllBytesAsync(job[name])).Should().BeEmpty(name);
        }

        foreach (var name in (string[])["HOME", "RUNNER_TEMP", "RUNNER_TOOL_CACHE", "RUNNER_WORKSPACE", "GITHUB_WORKSPACE"])
            Directory.Exists(job[name]).Should().BeTrue(name);
    }

    [Fact]
    public async Task The_workspace_is_a_checkout_of_the_commit_and_the_repository_is_left_alone()
    {
        var before = _repository.Git("status", "--porcelain", "--branch");

        var job = await StartAsync(new JobRequest { Sha = "main~1" });

        var workspace = job["GITHUB_WORKSPACE"];
        (job["GITHUB_SHA"], TestRepository.Run(workspace, "rev-parse", "HEAD")).Should().Be((_repository.First, _repository.First));
        (await File.ReadAllTextAsync(Path.Combine(workspace, "index.html"))).Should().Be("one");
        TestRepository.Run(workspace, "status", "--porcelain").Should().BeEmpty();
        TestRepository.Run(workspace, "fetch", "--quiet", "origin", "feature");
        _repository.Git("status", "--porcelain", "--branch").Should().Be(before);
    }

    [Fact]
    public async Task Runs_are_counted_and_commits_made_later_are_found()
    {
        var first = await StartAsync();
        var commit = _repository.Commit("late.html", "late");

        var second = await StartAsync();

        (second.Job.RunId, second.Job.RunNumber, second.Job.Attempt).Should().Be((first.Job.RunId + 1, 2, 1));
        second["GITHUB_SHA"].Should().Be(commit);
        second["GITHUB_OUTPUT"].Should().NotBe(first["GITHUB_OUTPUT"]);
        second["INPUT_GITHUB-TOKEN"].Should().NotBe(first["INPUT_GITHUB-TOKEN"]);
    }

    [Fact]
    public async Task A_job_that_cannot_be_takes_no_number()
    {
        var first = await StartAsync();
        await FluentActions.Awaiting(() => StartAsync(new JobRequest { Sha = "nowhere" })).Should().ThrowAsync<JobException>().WithMessage("'nowhere' is no commit of acme/macro-portfolio*");

        var second = await StartAsync();

        second.Job.RunId.Should().Be(first.Job.RunId + 1);
    }

    [Fact]
    public async Task A_simulator_over_the_same_folder_goes_on_counting()
    {
        var first = await StartAsync();
        using var again = new Runner(_world, State, new JobTokens(), () => Url);

        var second = await again.StartAsync(new JobRequest(), default);

        (second.Job.RunId, second.Job.RunNumber).Should().Be((first.Job.RunId + 1, 2));
    }

    [Fact]
    public async Task A_run_that_is_run_again_keeps_its_id_and_commit_and_gets_new_files()
    {
        var first = await StartAsync(new JobRequest { Sha = "feature", Ref = "refs/heads/feature", Environment = "production", TokenPermissions = "checks=read" });
        await StartAsync();
        _repository.Git("branch", "--force", "feature", "main");

        var second = await StartAsync(new JobRequest { Rerun = first.Job.RunId, TriggeringActor = "lee" });
        var third = await StartAsync(new JobRequest { Rerun = first.Job.RunId });

        (second["GITHUB_RUN_ID"], second["GITHUB_RUN_NUMBER"], second["GITHUB_RUN_ATTEMPT"]).Should().Be((first["GITHUB_RUN_ID"], "1", "2"));
        (second["GITHUB_SHA"], second["GITHUB_REF"], second.Job.Environment).Should().Be((_repository.Feature, "refs/heads/feature", "production"));
        (second["GITHUB_ACTOR"], second["GITHUB_TRIGGERING_ACTOR"]).Should().Be(("dana", "lee"));
        second["GITHUB_OUTPUT"].Should().NotBe(first["GITHUB_OUTPUT"]);
        second.Job.TokenPermissions.Keys.Should().Equal("checks");
        third.Job.Attempt.Should().Be(3);
        (await StartAsync()).Job.RunId.Should().Be(first.Job.RunId + 2);
    }

    [Fact]
    public async Task What_a_rerun_cannot_change_is_refused()
    {
        var first = await StartAsync();

        var rerun = () => StartAsync(new JobRequest { Rerun = first.Job.RunId, Sha = "feature", Actor = "lee" });
        var unknown = () => StartAsync(new JobRequest { Rerun = 7 });

        (await rerun.Should().ThrowAsync<JobException>()).Which.Errors.Should().Equal(
            $"--sha is '{_repository.Feature}', and a run that is run again keeps its own, '{_repository.Main}'.",
            "--actor is 'lee', and a run that is run again keeps its own, 'dana' (who runs it again is --triggering-actor).");
        await unknown.Should().ThrowAsync<JobException>().WithMessage($"--rerun is '7', and there was no such run here; there were {first.Job.RunId}.");
    }

    [Fact]
    public async Task A_pull_request_runs_on_its_synthetic_merge()
    {
        var job = await StartAsync(new JobRequest { Event = "pull_request", Environment = "" });

        (job["GITHUB_REF"], job["GITHUB_REF_NAME"], job["GITHUB_HEAD_REF"], job["GITHUB_BASE_REF"]).Should().Be(("refs/pull/12/merge", "12/merge", "feature", "main"));
        var workspace = job["GITHUB_WORKSPACE"];
        TestRepository.Run(workspace, "log", "-1", "--format=%H %P").Should().Be($"{job["GITHUB_SHA"]} {_repository.Main} {_repository.Feature}");
        (File.ReadAllText(Path.Combine(workspace, "index.html")), File.ReadAllText(Path.Combine(workspace, "risk.html"))).Should().Be(("two", "duration buckets"));
        var payload = Event(job);
        (payload["number"]!.GetValue<int>(), payload["action"]!.ToString()).Should().Be((12, "synchronize"));
        var pull = payload["pull_request"]!;
        (pull["head"]!["sha"]!.ToString(), pull["head"]!["ref"]!.ToString(), pull["base"]!["sha"]!.ToString()).Should().Be((_repository.Feature, "feature", _repository.Main));
        (pull["title"]!.ToString(), pull["user"]!["login"]!.ToString(), pull["labels"]![0]!["name"]!.ToString()).Should().Be(("Add duration buckets", "lee", "risk-management"));
        (pull["merged"]!.GetValue<bool>(), pull["state"]!.ToString()).Should().Be((false, "open"));
    }

    [Fact]
    public async Task A_pull_request_run_again_keeps_its_merge_though_the_base_has_moved()
    {
        var first = await StartAsync(new JobRequest { Event = "pull_request" });
        _repository.Commit("index.html", "three");

        var second = await StartAsync(new JobRequest { Rerun = first.Job.RunId });

        second["GITHUB_SHA"].Should().Be(first["GITHUB_SHA"]);
        TestRepository.Run(second["GITHUB_WORKSPACE"], "log", "-1", "--format=%at %ct").Should().Be("1767225600 1767225600", "a merge of the same two must not depend on when it is made");
        TestRepository.Run(second["GITHUB_WORKSPACE"], "rev-parse", "HEAD").Should().Be(first["GITHUB_SHA"]);
    }

    [Theory]
    [InlineData("refs/pull/11/merge", null, 11)]
    [InlineData("refs/pull/12/merge", null, 12)]
    [InlineData(null, "main", 11)]
    [InlineData(null, "feature", 12)]
    [InlineData(null, null, 12)]
    public async Task The_pull_request_is_the_refs_else_the_commits_else_the_first_open_one(string? reference, string? sha, int number)
    {
        var job = await StartAsync(new JobRequest { Event = "pull_request", Ref = reference, Sha = sha });

        Event(job)["number"]!.GetValue<int>().Should().Be(number);
    }

    [Fact]
    public async Task A_pull_request_that_conflicts_or_is_not_there_starts_nothing()
    {
        _repository.Git("checkout", "--quiet", "feature");
        _repository.Commit("index.html", "conflict");

        var conflict = () => StartAsync(new JobRequest { Event = "pull_request" });
        var missing = () => StartAsync(new JobRequest { Event = "pull_request", Ref = "refs/pull/13/merge" });

        await conflict.Should().ThrowAsync<JobException>().WithMessage("Pull request 12 conflicts with main*");
        await missing.Should().ThrowAsync<JobException>().WithMessage("*refs/pull/N/merge with N one of 11, 12.");
        (await StartAsync()).Job.RunNumber.Should().Be(1);
    }

    [Fact]
    public async Task A_push_event_says_what_was_pushed()
    {
        var job = await StartAsync();

        var payload = Event(job);
        (payload["ref"]!.ToString(), payload["before"]!.ToString(), payload["after"]!.ToString()).Should().Be(("refs/heads/main", _repository.First, _repository.Main));
        (payload["head_commit"]!["id"]!.ToString(), payload["head_commit"]!["message"]!.ToString(), payload["head_commit"]!["author"]!["name"]!.ToString()).Should()
            .Be((_repository.Main, "Write index.html", "dana"));
        (payload["repository"]!["full_name"]!.ToString(), payload["repository"]!["default_branch"]!.ToString(), payload["sender"]!["login"]!.ToString()).Should()
            .Be(("acme/macro-portfolio", "main", "dana"));
    }

    [Theory]
    [InlineData("workflow_dispatch", "inputs")]
    [InlineData("schedule", "schedule")]
    [InlineData("release", "repository")]
    public async Task Every_other_event_has_its_payload_too(string name, string key)
    {
        var job = await StartAsync(new JobRequest { Event = name });

        Event(job).ContainsKey(key).Should().BeTrue();
        job["GITHUB_EVENT_NAME"].Should().Be(name);
    }

    [Fact]
    public async Task A_workflow_is_called_what_its_file_says()
    {
        _repository.Commit(".github/workflows/deploy.yml", "name: Deploy the site\non: push\n");

        var job = await StartAsync();

        (job["GITHUB_WORKFLOW"], job["GITHUB_WORKFLOW_REF"]).Should().Be(("Deploy the site", "acme/macro-portfolio/.github/workflows/deploy.yml@refs/heads/main"));
    }

    [Fact]
    public async Task A_tag_is_a_tag()
    {
        _repository.Git("tag", "v1", "feature");

        var job = await StartAsync(new JobRequest { Ref = "refs/tags/v1" });

        (job["GITHUB_REF_TYPE"], job["GITHUB_REF_NAME"], job["GITHUB_SHA"]).Should().Be(("tag", "v1", _repository.Feature));
    }

    [Fact]
    public async Task A_job_without_the_permission_has_no_OIDC_variables()
    {
        var job = await StartAsync(new JobRequest { IdToken = "none" });

        job.Variables.Should().NotContain(variable => variable.Key.StartsWith("ACTIONS_ID_TOKEN", StringComparison.Ordinal));
        job.Variables.Should().Contain(variable => variable.Key == "ACTIONS_RUNTIME_TOKEN");
    }

    [Fact]
    public async Task The_jobs_token_is_known_with_its_permissions()
    {
        var job = await StartAsync(new JobRequest { Actor = "lee", TokenPermissions = "contents=read" });

        var found = _tokens.TryGet(job["INPUT_GITHUB-TOKEN"], out var token);

        found.Should().BeTrue();
        (token!.Repository, token.RunId, token.Actor).Should().Be(("acme/macro-portfolio", job.Job.RunId, "lee"));
        token.Permissions.Should().BeEquivalentTo(new Dictionary<string, string> { ["contents"] = "read" });
        token.ToString().Should().NotContain(token.Value);
        _tokens.TryGet("ghs_guess", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var start = () => StartAsync(new JobRequest { Sha = "nowhere", Ref = "main", IdToken = "read", TokenPermissions = "all", Actor = "", Environment = "a\nGITHUB_SHA=b" });

        (await start.Should().ThrowAsync<JobException>()).Which.Errors.Should().Equal(
            "--environment has a control character.",
            "--actor is empty.",
            "--ref is 'main', which is not a full name (refs/heads/main).",
            "--id-token is 'read', which is none of write, none.",
            "--token-permissions has 'all', which is not name=read, name=write or name=none.",
            $"'nowhere' is no commit of acme/macro-portfolio ({_repository.Folder}).");
    }

    private Task<StartedJob> StartAsync(JobRequest? request = null) => _runner.StartAsync(request ?? new JobRequest(), default);

    private static JsonObject Event(StartedJob job) => JsonNode.Parse(File.ReadAllText(job["GITHUB_EVENT_PATH"]))!.AsObject();
}
