using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Jobs;

/// <summary>A job that can be, before it has a number.</summary>
internal sealed record JobPlan(
    RepositoryWorld Repository, string Sha, string Ref, PullOfJob? Pull, string Event, string Workflow, string WorkflowName,
    string Actor, string TriggeringActor, string? Environment, bool MakesDeployment, bool MayRequestIdToken, IReadOnlyDictionary<string, string> TokenPermissions);

/// <summary>Request -> plan: revisions become commits, defaults are filled in, and everything that is wrong is told at once.</summary>
internal sealed class JobResolver(WorldFile world)
{
    public async Task<JobPlan> ResolveAsync(JobRequest request, CancellationToken ct)
    {
        var usual = world.GitHub.Job;
        var errors = Check(request);
        var repository = world.GitHub.Repositories.FirstOrDefault(one => usual.Repository is null || one.Name == usual.Repository)
            ?? throw new JobException(["The world has no repository (github.repositories), so it can have no job."]);
        var checkout = new Checkout(repository);
        var name = request.Event ?? usual.Event;

        var (sha, reference, pull) = name == "pull_request"
            ? await ResolvePullAsync(request, repository, checkout, errors, ct)
            : (await CommitAsync(request.Sha ?? request.Ref ?? usual.Sha, repository, checkout, errors, ct), request.Ref ?? usual.Ref, null);
        _ = TokenPermissions.TryParse(request.TokenPermissions ?? usual.TokenPermissions, out var permissions, out _);
        if (errors.Count > 0)
            throw new JobException(errors);

        var workflow = request.Workflow ?? usual.Workflow;
        var actor = request.Actor ?? usual.Actor;
        return new JobPlan(repository, sha, reference, pull, name, workflow, await NameAsync(workflow, pull?.HeadSha ?? sha, checkout, ct), actor,
            request.TriggeringActor ?? (request.Actor is null ? usual.TriggeringActor : null) ?? actor, Given(request.Environment ?? usual.Environment),
            request.EnvironmentDeployment ?? usual.EnvironmentDeployment, (request.IdToken ?? usual.IdToken) == "write", permissions);
    }

    /// <summary>A run that is run again keeps what started it: its commit, event, ref, workflow and actor.</summary>
    public static async Task<JobPlan> ResolveRerunAsync(JobRequest request, Job earlier, CancellationToken ct)
    {
        var errors = Check(request);
        var sha = request.Sha is { } revision ? await CommitAsync(revision, earlier.Repository, new Checkout(earlier.Repository), errors, ct) : null;
        void Same(string option, string? asked, string kept, string hint = "")
        {
            if (asked is not null && asked != kept)
                errors.Add($"{option} is '{asked}', and a run that is run again keeps its own, '{kept}'{hint}.");
        }

        Same("--sha", sha, earlier.Pull?.HeadSha ?? earlier.Sha);
        Same("--ref", request.Ref, earlier.Ref);
        Same("--event", request.Event, earlier.Event);
        Same("--workflow", request.Workflow, earlier.Workflow);
        Same("--actor", request.Actor, earlier.Actor, " (who runs it again is --triggering-actor)");
        if (errors.Count > 0)
            throw new JobException(errors);

        var permissions = request.TokenPermissions is { } asked && TokenPermissions.TryParse(asked, out var given, out _) ? given : earlier.TokenPermissions;
        return new JobPlan(earlier.Repository, earlier.Sha, earlier.Ref, earlier.Pull, earlier.Event, earlier.Workflow, earlier.WorkflowName, earlier.Actor,
            request.TriggeringActor ?? earlier.TriggeringActor, request.Environment is null ? earlier.Environment : Given(request.Environment),
            request.EnvironmentDeployment ?? earlier.MakesDeployment, request.IdToken is null ? earlier.MayRequestIdToken : request.IdToken == "write", permissions);
    }

    private static string? Given(string? text) => text is { Length: > 0 } ? text : null;

    private static List<string> Check(JobRequest request)
    {
        var errors = new List<string>();
        void Plain(string option, string? text, bool mayBeEmpty = false)
        {
            if (text is null)
                return;
            if (text.Any(char.IsControl))
                errors.Add($"{option} has a control character.");
            if (text.Length == 0 && !mayBeEmpty)
                errors.Add($"{option} is empty.");
        }

        Plain("--sha", request.Sha);
        Plain("--environment", request.Environment, mayBeEmpty: true);
        Plain("--event", request.Event);
        Plain("--actor", request.Actor);
        Plain("--triggering-actor", request.TriggeringActor);
        Plain("--ref", request.Ref);
        Plain("--workflow", request.Workflow);
        if (request.Ref is { Length: > 0 } reference && !reference.StartsWith("refs/", StringComparison.Ordinal))
            errors.Add($"--ref is '{reference}', which is not a full name (refs/heads/main).");
        if (request.IdToken is not (null or "write" or "none"))
            errors.Add($"--id-token is '{request.IdToken}', which is none of write, none.");
        if (request.TokenPermissions is { } permissions && !TokenPermissions.TryParse(permissions, out _, out var problem))
            errors.Add($"--token-permissions {problem}");
        return errors;
    }

    private static async Task<string> CommitAsync(string revision, RepositoryWorld repository, Checkout checkout, List<string> errors, CancellationToken ct)
    {
        if (await checkout.ResolveAsync(revision, ct) is { } sha)
            return sha;
        var where = repository.Git ?? "which has no git repository in the world, so 40 hexadecimal digits are needed";
        errors.Add($"'{revision}' is no commit of {repository.Name} ({where}).");
        return "";
    }

    private static async Task<(string Sha, string Ref, PullOfJob? Pull)> ResolvePullAsync(
        JobRequest request, RepositoryWorld repository, Checkout checkout, List<string> errors, CancellationToken ct)
    {
        var asked = request.Sha is { } revision ? await CommitAsync(revision, repository, checkout, errors, ct) : null;
        if (await FindPullAsync(request.Ref, asked, repository, checkout, ct) is not { } pull)
        {
            var numbers = string.Join(", ", repository.Pulls.Select(one => one.Number));
            errors.Add(request.Ref is { } reference
                ? $"--ref is '{reference}', and a pull_request event needs refs/pull/N/merge with N one of {numbers}."
                : $"{repository.Name} has no pull request in the world, so there can be no pull_request event.");
            return ("", "", null);
        }

        var head = asked ?? await CommitAsync(pull.Head, repository, checkout, errors, ct);
        var tip = await CommitAsync(pull.Base, repository, checkout, errors, ct);
        return (head, $"refs/pull/{pull.Number}/merge", new PullOfJob(pull, pull.Head, pull.Base, head, tip));
    }

    /// <summary>The one that the ref names, else the one whose head the commit is, else the first that is open.</summary>
    private static async Task<PullWorld?> FindPullAsync(string? reference, string? sha, RepositoryWorld repository, Checkout checkout, CancellationToken ct)
    {
        if (reference is not null)
            return repository.Pulls.FirstOrDefault(pull => reference == $"refs/pull/{pull.Number}/merge");

        var openFirst = repository.Pulls.OrderByDescending(pull => pull.State == "open").ToList();
        foreach (var pull in openFirst)
        {
            if (sha is not null && await checkout.ResolveAsync(pull.Head, ct) == sha)
                return pull;
        }

        return openFirst.FirstOrDefault();
    }

    /// <summary>A workflow is called what its file says, or by its path.</summary>
    private static async Task<string> NameAsync(string workflow, string sha, Checkout checkout, CancellationToken ct)
    {
        try
        {
            var file = await checkout.FileAsync(sha, workflow, ct) ?? "";
            return Yaml.Parse(file).Root?["name"]?.ToString() is { Length: > 0 } name ? name : workflow;
        }
        catch (Exception ex) when (ex is WorldException or InvalidOperationException)
        {
            return workflow;
        }
    }
}
