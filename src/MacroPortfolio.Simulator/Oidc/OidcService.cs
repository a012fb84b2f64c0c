using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Oidc;

/// <summary>GitHub's issuer of ID tokens: what a job asks with its request token, and the documents by which others verify the answer.</summary>
public sealed class OidcService(WorldFile world, Runner runner, TimeProvider time) : IService
{
    private static readonly string[] ClaimNames =
    [
        "sub", "aud", "exp", "iat", "iss", "jti", "nbf", "ref", "sha", "repository", "repository_id", "repository_owner", "repository_owner_id", "enterprise",
        "enterprise_id", "run_id", "run_number", "run_attempt", "actor", "actor_id", "workflow", "workflow_ref", "workflow_sha", "head_ref", "base_ref",
        "event_name", "ref_type", "ref_protected", "environment", "job_workflow_ref", "job_workflow_sha", "repository_visibility", "runner_environment",
        "check_run_id",
    ];

    private readonly Chance _chance = new(world.Seed, "oidc");

    private const string Token = $"GET {Runner.IdTokenPath}{{run}}/{{attempt}}";
    private const string Configuration = "GET /.well-known/openid-configuration";
    private const string Keys = "GET /.well-known/jwks";

    public static IReadOnlyList<string> Operations { get; } = [Token, Configuration, Keys];

    public string Name => "oidc";

    public void Describe(Exchange exchange)
    {
        var request = exchange.Http.Request;
        var isToken = request.Method == HttpMethods.Get && request.Path.Value!.StartsWith(Runner.IdTokenPath, StringComparison.Ordinal);
        exchange.Operation = isToken ? Token : $"{request.Method} {request.Path}";
    }

    public async Task AnswerAsync(Exchange exchange, CancellationToken ct)
    {
        Describe(exchange);
        var key = await SigningKey.GetAsync();
        var answer = exchange.Operation switch
        {
            Configuration => (200, Discovery()),
            Keys => (200, new JsonObject { ["keys"] = new JsonArray(key.PublicKey.DeepClone()) }),
            Token => IdToken(exchange, key),
            _ => Refuse(404, "NotFoundException", "The requested resource does not exist."),
        };

        await WriteAsync(exchange.Http.Response, answer, ct);
    }

    public Task RefuseAsync(Exchange exchange, ServiceError refusal, CancellationToken ct) =>
        WriteAsync(exchange.Http.Response, Refuse(refusal.Status, refusal.Code, refusal.Message), ct);

    private static async Task WriteAsync(HttpResponse response, (int Status, JsonObject Body) answer, CancellationToken ct)
    {
        response.StatusCode = answer.Status;
        await response.WriteAsJsonAsync(answer.Body, ct);
    }

    private (int Status, JsonObject Body) IdToken(Exchange exchange, SigningKey key)
    {
        var request = exchange.Http.Request;
        const string scheme = "bearer ";
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || !runner.TryGetJob(authorization[scheme.Length..].Trim(), out var job))
            return Refuse(401, "UnauthorizedRequestException", "You are not authorized to access this resource.");

        exchange.Principal = job.Actor;
        if (!job.MayRequestIdToken || request.Path != job.IdTokenPath)
            return Refuse(403, "AccessDeniedException", "The job's token may not request this ID token; the job needs the permission 'id-token: write'.");

        var audience = request.Query["audience"].FirstOrDefault() is { Length: > 0 } asked ? asked : $"https://github.com/{job.Owner}";
        exchange.Request = new JsonObject { ["audience"] = audience, ["sub"] = Claims.Subject(job) };
        var token = key.Sign(Claims.Of(job, audience, _chance.Identifier(), time.GetUtcNow()));
        return (200, new JsonObject { ["count"] = token.Length, ["value"] = token });
    }

    private static JsonObject Discovery() => new()
    {
        ["issuer"] = Claims.Issuer,
        ["jwks_uri"] = $"{Claims.Issuer}/.well-known/jwks",
        ["subject_types_supported"] = new JsonArray("public", "pairwise"),
        ["response_types_supported"] = new JsonArray("id_token"),
        ["claims_supported"] = new JsonArray([.. ClaimNames.Select(name => JsonValue.Create(name))]),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        ["scopes_supported"] = new JsonArray("openid"),
    };

    private static (int Status, JsonObject Body) Refuse(int status, string type, string message) => (status, new JsonObject
    {
        ["$id"] = "1",
        ["innerException"] = null,
        ["message"] = message,
        ["typeKey"] = type,
        ["errorCode"] = 0,
    });
}
