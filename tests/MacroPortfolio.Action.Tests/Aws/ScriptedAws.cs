using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>
/// GitHub's token service, STS and CodeDeploy on one port, with the sessions' ends by a clock of the test's. It knows who asked with what, and takes each
/// ID token once. One deployment is made and stays in progress until the test ends it.
/// </summary>
internal sealed class ScriptedAws : IAsyncDisposable
{
    private readonly TimeProvider time;
    private readonly TimeSpan lifetime;
    private readonly ConcurrentDictionary<string, DateTimeOffset> sessions = new();
    private readonly ConcurrentDictionary<string, bool> tokens = new();
    private readonly ConcurrentQueue<string> asked = new();
    private WebApplication? app;

    private ScriptedAws(TimeProvider time, TimeSpan lifetime) => (this.time, this.lifetime) = (time, lifetime);

    public string Url => app!.Urls.Single();

    /// <summary>What was asked for, in order: <c>token</c>, <c>AssumeRoleWithWebIdentity</c>, <c>GetDeployment</c>, ...</summary>
    public IReadOnlyCollection<string> Asked => asked;

    public int Sessions => sessions.Count;

    /// <summary>Requests that were signed with keys of a session that was over.</summary>
    public int Late { get; private set; }

    public string Status { get; set; } = "InProgress";

    /// <summary>Answers instead of the service, or lets it answer: a status and a code by the operation's name.</summary>
    public Func<string, (int Status, string Code)?> Refuse { get; set; } = _ => null;

    public static async Task<ScriptedAws> StartAsync(TimeProvider time, TimeSpan lifetime)
    {
        var aws = new ScriptedAws(time, lifetime);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        aws.app = builder.Build();
        aws.app.Run(aws.AnswerAsync);
        await aws.app.StartAsync();
        return aws;
    }

    public async ValueTask DisposeAsync() => await app!.DisposeAsync();

    /// <summary>All that were given end now, whatever was said.</summary>
    public void EndSessions()
    {
        foreach (var key in sessions.Keys)
        {
            sessions[key] = DateTimeOffset.MinValue;
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var operation = context.Request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target ? target.Split('.')[1]
            : context.Request.Method == "GET" ? "token"
            : (await context.Request.ReadFormAsync())["Action"].ToString();
        asked.Enqueue(operation);
        if (Refuse(operation) is var (status, code))
        {
            await WriteAsync(context, status, operation == "AssumeRoleWithWebIdentity"
                ? $"""<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>{code}</Code><Message>scripted</Message></Error></ErrorResponse>"""
                : $$"""{ "__type": "{{code}}", "message": "scripted" }""");
            return;
        }

        switch (operation)
        {
            case "token":
                var token = $"eyJhbGciOiJSUzI1NiJ9.eyJqdGkiOiJ{tokens.Count:x8}.c2ln";
                tokens[token] = true;
                await WriteAsync(context, 200, JsonSerializer.Serialize(new { value = token }));
                break;

            case "AssumeRoleWithWebIdentity" when tokens.TryUpdate((await context.Request.ReadFormAsync())["WebIdentityToken"].ToString(), false, true):
                var key = $"ASIA{sessions.Count + 1:d12}";
                var end = sessions[key] = time.GetUtcNow() + lifetime;
                await WriteAsync(context, 200, $"""
                    <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
                    <AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/deploy/x</Arn></AssumedRoleUser>
                    <Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>secret-of-{key}</SecretAccessKey><SessionToken>token-of-{key}</SessionToken><Expiration>{end.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}</Expiration></Credentials>
                    </AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
                    """);
                break;

            case "AssumeRoleWithWebIdentity":
                await WriteAsync(context, 400, """<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>InvalidIdentityToken</Code><Message>that token was shown before</Message></Error></ErrorResponse>""");
                break;

            case var _ when sessions.GetValueOrDefault(context.Request.Headers.Authorization.ToString().Split("Credential=")[1].Split('/')[0]) <= time.GetUtcNow():
                Late++;
                await WriteAsync(context, 400, """{ "__type": "ExpiredTokenException", "message": "The security token included in the request is expired" }""");
                break;

            default:
                await WriteAsync(context, 200, JsonSerializer.Serialize(CodeDeploy(operation)));
                break;
        }
    }

    private object CodeDeploy(string operation) => operation switch
    {
        "GetDeploymentGroup" => new { deploymentGroupInfo = new { applicationName = "site", deploymentGroupName = "gray", deploymentConfigName = "CodeDeployDefault.AllAtOnce", computePlatform = "Server" } },
        "GetDeploymentConfig" => new { deploymentConfigInfo = new { deploymentConfigName = "CodeDeployDefault.AllAtOnce", minimumHealthyHosts = new { type = "HOST_COUNT", value = 0 }, computePlatform = "Server" } },
        "ListDeployments" => new { deployments = Array.Empty<string>() },
        "BatchGetDeployments" => new { deploymentsInfo = new[] { Deployment() } },
        "CreateDeployment" => new { deploymentId = "d-SCRIPTED1" },
        "GetDeployment" => new { deploymentInfo = Deployment() },
        "ListDeploymentTargets" => new { targetIds = Array.Empty<string>() },
        "StopDeployment" => new { status = "Succeeded" },
        _ => throw new InvalidOperationException(operation),
    };

    private object Deployment() => new
    {
        applicationName = "site",
        deploymentGroupName = "gray",
        deploymentId = "d-SCRIPTED1",
        deploymentConfigName = "CodeDeployDefault.AllAtOnce",
        status = Status,
        createTime = 1_790_000_000,
        revision = new { revisionType = "GitHub", gitHubLocation = new { repository = "acme/site", commitId = "1111111111111111111111111111111111111111" } },
        deploymentOverview = new { Pending = 0, InProgress = Status == "InProgress" ? 1 : 0, Succeeded = Status == "Succeeded" ? 1 : 0, Failed = 0, Skipped = 0, Ready = 0 },
    };

    private static async Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = body.StartsWith('<') ? "text/xml" : "application/x-amz-json-1.1";
        await context.Response.WriteAsync(body);
    }
}
