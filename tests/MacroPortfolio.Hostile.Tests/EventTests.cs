using System.Text;
using CsCheck;
using MacroPortfolio.Action.Aws;
using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>Documents of others that a run reads: what an event was about, what a token says, whom a release file names. None of them can break it, and nothing is read into them.</summary>
public sealed class EventTests
{
    private const string Sha = Answers.Commit;
    private const string Other = "ffffffffffffffffffffffffffffffffffffffff";

    private static readonly string[] Events = ["pull_request", "pull_request_target", "workflow_run", "check_suite", "check_run", "status", "merge_group", "issue_comment", "issues", "pull_request_review"];

    private static readonly string[] Payloads =
    [
        Filled("""{"action":"opened","number":7,"pull_request":{"number":7,"merged":false,"merged_at":null,"merge_commit_sha":"OTHER","head":{"sha":"SHA","ref":"topic","repo":{"full_name":"acme/site","url":"https://api.github.com/repos/acme/site"}},"base":{"sha":"OTHER","ref":"main","repo":{"full_name":"acme/site"}}},"repository":{"full_name":"acme/site"}}"""),
        Filled("""{"action":"closed","number":7,"pull_request":{"number":7,"merged":true,"merged_at":"2026-10-15T12:00:00Z","merge_commit_sha":"OTHER","head":{"sha":"SHA","repo":{"full_name":"eve/site"}},"base":{"repo":{"full_name":"acme/site"}}}}"""),
        Filled("""{"workflow_run":{"head_sha":"SHA","head_branch":"main","head_repository":{"full_name":"acme/site"},"pull_requests":[{"number":7,"head":{"sha":"SHA"},"base":{"repo":{"url":"https://api.github.com/repos/acme/site"}}}]}}"""),
        Filled("""{"check_suite":{"head_sha":"SHA","head_branch":"main","pull_requests":[{"number":7,"head":{"sha":"SHA"},"base":{"repo":{"url":"https://api.github.com/repos/acme/site"}}}]}}"""),
        Filled("""{"check_run":{"head_sha":"SHA","check_suite":{"head_branch":"main"},"pull_requests":[{"number":7,"head":{"sha":"SHA"},"base":{"repo":{"url":"https://api.github.com/repos/acme/site"}}}]}}"""),
        Filled("""{"sha":"SHA","branches":[{"name":"main"},{"name":"topic"}]}"""),
        Filled("""{"merge_group":{"head_sha":"SHA","head_ref":"refs/heads/gh-readonly-queue/main/pr-104-OTHER"}}"""),
        Filled("""{"issue":{"number":7,"pull_request":{"url":"x"}},"comment":{"body":"/deploy"}}"""),
    ];

    private static readonly string[] Claims =
        ["""{"iss":"https://token.actions.githubusercontent.com","aud":"sts.amazonaws.com","sub":"repo:acme/site:environment:production","repository":"acme/site","repository_owner":"acme","repository_id":"1","repository_owner_id":"2","environment":"production","ref":"refs/heads/main","exp":1}"""];

    [Fact]
    public void Any_payload_gives_a_commit_that_it_names_or_a_doubt() => Gen.Select(Atoms.Any(Events), Trees.Of(Payloads)).Hold(
        sample =>
        {
            var (name, payload) = sample;
            var file = Path.GetTempFileName();
            try
            {
                File.WriteAllBytes(file, payload);
                var trigger = Trigger.Of(name, new RepositoryName("acme/site"), "refs/heads/main", Other, () => EventFile.Read(file));

                (trigger.Commit is null).Should().Be(trigger.Doubt is not null);
                var said = AnswerTests.Said(payload);
                if (trigger.Commit is { } commit)
                {
                    CommitId.TryParse(commit.Value, out _).Should().BeTrue();
                    (commit.Value == Other || said.Contains(commit.Value)).Should().BeTrue("a commit is one that was named");
                }

                trigger.Pulls.Where(pull => pull.Number <= 0 || !said.Contains(pull.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))).Should().BeEmpty();
            }
            finally
            {
                File.Delete(file);
            }
        },
        few: 1_000,
        share: 0.2);

    [Fact]
    public void Any_token_is_read_or_says_nothing() => Gen.OneOf(
            Atoms.Text,
            Trees.Of(Claims).Select(claims => $"x.{System.Buffers.Text.Base64Url.EncodeToString(claims)}.x"),
            Gen.Select(Trees.Of(Claims), Atoms.Text, (claims, text) => $"x.{System.Buffers.Text.Base64Url.EncodeToString(claims)}{text}.x")).Hold(
        token =>
        {
            var claims = TokenClaims.Read(new Secret(token));

            claims.Issuer.Should().NotBeNull();
            var (classic, immutable, context) = claims.Subjects;
            (context is null).Should().Be(classic is null);
            (classic is null || claims.Subject == classic || claims.Subject == immutable).Should().BeTrue("a subject is explained as it is or not at all");
        },
        few: 500,
        share: 0.5);

    [Fact]
    public void Any_release_file_names_whom_it_says_or_nobody() => Gen.OneOf(
            Gen.Select(
                Atoms.Text, Atoms.Text, Gen.Select(Atoms.Text, Atoms.Text).Array[0, 4],
                (owner, runbook, others) => $"{string.Concat(others.Select(other => $"{other.Item1}: {other.Item2}\n"))}application: macro-portfolio\nowner: {owner}\nrunbook: {runbook}\n"),
            Trees.Of("""{"application":"macro-portfolio","owner":"acme/portfolio","runbook":"https://acme.example","stages":[{"a":"b"}]}""").Select(Encoding.UTF8.GetString),
            Atoms.Any(new string('[', 10_000), string.Concat(Enumerable.Repeat("- ", 10_000)), string.Concat(Enumerable.Repeat("{a: ", 10_000)), "a: &a [*a]", "owner: &x y\nrunbook: *x", "<<: *x", "!!binary x", "owner: !<tag> x", "--- a\n--- b", "%YAML 9.9\n---\nowner: x")).Hold(
        text =>
        {
            var contact = ReleaseFileSource.Contact(text, new ApplicationName("macro-portfolio"));

            if (contact is not null)
            {
                (contact.Owner ?? contact.Runbook).Should().NotBeNullOrEmpty();
            }
        },
        few: 300,
        share: 0.3);

    private static string Filled(string template) => template.Replace("SHA", Sha, StringComparison.Ordinal).Replace("OTHER", Other, StringComparison.Ordinal);
}
