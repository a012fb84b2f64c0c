using System.Globalization;
using System.Net;

namespace MacroPortfolio.Action.GitHub;

/// <summary>
/// What GitHub could not do or would do later is asked for again, if later is soon: nothing that a run wants of GitHub is worth a runner that waits.
/// The other end: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
/// </summary>
internal sealed class GitHubPatience(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    private const int Tries = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Whether it is for their number that GitHub refuses requests.</summary>
    /// <param name="header">The answer's headers by name, null where there is none.</param>
    public static bool IsAboutRate(HttpStatusCode status, Func<string, string?> header) =>
        status is HttpStatusCode.TooManyRequests || (status is HttpStatusCode.Forbidden && (header("Retry-After") is not null || header("X-RateLimit-Remaining") == "0"));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            TimeSpan? pause;
            try
            {
                var answer = await base.SendAsync(request, ct);
                pause = tries < Tries ? PauseAfter(request, answer, tries) : null;
                if (pause is null)
                {
                    return answer;
                }

                answer.Dispose();
            }
            catch (HttpRequestException) when (tries < Tries && request.Method == HttpMethod.Get)
            {
                pause = Backoff(tries);
            }

            await Task.Delay(pause.Value, time, ct);
        }
    }

    /// <summary>Null where the answer stands. Only what reads, or says the same when it is said twice, is sent again after an error of which nobody knows what it did.</summary>
    private TimeSpan? PauseAfter(HttpRequestMessage request, HttpResponseMessage answer, int tries)
    {
        string? Header(string name) => answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
        if (IsAboutRate(answer.StatusCode, Header))
        {
            return Wanted(answer, Header("X-RateLimit-Reset")) is { } wait && wait <= Longest ? wait : null;
        }

        return answer.StatusCode >= HttpStatusCode.InternalServerError && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Patch) ? Backoff(tries) : null;
    }

    /// <summary>How long GitHub wants to be left alone; null where it does not say, which means a minute at least.</summary>
    private TimeSpan? Wanted(HttpResponseMessage answer, string? reset)
    {
        var now = time.GetUtcNow();
        var wait = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => long.TryParse(reset, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) - now : (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static TimeSpan Backoff(int tries) => TimeSpan.FromMilliseconds(250 * Math.Pow(2, tries) * (0.5 + Random.Shared.NextDouble()));
}
