using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Tests.Aws;

/// <summary>A watch of six hours over sessions of fifteen minutes, by the whole program.</summary>
[Collection(Endpoint.OfTheProcess)]
public sealed class LongWatchTests : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly SteppingClock clock = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public async Task Six_hours_are_watched_with_sessions_of_fifteen_minutes_each_by_a_fresh_token()
    {
        await using var aws = await ScriptedAws.StartAsync(clock, Lifetime);

        var exit = await WatchAsync(aws, () => clock.Elapsed > TimeSpan.FromHours(6));

        (exit, errors.ToString()).Should().Be((ExitCode.Succeeded, ""), output.ToString());
        clock.Elapsed.Should().BeGreaterThan(TimeSpan.FromHours(6));
        (aws.Late, aws.Asked.Count(operation => operation == "CreateDeployment")).Should().Be((0, 1));
        aws.Sessions.Should().BeInRange(36, 38, "one every ten minutes");
        aws.Asked.Count(operation => operation == "token").Should().Be(aws.Sessions);
        aws.Asked.Count(operation => operation == "GetDeployment").Should().BeLessThan(6 * 60 * 4 + 60);
    }

    [Fact]
    public async Task A_token_service_that_fails_now_and_then_is_lived_through()
    {
        await using var aws = await ScriptedAws.StartAsync(clock, Lifetime);
        aws.Refuse = operation => operation is "token" or "AssumeRoleWithWebIdentity" && clock.Elapsed.Minutes is >= 8 and < 22 ? (503, "ServiceUnavailable") : null;

        var exit = await WatchAsync(aws, () => clock.Elapsed > TimeSpan.FromHours(2));

        (exit, errors.ToString()).Should().Be((ExitCode.Succeeded, ""), output.ToString());
        aws.Late.Should().Be(0);
        output.ToString().Split("could not be renewed yet").Length.Should().BeInRange(2, 5, "it is said once for each time that it happens:\n{0}", output);
        output.ToString().Should().Contain("The session of deploy is renewed.");
    }

    [Fact]
    public async Task A_role_that_is_taken_away_ends_the_run_without_access_when_the_session_ends()
    {
        await using var aws = await ScriptedAws.StartAsync(clock, Lifetime);
        aws.Refuse = operation => operation == "AssumeRoleWithWebIdentity" && clock.Elapsed > TimeSpan.FromMinutes(1) ? (403, "AccessDenied") : null;

        var exit = await WatchAsync(aws, () => false);

        exit.Should().Be(ExitCode.NoAccess, output.ToString());
        clock.Elapsed.Should().BeGreaterThan(TimeSpan.FromMinutes(14)).And.BeLessThan(TimeSpan.FromMinutes(16));
        aws.Late.Should().Be(0);
        aws.Asked.Count(operation => operation == "AssumeRoleWithWebIdentity").Should().Be(5, "once for the session, twice when it grew old, twice when it ended:\n{0}\n{1}", output, string.Join(" ", aws.Asked.TakeLast(12)));
        output.ToString().Split("::warning::The session of deploy is not renewed").Should().HaveCount(2);
        output.ToString().Should().Contain("d-SCRIPTED1");
    }

    [Fact]
    public async Task Keys_that_expire_before_their_time_cost_one_refused_look()
    {
        await using var aws = await ScriptedAws.StartAsync(clock, Lifetime);
        var revoked = false;
        aws.Refuse = operation =>
        {
            if (operation == "GetDeployment" && !revoked && clock.Elapsed > TimeSpan.FromMinutes(3))
            {
                revoked = true;
                aws.EndSessions();
            }

            return null;
        };

        var exit = await WatchAsync(aws, () => clock.Elapsed > TimeSpan.FromMinutes(6));

        (exit, aws.Late, aws.Sessions).Should().Be((ExitCode.Succeeded, 1, 2), output.ToString());
        output.ToString().Should().NotContain("xpired");
    }

    [Fact]
    public async Task A_create_request_is_not_sent_again_for_keys_that_expired()
    {
        await using var aws = await ScriptedAws.StartAsync(clock, Lifetime);
        aws.Refuse = operation =>
        {
            if (operation == "CreateDeployment")
            {
                aws.EndSessions();
            }

            return null;
        };

        var exit = await WatchAsync(aws, () => true);

        exit.Should().NotBe(ExitCode.Succeeded);
        aws.Asked.Count(operation => operation == "CreateDeployment").Should().Be(1);
    }

    /// <param name="over">Whether the deployment has ended, asked at each look.</param>
    private async Task<ExitCode> WatchAsync(ScriptedAws aws, Func<bool> over)
    {
        Endpoint.Set(aws.Url);
        var refuse = aws.Refuse;
        aws.Refuse = operation =>
        {
            aws.Status = over() ? "Succeeded" : "InProgress";
            return refuse(operation);
        };
        var environment = new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_REPOSITORY"] = "acme/site",
            ["GITHUB_SHA"] = "1111111111111111111111111111111111111111",
            ["GITHUB_RUN_ID"] = "4711",
            ["AWS_REGION"] = "eu-west-1",
            ["ACTIONS_ID_TOKEN_REQUEST_URL"] = $"{aws.Url}/token?api-version=2.0",
            ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "request-token",
        };
        string[] words =
        [
            "deploy", "--application", "site", "--deployment-group", "gray", "--role-to-assume", "arn:aws:iam::123456789012:role/deploy",
            "--role-duration-seconds", "900", "--timeout", "12h", "--comment", "false", "--github-token", "",
        ];
        return await clock.PassAsync(App.RunAsync(words, environment, output, errors, clock, new Stopping(CancellationToken.None, CancellationToken.None)));
    }
}
