using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.Oidc;
using MacroPortfolio.Simulator.Tests.World;

namespace MacroPortfolio.Simulator.Tests.Oidc;

public class OidcServiceTests
{
    [Fact]
    public async Task A_job_gets_a_token_with_all_of_GitHubs_claims()
    {
        await using var cloud = await TestCloud.StartAsync();
        var job = await cloud.Simulator.Jobs.StartAsync(new JobRequest { Actor = "lee" }, default);

        var claims = Read(await cloud.IdTokenAsync(job)).Claims;

        var now = cloud.Time.GetUtcNow().ToUnixTimeSeconds();
        (claims["iss"]!.ToString(), claims["aud"]!.ToString(), claims["sub"]!.ToString()).Should()
            .Be(("https://token.actions.githubusercontent.com", "sts.amazonaws.com", "repo:acme/macro-portfolio:environment:gray"));
        (claims["iat"]!.GetValue<long>(), claims["nbf"]!.GetValue<long>(), claims["exp"]!.GetValue<long>()).Should().Be((now, now, now + 300));
        (claims["repository"]!.ToString(), claims["repository_id"]!.ToString(), claims["repository_owner"]!.ToString(), claims["repository_owner_id"]!.ToString()).Should()
            .Be(("acme/macro-portfolio", "700100200", "acme", "600100"));
        (claims["run_id"]!.ToString(), claims["run_number"]!.ToString(), claims["run_attempt"]!.ToString()).Should().Be((job["GITHUB_RUN_ID"], "1", "1"));
        (claims["actor"]!.ToString(), claims["actor_id"]!.ToString()).Should().Be(("lee", job["GITHUB_ACTOR_ID"]));
        (claims["ref"]!.ToString(), claims["ref_type"]!.ToString(), claims["sha"]!.ToString(), claims["event_name"]!.ToString()).Should().Be(("refs/heads/main", "branch", Some.Commit, "push"));
        (claims["job_workflow_ref"]!.ToString(), claims["workflow_ref"]!.ToString()).Should().Be((job["GITHUB_WORKFLOW_REF"], job["GITHUB_WORKFLOW_REF"]));
        claims.Select(claim => claim.Key).Should().Contain([
            "jti", "check_run_id", "enterprise", "enterprise_id", "environment", "head_ref", "base_ref", "job_workflow_sha", "repository_visibility", "runner_environment", "workflow", "workflow_sha",
        ]);
    }

    [Theory]
    [InlineData("gray", "push", "refs/heads/main", false, "repo:acme/macro-portfolio:environment:gray")]
    [InlineData("a:b", "push", "refs/heads/main", false, "repo:acme/macro-portfolio:environment:a%3Ab")]
    [InlineData("gray", "pull_request", null, false, "repo:acme/macro-portfolio:environment:gray")]
    [InlineData("", "pull_request", null, false, "repo:acme/macro-portfolio:pull_request")]
    [InlineData("", "push", "refs/heads/main", false, "repo:acme/macro-portfolio:ref:refs/heads/main")]
    [InlineData("", "workflow_dispatch", "refs/tags/v1", false, "repo:acme/macro-portfolio:ref:refs/tags/v1")]
    [InlineData("gray", "push", "refs/heads/main", true, "repo:acme@600100/macro-portfolio@700100200:environment:gray")]
    [InlineData("", "push", "refs/heads/a/b", true, "repo:acme@600100/macro-portfolio@700100200:ref:refs/heads/a/b")]
    public async Task The_subject_is_the_environment_else_the_pull_request_else_the_ref(string environment, string name, string? reference, bool immutable, string subject)
    {
        await using var cloud = await TestCloud.StartAsync(world => world with
        {
            GitHub = world.GitHub with
            {
                Repositories =
                [
                    world.GitHub.Repositories[0] with { ImmutableSub = immutable, Pulls = [world.GitHub.Repositories[0].Pulls[0] with { Head = Some.Commit, Base = Some.Commit }] },
                ],
            },
        });
        var job = await cloud.Simulator.Jobs.StartAsync(new JobRequest { Environment = environment, Event = name, Ref = name == "pull_request" ? null : reference, Sha = Some.Commit }, default);

        var claims = Read(await cloud.IdTokenAsync(job)).Claims;

        claims["sub"]!.ToString().Should().Be(subject);
        claims.ContainsKey("environment").Should().Be(environment.Length > 0);
    }

    [Fact]
    public async Task The_audience_is_the_owner_unless_asked_otherwise_and_no_two_tokens_are_the_same()
    {
        await using var cloud = await TestCloud.StartAsync();
        var job = await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default);

        var first = Read(await cloud.IdTokenAsync(job, audience: null)).Claims;
        var second = Read(await cloud.IdTokenAsync(job, audience: null)).Claims;

        first["aud"]!.ToString().Should().Be("https://github.com/acme");
        second["jti"]!.ToString().Should().NotBe(first["jti"]!.ToString());
    }

    [Fact]
    public async Task A_token_is_signed_with_the_published_key()
    {
        await using var cloud = await TestCloud.StartAsync();
        var job = await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default);

        var token = Read(await cloud.IdTokenAsync(job));
        using var discovery = await cloud.GetAsync("/.well-known/openid-configuration");
        using var keys = await cloud.GetAsync("/.well-known/jwks");

        var issuer = (await discovery.Content.ReadFromJsonAsync<JsonObject>())!;
        (issuer["issuer"]!.ToString(), issuer["jwks_uri"]!.ToString()).Should()
            .Be(("https://token.actions.githubusercontent.com", "https://token.actions.githubusercontent.com/.well-known/jwks"));
        var key = (await keys.Content.ReadFromJsonAsync<JsonObject>())!["keys"]!.AsArray().Should().ContainSingle().Which!;
        (token.Header["alg"]!.ToString(), token.Header["kid"]!.ToString()).Should().Be(("RS256", key["kid"]!.ToString()));
        using var rsa = System.Security.Cryptography.RSA.Create(new System.Security.Cryptography.RSAParameters
        {
            Modulus = System.Buffers.Text.Base64Url.DecodeFromChars(key["n"]!.ToString()),
            Exponent = System.Buffers.Text.Base64Url.DecodeFromChars(key["e"]!.ToString()),
        });
        rsa.VerifyData(System.Text.Encoding.ASCII.GetBytes(token.SignedText), token.Signature, System.Security.Cryptography.HashAlgorithmName.SHA256,
            System.Security.Cryptography.RSASignaturePadding.Pkcs1).Should().BeTrue();
    }

    [Fact]
    public async Task Only_the_jobs_own_request_token_gets_one()
    {
        await using var cloud = await TestCloud.StartAsync();
        var job = await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default);
        var other = await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default);
        var none = await cloud.Simulator.Jobs.StartAsync(new JobRequest { IdToken = "none" }, default);
        var url = job["ACTIONS_ID_TOKEN_REQUEST_URL"];

        async Task<HttpStatusCode> AskAsync(string address, string? bearer)
        {
            using var response = await cloud.GetAsync(address, bearer);
            return response.StatusCode;
        }

        (await AskAsync(url, null)).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(url, "guess")).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(url, job["INPUT_GITHUB-TOKEN"])).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(url, other["ACTIONS_RUNTIME_TOKEN"])).Should().Be(HttpStatusCode.Forbidden);
        (await AskAsync(url.Replace(job["GITHUB_RUN_ID"], none["GITHUB_RUN_ID"], StringComparison.Ordinal), none["ACTIONS_RUNTIME_TOKEN"])).Should().Be(HttpStatusCode.Forbidden);
        (await AskAsync($"{cloud.Simulator.Url}/_actions/other", job["ACTIONS_RUNTIME_TOKEN"])).Should().Be(HttpStatusCode.NotFound);
        (await AskAsync(url, job["ACTIONS_ID_TOKEN_REQUEST_TOKEN"])).Should().Be(HttpStatusCode.OK);
    }

    private static JsonWebToken Read(string text)
    {
        JsonWebToken.TryRead(text, out var token).Should().BeTrue();
        return token;
    }
}
