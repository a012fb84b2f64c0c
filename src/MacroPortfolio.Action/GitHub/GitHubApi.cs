using System.Net;
using System.Text;
using System.Text.Json;
using MacroPortfolio.Action.Wire;
using MacroPortfolio.Core.Inputs;
using Octokit;
using Octokit.Internal;

namespace MacroPortfolio.Action.GitHub;

/// <summary>
/// What the verbs ask of GitHub, over Octokit's connection: its credentials, rate-limit bookkeeping and exceptions, with our own records.
/// Not all of its calls take a cancellation token: one that is given up may still land, so callers tolerate a comment they never saw written.
/// </summary>
internal sealed class GitHubApi(Uri apiUrl, Secret token, TimeProvider time)
{
    /// <summary>The most that GitHub puts on a page.</summary>
    public const int PageSize = 100;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>All tries together: nothing that is read is worth more to a run.</summary>
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(5);

    private readonly Connection connection = Connect(apiUrl, token, time);

    /// <summary>The first line of a commit's message.</summary>
    public async Task<string?> TitleAsync(RepositoryName repository, CommitId commit, CancellationToken ct)
    {
        var answer = await GetAsync<CommitAnswer>($"repos/{repository}/commits/{commit}", ct);
        return answer.Commit?.Message?.Split('\n')[0].Trim();
    }

    /// <summary>Whether a commit is there. GitHub answers 422 to one that it does not know, and 404 to whom it does not tell of the repository.</summary>
    public async Task<bool> HasAsync(RepositoryName repository, CommitId commit, CancellationToken ct)
    {
        try
        {
            await GetAsync<CommitAnswer>($"repos/{repository}/commits/{commit}", ct);
            return true;
        }
        catch (ApiValidationException)
        {
            return false;
        }
    }

    /// <summary>Whether a commit is, or descends from, another.</summary>
    public async Task<bool> ContainsAsync(RepositoryName repository, CommitId commit, CommitId other, CancellationToken ct) =>
        (await GetAsync<CompareAnswer>($"repos/{repository}/compare/{other}...{commit}?per_page=1", ct)).Status is "ahead" or "identical";

    /// <summary>A file at the tip of the default branch; null when there is none.</summary>
    public async Task<string?> FileAsync(RepositoryName repository, string path, CancellationToken ct)
    {
        try
        {
            var answer = await GetAsync<ContentAnswer>($"repos/{repository}/contents/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}", ct);
            return answer is { Encoding: "base64", Content: { } content } ? Encoding.UTF8.GetString(Convert.FromBase64String(content)) : null;
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    /// <summary>A file of a commit; null when there is none.</summary>
    public async Task<string?> FileAsync(RepositoryName repository, CommitId commit, string path, CancellationToken ct)
    {
        try
        {
            var answer = await GetAsync<ContentAnswer>($"repos/{repository}/contents/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}?ref={commit}", ct);
            return answer is { Encoding: "base64", Content: { } content } ? Encoding.UTF8.GetString(Convert.FromBase64String(content)) : null;
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    /// <summary>Everything that a commit holds; null where it is more than GitHub lists at once.</summary>
    public async Task<IReadOnlyList<TreeEntryAnswer>?> TreeAsync(RepositoryName repository, CommitId commit, CancellationToken ct)
    {
        var answer = await GetAsync<TreeAnswer>($"repos/{repository}/git/trees/{commit}?recursive=1", ct);
        return answer.Truncated ? null : answer.Tree ?? [];
    }

    /// <summary>An environment and its rules; null when there is none of the name.</summary>
    public async Task<EnvironmentAnswer?> EnvironmentAsync(RepositoryName repository, string name, CancellationToken ct)
    {
        try
        {
            return await GetAsync<EnvironmentAnswer>($"repos/{repository}/environments/{Uri.EscapeDataString(name)}", ct);
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether the token may read the deployments of the repository.</summary>
    public async Task DeploymentsAsync(RepositoryName repository, CancellationToken ct) => await GetAsync<List<IdAnswer>>($"repos/{repository}/deployments?per_page=1", ct);

    /// <summary>The deployments to an environment, the newest first.</summary>
    public async Task<IReadOnlyList<DeploymentAnswer>> DeploymentsAsync(RepositoryName repository, string environment, int page, CancellationToken ct) =>
        await GetAsync<List<DeploymentAnswer>>($"repos/{repository}/deployments?environment={Uri.EscapeDataString(environment)}&per_page={PageSize}&page={page}", ct);

    /// <summary>What was said of a deployment last, the newest first.</summary>
    public async Task<IReadOnlyList<DeploymentStatusAnswer>> DeploymentStatusesAsync(RepositoryName repository, long id, int most, CancellationToken ct) =>
        await GetAsync<List<DeploymentStatusAnswer>>($"repos/{repository}/deployments/{id}/statuses?per_page={most}", ct);

    public async Task<long> CreateDeploymentAsync(RepositoryName repository, DeploymentBody body, CancellationToken ct) =>
        (await PostAsync<DeploymentAnswer>($"repos/{repository}/deployments", body, ct)).Id;

    public async Task SetDeploymentStatusAsync(RepositoryName repository, long id, DeploymentStatusBody body, CancellationToken ct) =>
        await PostAsync<DeploymentStatusAnswer>($"repos/{repository}/deployments/{id}/statuses", body, ct);

    /// <summary>The pull requests that a commit belongs to, open ones and those that brought it to the default branch.</summary>
    public async Task<IReadOnlyList<int>> PullsAsync(RepositoryName repository, CommitId commit, CancellationToken ct) =>
        [.. (await GetAsync<List<PullAnswer>>($"repos/{repository}/commits/{commit}/pulls?per_page=100", ct)).Where(pull => IsIn(repository, pull.Base?.Repo)).Select(pull => pull.Number)];

    /// <summary>Who is behind a run of a workflow: who started it, and who started it again.</summary>
    public async Task<IReadOnlyList<string>> ActorsAsync(RepositoryName repository, long run, CancellationToken ct)
    {
        var answer = await GetAsync<RunAnswer>($"repos/{repository}/actions/runs/{run}", ct);
        return [.. new[] { answer.Actor?.Login, answer.TriggeringActor?.Login }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Who wrote the newest pull request that a commit came by or, where it came by none, the commit. Null where GitHub knows nobody.</summary>
    public async Task<string?> AuthorAsync(RepositoryName repository, CommitId commit, CancellationToken ct)
    {
        var pulls = (await GetAsync<List<PullAnswer>>($"repos/{repository}/commits/{commit}/pulls?per_page=100", ct)).Where(pull => IsIn(repository, pull.Base?.Repo)).ToList();
        return pulls.Count > 0
            ? pulls.OrderBy(pull => pull.MergedAt ?? DateTimeOffset.MinValue).ThenBy(pull => pull.Number).Last().User?.Login
            : (await GetAsync<CommitAnswer>($"repos/{repository}/commits/{commit}", ct)).Author?.Login;
    }

    /// <summary>Who wrote what a commit has and another has not. Null where GitHub does not know all of them.</summary>
    public async Task<IReadOnlyList<string>?> AuthorsAsync(RepositoryName repository, CommitId since, CommitId commit, CancellationToken ct)
    {
        var answer = await GetAsync<CompareAnswer>($"repos/{repository}/compare/{since}...{commit}?per_page=250", ct);
        var authors = (answer.Commits ?? []).Select(one => one.Author?.Login).ToList();
        return authors.Count < answer.TotalCommits || authors.Contains(null) ? null : [.. authors.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The newest runs of a check on a commit.</summary>
    public async Task<IReadOnlyList<CheckRunAnswer>> CheckRunsAsync(RepositoryName repository, CommitId commit, string name, CancellationToken ct) =>
        (await GetAsync<CheckRunsAnswer>($"repos/{repository}/commits/{commit}/check-runs?check_name={Uri.EscapeDataString(name)}&filter=latest&per_page=100", ct)).CheckRuns ?? [];

    /// <summary>The newest commit of a pull request.</summary>
    public async Task<CommitId?> HeadAsync(RepositoryName repository, int number, CancellationToken ct) =>
        CommitId.TryParse((await GetAsync<PullAnswer>($"repos/{repository}/pulls/{number}", ct)).Head?.Sha ?? "", out var head) ? head : null;

    /// <summary>Updates the comment that begins with the marker, or makes it.</summary>
    public async Task UpsertCommentAsync(RepositoryName repository, int number, string marker, string body, CancellationToken ct)
    {
        if (await FindCommentAsync(repository, number, marker, ct) is { } own)
        {
            if (own.Body != body)
            {
                await connection.Patch<CommentAnswer>(Relative($"repos/{repository}/issues/comments/{own.Id}"), new CommentBody(body)).WaitAsync(ct);
            }

            return;
        }

        await PostAsync<CommentAnswer>($"repos/{repository}/issues/{number}/comments", new CommentBody(body), ct);
    }

    /// <summary>Whether GitHub refused for the number of requests, which no permission changes.</summary>
    public static bool IsAboutRate(ApiException error) =>
        GitHubPatience.IsAboutRate(error.StatusCode, name => error.HttpResponse?.Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value);

    /// <summary>GitHub's own words of an error; Octokit leaves the raw JSON in the message when the serializer is not its own.</summary>
    public static string Words(Exception error)
    {
        if (error is not ApiException { HttpResponse.Body: string body })
        {
            return error.Message;
        }

        try
        {
            return JsonSerializer.Deserialize(body, GitHubJson.Default.ErrorAnswer)?.Message ?? error.Message;
        }
        catch (JsonException)
        {
            return error.Message;
        }
    }

    /// <summary>Only a comment of a bot is ours: whoever writes our marker into his own comment does not get to show our words.</summary>
    private async Task<CommentAnswer?> FindCommentAsync(RepositoryName repository, int number, string marker, CancellationToken ct)
    {
        const int mostPages = 100;
        for (var page = 1; ; page++)
        {
            var comments = await GetAsync<List<CommentAnswer>>($"repos/{repository}/issues/{number}/comments?per_page={PageSize}&page={page}", ct);
            if (comments.FirstOrDefault(comment => comment.Body?.StartsWith(marker, StringComparison.Ordinal) is true && comment.User?.Type == "Bot") is { } own)
            {
                return own;
            }

            if (comments.Count < PageSize || page == mostPages)
            {
                return null;
            }
        }
    }

    /// <summary>In a fork, GitHub names pull requests of the repository that it was forked from.</summary>
    private static bool IsIn(RepositoryName repository, RepositoryAnswer? of) => of?.FullName is not { } name || string.Equals(name, repository.Value, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="TimeoutException">It took too long.</exception>
    private async Task<T> GetAsync<T>(string path, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(ReadLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return (await connection.Get<T>(Relative(path), null, "application/vnd.github+json", either.Token).WaitAsync(either.Token)).Body ?? throw new ApiException("GitHub's answer is no JSON", HttpStatusCode.BadGateway);
        }
        catch (OperationCanceledException ex) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"GitHub gave no answer within {ReadLimit.TotalSeconds:0} s", ex);
        }
    }

    private async Task<T> PostAsync<T>(string path, object body, CancellationToken ct) =>
        (await connection.Post<T>(Relative(path), body, "application/vnd.github+json", "application/json", cancellationToken: ct).WaitAsync(ct)).Body;

    private static Uri Relative(string path) => new(path, UriKind.Relative);

    private static Connection Connect(Uri apiUrl, Secret token, TimeProvider time)
    {
        var address = apiUrl.AbsoluteUri.EndsWith('/') ? apiUrl : new Uri($"{apiUrl}/");
        return new Connection(
            new ProductHeaderValue("MacroPortfolio.Action"),
            address,
            new InMemoryCredentialStore(new Credentials(token.Value, AuthenticationType.Bearer)),
            // Octokit follows redirects itself, with the token for the same host only.
            new HttpClientAdapter(() => new GitHubPatience(new KnownCharset(new CallLimit(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, CallTimeout, time)), time)),
            new SourceGeneratedJson());
    }
}
