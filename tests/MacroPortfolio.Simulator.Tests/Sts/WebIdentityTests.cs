using System.Net;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.Jobs;
using MacroPortfolio.Simulator.Oidc;
using MacroPortfolio.Simulator.Tests.World;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.Sts;

public class WebIdentityTests
{
    private const string Denied = "Not authorized to perform sts:AssumeRoleWithWebIdentity";

    [Fact]
    public async Task A_token_that_the_trust_policy_fits_gets_keys_that_work_until_they_expire()
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));

        var answer = await cloud.AssumeAsync(token, more: ("DurationSeconds", "900"));

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.Body.Name.ToString().Should().Be("{https://sts.amazonaws.com/doc/2011-06-15/}AssumeRoleWithWebIdentityResponse");
        (answer["SubjectFromWebIdentityToken"], answer["Audience"], answer["Provider"]).Should()
            .Be(("repo:acme/macro-portfolio:environment:gray", "sts.amazonaws.com", "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"));
        (answer["Arn"], answer["Expiration"]).Should().Be(("arn:aws:sts::123456789012:assumed-role/macro-portfolio-gray/run-1", "2026-10-01T08:15:00Z"));
        answer["AssumedRoleId"].Should().MatchRegex("^AROA[A-Z2-7]{17}:run-1$");
        answer["AccessKeyId"].Should().StartWith("ASIA").And.HaveLength(20);

        var caller = await cloud.StsAsync(answer.Credentials, "GetCallerIdentity");
        cloud.Time.Advance(TimeSpan.FromMinutes(15));
        var late = await cloud.StsAsync(answer.Credentials, "GetCallerIdentity");

        (caller["Arn"], caller["Account"], caller["UserId"]).Should().Be((answer["Arn"], TestCloud.Account, answer["AssumedRoleId"]));
        late.ShouldBe(403, "ExpiredToken", "The security token included in the request is expired");
    }

    [Theory]
    [InlineData("RoleSessionName", "a", "1 validation error detected: Value 'a' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2")]
    [InlineData("RoleSessionName", "a b", @"1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*")]
    [InlineData("RoleSessionName", "acme/site", @"1 validation error detected: Value 'acme/site' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*")]
    [InlineData("RoleSessionName", null, "1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null")]
    [InlineData("DurationSeconds", "899", "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900")]
    [InlineData("DurationSeconds", "43201", "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200")]
    [InlineData("DurationSeconds", "3601", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")]
    [InlineData("RoleArn", "gray", "1 validation error detected: Value 'gray' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20")]
    [InlineData("RoleArn", "arn:aws:iam::123456789012:user/dana", "Request ARN is invalid")]
    [InlineData("WebIdentityToken", null, "1 validation error detected: Value null at 'webIdentityToken' failed to satisfy constraint: Member must not be null")]
    public async Task Parameters_are_checked_as_AWS_checks_them(string name, string? value, string message)
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));
        Dictionary<string, string?> parameters = new() { ["RoleArn"] = TestCloud.GrayRole, ["RoleSessionName"] = "run-1", ["WebIdentityToken"] = token, [name] = value };

        var answer = await cloud.StsAsync(null, "AssumeRoleWithWebIdentity", [.. parameters.Where(one => one.Value is not null).Select(one => (one.Key, one.Value!))]);

        answer.ShouldBe(400, "ValidationError", message);
        answer["Type"].Should().Be("Sender");
    }

    [Theory]
    [InlineData("RoleSessionName", 65, "'roleSessionName' failed to satisfy constraint: Member must have length less than or equal to 64")]
    [InlineData("WebIdentityToken", 3, "'webIdentityToken' failed to satisfy constraint: Member must have length greater than or equal to 4")]
    [InlineData("WebIdentityToken", 20_001, "'webIdentityToken' failed to satisfy constraint: Member must have length less than or equal to 20000")]
    [InlineData("RoleArn", 2049, "'roleArn' failed to satisfy constraint: Member must have length less than or equal to 2048")]
    public async Task Names_and_tokens_have_their_lengths(string name, int length, string constraint)
    {
        await using var cloud = await TestCloud.StartAsync();
        Dictionary<string, string> parameters = new() { ["RoleArn"] = TestCloud.GrayRole, ["RoleSessionName"] = "run-1", ["WebIdentityToken"] = "token", [name] = new string('x', length) };

        var answer = await cloud.StsAsync(null, "AssumeRoleWithWebIdentity", [.. parameters.Select(one => (one.Key, one.Value))]);

        answer.ShouldBe(400, "ValidationError", $"1 validation error detected: Value '{new string('x', length)}' at {constraint}");
    }

    [Theory]
    [InlineData("2")]
    [InlineData("64")]
    public async Task A_session_name_of_2_to_64_characters_is_taken_as_it_is(string length)
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));
        var session = "_+=,.@-9Az".PadRight(64, 'x')[..int.Parse(length)];

        var answer = await cloud.AssumeAsync(token, session: session);

        answer["Arn"].Should().Be($"arn:aws:sts::123456789012:assumed-role/macro-portfolio-gray/{session}");
    }

    [Fact]
    public async Task A_duration_that_is_no_number_is_malformed_input()
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await cloud.AssumeAsync("token", more: ("DurationSeconds", "an hour"));

        answer.ShouldBe(400, "MalformedInput", "'an hour' is not a number.");
    }

    [Fact]
    public async Task A_session_lasts_an_hour_unless_asked_otherwise_and_up_to_twelve_where_the_role_allows_it()
    {
        await using var cloud = await TestCloud.StartAsync(world => world with
        {
            Iam = world.Iam with { Roles = [world.Iam.Roles[0] with { MaxSessionSeconds = 43_200 }] },
        });
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));

        var usual = await cloud.AssumeAsync(token);
        var longest = await cloud.AssumeAsync(token, more: ("DurationSeconds", "43200"));

        (usual["Expiration"], longest["Expiration"]).Should().Be(("2026-10-01T09:00:00Z", "2026-10-01T20:00:00Z"));
    }

    [Fact]
    public async Task A_new_token_renews_the_session_while_the_old_one_still_works()
    {
        await using var cloud = await TestCloud.StartAsync();
        var job = await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default);
        var first = await cloud.AssumeAsync(await cloud.IdTokenAsync(job));

        cloud.Time.Advance(TimeSpan.FromMinutes(50));
        var second = await cloud.AssumeAsync(await cloud.IdTokenAsync(job));
        var old = await cloud.StsAsync(first.Credentials, "GetCallerIdentity");
        cloud.Time.Advance(TimeSpan.FromMinutes(30));
        var renewed = await cloud.StsAsync(second.Credentials, "GetCallerIdentity");

        (old.Status, renewed.Status).Should().Be((HttpStatusCode.OK, HttpStatusCode.OK));
        (await cloud.StsAsync(first.Credentials, "GetCallerIdentity")).ShouldBe(403, "ExpiredToken", "The security token included in the request is expired");
        second["AccessKeyId"].Should().NotBe(first["AccessKeyId"]);
    }

    [Fact]
    public async Task In_China_the_audience_is_that_of_China()
    {
        const string role = "arn:aws-cn:iam::123456789012:role/gray";
        await using var cloud = await TestCloud.StartAsync(world => world with
        {
            Iam = world.Iam with
            {
                Roles =
                [
                    new RoleWorld
                    {
                        Arn = role,
                        Trust = JsonNode.Parse("""
                            {
                              "Statement": {
                                "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                                "Principal": { "Federated": "arn:aws-cn:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
                                "Condition": { "StringLike": { "token.actions.githubusercontent.com:sub": "repo:acme/*" } }
                              }
                            }
                            """)!,
                    },
                ],
            },
        });
        var job = await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default);

        var here = await cloud.AssumeAsync(await cloud.IdTokenAsync(job, "sts.amazonaws.com.cn"), role);
        var elsewhere = await cloud.AssumeAsync(await cloud.IdTokenAsync(job), role);

        (here.Status, here["Arn"]).Should().Be((HttpStatusCode.OK, "arn:aws-cn:sts::123456789012:assumed-role/gray/run-1"));
        elsewhere.ShouldBe(400, "InvalidIdentityToken", "Incorrect token audience");
    }

    [Fact]
    public async Task The_claims_are_for_the_trust_policy_and_unknown_to_the_session_afterwards()
    {
        await using var cloud = await TestCloud.StartAsync(world => world with
        {
            Iam = world.Iam with
            {
                Roles =
                [
                    world.Iam.Roles[0] with
                    {
                        Policies =
                        [
                            JsonNode.Parse("""
                                {
                                  "Statement": {
                                    "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*",
                                    "Condition": { "StringLike": { "token.actions.githubusercontent.com:sub": "*" } }
                                  }
                                }
                                """)!,
                        ],
                    },
                    world.Iam.Roles[1],
                ],
            },
        });
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));
        var session = (await cloud.AssumeAsync(token)).Credentials;

        var chained = await cloud.StsAsync(session, "AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/chained"), ("RoleSessionName", "chain"));

        (chained.Status, chained["Code"]).Should().Be((HttpStatusCode.Forbidden, "AccessDenied"));
    }

    [Fact]
    public async Task All_broken_constraints_are_told_in_one_message()
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await cloud.AssumeAsync("token", session: "a", more: ("DurationSeconds", "1"));

        answer["Message"].Should().StartWith("2 validation errors detected: Value 'a' at 'roleSessionName'").And.Contain("; Value '1' at 'durationSeconds'");
    }

    [Theory]
    [InlineData("production", TestCloud.GrayRole)]
    [InlineData("", TestCloud.GrayRole)]
    [InlineData("gray", "arn:aws:iam::123456789012:role/not-there")]
    [InlineData("gray", "arn:aws:iam::111111111111:role/macro-portfolio-gray")]
    [InlineData("gray", "arn:aws:iam::123456789012:role/chained")]
    public async Task A_wrong_subject_a_missing_role_and_a_foreign_account_look_the_same(string environment, string role)
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest { Environment = environment }, default));

        var answer = await cloud.AssumeAsync(token, role);

        answer.ShouldBe(403, "AccessDenied", Denied);
    }

    [Fact]
    public async Task An_immutable_subject_does_not_fit_a_trust_policy_of_the_classic_form()
    {
        await using var cloud = await TestCloud.StartAsync(world => world with
        {
            GitHub = world.GitHub with { Repositories = [world.GitHub.Repositories[0] with { ImmutableSub = true }] },
        });
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));

        var answer = await cloud.AssumeAsync(token);

        answer.ShouldBe(403, "AccessDenied", Denied);
    }

    [Fact]
    public async Task A_token_lives_five_minutes()
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));

        cloud.Time.Advance(TimeSpan.FromSeconds(299));
        var inTime = await cloud.AssumeAsync(token);
        cloud.Time.Advance(TimeSpan.FromSeconds(1));
        var late = await cloud.AssumeAsync(token);

        inTime.Status.Should().Be(HttpStatusCode.OK);
        var now = cloud.Time.GetUtcNow().ToUnixTimeSeconds();
        late.ShouldBe(400, "ExpiredTokenException", $"Token expired: current date/time {now} must be before the expiration date/time {now}");
    }

    [Fact]
    public async Task A_token_for_another_audience_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default), audience: null);

        var answer = await cloud.AssumeAsync(token);

        answer.ShouldBe(400, "InvalidIdentityToken", "Incorrect token audience");
    }

    [Fact]
    public async Task An_audience_that_only_another_role_trusts_is_not_authorized()
    {
        await using var cloud = await TestCloud.StartAsync(world => WithTrust(world, "StringEquals", "aud", "macro"));
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default), audience: "macro");

        var answer = await cloud.AssumeAsync(token);

        answer.ShouldBe(403, "AccessDenied", Denied);
    }

    [Theory]
    [InlineData("actor", "dana")]
    [InlineData("actor_id", "480838379")]
    [InlineData("job_workflow_ref", "acme/macro-portfolio/.github/workflows/deploy.yml@refs/heads/main")]
    [InlineData("repository", "acme/macro-portfolio")]
    [InlineData("repository_id", "700100200")]
    [InlineData("workflow", ".github/workflows/deploy.yml")]
    [InlineData("ref", "refs/heads/main")]
    [InlineData("environment", "gray")]
    public async Task Trust_policies_can_ask_for_the_claims_that_AWS_hands_to_them(string claim, string value)
    {
        await using var cloud = await TestCloud.StartAsync(world => WithTrust(world, "StringEquals", claim, value));
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));
        var other = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest { Actor = "lee", Environment = "x", Ref = "refs/heads/x", Workflow = "x", Sha = Some.Commit }, default));

        var fits = await cloud.AssumeAsync(token, "arn:aws:iam::123456789012:role/asks");
        var different = await cloud.AssumeAsync(other, "arn:aws:iam::123456789012:role/asks");

        fits.Status.Should().Be(HttpStatusCode.OK);
        different.Status.Should().Be(claim.StartsWith("repository", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_claim_that_AWS_does_not_hand_on_never_fits()
    {
        await using var cloud = await TestCloud.StartAsync(world => WithTrust(world, "StringEquals", "event_name", "push"));
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));

        var answer = await cloud.AssumeAsync(token, "arn:aws:iam::123456789012:role/asks");

        answer.ShouldBe(403, "AccessDenied", Denied);
    }

    [Fact]
    public async Task A_token_of_somebody_else_is_no_identity_token()
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));
        var parts = token.Split('.');
        JsonWebToken.TryRead(token, out var read);
        read.Claims["sub"] = "repo:acme/other:environment:gray";
        var forged = $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(read.Claims.ToJsonString()))}.{parts[2]}";
        var foreign = (await SigningKey.GetAsync()).Sign(new JsonObject { ["iss"] = "https://issuer.example", ["aud"] = "sts.amazonaws.com", ["sub"] = "x" });

        var answers = (await cloud.AssumeAsync("not a token"), await cloud.AssumeAsync(forged), await cloud.AssumeAsync(foreign));

        answers.Item1.ShouldBe(400, "InvalidIdentityToken", "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
        (answers.Item2.Status, answers.Item2["Code"]).Should().Be((HttpStatusCode.BadRequest, "InvalidIdentityToken"));
        answers.Item3.ShouldBe(400, "InvalidIdentityToken", "No OpenIDConnect provider found in your account for https://issuer.example");
    }

    [Fact]
    public async Task An_account_whose_roles_trust_no_provider_has_none()
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));

        var answer = await cloud.AssumeAsync(token, "arn:aws:iam::999999999999:role/elsewhere");

        answer.ShouldBe(400, "InvalidIdentityToken", "No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com");
    }

    [Fact]
    public async Task A_session_policy_limits_the_session()
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.IdTokenAsync(await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default));
        const string policy = """{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "codedeploy:ListApplications", "Resource": "*" }] }""";

        var session = (await cloud.AssumeAsync(token, more: ("Policy", policy))).Credentials;
        var broken = await cloud.AssumeAsync(token, more: ("Policy", "{}"));

        using var allowed = await cloud.CodeDeployAsync("ListApplications", new { }, session);
        using var refused = await cloud.CodeDeployAsync("ListDeploymentConfigs", new { }, session);
        allowed.StatusCode.Should().Be(HttpStatusCode.OK);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("because no session policy allows the codedeploy:ListDeploymentConfigs action");
        broken.ShouldBe(400, "MalformedPolicyDocument", "Syntax errors in policy: it has no Statement.");
    }

    [Fact]
    public async Task The_log_says_who_took_which_role_and_never_the_token()
    {
        await using var cloud = await TestCloud.StartAsync();
        var job = await cloud.Simulator.Jobs.StartAsync(new JobRequest(), default);
        var token = await cloud.IdTokenAsync(job);

        var answer = await cloud.AssumeAsync(token);
        await cloud.StsAsync(answer.Credentials, "GetCallerIdentity");

        cloud.Log.Should().HaveCount(3);
        var line = JsonNode.Parse(cloud.Log[1])!;
        (line["service"]!.ToString(), line["operation"]!.ToString(), line["status"]!.GetValue<int>(), line["principal"]!.ToString()).Should()
            .Be(("sts", "AssumeRoleWithWebIdentity", 200, "repo:acme/macro-portfolio:environment:gray"));
        line["request"]!.ToJsonString().Should().Be($$"""{"RoleArn":"{{TestCloud.GrayRole}}","RoleSessionName":"run-1"}""");
        string[] secrets = [token, token.Split('.')[2], job["ACTIONS_RUNTIME_TOKEN"], answer["SecretAccessKey"], answer["SessionToken"]];
        secrets.Should().OnlyContain(secret => cloud.Log.All(one => !one.Contains(secret, StringComparison.Ordinal)));
    }

    /// <summary>One more role, that asks for one claim.</summary>
    private static WorldFile WithTrust(WorldFile world, string condition, string claim, string value) => world with
    {
        Iam = world.Iam with
        {
            Roles =
            [
                .. world.Iam.Roles,
                new RoleWorld
                {
                    Arn = "arn:aws:iam::123456789012:role/asks",
                    Trust = JsonNode.Parse($$"""
                        {
                          "Statement": {
                            "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                            "Principal": { "Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
                            "Condition": { "{{condition}}": { "token.actions.githubusercontent.com:{{claim}}": "{{value}}" } }
                          }
                        }
                        """)!,
                },
            ],
        },
    };
}
