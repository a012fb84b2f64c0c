using System.Text.RegularExpressions;
using CsCheck;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.EndToEnd.Tests.Runner;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>Any words on the command line and in the variables: what is taken is of the form that it must have, and everything else ends as bad input that names it.</summary>
public sealed partial class InputTests
{
    private static readonly string[] Verbs = ["deploy", "gray", "promote", "rollback", "status"];

    private static readonly string[] Names =
    [
        "role-to-assume", "aws-region", "audience", "role-session-name", "role-duration-seconds", "allow-instance-role", "github-token", "application", "config", "result-file", "dry-run", "comment", "timeout",
        "max-failed-instances", "on-cancel", "deployment-group", "revision", "deployment-config", "description", "file-exists-behavior", "ignore-application-stop-failures", "update-outdated-instances-only", "auto-rollback", "wait",
        "deployment-id", "environment-url", "stage", "to", "reason", "format", "override", "watch-bake", "gate-headers",
    ];

    private static readonly Gen<string> Value = Gen.Frequency(
        (3, Atoms.Text),
        (2, Atoms.Any(
            "true", "false", "TRUE", "yes", "0", "900", "-1", "43201", "1e3", "60m", "12h", "13h", "99999999999h", "１０m", "10%", "101%", "stop", "leave", "group", "off", "DEPLOYMENT_FAILURE", "json", "text", "github", $"github:{Answers.Commit}",
            "github:main", "s3://b/k.zip?versionId=1", "s3://b/k.zip?versionId=1&x=2", "s3://", "s3:///x.zip", "gray", "macro-portfolio", "a/b", "a b", new string('a', 100), new string('a', 101), "gray\nstable", "gray\ngray", "d-A1B2C3D4E", "d-a", "eu-west-1", "EU-west-1", "eu-west-1.evil.example", "https://x.example",
            "javascript:alert(1)", "file:///etc/passwd", "http://", "arn:aws:iam::123456789012:role/deploy", "arn:aws:iam::1:role/x", "OVERWRITE", "overwrite", "../../etc/passwd", "/etc/passwd")));

    private static readonly Gen<(string Verb, string[] Words, (string Name, string Value)[] Variables)> Given = Gen.Select(
        Atoms.Any(Verbs),
        Gen.Frequency(
            (4, Gen.Select(Atoms.Any(Names), Value, (name, value) => (string[])[$"--{name}", value])),
            (4, Gen.Select(Atoms.Any(Names), Value, (name, value) => (string[])[$"--{name}={value}"])),
            (1, Atoms.Any(Names).Select(name => (string[])[$"--{name}"])),
            (1, Value.Select(value => (string[])[value])),
            (1, Value.Select(value => (string[])[$"--{value}"]))).Array[0, 2].Select(words => words.SelectMany(word => word).ToArray()),
        Gen.Select(Gen.Frequency((3, Atoms.Any(Names)), (1, Gen.Const("application"))), Value).Array[0, 3],
        (verb, words, variables) => (verb, words, variables));

    [Fact]
    public Task Inputs_are_of_their_form_or_refused_by_their_names() => Given.HoldAsync(
        async given =>
        {
            if (given.Words.Any(word => word is "--help"))
            {
                return;
            }

            // In a job without a token for AWS a role that may be assumed ends the run before it says a word to AWS. GitHub has no release file.
            Loopback.ByWord["/nobody"] = _ => new Reply(404, "text/plain", [], 0);
            var outputs = Path.GetTempFileName();
            try
            {
                var environment = new Dictionary<string, string>
                {
                    ["GITHUB_ACTIONS"] = "true",
                    ["GITHUB_REPOSITORY"] = "acme/site",
                    ["GITHUB_SHA"] = Answers.Commit,
                    ["GITHUB_EVENT_NAME"] = "push",
                    ["GITHUB_OUTPUT"] = outputs,
                    ["GITHUB_WORKSPACE"] = Path.GetTempPath(),
                    ["GITHUB_API_URL"] = $"{Loopback.Url}/nobody",
                    ["INPUT_ROLE-TO-ASSUME"] = "arn:aws:iam::123456789012:role/deploy",
                    ["INPUT_COMMENT"] = "false",
                    ["INPUT_APPLICATION"] = "site",
                    ["INPUT_AWS-REGION"] = "eu-west-1",
                };
                if (given.Verb == "deploy")
                {
                    environment["INPUT_DEPLOYMENT-GROUP"] = "gray";
                }

                foreach (var (name, value) in given.Variables.Where(variable => variable.Name is not "result-file"))
                {
                    environment[$"INPUT_{name.ToUpperInvariant()}"] = value;
                }

                var words = given.Words.Where((word, at) => !word.StartsWith("--result-file", StringComparison.Ordinal) && (at == 0 || given.Words[at - 1] != "--result-file"));
                var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
                var code = await Action.App.RunAsync([given.Verb, .. words], environment, output, errors, TimeProvider.System, new Stopping(CancellationToken.None, CancellationToken.None));

                var log = RunnerLog.Read(output.ToString(), errors.ToString());
                var said = await CommandFile.ReadAsync(outputs);
                if (code == ExitCode.BadInput)
                {
                    said["outcome"].Should().Be("bad-input");
                    log.Errors.Should().NotBeEmpty();
                    log.Errors.Select(error => error.Data).Where(error => !Named().IsMatch(error)).Should().BeEmpty();
                }
                else
                {
                    code.Should().Be(ExitCode.NoAccess, $"{output}{errors}");
                    said["outcome"].Should().Be("no-access");
                    ApplicationOf(log).Should().MatchRegex(@"\A[A-Za-z0-9._+=,@-]{1,100}\z");
                }

                $"{output}{errors}".Should().NotContain("   at ");
            }
            finally
            {
                File.Delete(outputs);
            }
        },
        few: 300,
        share: 0.1);

    private static string ApplicationOf(RunnerLog log) => log.Errors[^1].Properties["title"] is var title && title.IndexOf(':') is var colon and > 0 ? title[(title.IndexOf(' ') + 1)..colon] : title[(title.IndexOf(' ') + 1)..];

    [GeneratedRegex(@"^(?:Input '[a-z0-9-]+' |There is no option '--|'[\s\S]*(?:' belongs to no option|…$)|The command line could not be read: )")]
    private static partial Regex Named();
}
