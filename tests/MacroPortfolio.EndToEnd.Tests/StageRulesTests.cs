using System.Net;
using System.Net.Sockets;
using System.Text;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.EndToEnd.Tests;

/// <summary>What the release file on the default branch says holds for gray and promote, and a stage that fails goes back by itself.</summary>
public sealed class StageRulesTests(Cloud cloud) : IClassFixture<Cloud>
{
    private const string Never = "'2020-01-01..2020-01-02'";

    [Fact]
    public async Task A_promotion_waits_for_the_bake_and_goes_on_where_the_file_asks_for_none()
    {
        var application = cloud.TakeApplication();
        await RuleAsync(application, "bake: 30m");
        var gray = await GrayAsync("v1", application);

        var held = await PromoteAsync(application);
        await RuleAsync(application, "bake: 0s");
        var promoted = await PromoteAsync(application);

        gray.ExitCode.Should().Be(0, "{0}", gray);
        ShouldBeHeld(held, $"gray bakes {cloud.Label("v1")}: * of 30 min. It is ready at *");
        (promoted.ExitCode, promoted.Outputs["revision"]).Should().Be((0, cloud.Revision("v1")), "{0}", promoted);
    }

    [Fact]
    public async Task A_freeze_that_is_merged_after_the_gray_release_holds_it()
    {
        var application = cloud.TakeApplication();
        await RuleAsync(application, "bake: 0s");
        await GrayAsync("v1", application);
        await RuleAsync(application, "bake: 0s", "freezes: ['daily 00:00-24:00: incident 42']");

        ShouldBeHeld(await PromoteAsync(application), "stable is frozen by *incident 42*There is no opening within 400 days.");
    }

    [Fact]
    public async Task Gray_obeys_its_own_calendar_and_creates_nothing()
    {
        var application = cloud.TakeApplication();
        await RuleAsync(application, $"windows: [{Never}]");

        ShouldBeHeld(await GrayAsync("v1", application), "gray is outside its windows*");
    }

    [Fact]
    public async Task Who_may_not_promote_is_told_who_may_and_who_may_override_does_with_a_reason_that_is_shown()
    {
        var application = cloud.TakeApplication();
        await RuleAsync(application, "bake: 8h", "approval: { allowed-actors: [kim, dana], override-actors: [dana] }");
        await GrayAsync("v1", application);

        var lee = await PromoteAsync(application, "lee");
        var early = await PromoteAsync(application, "kim", "--override", "I want to");
        var dana = await PromoteAsync(application, "dana", "--override", "incident 42");

        ShouldBeHeld(lee, "*lee may not promote to stable: allowed-actors are kim, dana.*");
        ShouldBeHeld(early, "kim may not override the rules of stable: override-actors are dana.*");
        (dana.ExitCode, dana.Outcome).Should().Be((0, "succeeded"), "{0}", dana);
        dana.Log.Text.Should().Contain("override by dana: incident 42 (passes: gray bakes");
        dana.Creates.Single()["description"]!.ToString().Should().StartWith("override by dana: incident 42 | ");
    }

    [Fact]
    public async Task A_page_that_answers_badly_takes_gray_back_to_what_was_good()
    {
        using var page = new Page();
        var application = cloud.TakeApplication();
        await RuleAsync(application, $"gates: [{{ http: {page.Url}, every: 1s, for: 2s }}]");
        var good = await GrayAsync("v1", application);
        page.Status = 500;

        var bad = await GrayAsync("v2", application);

        (good.ExitCode, good.Outcome).Should().Be((0, "succeeded"), "{0}", good);
        (bad.ExitCode, bad.Outcome).Should().Be((6, "rolled-back"), "{0}", bad);
        bad.Log.Errors.Select(error => error.Data).Should().ContainMatch("*answered 500 instead of 200*");
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v1"));
        bad.Creates.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_page_that_nobody_reaches_leaves_gray_as_it_is_and_promotion_waits_for_a_person()
    {
        var nowhere = Page.Closed();
        var application = cloud.TakeApplication();
        await RuleAsync(application, $"gates: [{{ http: {nowhere}, every: 1s, for: 1s }}]", "approval: { override-actors: [dana] }");

        var gray = await GrayAsync("v1", application);
        var held = await PromoteAsync(application);
        var overridden = await PromoteAsync(application, "dana", "--override", "the runner cannot reach it");

        (gray.ExitCode, gray.Outcome, gray.Creates.Count).Should().Be((5, "held", 1), "{0}", gray);
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v1"));
        ShouldBeHeld(held, $"gray: the gate {nowhere} is inconclusive: never answered*");
        overridden.ExitCode.Should().Be(0, "{0}", overridden);
    }

    [Fact]
    public async Task Checks_count_only_when_they_ran_after_the_deployment()
    {
        var application = cloud.TakeApplication();
        await RuleAsync(application, "gates: [{ checks: [smoke] }]");

        var gray = await GrayAsync("v1", application);
        var held = await PromoteAsync(application);

        gray.ExitCode.Should().Be(0, "the checks of a stage that waits for none are looked at before a promotion: {0}", gray);
        ShouldBeHeld(held, "gray: the gate smoke is inconclusive: smoke has not run.*");
    }

    [Fact]
    public async Task A_deployment_that_fails_is_taken_back_where_the_group_does_not_do_it_itself()
    {
        var application = cloud.TakeApplication();
        await GrayAsync("v1", application);

        var broken = await GrayAsync("broken", application);

        (broken.ExitCode, broken.Outcome, broken.Creates.Count).Should().Be((6, "rolled-back", 2), "{0}", broken);
        broken.Creates[1]["description"]!.ToString().Should().StartWith($"back from {cloud.Label("broken")} | ");
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v1"));
    }

    [Fact]
    public async Task Rules_that_cannot_be_read_stop_everything_but_the_way_back()
    {
        var application = cloud.TakeApplication();
        await GrayAsync("v1", application);
        await GrayAsync("v2", application);
        await WriteAsync(application, $"version: 1\napplication: {application.Name}\nstages:\n  - name: gray\n    deployment-groups: [gray]\n    bake: soon\n  - nmae: stable\n    deployment-groups: [stable]\n");

        var gray = await GrayAsync("v3", application);
        var back = await (await cloud.JobAsync("v3")).For(application).RunAsync("rollback", "--stage", "gray", "--config", RulesOf(application));

        (gray.ExitCode, gray.Outcome, gray.Creates.Count).Should().Be((2, "bad-input", 0), "{0}", gray);
        gray.Log.Errors.Single().Data.Should().Contain("line 6, column 11: 'bake' is 'soon'").And.Contain("line 7, column 5: a stage has no key 'nmae'; keys are name, ");
        (back.ExitCode, back.Outcome).Should().Be((0, "succeeded"), "{0}", back);
        application.Gray.Should().OnlyContain(instance => cloud.PageOf(instance) == Site.Page("v1"));
    }

    [Fact]
    public async Task What_gray_has_proved_may_be_promoted_after_gray_has_moved_on()
    {
        var application = cloud.TakeApplication();
        await GrayAsync("v1", application);
        await GrayAsync("v2", application);

        var promoted = await PromoteAsync(application, "dana", "--revision", cloud.Revision("v1"));

        (promoted.ExitCode, promoted.Outputs["revision"]).Should().Be((0, cloud.Revision("v1")), "{0}", promoted);
    }

    [Fact]
    public async Task Nothing_that_was_rolled_back_there_and_nothing_older_is_promoted()
    {
        var application = cloud.TakeApplication();
        foreach (var name in (string[])["v1", "v2"])
        {
            await GrayAsync(name, application);
            (await PromoteAsync(application)).ExitCode.Should().Be(0);
        }

        var older = await PromoteAsync(application, "dana", "--revision", cloud.Revision("v1"));
        var back = await (await cloud.JobAsync("v3", "production")).For(application, World.ProductionRole).RunAsync("rollback", "--stage", "stable");
        var again = await PromoteAsync(application);

        ShouldBeHeld(older, $"stable runs {cloud.Label("v2")}, which is newer than {cloud.Label("v1")}.*");
        back.ExitCode.Should().Be(0, "{0}", back);
        ShouldBeHeld(again, $"{cloud.Label("v2")} was rolled back in stable before.*");
    }

    [Fact]
    public async Task Each_stage_is_written_with_its_own_role_and_read_with_the_one_that_reads()
    {
        var application = cloud.TakeApplication();
        await RolesAsync(application, World.ProductionRole);

        var gray = await (await ByFileAsync("v1", "gray", application)).RunAsync("gray", "--config", RulesOf(application));
        var promoted = await (await ByFileAsync("v3", "production", application)).RunAsync("promote", "--config", RulesOf(application));
        var refused = await (await ByFileAsync("v2", "production", application)).RunAsync("gray", "--config", RulesOf(application));

        (gray.ExitCode, promoted.ExitCode, promoted.Outputs["revision"]).Should().Be((0, 0, cloud.Revision("v1")), "{0}", promoted);
        promoted.Log.Text.Should().Contain("assumed-role/macro-portfolio-production/");
        promoted.Requests.Of("AssumeRoleWithWebIdentity").Should().HaveCount(2, "production is written by its own role, and gray is read by the one that reads");
        (refused.ExitCode, refused.Outcome, refused.Creates.Count).Should().Be((4, "no-access", 0), "gray's role does not trust a job in production: {0}", refused);
    }

    [Fact]
    public async Task A_role_of_the_file_in_an_account_that_is_not_allowed_is_refused_before_AWS_is_asked()
    {
        var application = cloud.TakeApplication();
        await RolesAsync(application, "arn:aws:iam::999999999999:role/elsewhere");

        var step = await (await ByFileAsync("v1", "production", application)).RunAsync("promote", "--to", "stable", "--allowed-account-ids", "123456789012", "--config", RulesOf(application));

        (step.ExitCode, step.Outcome).Should().Be((2, "bad-input"), "{0}", step);
        step.Log.Errors.Single().Data.Should().Contain("'arn:aws:iam::999999999999:role/elsewhere', a role of account 999999999999, which is none of allowed-account-ids (123456789012)");
        step.Requests.Of("AssumeRoleWithWebIdentity").Should().BeEmpty();
    }

    private Task RolesAsync(Application application, string production) => WriteAsync(
        application,
        $"version: 1\napplication: {application.Name}\nrole-to-read: {World.StatusRole}\nstages:\n  - name: gray\n    deployment-groups: [gray]\n    role-to-assume: {World.GrayRole}\n"
        + $"  - name: stable\n    deployment-groups: [stable]\n    environment: production\n    role-to-assume: {production}\n");

    /// <summary>A job whose step names no role.</summary>
    private async Task<Job> ByFileAsync(string commit, string environment, Application application) =>
        (await cloud.JobAsync(commit, environment)).For(application).Without("INPUT_ROLE-TO-ASSUME");

    private static string RulesOf(Application application) => $".github/rules-{application.Name}.yml";

    /// <summary>Rules of the two stages, a line of each.</summary>
    private Task RuleAsync(Application application, string gray, string stable = "rollback: on-failure") => WriteAsync(
        application, $"version: 1\napplication: {application.Name}\nstages:\n  - name: gray\n    deployment-groups: [gray]\n    {gray}\n  - name: stable\n    deployment-groups: [stable]\n    environment: production\n    {stable}\n");

    /// <summary>Commits it to the tip of main.</summary>
    private async Task WriteAsync(Application application, string text)
    {
        string Data(string words) => $"data {Encoding.UTF8.GetByteCount(words)}\n{words}\n";
        await Shell.RunAsync(
            cloud.SiteFolder,
            $"commit refs/heads/main\ncommitter dana <dana@acme.example> 1795000000 +0000\n{Data("Change the rules")}from refs/heads/main^0\nM 100644 inline {RulesOf(application)}\n{Data(text)}\n",
            "git",
            "fast-import",
            "--quiet");
    }

    private async Task<StepResult> GrayAsync(string commit, Application application) =>
        await (await cloud.JobAsync(commit)).For(application).RunAsync("gray", "--config", RulesOf(application));

    private async Task<StepResult> PromoteAsync(Application application, string actor = "dana", params string[] words) =>
        await (await cloud.JobAsync("v3", "production", "--actor", actor)).For(application, World.ProductionRole).RunAsync(["promote", "--config", RulesOf(application), .. words]);

    private static void ShouldBeHeld(StepResult step, string why)
    {
        (step.ExitCode, step.Outcome).Should().Be((5, "held"), "{0}", step);
        step.Log.Errors.Select(error => error.Data).Should().ContainMatch(why.EndsWith('*') ? why : why + "*");
        step.Creates.Should().BeEmpty();
    }

    /// <summary>A page on loopback that answers with the status that it is told to.</summary>
    private sealed class Page : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource stop = new();

        public Page()
        {
            listener.Start();
            _ = Task.Run(ServeAsync);
        }

        public int Status { get; set; } = 200;

        public string Url => $"http://{listener.LocalEndpoint}/healthz";

        /// <summary>Where nobody listens.</summary>
        public static string Closed()
        {
            using var page = new Page();
            return page.Url;
        }

        public void Dispose()
        {
            stop.Cancel();
            listener.Dispose();
            stop.Dispose();
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync(stop.Token);
                    var stream = client.GetStream();
                    await stream.ReadAtLeastAsync(new byte[4096], 16, throwOnEndOfStream: false, stop.Token);
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {Status} Said\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"), stop.Token);
                }
            }
            catch (Exception ex) when (ex is OperationCanceledException or ObjectDisposedException or SocketException or IOException)
            {
                // The page is closed.
            }
        }
    }
}
