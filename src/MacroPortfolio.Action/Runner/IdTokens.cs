using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MacroPortfolio.Action.Aws;
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
            catch (Exception ex) when (attempt < Tries && IsTransient(ex))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200 * Math.Pow(2, attempt) * (0.5 + Random.Shared.NextDouble())), time, ct);
            }
            catch (HttpRequestException ex) when (!IsTransient(ex))
            {
                throw new DeployException(
                    Outcome.NoAccess,
                    $"GitHub gave no OIDC token for audience '{audience}': {ex.Message}",
                    "The job needs 'permissions: id-token: write'; runs for pull requests from forks and of Dependabot never get one.",
                    ex);
            }
            catch (Exception ex) when (ex is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new TransientException($"GitHub's token service could not be reached or gave no usable answer for audience '{audience}': {ex.Message.TrimEnd('.')}.{Reachability.Hint(ex)}", ex)
                {
                    IsReached = ex is not (HttpRequestException { StatusCode: null } or HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }),
                };
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

    /// <summary>What a proxy refuses, GitHub never saw.</summary>
    private static bool IsTransient(Exception ex) => ex is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ProxyTunnelError
    } or HttpRequestException
    {
        StatusCode: null or < HttpStatusCode.BadRequest or >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.ProxyAuthenticationRequired
    };
}
