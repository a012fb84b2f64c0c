using MacroPortfolio.Action.Runner;
using MacroPortfolio.Action.Verbs;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Action.Tests.Verbs;

public sealed class InputReadingTests : IDisposable
{
    private const string Merge = "1111111111111111111111111111111111111111";
    private const string Head = "2222222222222222222222222222222222222222";

    private readonly string folder = Directory.CreateTempSubdirectory("inputs-").FullName;
    private readonly InputReader reader = new();

    private readonly Dictionary<string, string> environment = new()
    {
        ["GITHUB_REPOSITORY"] = "acme/site",
        ["GITHUB_SHA"] = Merge,
        ["GITHUB_RUN_ID"] = "4711",
        ["AWS_REGION"] = "eu-west-1",
    };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_smallest_use_is_complete()
    {
        var inputs = Reading.Gray(Defaults(new GrayOptions { Revision = "github", WatchBake = "0s" }));

        reader.Errors.Should().BeEmpty();
        inputs.Revision.Should().Be(new Revision.GitHub(new("acme/site"), new(Merge)));
        inputs.Common.Region.Value.Should().Be("eu-west-1");
        inputs.Common.SessionName.Should().Be("acme-site-run-4711");
        inputs.Watch.MaxFailed.Should().Be(FailureAllowance.None);
    }

    [Fact]
    public void A_pull_requests_revision_is_its_head_and_not_the_merge_that_github_makes_up()
    {
        var payload = Path.Combine(folder, "event.json");
        File.WriteAllText(payload, $$"""{ "pull_request": { "head": { "sha": "{{Head}}" } } }""");
        (environment["GITHUB_EVENT_NAME"], environment["GITHUB_EVENT_PATH"]) = ("pull_request", payload);

        var inputs = Reading.Gray(Defaults(new GrayOptions { Revision = "github", WatchBake = "0s" }));

        inputs.Revision.Commit.Should().Be(new CommitId(Head));
    }

    [Fact]
    public void Where_it_is_not_certain_which_commit_is_meant_the_input_says_why()
    {
        (environment["GITHUB_EVENT_NAME"], environment["GITHUB_EVENT_PATH"]) = ("pull_request", Path.Combine(folder, "none.json"));

        Reading.Gray(Defaults(new GrayOptions { Revision = "github", WatchBake = "0s" }));

        reader.Errors.Should().ContainSingle().Which.Should().StartWith("Input 'revision' is 'github', the commit of this run, but what pull_request started it for is not known: the event file ").And.EndWith("Give github:<commit> or s3://bucket/key.");
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_with_its_name_and_value()
    {
        environment.Clear();

        Reading.Deploy(Defaults(new DeployOptions
        {
            Revision = "main",
            Application = "has blanks in it",
            RoleToAssume = "deploy",
            RoleDurationSeconds = "60",
            Timeout = "13h",
            OnCancel = "panic",
            FileExistsBehavior = "overwrite",
            AutoRollback = "sometimes",
            MaxFailedInstances = "-1",
            Wait = "yes",
            IgnoreApplicationStopFailures = "false",
            UpdateOutdatedInstancesOnly = "false",
            EnvironmentUrl = "ftp://gray",
            OnBusy = "push",
            QueueTimeout = "soon",
            Redeploy = "maybe",
            Insist = "please",
        }));

        string[] inputs =
        [
            "deployment-group", "revision", "application", "role-to-assume", "role-duration-seconds", "timeout", "on-cancel", "file-exists-behavior", "auto-rollback",
            "max-failed-instances", "wait", "environment-url", "aws-region", "on-busy", "queue-timeout", "redeploy", "insist",
        ];
        reader.Errors.Should().HaveCount(inputs.Length);
        foreach (var input in inputs)
        {
            reader.Errors.Should().ContainSingle(error => error.StartsWith($"Input '{input}' ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_session_name_fits_what_sts_takes_and_keeps_the_run()
    {
        environment["GITHUB_REPOSITORY"] = $"acme/{new string('a', 90)}";

        var inputs = Reading.Status(Defaults(new StatusOptions { Format = "text" }));

        reader.Errors.Should().BeEmpty();
        inputs.Common.SessionName.Should().HaveLength(64).And.EndWith("-run-4711");
    }

    private InputReading Reading => new(reader, new RunnerEnvironment(environment));

    /// <summary>What the parser fills in.</summary>
    private static T Defaults<T>(T options)
        where T : CommonOptions
    {
        options.Application ??= "site";
        options.Audience ??= "sts.amazonaws.com";
        options.RoleDurationSeconds ??= "3600";
        options.AllowInstanceRole ??= "false";
        options.SessionTags ??= "true";
        options.DryRun ??= "false";
        if (options is ReleaseOptions release)
        {
            (release.Comment, release.Timeout, release.MaxFailedInstances, release.OnCancel) =
                (release.Comment ?? "true", release.Timeout ?? "60m", release.MaxFailedInstances ?? "0", release.OnCancel ?? "stop");
        }

        if (options is DeployOptions deploy)
        {
            (deploy.OnBusy, deploy.QueueTimeout, deploy.Redeploy, deploy.Insist) = (deploy.OnBusy ?? "queue", deploy.QueueTimeout ?? "30m", deploy.Redeploy ?? "false", deploy.Insist ?? "false");
        }

        return options;
    }
}
