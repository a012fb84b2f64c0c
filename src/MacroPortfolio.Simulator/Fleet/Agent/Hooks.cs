using MacroPortfolio.Simulator.Fleet.Machine;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>Runs the scripts that an AppSpec lists for a lifecycle event (aws-codedeploy-agent, hook_executor.rb).</summary>
internal sealed class Hooks(Space space, ScriptRunner? runner, IReadOnlyDictionary<string, string> variables, TimeProvider time, Action<string> log)
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly InstanceFiles _files = space.Files;

    public async Task<EventResult> RunAsync(string lifecycleEvent, HostDeployment deployment, CancellationToken ct)
    {
        var folders = AgentFolders.Of(deployment);
        if (ArchiveFor(lifecycleEvent, folders) is not { } archive)
            return EventResults.Nothing;

        var appSpec = AppSpecFile.ReadForHooks(_files, archive);
        if (appSpec.Hooks.GetValueOrDefault(lifecycleEvent) is not { Count: > 0 } scripts)
            return EventResults.Nothing;

        _files.MakeFolders(InstancePath.Parent(folders.ScriptLog));
        _files.MakeFolders(InstancePath.Parent(AgentFolders.DeploymentsLog));
        using var scriptLog = new ScriptLog(
            deployment.DeploymentId, _files.OpenAppend(folders.ScriptLog), _files.OpenAppend(AgentFolders.DeploymentsLog), time);
        scriptLog.Add($"LifecycleEvent - {lifecycleEvent}");
        foreach (var script in scripts)
        {
            if (await RunAsync(script, InstancePath.Join(archive, script.Location), lifecycleEvent, deployment, scriptLog, ct) is { } failure)
                return new EventResult(failure.Code, script.Location, failure.Message, scriptLog.Tail);
        }

        return EventResults.Success;
    }

    private async Task<ScriptFailure?> RunAsync(
        HookScript script, string path, string lifecycleEvent, HostDeployment deployment, ScriptLog scriptLog, CancellationToken ct)
    {
        if (_files.Facts(path) is not { } facts)
            return new ScriptFailure("ScriptMissing", $"Script does not exist at specified location: {path}");

        if (!facts.IsFolder && (facts.Mode & AnyExecute) == 0)
        {
            try
            {
                _files.SetMode(path, facts.Mode | AnyExecute);
            }
            catch (IOException)
            {
                return new ScriptFailure("ScriptNotExecutable", $"Unable to set script at specified location: {script.Location} as executable");
            }
        }

        scriptLog.Add($"Script - {script.Location}");
        if (runner is null)
        {
            log($"{lifecycleEvent} would run {script.Location}; it counts as succeeded, because scripts are run only with --run-scripts");
            return null;
        }

        return await runner.RunAsync(script, path, AgentVariables(lifecycleEvent, deployment), scriptLog, ct);
    }

    /// <summary>The pointer is written when Install ends, so the last install is not always one that served.</summary>
    private string? ArchiveFor(string lifecycleEvent, AgentFolders folders) =>
        !LifecycleEvents.OfTheLastInstall.Contains(lifecycleEvent) ? folders.Archive
        : _files.Exists(folders.LastSuccessfulInstall) ? AgentFolders.ArchiveOf(_files.ReadText(folders.LastSuccessfulInstall).Trim())
        : null;

    private Dictionary<string, string> AgentVariables(string lifecycleEvent, HostDeployment deployment)
    {
        var all = new Dictionary<string, string>(variables)
        {
            ["LIFECYCLE_EVENT"] = lifecycleEvent,
            ["DEPLOYMENT_ID"] = deployment.DeploymentId,
            ["APPLICATION_NAME"] = deployment.ApplicationName,
            ["DEPLOYMENT_GROUP_NAME"] = deployment.DeploymentGroupName,
            ["DEPLOYMENT_GROUP_ID"] = deployment.DeploymentGroupId,
        };
        switch (deployment.Bundle)
        {
            case BundleSource.GitHub gitHub:
                all["BUNDLE_COMMIT"] = gitHub.CommitId;
                break;
            case BundleSource.S3 s3:
                all["BUNDLE_BUCKET"] = s3.Bucket;
                all["BUNDLE_KEY"] = s3.Key;
                if (s3.Version is not null)
                    all["BUNDLE_VERSION"] = s3.Version;
                if (s3.ETag is not null)
                    all["BUNDLE_ETAG"] = s3.ETag;
                break;
        }

        return all;
    }
}
