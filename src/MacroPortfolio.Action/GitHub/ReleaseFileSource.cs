using MacroPortfolio.Action.Runner;
using MacroPortfolio.Action.Yaml;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;
using Octokit;

namespace MacroPortfolio.Action.GitHub;

/// <summary>Reads the release file as it stands at the tip of the default branch now, never as the released commit or the workspace have it.</summary>
internal sealed class ReleaseFileSource(CommonInputs inputs, RunnerEnvironment runner, Log log, TimeProvider time)
{
    /// <param name="limit">How long GitHub is asked again that cannot answer.</param>
    /// <exception cref="DeployException">The rules cannot be known, so nothing is done that they might forbid.</exception>
    public async Task<ReleaseFile> ReadAsync(Duration limit, CancellationToken ct)
    {
        if (runner.Repository is not { } repository || inputs.GithubToken is not { } token)
        {
            await log.SayAsync($"{inputs.Config} is not read, because there is no {(runner.Repository is null ? "GITHUB_REPOSITORY" : "github-token")}: its windows, freezes, gates and approvals do not hold for this run, and the stages are the groups gray and stable.");
            return ReleaseFile.None;
        }

        await log.MaskAsync(token);
        var patience = new Patience(limit, time, Random.Shared, (words, _) => log.SayAsync(words));
        string? text;
        try
        {
            text = await patience.AskAsync(() => AskAsync(new GitHubApi(runner.ApiUrl, token, time), repository, ct), "Asking again; nothing is decided without it.", ct);
        }
        catch (TransientException ex)
        {
            throw new DeployException(Outcome.Failed, ex.Message, "Nothing was created, because the rules are not known. Run again.", ex);
        }

        return text is null ? ReleaseFile.None : Of(text);
    }

    /// <summary>Whom to turn to, whatever else may be wrong with the file. Null when it is of another application, names nobody, or is not YAML.</summary>
    public static ServiceContact? Contact(string text, ApplicationName application)
    {
        if (YamlText.Read(text) is not YamlDocument.Read { Root: YamlNode.Mapping file })
        {
            return null;
        }

        var contact = new ServiceContact(Word(file, "owner"), Word(file, "runbook"));
        return (Word(file, "application") ?? application.Value) == application.Value && contact != new ServiceContact(null, null) ? contact : null;
    }

    private static string? Word(YamlNode.Mapping file, string key) => file[key] is YamlNode.Scalar { Text: { Length: > 0 } word } ? word : null;

    private ReleaseFile Of(string text)
    {
        var (file, problems) = ReleaseFileReading.Read(YamlText.Read(text));
        if (file is null)
        {
            throw new DeployException(Outcome.BadInput, $"{inputs.Config} on the default branch cannot be read as rules: {Sentences(problems)}", "Nothing was created. Mend it on the default branch: it is read from there, whatever is released.");
        }

        return file.Application == inputs.Application
            ? file
            : throw new DeployException(
                Outcome.BadInput,
                $"{inputs.Config} on the default branch has the rules of application '{file.Application}', and input 'application' is '{inputs.Application}'.",
                $"Name the release file of {inputs.Application} with the input 'config', or mend the one of the two that is wrong.");
    }

    private static string Sentences(IReadOnlyList<ReleaseFileProblem> problems) => string.Join(" ", problems.Select(problem => $"{problem}."));

    private async Task<string?> AskAsync(GitHubApi github, RepositoryName repository, CancellationToken ct)
    {
        try
        {
            return await github.FileAsync(repository, inputs.Config, ct);
        }
        catch (ApiException ex) when (ex is ForbiddenException or AuthorizationException && !GitHubApi.IsAboutRate(ex))
        {
            throw new DeployException(Outcome.NoAccess, $"GitHub did not let this run read {inputs.Config} of the default branch: {GitHubApi.Words(ex).TrimEnd('.', ' ')}.", "Nothing was created, because the rules are not known. The job needs 'contents: read' in its permissions.", ex);
        }
        catch (Exception ex) when (ex is ApiException or HttpRequestException or TimeoutException or FormatException)
        {
            throw new TransientException($"{inputs.Config} of the default branch could not be read: {GitHubApi.Words(ex).TrimEnd('.', ' ')}.", ex);
        }
    }
}
