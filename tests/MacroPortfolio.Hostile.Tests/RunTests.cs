using System.Collections.Concurrent;
using CsCheck;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.EndToEnd.Tests.Runner;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>Whole runs of the program, against services of which some answer anything: each ends with an outcome that the program knows, says it, and never says success unasked.</summary>
public sealed class RunTests
{
    private static readonly string[] Verbs = ["deploy", "gray", "promote", "rollback", "status"];

    private static readonly string[] Asked =
        [.. Answers.CodeDeploy.Keys, "session", "token", .. Answers.GitHub.Keys];

    /// <summary>What one service answers otherwise.</summary>
    private sealed record Twist(string Asked, Reply Reply);

    private static readonly Gen<Twist> Twists = Atoms.Any(Asked).SelectMany(asked => AnswerTests.Replies(Trees.Of(Right(asked), Wrong(asked))).Select(reply => new Twist(asked, reply with { ContentType = reply.ContentType == "application/x-amz-json-1.1" ? TypeOf(asked) : reply.ContentType })));

    [Fact]
    public Task Any_answer_of_any_service_ends_a_run_with_an_outcome() => Gen.Select(Atoms.Any(Verbs), Twists.Array[1, 3]).HoldAsync(
        async sample =>
        {
            var (verb, twists) = sample;
            var served = new ConcurrentQueue<(string Asked, byte[] Body)>();
            Loopback.Others = asked =>
            {
                var what = WhatIs(asked);
                var reply = twists.FirstOrDefault(twist => twist.Asked == what)?.Reply ?? Reply.Of(TypeOf(what), Right(what));
                served.Enqueue((what, reply.Body));
                return reply;
            };
            var run = await RunAsync(verb);

            Enum.IsDefined(run.Code).Should().BeTrue();
            run.Output.Should().NotContain("   at ").And.NotContain("Exception:");
            run.Log.Refused.Should().BeEmpty();
            run.Log.IsOpen.Should().BeFalse();
            run.Outputs.GetValueOrDefault("outcome").Should().NotBeNullOrEmpty("{0}", run.Output);
            if (run.Code == ExitCode.Succeeded && verb != "status" && run.Outputs["outcome"] == "succeeded")
            {
                AnswerTests.Said(served.Last(answer => answer.Asked is "GetDeployment").Body).Should().MatchRegex("\"status\"\\s*:\\s*\"Succeeded\"");
            }
        },
        few: 40,
        share: 0.003,
        threads: 1);

    [Fact]
    public async Task When_all_is_well_the_run_succeeds()
    {
        Loopback.Others = asked => Reply.Of(TypeOf(WhatIs(asked)), Right(WhatIs(asked)));

        var run = await RunAsync("deploy");

        run.Code.Should().Be(ExitCode.Succeeded, run.Output);
        run.Outputs["outcome"].Should().Be("succeeded");
    }

    internal sealed record Ended(ExitCode Code, string Output, RunnerLog Log, IReadOnlyDictionary<string, string> Outputs);

    internal static async Task<Ended> RunAsync(string verb)
    {
        var outputs = Path.GetTempFileName();
        var summary = Path.GetTempFileName();
        try
        {
            var environment = new Dictionary<string, string>
            {
                ["GITHUB_ACTIONS"] = "true",
                ["GITHUB_REPOSITORY"] = "acme/site",
                ["GITHUB_RUN_ID"] = "42",
                ["GITHUB_SHA"] = Answers.Commit,
                ["GITHUB_REF"] = "refs/heads/main",
                ["GITHUB_EVENT_NAME"] = "push",
                ["GITHUB_API_URL"] = $"{Loopback.Url}/github",
                ["GITHUB_OUTPUT"] = outputs,
                ["GITHUB_STEP_SUMMARY"] = summary,
                ["ACTIONS_ID_TOKEN_REQUEST_URL"] = $"{Loopback.Url}/token?api-version=2.0",
                ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "request-token",
                ["AWS_REGION"] = "eu-west-1",
                ["INPUT_APPLICATION"] = "site",
                ["INPUT_GITHUB-TOKEN"] = "token",
                ["INPUT_ROLE-TO-ASSUME"] = "arn:aws:iam::123456789012:role/deploy",
            };
            if (verb == "deploy")
            {
                environment["INPUT_DEPLOYMENT-GROUP"] = "gray";
            }

            if (verb != "status")
            {
                environment["INPUT_TIMEOUT"] = "30s";
            }

            var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
            var code = await Action.App.RunAsync([verb], environment, output, errors, new HurriedTime(), new Stopping(CancellationToken.None, CancellationToken.None));
            return new Ended(code, $"{output}{errors}", RunnerLog.Read(output.ToString(), errors.ToString()), await CommandFile.ReadAsync(outputs));
        }
        finally
        {
            File.Delete(outputs);
            File.Delete(summary);
        }
    }

    private static string WhatIs(Asked asked) => asked.Target switch
    {
        _ when asked.Body.Contains("AssumeRoleWithWebIdentity", StringComparison.Ordinal) => "session",
        ['/', 't', 'o', 'k', 'e', 'n', ..] => "token",
        var path when !path.StartsWith('/') => path,
        var path when path.Contains("/pulls", StringComparison.Ordinal) => "pulls",
        var path when path.Contains("/statuses?", StringComparison.Ordinal) => "statuses",
        var path when path.EndsWith("/statuses", StringComparison.Ordinal) => "status",
        var path when path.Contains("/deployments?", StringComparison.Ordinal) => "deployments",
        var path when path.EndsWith("/deployments", StringComparison.Ordinal) => "deployment",
        var path when path.Contains("/git/trees/", StringComparison.Ordinal) => "tree",
        var path when path.Contains("/contents/appspec.yml", StringComparison.Ordinal) => "appspec",
        var path when path.Contains("/contents/", StringComparison.Ordinal) => "contents",
        var path when path.Contains("/comments?", StringComparison.Ordinal) => "comments",
        var path when path.Contains("/comments", StringComparison.Ordinal) => "comment",
        _ => "commit",
    };

    private static string Right(string what) => what switch
    {
        "session" => Answers.Session,
        "token" => Answers.Token,
        _ => Answers.CodeDeploy.GetValueOrDefault(what) ?? Answers.GitHub[what],
    };

    private static string Wrong(string what) => what switch
    {
        "session" => Answers.SessionRefused,
        _ when Answers.CodeDeploy.ContainsKey(what) => Answers.Error,
        _ => """{"message":"words","documentation_url":"https://docs.github.com"}""",
    };

    private static string TypeOf(string what) => what == "session" ? "text/xml" : Answers.CodeDeploy.ContainsKey(what) ? "application/x-amz-json-1.1" : "application/json";

    /// <summary>Real time, hundreds of times faster for whoever waits.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        /// <summary>The limits of calls: answers come over a real wire, on a machine that may be busy.</summary>
        private static readonly TimeSpan[] CallLimits = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30)];

        private const int Hurry = 400;
        private readonly DateTimeOffset began = System.GetUtcNow();
        private readonly long timestamp = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => began + (System.GetElapsedTime(timestamp) * Hurry);

        public override long GetTimestamp() => timestamp + ((System.GetTimestamp() - timestamp) * Hurry);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? Max(dueTime / (CallLimits.Contains(dueTime) ? 5 : Hurry)) : dueTime, period > TimeSpan.Zero ? Max(period / Hurry) : period);

        private static TimeSpan Max(TimeSpan time) => time < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : time;
    }
}
