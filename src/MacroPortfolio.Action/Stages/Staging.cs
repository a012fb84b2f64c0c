using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;

namespace MacroPortfolio.Action.Stages;

/// <summary>How a verb that knows stages comes to its decision.</summary>
internal interface IStagedDecision
{
    /// <summary>Where the stage can be tried, as the release file says; null when it does not, or the verb tells nobody.</summary>
    Uri? Url { get; }

    /// <summary>Opens what the verb writes with: a job's token is trusted to one stage.</summary>
    Task<Cloud> OpenAsync();

    Task<Decision> DecideAsync(Cloud cloud);
}

/// <summary>The rules of a release, and the stages where and as whom the rules and the inputs say; each place is opened once.</summary>
internal sealed class Staging(CommonInputs inputs, ReleaseFile file, RunnerEnvironment runner, Log log, TimeProvider time, CancellationToken stop) : IDisposable
{
    private readonly Dictionary<CommonInputs, Task<Cloud>> open = [];

    public ReleaseFile File => file;

    public DateTimeZone Zone => file.Zone;

    public CancellationToken Stop => stop;

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <exception cref="DeployException">There is no such stage.</exception>
    public Stage Find(StageName name, string input) => file.Find(name)
        ?? throw new DeployException(Outcome.BadInput, $"Input '{input}' is '{name}', which is no stage of {inputs.Config}; stages there are {Words.Names([.. file.Stages.Select(stage => stage.Name.Value)], 20)}.", "Nothing was created.");

    /// <summary>To deploy to the stage: its role is trusted to the stage's environment alone, which is the one that the job has to have.</summary>
    public Task<Cloud> ToWriteAsync(Stage stage) => OpenAsync(At(stage) with { Role = inputs.Role ?? stage.Access.ToAssume });

    public Task<Cloud> ToRollBackAsync(Stage stage) => OpenAsync(WhereToRollBack(stage));

    public CommonInputs WhereToRollBack(Stage stage) => At(stage) with { Role = inputs.Role ?? stage.Access.ToRollBack ?? stage.Access.ToAssume };

    /// <summary>To look at a stage, from a job that may write to another.</summary>
    /// <param name="own">As whom the job writes; stages are read so where no role is named to read.</param>
    public Task<Cloud> ToReadAsync(Stage stage, RoleArn? own) => (stage.Access.ToRead ?? file.RoleToRead) is { } role
        ? OpenAsync(At(stage) with { Role = role, Hop = null })
        : OpenAsync(At(stage) with { Role = inputs.Role ?? own ?? stage.Access.ToAssume });

    public async Task<StageHistory> HistoryAsync(Cloud cloud, Stage stage) =>
        new(stage, await Task.WhenAll(stage.Groups.Select(group => cloud.Reader.HistoryAsync(group, stage.DeploymentConfig, stop))));

    /// <summary>Who asks for a promotion and whose work it is, as far as the stage's rules ask.</summary>
    public async Task<People> PeopleAsync(Cloud cloud, PromotionFacts facts, Revision revision)
    {
        var approval = facts.Into.Stage.Approval;
        if (approval is { AllowedActors.Count: 0, NotAuthor: NotAuthor.Off } && facts.Override is null)
        {
            return People.Nobody;
        }

        IReadOnlyList<string> given = [.. new[] { runner.Actor, runner.TriggeringActor }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        var actors = runner.Repository is { } repository && runner.RunId > 0
            ? await cloud.AskGitHubAsync("who is behind this run", "actions: read", async github => await github.ActorsAsync(repository, runner.RunId, stop), stop) ?? given
            : given;
        return new People(actors, approval.NotAuthor == NotAuthor.Off || revision.From is not { } origin ? approval.NotAuthor == NotAuthor.Off ? [] : null : await AuthorsAsync(cloud, facts, approval.NotAuthor, origin));
    }

    /// <summary>Whether what the stage runs contains the revision and more; null when GitHub cannot tell, and history has to.</summary>
    public async Task<bool?> NewerAsync(Cloud cloud, PromotionFacts facts, Revision revision) =>
        facts.Into.Current(facts.MaxFailed) is Revision.GitHub current && revision is Revision.GitHub && !current.SameAs(revision)
            ? await cloud.Deployer.ContainsAsync(current, revision, stop)
            : null;

    /// <summary>The gates of a stage that a revision was deployed to before.</summary>
    public async Task<IReadOnlyList<GateResult>> GatesAsync(Cloud cloud, PromotionFacts facts, Revision revision, IReadOnlyList<GateHeader> headers)
    {
        var (from, standing) = (facts.From.Stage, facts.From.Of(revision, facts.MaxFailed, facts.Now));
        await log.SayAsync($"{from.Name}: asking {Words.Names([.. from.Gates.Select(gate => gate.Name)], 5)}");
        using var source = cloud.Gates(headers);
        return await new GateRun(source, time).JudgeAsync(from.Gates, revision, standing?.Since, standing?.IsCurrent is true, Duration.Zero, waits: false, stop);
    }

    public void Dispose()
    {
        foreach (var cloud in open.Values.Where(cloud => cloud.IsCompletedSuccessfully))
        {
            cloud.Result.Dispose();
        }
    }

    private async Task<IReadOnlyList<string>?> AuthorsAsync(Cloud cloud, PromotionFacts facts, NotAuthor rule, Origin origin)
    {
        var last = await cloud.AskGitHubAsync("who wrote the newest change", "pull-requests: read", async github => await github.AuthorAsync(origin.Repository, origin.Id, stop), stop);
        if (rule == NotAuthor.Last || last is null)
        {
            return last is null ? null : [last];
        }

        return facts.Into.Current(facts.MaxFailed)?.From is { } since && since.Repository == origin.Repository && since.Id != origin.Id
            && await cloud.AskGitHubAsync("who wrote what is new", "contents: read", async github => await github.AuthorsAsync(origin.Repository, since.Id, origin.Id, stop), stop) is { } all
                ? [.. all, last]
                : null;
    }

    private CommonInputs At(Stage stage) => inputs with { Region = stage.Access.Region ?? inputs.Region };

    /// <summary>Roles of the inputs are held against the accounts that are allowed when the inputs are read; these of the file are so here.</summary>
    private Task<Cloud> OpenAsync(CommonInputs where)
    {
        if (where.AllowedAccounts.Count > 0 && (where.Hop?.Role ?? where.Role) is { } acts && where.AllowedAccounts.All(account => account.Value != acts.Account))
        {
            throw new DeployException(
                Outcome.BadInput,
                $"{inputs.Config} names '{acts}', a role of account {acts.Account}, which is none of allowed-account-ids ({string.Join(", ", where.AllowedAccounts)}).",
                "Nothing was asked of AWS. Add the account to allowed-account-ids if it is meant, or mend the file on the default branch.");
        }

        if (!open.TryGetValue(where, out var cloud))
        {
            open.Add(where, cloud = Cloud.OpenAsync(where, runner, log, time, stop));
        }

        return cloud;
    }
}
