using MacroPortfolio.Action.Bundles;
using MacroPortfolio.Action.GitHub;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Action.Yaml;
using MacroPortfolio.Core.Checks;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning.AppSpec;
using MacroPortfolio.Core.Planning.Stages;
using MacroPortfolio.Core.Releases;
using MacroPortfolio.Core.Reporting;
using Octokit;

namespace MacroPortfolio.Action.Checks;

/// <summary>Walks the path of a deployment step by step. A step that fails stops none that can be looked at without it.</summary>
internal sealed class PathCheck(CheckInputs inputs, RunnerEnvironment runner, Log log, TimeProvider time, CancellationToken stop)
{
    private readonly List<CheckLine> lines = [];

    public async Task<CheckReport> RunAsync()
    {
        Job();
        Cloud? cloud = null;
        try
        {
            cloud = await Cloud.OpenAsync(inputs.Common, runner, log, time, stop);
            await SessionAsync(cloud);
            var groups = await AwsAsync(cloud);
            await PermissionsAsync(cloud, groups);
        }
        catch (DeployException ex)
        {
            lines.Add(CheckLine.Of("role", ex));
            lines.Add(CheckLine.Unknown("AWS", "Without a session nothing more could be asked of AWS."));
        }

        using (cloud)
        {
            await RevisionAsync(cloud);
            await GitHubAsync(cloud);
        }

        return new CheckReport(inputs.Common.Application, inputs.Common.Region, lines);
    }

    private void Job()
    {
        if (!runner.InActions)
        {
            lines.Add(CheckLine.Pass("job", "Not in GitHub Actions: credentials are those of the environment, and nothing is known of the job that will deploy."));
        }
        else if (inputs.Common.Role is null)
        {
            lines.Add(CheckLine.Pass("job", "No role-to-assume: the credentials of the environment act."));
        }
        else if (runner.IdTokenRequest is not null)
        {
            lines.Add(CheckLine.Pass("job", "The job may ask for an OIDC token (id-token: write)."));
        }
    }

    private async Task SessionAsync(Cloud cloud)
    {
        if (cloud.Claims.Subject is { Length: > 0 } subject)
        {
            lines.Add(CheckLine.Pass("token", $"sub {subject}, aud {cloud.Claims.Audience}{(cloud.Claims["environment"] is { } environment ? $", environment {environment}" : ", no environment")}."));
        }

        var caller = await cloud.CallerArnAsync(stop);
        lines.Add(CheckLine.Pass("role", $"AWS knows this run as {caller}."));
        var account = caller.Split(':') is [_, _, _, _, var number, ..] ? number : "unknown";
        lines.Add(CheckLine.Pass("account", $"{account} in {inputs.Common.Region}{(inputs.Common.AllowedAccounts.Count > 0 ? ", one of allowed-account-ids" : "; allowed-account-ids would guard against another")}."));
    }

    /// <returns>The groups that are there.</returns>
    private async Task<IReadOnlyList<CheckedGroup>> AwsAsync(Cloud cloud)
    {
        if (await TryAsync("application", () => cloud.Fleet.ApplicationAsync(stop)) is { } application)
        {
            var platform = application.ComputePlatform?.Value ?? "Server";
            lines.Add(platform == "Server"
                ? CheckLine.Pass("application", $"{inputs.Common.Application} deploys to EC2.")
                : CheckLine.Fail("application", $"{inputs.Common.Application} deploys to {platform}, and this action deploys to EC2 only.", "Use an application whose compute platform is EC2/On-premises."));
            if (inputs.Revision is Revision.GitHub)
            {
                lines.Add(application.LinkedToGitHub == true
                    ? CheckLine.Pass("GitHub link", $"CodeDeploy is connected to GitHub{(application.GitHubAccountName is { Length: > 0 } name ? $" as {name}" : "")}, so instances can download commits.")
                    : CheckLine.Fail("GitHub link", $"CodeDeploy is not connected to GitHub for {inputs.Common.Application} in {inputs.Common.Region}, so instances cannot download commits of a private repository.", $"Once, in the AWS console, because no API can: CodeDeploy, Applications, {inputs.Common.Application}, Deployments, Create deployment, 'My application is stored in GitHub', give the account's name, 'Connect to GitHub', then cancel. Or deploy from S3 with revision: bundle:<folder>."));
            }
        }

        var names = inputs.Groups.Count > 0 ? inputs.Groups : await TryAsync("groups", () => cloud.Fleet.GroupsAsync(stop)) ?? [];
        if (names.Count == 0 && lines.All(line => line.Step is not "groups" and not "application" || line.Verdict == CheckVerdict.Pass))
        {
            lines.Add(CheckLine.Fail("groups", $"{inputs.Common.Application} has no deployment group.", "Make the groups gray and stable: aws deploy create-deployment-group, or the stack."));
        }

        var groups = new List<CheckedGroup>();
        foreach (var name in names)
        {
            if (await TryAsync($"{name}", () => cloud.Fleet.GroupAsync(name, stop)) is { } group)
            {
                groups.Add(group);
            }
        }

        var instances = await InstancesAsync(cloud);
        foreach (var group in groups)
        {
            await GroupAsync(cloud, group, instances);
        }

        lines.AddRange(FleetRules.Overlaps(groups, instances ?? []));
        return groups;
    }

    /// <summary>A courtesy that deployments do without: who may not look is told, and nothing fails.</summary>
    private async Task<IReadOnlyList<Ec2Instance>?> InstancesAsync(Cloud cloud)
    {
        try
        {
            return await cloud.Fleet.InstancesAsync(stop);
        }
        catch (DeployException ex)
        {
            lines.Add(CheckLine.Unknown("instances", $"Which instances the groups match is not known: {ex.Message}", "To see it here, allow ec2:DescribeInstances on *; deployments do without.") with { Details = ex.Outcome == Outcome.NoAccess ? ex.Details : [] });
            return null;
        }
    }

    private async Task GroupAsync(Cloud cloud, CheckedGroup group, IReadOnlyList<Ec2Instance>? instances)
    {
        var running = (instances ?? []).Where(instance => instance.IsRunning && group.Selection.Matches(instance)).ToList();
        if (instances is not null)
        {
            lines.Add(FleetRules.Instances(group, instances));
        }

        if (await TryAsync($"{group.Name}: history", async () => (await cloud.Reader.GroupsAsync([group.Name], null, stop))[0]) is { State: var state } history)
        {
            lines.Add(FleetRules.Config(group.Name, state.Health, instances is null ? (int)(state.LastFleet ?? 0) : running.Count));
            lines.Add(FleetRules.Busy(state));
            if (running.Count > 0)
            {
                var last = history.Deployments.FirstOrDefault(past => past.Phase.IsOver() && past.Created is not null)?.Id;
                var targets = last is { } id ? await TryAsync($"{group.Name}: agents", () => cloud.Deployer.TargetsAsync(id, failedOnly: false, stop)) : [];
                if (targets is not null)
                {
                    lines.Add(FleetRules.Agents(group.Name, running, last, targets));
                }
            }
        }

        if (group.Alarms.Count > 0)
        {
            await AlarmsAsync(cloud, group);
        }
    }

    private async Task AlarmsAsync(Cloud cloud, CheckedGroup group)
    {
        try
        {
            lines.Add(FleetRules.Alarms(group, await cloud.Alarms.StatesAsync(group.Alarms, stop)));
        }
        catch (Exception ex) when (ex is DeployException or TransientException or HttpRequestException or TimeoutException or IOException)
        {
            lines.Add(CheckLine.Unknown($"{group.Name}: alarms", $"The group watches {Words.Names(group.Alarms, 5)}, whose state is not known: {ex.Message}", "To see it here, allow cloudwatch:DescribeAlarms on *; deployments do without.") with { Details = ex is DeployException { Outcome: Outcome.NoAccess } denied ? denied.Details : [] });
        }
    }

    /// <summary>What a deployment takes beyond what was read already.</summary>
    private async Task PermissionsAsync(Cloud cloud, IReadOnlyList<CheckedGroup> groups)
    {
        foreach (var group in groups)
        {
            var step = $"{group.Name}: create";
            try
            {
                lines.Add(await cloud.Fleet.MayCreateAsync(group.Name, stop) is true
                    ? CheckLine.Pass(step, "May create deployments (asked with one that cannot be made).")
                    : CheckLine.Unknown(step, "Whether this role may create deployments could not be found out."));
            }
            catch (DeployException ex)
            {
                lines.Add(CheckLine.Of(step, ex));
            }
        }

        if (groups.Count > 0)
        {
            lines.Add(CheckLine.Unknown("stop", "Whether this role may stop deployments (codedeploy:StopDeployment) cannot be asked without stopping one."));
        }
    }

    private async Task RevisionAsync(Cloud? cloud)
    {
        switch (inputs.Revision)
        {
            case null:
                lines.Add(CheckLine.Unknown("revision", "No revision was given, and there is no job whose commit would be deployed.", "Give revision to check it too."));
                break;

            case Revision.GitHub hub when cloud?.GitHub is { } github:
                await GitHubRevisionAsync(github, hub);
                break;

            case Revision.GitHub hub:
                lines.Add(CheckLine.Unknown("revision", $"{hub.Label} could not be looked at: there is no github-token."));
                break;

            case Revision.Bundle bundle:
                BundleRevision(bundle);
                break;

            case Revision.S3 s3 when cloud is not null && await TryAsync("revision", () => cloud.ObjectAsync(s3, stop)) is { } what:
                lines.Add(what);
                break;
        }
    }

    private async Task GitHubRevisionAsync(GitHubApi github, Revision.GitHub hub)
    {
        try
        {
            var title = await github.TitleAsync(hub.Repository, hub.Id, stop);
            lines.Add(CheckLine.Pass("revision", $"{hub.Label} is there: \"{PlainText.Cut(title ?? "", 80)}\"."));
            AppSpec(await AppSpecReading.OfAsync(github, hub, stop));
        }
        catch (ApiException ex) when (ex is NotFoundException or ApiValidationException)
        {
            lines.Add(CheckLine.Fail("revision", $"{hub.Label} is not in {hub.Repository}, or the token may not read it.", "Push the commit; the job needs contents: read."));
        }
        catch (Exception ex) when (ex is ApiException or HttpRequestException or TimeoutException)
        {
            lines.Add(CheckLine.Unknown("revision", $"GitHub did not tell whether {hub.Label} is there: {GitHubApi.Words(ex).TrimEnd('.', ' ')}.", "The job needs contents: read."));
        }
    }

    /// <param name="findings">Null where it could not be read.</param>
    private void AppSpec(IReadOnlyList<AppSpecFinding>? findings)
    {
        foreach (var finding in findings ?? [])
        {
            lines.Add(new CheckLine(
                $"AppSpec {finding.Line}:{finding.Column}",
                finding.Severity == AppSpecSeverity.Error ? CheckVerdict.Fail : CheckVerdict.Unknown,
                $"{AppSpecReading.Words(finding)} ({AppSpecReading.When(finding.Stage)}).",
                AppSpecReading.Sentence(finding.Fix)));
        }

        if (findings is null or [])
        {
            lines.Add(findings is null ? CheckLine.Unknown("AppSpec", "GitHub did not tell what the AppSpec is.") : CheckLine.Pass("AppSpec", "The agent would take it."));
        }
    }

    private void BundleRevision(Revision.Bundle bundle)
    {
        try
        {
            var tree = BundleTree.Read(Path.Combine(runner.Workspace, bundle.Folder));
            lines.Add(CheckLine.Pass("revision", $"{bundle.Text}: {Words.Some(tree.Entries.Count, "file")}, {Words.Bytes(tree.Size)}{(tree.LeftOut.Count > 0 ? $", {tree.LeftOut.Count} left out" : "")}."));
            AppSpec(AppSpecReading.Of(tree));
        }
        catch (DeployException ex)
        {
            lines.Add(CheckLine.Of("revision", ex));
        }
    }

    private async Task GitHubAsync(Cloud? cloud)
    {
        if (runner.Repository is not { } repository)
        {
            return;
        }

        if (cloud?.GitHub is not { } github)
        {
            lines.Add(CheckLine.Unknown("GitHub", "There is no github-token, so titles, comments and the release file are not looked at."));
            return;
        }

        await LookAsync("release file", "contents: read", async () => Rules(await github.FileAsync(repository, inputs.Common.Config, stop)));
        if (runner.Commit is { } commit)
        {
            await LookAsync("pull requests", "pull-requests: write", async () =>
            {
                var pulls = await github.PullsAsync(repository, commit, stop);
                return CheckLine.Pass("pull requests", pulls.Count == 0 ? "No pull request is known of this run's commit; comments need pull-requests: write." : $"The comment would go to {string.Join(", ", pulls.Select(number => $"#{number}"))}, for which the job needs pull-requests: write.");
            });
        }

        await LookAsync("deployments", "deployments: write", async () =>
        {
            await github.DeploymentsAsync(repository, stop);
            return CheckLine.Pass("deployments", "The repository's deployments can be read.");
        });
        if (cloud.Claims["environment"] is { } environment)
        {
            await LookAsync("environment", "actions: read", async () => Rules(environment, await github.EnvironmentAsync(repository, environment, stop)));
        }
    }

    /// <param name="text">Of the release file; null where there is none.</param>
    private CheckLine Rules(string? text)
    {
        if (text is null)
        {
            return CheckLine.Pass("release file", $"There is no {inputs.Common.Config} on the default branch, so the stages are the groups gray and stable.");
        }

        var (file, problems) = ReleaseFileReading.Read(YamlText.Read(text));
        return (file, problems) switch
        {
            (null, _) => CheckLine.Fail("release file", $"{inputs.Common.Config} at the tip of the default branch cannot be read as rules: {string.Join(" ", problems.Select(problem => $"{problem}."))}", "Mend it on the default branch: it is read from there, whatever is released."),
            _ when file.Application != inputs.Common.Application => CheckLine.Fail("release file", $"{inputs.Common.Config} has the rules of application {file.Application}, not of {inputs.Common.Application}.", "Name its own with the input config."),
            _ => CheckLine.Pass("release file", $"{inputs.Common.Config} at the tip of the default branch: {Words.Names([.. file.Stages.Select(stage => stage.Name.Value)], 20)}."),
        };
    }

    private static CheckLine Rules(string name, EnvironmentAnswer? environment)
    {
        if (environment is null)
        {
            return CheckLine.Unknown("environment", $"GitHub shows no environment {name}.", "It is made when a job first names it; its rules are set under Settings, Environments.");
        }

        var rules = environment.ProtectionRules ?? [];
        var words = new[]
        {
            rules.Any(rule => rule.Type == "required_reviewers") ? "reviewers must approve" : null,
            rules.Sum(rule => rule.WaitTimer ?? 0) is > 0 and var minutes ? $"waits {minutes} min" : null,
            environment.DeploymentBranchPolicy is not null ? "only some branches" : null,
        }.OfType<string>().ToList();
        return name.EndsWith("-rollback", StringComparison.Ordinal) && words.Any(rule => rule != "only some branches")
            ? CheckLine.Fail("environment", $"{name}: {string.Join(", ", words)}, and the way back must not wait.", "Take reviewers and timer away from the environment of rollbacks.")
            : CheckLine.Pass("environment", $"{name}: {(words.Count > 0 ? string.Join(", ", words) : "no rules")}.");
    }

    private async Task LookAsync(string step, string permission, Func<Task<CheckLine>> look)
    {
        try
        {
            lines.Add(await look());
        }
        catch (Exception ex) when (ex is ApiException or HttpRequestException or TimeoutException or FormatException)
        {
            lines.Add(CheckLine.Unknown(step, $"GitHub did not tell: {GitHubApi.Words(ex).TrimEnd('.', ' ')}.", ex is ForbiddenException or NotFoundException ? $"The job needs '{permission}' in its permissions." : ""));
        }
    }

    /// <returns>Null where it failed, which has a line then.</returns>
    private async Task<T?> TryAsync<T>(string step, Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (DeployException ex)
        {
            lines.Add(CheckLine.Of(step, ex));
        }
        catch (TransientException ex)
        {
            lines.Add(CheckLine.Unknown(step, ex.Message, "Run the check again."));
        }

        return null;
    }
}
