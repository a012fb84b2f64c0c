using System.Collections.Immutable;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>A job's environment, as the runner gives it to a step's container.</summary>
public sealed record Job(Cloud Cloud, ImmutableDictionary<string, string> Environment)
{
    public string this[string variable] => Environment[variable];

    public string Sha => this["GITHUB_SHA"];
    public string RunId => this["GITHUB_RUN_ID"];
    public string GitHubToken => this["INPUT_GITHUB-TOKEN"];

    public static async Task<Job> ReadAsync(Cloud cloud, string file) =>
        new(cloud, (await File.ReadAllLinesAsync(file)).Select(line => line.Split('=', 2)).ToImmutableDictionary(pair => pair[0], pair => pair[1]));

    public Job With(string variable, string value) => this with { Environment = Environment.SetItem(variable, value) };

    public Job Without(params string[] variables) => this with { Environment = Environment.RemoveRange(variables) };

    /// <summary>An input as the runner hands it on: upper case, dashes kept.</summary>
    public Job Input(string name, string value) => With($"INPUT_{name.ToUpperInvariant()}", value);

    /// <summary>The long-lived keys of the world's user.</summary>
    public Job WithKeys() => With("AWS_ACCESS_KEY_ID", World.AccessKey).With("AWS_SECRET_ACCESS_KEY", World.SecretKey);

    /// <summary>The usual inputs of a job that deploys.</summary>
    public Job For(Application application, string role = World.GrayRole) => Input("application", application.Name).Input("role-to-assume", role);

    public Task<StepResult> RunAsync(params string[] words) => Start(words).EndAsync();

    /// <summary>Starts the native program with exactly this environment, and with files of the step's own to speak to the runner.</summary>
    public RunningStep Start(params string[] words) => RunningStep.Start(this, Programs.MacroPortfolio, words);

    /// <summary>Runs the program by another that starts it.</summary>
    public Task<StepResult> RunThroughAsync(string starter, params string[] words) => RunningStep.Start(this, starter, words).EndAsync();

    /// <summary>
    /// The post stage of a step, as the runner runs it: the same arguments and inputs, what the main stage left as <c>STATE_*</c>, and files of its own.
    /// https://github.com/actions/runner/blob/v2.336.0/src/Runner.Worker/Handlers/ContainerActionHandler.cs
    /// </summary>
    public RunningStep StartPost(StepResult main, params string[] words) =>
        RunningStep.Start(main.State.Aggregate(this, (job, kept) => job.With($"STATE_{kept.Key}", kept.Value)), Programs.Post, words);
}
