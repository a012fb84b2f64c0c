using System.Net.Http.Headers;
using System.Text.Json;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Runner;

/// <summary>The job's OIDC tokens. Each lives five minutes, so one is asked for right before it is used.</summary>
internal sealed class IdTokens(HttpClient http, Uri url, Secret requestToken, TimeProvider time)
{
    private const int Tries = 4;

    public async Task<Secret> GetAsync(string audience, CancellationToken ct)
    {
        // The runner's address has a query already.
        var address = new Uri($"{url}&audience={Uri.EscapeDataString(audience)}");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AskAsync(address, ct);
            }
            catch (Exception ex) when (attempt < Tries && IsTransient(ex, ct))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200 * Math.Pow(2, attempt)), time, ct);
            }
            catch (Exception ex) when (ex is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or TaskCanceledException && !ct.IsCancellationRequested)
            {
                var refused = ex is HttpRequestException { StatusCode: >= System.Net.HttpStatusCode.BadRequest and < System.Net.HttpStatusCode.InternalServerError };
                throw new DeployException(
                    Outcome.NoAccess,
                    $"GitHub gave no OIDC token for audience '{audience}': {ex.Message}",
                    refused
                        ? "The job needs 'permissions: id-token: write'; runs for pull requests from forks and of Dependabot never get one."
                        : "GitHub's token service could not be reached or gave no usable answer. Nothing was created; run again.",
                    ex);
            }
        }
    }

    private async Task<Secret> AskAsync(Uri address, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", requestToken.Value);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await http.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(ct));
        return new Secret(answer.RootElement.GetProperty("value").GetString() ?? throw new JsonException("the answer has no token"));
    }

    private static bool IsTransient(Exception ex, CancellationToken ct) => ex switch
    {
        HttpRequestException { StatusCode: null or >= System.Net.HttpStatusCode.InternalServerError or System.Net.HttpStatusCode.TooManyRequests } => true,
        TaskCanceledException => !ct.IsCancellationRequested,
        _ => false,
    };
}
