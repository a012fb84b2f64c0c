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

    public string Name => "oidc";

    public async Task AnswerAsync(Exchange exchange, CancellationToken ct)
    {
        var request = exchange.Http.Request;
        exchange.Operation = $"{request.Method} {request.Path}";
        var key = await SigningKey.GetAsync();
        var answer = (request.Method, request.Path.Value) switch
        {
            ("GET", "/.well-known/openid-configuration") => (200, Discovery()),
            ("GET", "/.well-known/jwks") => (200, new JsonObject { ["keys"] = new JsonArray(key.PublicKey.DeepClone()) }),
            ("GET", { } path) when path.StartsWith(Runner.IdTokenPath, StringComparison.Ordinal) => IdToken(exchange, key),
            _ => Refuse(404, "NotFoundException", "The requested resource does not exist."),
        };

        exchange.Http.Response.StatusCode = answer.Item1;
        await exchange.Http.Response.WriteAsJsonAsync(answer.Item2, ct);
    }

    private (int Status, JsonObject Body) IdToken(Exchange exchange, SigningKey key)
    {
        var request = exchange.Http.Request;
        exchange.Operation = $"GET {Runner.IdTokenPath}{{run}}/{{attempt}}";

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
