using MacroPortfolio.Action.Bundles;
using MacroPortfolio.Action.Checks;
using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Action.Reporters;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Action.Stages;
using MacroPortfolio.Action.Verbs;
using MacroPortfolio.Core.Checks;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Planning.AppSpec;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using NodaTime;
using Octokit;

namespace MacroPortfolio.Action;

/// <summary>One run of one verb.</summary>
internal sealed class Run(RunnerEnvironment runner, Log log, TextWriter output, TextWriter errors, TimeProvider time, IReadOnlyList<string> stray, Stopping stopping)
{
    private readonly CancellationToken stop = stopping.Requested;
    private static readonly TimeSpan[] LeftLooks = [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)];

    private readonly InputReader reader = new();

    public async Task<ExitCode> VerbAsync(string verb, object options)
    {
        var reading = new InputReading(reader, runner);
        Func<Task<ExitCode>> run = options switch
        {
            DeployOptions deploy when reading.Deploy(deploy) is var inputs => () => DeployAsync(inputs),
            GrayOptions gray when reading.Gray(gray) is var inputs => () => GrayAsync(inputs),
            PromoteOptions promote when reading.Promote(promote) is var inputs => () => PromoteAsync(inputs),
            CheckOptions check when reading.Check(check) is var inputs => () => CheckAsync(inputs),
            PushOptions push when reading.Push(push) is var inputs => () => PushAsync(inputs),
            RollbackOptions rollback when reading.Rollback(rollback) is var inputs => () => RollbackAsync(inputs),
            StatusOptions status when reading.Status(status) is var inputs => () => StatusAsync(inputs),
            _ => throw new InvalidOperationException($"verb {verb} has no run"),
        };
        return stray.Count + reader.Errors.Count > 0 ? await App.BadInputAsync(LogOf(options), runner, verb, [.. stray, .. reader.Errors]) : await run();
    }

    /// <summary>With a format for programs, nothing but the document is on standard output.</summary>
    private Log LogOf(object options) => options is StatusOptions { Format: "json" or "markdown" } or CheckOptions { Format: "json" or "markdown" } ? ErrorLog : log;

    private Log ErrorLog => new(errors, runner, time);

    private Task<ExitCode> DeployAsync(DeployInputs inputs)
    {
        var findings = AppSpecAsync(inputs.Common, inputs.Revision);
        return ReleaseAsync("deploy", inputs.Common, () => inputs.EnvironmentUrl, [], inputs.Revision, () => OpenAsync(inputs.Common), async cloud =>
        {
            if (inputs.Reattach is { } id)
            {
                var existing = await cloud.Reader.DeploymentAsync(id, stop);
                var (group, seen) = (await cloud.Reader.GroupsAsync([existing.Group], null, stop), await cloud.BasisAsync([existing.Revision], stop));
                return new Decision.Go(Planner.Watch(seen, inputs.Watch, group[0].State, existing));
            }

            var groups = cloud.Reader.GroupsAsync(inputs.Groups, inputs.Settings.Config, stop);
            var revision = await cloud.DeployableAsync(inputs.Revision!, inputs.Bucket, groups, stop);
            var basis = await cloud.BasisAsync([revision], stop);
            var known = await groups;
            await cloud.JudgeAsync(revision, await findings);
            return Planner.Deploy("deploy", basis, revision, known, inputs.Settings, inputs.Start, inputs.Watch);
        });
    }

    private Task<ExitCode> GrayAsync(GrayInputs inputs)
    {
        var findings = AppSpecAsync(inputs.Common, inputs.Revision);
        return StagedAsync("gray", inputs.Common, inputs.EnvironmentUrl, inputs.GateHeaders, inputs.Revision, RulesAsync, staging => new GrayDecision(inputs, findings, staging));
    }

    private Task<ExitCode> PromoteAsync(PromoteInputs inputs) =>
        StagedAsync("promote", inputs.Common, inputs.EnvironmentUrl, inputs.GateHeaders, inputs.Revision, RulesAsync, staging => new PromoteDecision(inputs, staging));

    private Task<ExitCode> RollbackAsync(RollbackInputs inputs) =>
        StagedAsync("rollback", inputs.Common, null, [], null, common => RulesOfWayBackAsync(common, inputs.Stage), staging => new RollbackDecision(inputs, staging));

    private Task<ReleaseFile> RulesAsync(CommonInputs inputs) => RulesAsync(inputs, Duration.FromMinutes(2));

    private Task<ReleaseFile> RulesAsync(CommonInputs inputs, Duration limit) => new ReleaseFileSource(inputs, runner, log, time).ReadAsync(limit, stop);

    /// <summary>The way back needs the file for the stages' order and roles alone, and does not wait for one that cannot be read.</summary>
    private async Task<ReleaseFile> RulesOfWayBackAsync(CommonInputs inputs, StageName? only)
    {
        try
        {
            return await RulesAsync(inputs, Duration.FromSeconds(5));
        }
        catch (DeployException ex) when (inputs.Role is not null)
        {
            await log.WarnAsync($"{ex.Message} The way back does not wait for it: {(only is { } stage ? $"the deployment group {stage} is taken back" : "the stages are taken to be the groups gray and stable")}.");
            return ReleaseFile.None;
        }
    }

    /// <summary>One run of a verb that knows stages.</summary>
    private async Task<ExitCode> StagedAsync(
        string verb, CommonInputs inputs, Uri? tryIt, IReadOnlyList<GateHeader> headers, Revision? subject, Func<CommonInputs, Task<ReleaseFile>> rules, Func<Staging, IStagedDecision> make)
    {
        Staging? staging = null;
        IStagedDecision? decision = null;
        foreach (var header in headers)
        {
            await log.MaskAsync(header.Value);
        }

        try
        {
            return await ReleaseAsync(
                verb,
                inputs,
                () => tryIt ?? decision?.Url,
                headers,
                subject,
                async () =>
                {
                    staging = new Staging(inputs, await rules(inputs), runner, log, time, stop);
                    return await (decision = make(staging)).OpenAsync();
                },
                cloud => decision!.DecideAsync(cloud));
        }
        finally
        {
            staging?.Dispose();
        }
    }

    private Task<Cloud> OpenAsync(CommonInputs inputs) => Cloud.OpenAsync(inputs, runner, log, time, stop);

    /// <summary>What is wrong with the AppSpec of a commit, asked of GitHub beside everything that is asked of AWS. Null where nobody can tell; that of a folder is read when it is pushed.</summary>
    private async Task<IReadOnlyList<AppSpecFinding>?> AppSpecAsync(CommonInputs inputs, Revision? revision) =>
        revision is Revision.GitHub hub && inputs.GithubToken is { } token ? await AppSpecReading.OfAsync(new GitHubApi(runner.ApiUrl, token, time), hub, stop) : null;

    private Task<ExitCode> PushAsync(PushInputs inputs) => ReleaseAsync("push", inputs.Common, () => null, [], inputs.Bundle, () => OpenAsync(inputs.Common), async cloud =>
    {
        var (revision, words) = await cloud.PushAsync(inputs.Bundle, inputs.Bucket, Task.CompletedTask, stop);
        return new Decision.Pushed(revision, words);
    });

    private async Task<ExitCode> CheckAsync(CheckInputs inputs)
    {
        var said = inputs.Format == StatusFormat.Text ? log : ErrorLog;
        try
        {
            var found = await new PathCheck(inputs, runner, said, time, stop).RunAsync();
            string Report(StatusFormat format) => said.Hide(CheckText.Render(found, format));
            await output.WriteLineAsync(Report(inputs.Format));
            if (found.Outcome != Outcome.Succeeded)
            {
                await said.WriteAsync(new LogLine.Problem(CheckText.Headline(found), string.Join(" ", found.Lines.Where(line => line.Verdict == CheckVerdict.Fail).Select(line => $"{line.Step}: {line.What}"))));
            }

            await App.TellAsync(said, runner.SummaryFile, Report(StatusFormat.Markdown));
            if (ResultFile(inputs.Common) is { } file)
            {
                await App.TellAsync(said, file, Report(StatusFormat.Json) + "\n", anew: true);
            }

            await App.TellAsync(said, runner.OutputFile, FileCommands.Output("outcome", found.Outcome.Word()) + FileCommands.Output("result", Report(StatusFormat.Json)));
            return found.Outcome.ExitCode();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }
    }

    private async Task<ExitCode> StatusAsync(StatusInputs inputs)
    {
        var said = inputs.Format == StatusFormat.Text ? log : ErrorLog;
        try
        {
            using var cloud = await Cloud.OpenAsync(inputs.Common, runner, said, time, stop);
            var stages = await cloud.Reader.StagesAsync(stop);
            string Report(StatusFormat format) => said.Hide(StatusReport.Render(inputs.Common.Application, inputs.Common.Region, stages, format));
            await output.WriteLineAsync(Report(inputs.Format));
            await App.TellAsync(said, runner.SummaryFile, Report(StatusFormat.Markdown));
            if (ResultFile(inputs.Common) is { } file)
            {
                await App.TellAsync(said, file, Report(StatusFormat.Json) + "\n", anew: true);
            }

            await App.TellAsync(said, runner.OutputFile, FileCommands.Output("outcome", Outcome.Succeeded.Word()) + FileCommands.Output("result", Report(StatusFormat.Json)));
            return ExitCode.Succeeded;
        }
        catch (DeployException ex)
        {
            foreach (var line in Details.InLog(ex.Details))
            {
                await said.WriteAsync(line);
            }

            await said.WriteAsync(new LogLine.Problem($"status {inputs.Common.Application}", $"{ex.Message} {ex.Next}"));
            await App.TellAsync(said, runner.SummaryFile, Details.InMarkdown(ex.Details));
            await App.TellAsync(said, runner.OutputFile, FileCommands.Output("outcome", ex.Outcome.Word()));
            return ex.Outcome.ExitCode();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }
    }

    /// <summary>credentials, plan, deploy, watch, report.</summary>
    /// <param name="tryIt">Where what is deployed can be tried, once the stage is known.</param>
    /// <param name="subject">What the run is about where no plan comes of it.</param>
    private async Task<ExitCode> ReleaseAsync(
        string verb, CommonInputs inputs, Func<Uri?> tryIt, IReadOnlyList<GateHeader> headers, Revision? subject, Func<Task<Cloud>> open, Func<Cloud, Task<Decision>> decide)
    {
        var began = Instant.FromDateTimeOffset(time.GetUtcNow());

        // Files first: they are written in no time, and a log that nobody reads may hold up whoever writes it.
        List<IReporter> reporters = [new StateReporter(runner.StateFile), new OutputReporter(runner.OutputFile, ResultFile(inputs), runner.Secrets.Hide), new SummaryReporter(runner.SummaryFile, runner.Secrets.Hide), new LogReporter(log)];
        var report = new ContactReporter(new ReporterGroup(reporters, log.WarnAsync), ct => ContactAsync(inputs, ct));
        ChangePulls? pulls = null;
        Cloud? cloud = null;

        Instant? until = null;
        async Task<ExitCode> EndAsync(Outcome outcome, string reason, string next, IReadOnlyList<GroupResult> groups, IReadOnlyList<string>? details = null)
        {
            var ended = new RunReport(outcome, verb, inputs.Application.Value, inputs.Region, reason, next, began, Instant.FromDateTimeOffset(time.GetUtcNow()), groups) { Details = details ?? [], Until = until };
            ended = groups.Count == 0 && subject is not null ? ended with { Subjects = [subject], Pushed = subject as Revision.S3 } : ended;
            await report.ReportAsync(new RunEvent.Ended(inputs.DryRun ? await DryRun.OfAsync(ended, inputs, pulls, stop) : ended), stop);
            return outcome.ExitCode();
        }

        try
        {
            cloud = await open();
            reporters.AddRange(inputs.DryRun ? [] : Records(cloud, inputs, verb));
            if (inputs.Comment && cloud.GitHub is { } github && runner.Repository is { } repository)
            {
                pulls = new ChangePulls(github, repository, runner.Trigger);
                reporters.AddRange(inputs.DryRun ? [] : [new CommentReporter(github, pulls, cloud.ReportReader, repository, inputs.Application, tryIt(), runner.RunUrl, runner.Secrets.Hide, log, time)]);
            }

            switch (await decide(cloud))
            {
                case Decision.Held held:
                    until = held.Until;
                    return await EndAsync(Outcome.Held, held.Why, held.Next, []);

                case Decision.Pushed pushed:
                    subject = pushed.Revision;
                    return await EndAsync(inputs.DryRun ? Outcome.Planned : Outcome.Succeeded, pushed.Words, inputs.DryRun ? "" : $"Deploy it with revision: {pushed.Revision.Text}", []);

                case Decision.Refused refused:
                    return await EndAsync(Outcome.Failed, refused.Why, refused.Next, []);

                case Decision.Go { Plan: var plan } when inputs.DryRun:
                    await report.ReportAsync(new RunEvent.Planned(plan, DryRun: true), stop);
                    return await EndAsync(Outcome.Planned, "", "", [.. plan.Groups.Select(group => new GroupResult(group, null, null, [], null, Outcome.Planned, "planned"))]);

                case Decision.Go { Plan: var plan }:
                    plan = StageEnvironment.Into(plan, cloud.Claims["environment"], tryIt());
                    await report.ReportAsync(new RunEvent.Planned(plan, DryRun: false), stop);
                    using (var gates = cloud.Gates(headers))
                    {
                        return (await new DeployRun(cloud.Deployer, gates, report, time, Random.Shared).RunAsync(plan, stopping)).Outcome.ExitCode();
                    }

                default:
                    throw new InvalidOperationException("a decision that is none of its kinds");
            }
        }
        catch (DeployException ex)
        {
            return await EndAsync(ex.Outcome, ex.Message, ex.Next, [], ex.Details);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return await EndAsync(Outcome.Cancelled, "The job was cancelled before anything was created.", "", []);
        }
        finally
        {
            // Reports of a failed plan ask too.
            cloud?.Dispose();
        }
    }

    /// <summary>Before the comment: a record that is not ended looks as if something ran still, and at the end of a cancelled job there is time for one of them at least.</summary>
    private IEnumerable<IReporter> Records(Cloud cloud, CommonInputs inputs, string verb) => cloud.GitHub is { } github && runner is { Repository: { } repository, RunId: > 0 }
        ? [new RecordReporter(github, cloud.ReportReader, repository, inputs.Application, verb, runner, log, time)]
        : [];

    /// <summary>The post stage: settles what the main stage has left if it was ended before it could; creates nothing.</summary>
    public async Task<ExitCode> SettleAsync(SettleOptions options)
    {
        if (runner.State(RunState.Settled) is not null || runner.State(RunState.Deployments) is not { } left)
        {
            return ExitCode.Succeeded;
        }

        if (RunState.Read(left) is not { } entries)
        {
            await log.WarnAsync("The main stage's state cannot be read, so a deployment that it may have begun is left as it is.");
            return ExitCode.Failed;
        }

        var (inputs, onCancel) = new InputReading(reader, runner).Settle(options);
        if (stray.Count + reader.Errors.Count > 0)
        {
            return await App.BadInputAsync(log, runner, "settle", [.. stray, .. reader.Errors]);
        }

        await log.SayAsync($"The main stage was ended before it could say how {Words.Names([.. entries.Select(entry => entry.Id ?? $"the deployment to {entry.Group}")], 5)} ended.");
        try
        {
            using var cloud = await Cloud.OpenAsync(inputs, runner, log, time, stop);
            var found = new List<PastDeployment>();
            foreach (var entry in entries)
            {
                if (await LeftAsync(cloud, entry) is { } past)
                {
                    found.Add(past);
                }
            }

            if (found.Count == 0)
            {
                await log.SayAsync("No deployment of this run was found, so there is nothing to settle.");
                return ExitCode.Succeeded;
            }

            var basis = await cloud.BasisAsync(found.Select(past => past.Revision), stop);
            var groups = await cloud.Reader.GroupsAsync([.. found.Select(past => past.Group)], null, stop);
            var plans = found.Select((past, at) => Planner.Watch(basis, new WatchSettings(true, inputs.Timeout, FailureAllowance.None, onCancel), groups[at].State, past)).ToList();
            var plan = StageEnvironment.Into(plans[0] with { Verb = found[0].Marker?.Verb ?? "deploy", Groups = [.. plans.SelectMany(one => one.Groups)] }, cloud.Claims["environment"], null);
            List<IReporter> reporters = [new SummaryReporter(runner.SummaryFile, runner.Secrets.Hide), new LogReporter(log), .. Records(cloud, inputs, plan.Verb)];
            if (inputs.Comment && cloud.GitHub is { } github && runner.Repository is { } repository)
            {
                reporters.Add(new CommentReporter(github, new ChangePulls(github, repository, runner.Trigger), cloud.ReportReader, repository, inputs.Application, null, runner.RunUrl, runner.Secrets.Hide, log, time));
            }

            using var gates = cloud.Gates([]);
            var (_, settled) = await new DeployRun(cloud.Deployer, gates, new ReporterGroup(reporters, log.WarnAsync), time, Random.Shared).SettleAsync(plan, stop);
            return settled ? ExitCode.Succeeded : ExitCode.Failed;
        }
        catch (DeployException ex)
        {
            await log.WriteAsync(new LogLine.Problem("A deployment may still be running", $"{ex.Message} {ex.Next}"));
            return ex.Outcome.ExitCode();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }
    }

    /// <summary>By its id, or where the answer was never seen by its description: the request may have been on its way when the process ended.</summary>
    private async Task<PastDeployment?> LeftAsync(Cloud cloud, StateEntry entry)
    {
        if (entry.Id is { } known && DeploymentId.TryParse(known, out var id))
        {
            return await cloud.Reader.DeploymentAsync(id, stop);
        }

        if (!DeploymentGroupName.TryParse(entry.Group, out var group))
        {
            return null;
        }

        foreach (var pause in LeftLooks)
        {
            await Task.Delay(pause, time, stop);
            if ((await cloud.Reader.HistoryAsync(group, null, stop)).Deployments.FirstOrDefault(past => past.IsBySomebody && past.Description == entry.Description) is { } own)
            {
                return own;
            }
        }

        return null;
    }

    /// <summary>Whom to turn to is a courtesy: where it cannot be read it is left out.</summary>
    private async Task<ServiceContact?> ContactAsync(CommonInputs inputs, CancellationToken ct)
    {
        try
        {
            return inputs.GithubToken is { } token && runner.Repository is { } repository && await new GitHubApi(runner.ApiUrl, token, time).FileAsync(repository, inputs.Config, ct) is { } file
                ? ReleaseFileSource.Contact(file, inputs.Application)
                : null;
        }
        catch (Exception ex) when (ex is ApiException or HttpRequestException or TimeoutException or FormatException or OperationCanceledException)
        {
            return null;
        }
    }

    private string? ResultFile(CommonInputs inputs) => inputs.ResultFile is { } file ? Path.Combine(runner.Workspace, file) : null;
}
