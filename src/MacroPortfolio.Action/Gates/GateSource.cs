using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using NodaTime;
using Octokit;
using CheckRun = MacroPortfolio.Core.Releases.CheckRun;

namespace MacroPortfolio.Action.Gates;

/// <summary>Asks pages and check runs.</summary>
/// <param name="github">Null without a token.</param>
/// <param name="headers">Sent with every question to a page.</param>
internal sealed class GateSource(GitHubApi? github, IReadOnlyList<GateHeader> headers, Func<string, Task> say, TimeProvider time) : IGateSource, IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>What an answer has to contain stands in its beginning.</summary>
    private const int LargestBody = 1 << 20;

    /// <summary>An answer is what the page itself says: one that sends elsewhere is told by its status.</summary>
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromSeconds(30) }) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<Probe> ProbeAsync(Uri url, string? body, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(AnswerLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("User-Agent", "macro-portfolio-gate");
        foreach (var header in headers)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value.Value);
        }

        var began = time.GetTimestamp();
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var read = await ReadAsync(await answer.Content.ReadAsStreamAsync(either.Token), either.Token);
            return new Probe((int)answer.StatusCode, Duration.FromTimeSpan(time.GetElapsedTime(began)), body is null || System.Text.Encoding.UTF8.GetString(read).Contains(body, StringComparison.Ordinal), null);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException)
        {
            return new Probe(null, Duration.FromTimeSpan(time.GetElapsedTime(began)), false, (ex.InnerException ?? ex).Message.TrimEnd('.'));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Probe(null, Duration.FromTimeSpan(AnswerLimit), false, $"no answer within {AnswerLimit.TotalSeconds:0} s");
        }
    }

    public async Task<IReadOnlyList<CheckRun>?> CheckRunsAsync(Core.Inputs.Revision revision, IReadOnlyList<string> names, CancellationToken ct)
    {
        if (github is null || revision.From is not { } commit)
        {
            return null;
        }

        try
        {
            var runs = await Task.WhenAll(names.Select(name => github.CheckRunsAsync(commit.Repository, commit.Id, name, ct)));
            return [.. runs.SelectMany(found => found).Select(run => new CheckRun(run.Name ?? "", run.Status ?? "of no status", run.Conclusion, At(run.StartedAt), At(run.CompletedAt)))];
        }
        catch (Exception ex) when (ex is ApiException or HttpRequestException or TimeoutException)
        {
            await say($"GitHub did not tell the check runs of {revision.Label}: {GitHubApi.Words(ex).TrimEnd('.', ' ')}. The job needs checks: read.");
            return null;
        }
    }

    public void Dispose() => http.Dispose();

    private static Instant? At(DateTimeOffset? time) => time is { } known ? Instant.FromDateTimeOffset(known) : null;

    private static async Task<byte[]> ReadAsync(Stream body, CancellationToken ct)
    {
        var buffer = new MemoryStream();
        var part = new byte[16 * 1024];
        for (int count; buffer.Length < LargestBody && (count = await body.ReadAsync(part, ct)) > 0;)
        {
            buffer.Write(part, 0, count);
        }

        return buffer.ToArray();
    }
}
