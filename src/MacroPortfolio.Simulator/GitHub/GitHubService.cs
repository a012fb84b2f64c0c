using System.Collections.Concurrent;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Front;
using Microsoft.AspNetCore.Http.Features;

namespace MacroPortfolio.Simulator.GitHub;

/// <summary>GitHub's REST API below <c>/api/v3</c>, as a job's token meets it.</summary>
public sealed class GitHubService : IService
{
    private static readonly string[] Versions = ["2022-11-28", "2026-03-10"];
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly GitHubStore store;
    private readonly Func<string, GitHubCaller?> callers;
    private readonly TimeProvider time;
    private readonly GitHubLimits limits;
    private readonly Random random;
    private readonly ConcurrentDictionary<string, RateLimits> rates = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is more particular goes first.</summary>
    private static readonly Route[] Routes =
    [
        .. CheckRoutes.Routes,
        .. TreeRoutes.Routes,
        .. EnvironmentRoutes.Routes,
        .. PullRoutes.Routes,
        .. CommentRoutes.Routes,
        .. DeploymentRoutes.Routes,
        .. RepositoryRoutes.Routes,
    ];

    /// <param name="callers">Whom a token stands for; null: nobody.</param>
    public GitHubService(GitHubStore store, Func<string, GitHubCaller?> callers, TimeProvider time, GitHubLimits? limits = null, int seed = 7)
    {
        (this.store, this.callers, this.time, this.limits) = (store, callers, time, limits ?? new GitHubLimits());
        random = new Random(seed);
    }

    public static IReadOnlyList<string> Operations { get; } = [.. Routes.Select(route => route.Operation)];

    public string Name => "github";

    public void Describe(Exchange exchange)
    {
        var path = RelativePath(exchange.Http);
        exchange.Operation = Find(exchange)?.Operation ?? $"{exchange.Http.Request.Method} {Uri.UnescapeDataString(path)}";
        exchange.Request = Noted(exchange);
    }

    public async Task AnswerAsync(Exchange exchange, CancellationToken ct)
    {
        Describe(exchange);
        var (route, response) = (Find(exchange), exchange.Http.Response);
        response.Headers["x-github-request-id"] = RequestId();
        try
        {
            await AnswerAsync(exchange, route, RelativePath(exchange.Http), ct);
        }
        catch (GitHubException error)
        {
            if (error.RetryAfter is { } wait)
                response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString();
            await WriteAsync(response, error.Status, Body(error, route));
        }
    }

    public async Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct)
    {
        exchange.Http.Response.Headers["x-github-request-id"] = RequestId();
        var error = new GitHubException(refusal.Status, refusal.Message) { Documentation = refusal.Documentation };
        await WriteAsync(exchange.Http.Response, error.Status, Body(error, Find(exchange)));
    }

    private static Route? Find(Exchange exchange)
    {
        var path = RelativePath(exchange.Http);
        return Array.Find(Routes, route => route.Match(exchange.Http.Request.Method, path) is not null);
    }

    private async Task AnswerAsync(Exchange exchange, Route? route, string path, CancellationToken ct)
    {
        var (request, response) = (exchange.Http.Request, exchange.Http.Response);
        var version = SelectVersion(request);
        response.Headers["x-github-api-version-selected"] = version;
        var caller = Authenticate(exchange);
        var rate = rates.GetOrAdd(caller.Repository, _ => new RateLimits(limits, time));
        response.OnStarting(() => WriteQuota(response, rate.Quota));
        rate.Take();
        if (route is null)
            throw GitHubException.NotFound();
        response.Headers["x-accepted-github-permissions"] = route.Permissions;
        var values = route.Match(request.Method, path)!;
        // A repository that the token was not made for does not exist to it.
        var name = $"{values["owner"]}/{values["repo"]}";
        if (store.Find(name) is not { } repository || !name.Equals(caller.Repository, StringComparison.OrdinalIgnoreCase))
            throw GitHubException.NotFound();
        if (!caller.May(route.Permissions))
            throw new GitHubException(403, "Resource not accessible by integration");
        rate.Spend(writing: !HttpMethods.IsGet(request.Method));

        var answer = await route.Answer(new GitHubCall(exchange, repository, values, Links.Of(request)), ct);
        await WriteAsync(request, response, answer, rate);
    }

    private static string SelectVersion(HttpRequest request)
    {
        if (request.Headers.UserAgent.Count == 0)
        {
            throw new GitHubException(403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header "
                + "(https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required).");
        }

        var version = request.Headers["X-GitHub-Api-Version"].ToString();
        return version.Length == 0 ? Versions[0]
            : Versions.Contains(version) ? version
            : throw new GitHubException(400, $"The API version '{version}' is not supported. Supported: {string.Join(", ", Versions)}.");
    }

    private GitHubCaller Authenticate(Exchange exchange)
    {
        var caller = exchange.Http.Request.Headers.Authorization.ToString().Split(' ', 2, StringSplitOptions.TrimEntries) switch
        {
            [var scheme, var token] when scheme.ToLowerInvariant() is "token" or "bearer" => callers(token),
            _ => null,
        };
        exchange.Principal = caller?.Actor;
        return caller ?? throw new GitHubException(401, "Bad credentials") { Documentation = "https://docs.github.com/rest" };
    }

    private static async Task WriteAsync(HttpRequest request, HttpResponse response, GitHubAnswer answer, RateLimits rate)
    {
        if (answer.Link is not null)
            response.Headers.Link = answer.Link;
        if (answer.Status == 204)
        {
            response.StatusCode = answer.Status;
            return;
        }

        var bytes = answer.Raw?.Bytes ?? JsonSerializer.SerializeToUtf8Bytes(answer.Body, Json);
        if (HttpMethods.IsGet(request.Method))
        {
            var eTag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"";
            response.Headers.ETag = eTag;
            response.Headers.CacheControl = "private, max-age=60, s-maxage=60";
            var known = request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries);
            if (known.Contains("*") || known.Any(one => one.TrimStart('W', '/') == eTag[2..]))
            {
                rate.GiveBack();
                response.StatusCode = 304;
                return;
            }
        }
        else if (answer is { Status: 201, Body: JsonObject created } && created["url"]?.GetValue<string>() is { } url)
        {
            response.Headers.Location = url;
        }

        await WriteAsync(response, answer.Status, bytes, answer.Raw?.MediaType);
    }

    private static async Task WriteAsync(HttpResponse response, int status, byte[] body, string? rawType = null)
    {
        response.StatusCode = status;
        response.ContentType = $"{rawType ?? MediaTypeNames.Application.Json}; charset=utf-8";
        response.Headers["x-github-media-type"] = rawType is not null ? "github.v3; param=raw" : "github.v3; format=json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }

    private static Task WriteQuota(HttpResponse response, Quota quota)
    {
        response.Headers["x-ratelimit-limit"] = quota.Limit.ToString();
        response.Headers["x-ratelimit-remaining"] = quota.Remaining.ToString();
        response.Headers["x-ratelimit-used"] = quota.Used.ToString();
        response.Headers["x-ratelimit-reset"] = quota.Reset.ToUnixTimeSeconds().ToString();
        response.Headers["x-ratelimit-resource"] = "core";
        return Task.CompletedTask;
    }

    private static byte[] Body(GitHubException error, Route? route)
    {
        var body = new JsonObject { ["message"] = error.Message };
        if (error.Errors is not null)
            body["errors"] = error.Errors;
        body["documentation_url"] = error.Documentation ?? $"https://docs.github.com/rest{(route is null ? "" : $"/{route.Documentation}")}";
        body["status"] = error.Status.ToString();
        return JsonSerializer.SerializeToUtf8Bytes(body, Json);
    }

    /// <summary>Still encoded: an encoded slash does not divide.</summary>
    private static string RelativePath(HttpContext http)
    {
        var path = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2)[0];
        return path.StartsWith(Links.ApiPath, StringComparison.OrdinalIgnoreCase) ? path[Links.ApiPath.Length..] : path;
    }

    private static JsonObject Noted(Exchange exchange)
    {
        var noted = new JsonObject();
        foreach (var (name, value) in exchange.Http.Request.Query)
            noted[name] = value.ToString();
        try
        {
            if (exchange.Body.Length > 0)
                noted["body"] = JsonNode.Parse(exchange.Body);
        }
        catch (JsonException)
        {
            noted["body"] = Encoding.UTF8.GetString(exchange.Body);
        }

        return noted;
    }

    private string RequestId()
    {
        lock (random)
            return $"{random.Next(0x10000):X4}:{random.Next(0x1000000):X6}:{random.Next():X7}:{random.Next():X7}:{random.Next():X8}";
    }
}
