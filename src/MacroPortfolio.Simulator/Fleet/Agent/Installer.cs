using MacroPortfolio.Simulator.Fleet.Machine;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>Install: removes what the last installation put there, copies the new files, sets their permissions.</summary>
internal sealed class Installer(InstanceFiles files, Accounts accounts, Action<string> log)
{
    public async Task RunAsync(HostDeployment deployment, CancellationToken ct)
    {
        var folders = AgentFolders.Of(deployment);
        files.MakeFolders(AgentFolders.Instructions);
        var appSpec = AppSpecFile.ReadForInstall(files, folders.Archive);
        if (appSpec.Permissions.Any(permission => permission.HasMore))
            log("acls and context of an AppSpec's permissions are not applied");

        RemoveLastInstall(folders.Cleanup);
        var plan = new InstallPlanner(files, folders.Archive, appSpec.FileExistsBehavior ?? deployment.FileExistsBehavior).Plan(appSpec);
        files.WriteText(folders.InstallInstructions, plan.ToJson());

        // Each line is on the disk before its file is, so that even an installation that fails half-way is removed by the next one.
        await using (var cleanup = new StreamWriter(files.OpenWrite(folders.Cleanup)) { AutoFlush = true })
        {
            foreach (var step in plan.Steps)
            {
                // The folders still fit; the first file does not.
                if (deployment.DiskIsFull && step is InstallStep.Copy)
                    throw new AgentException("No space left on device - copy_file_range");
                await ExecuteAsync(step, cleanup, ct);
            }
        }

        files.WriteText(folders.LastSuccessfulInstall, folders.Deployment);
    }

    /// <summary>Only what the agent copied; folders only when nothing else is in them.</summary>
    private void RemoveLastInstall(string cleanup)
    {
        if (!files.Exists(cleanup))
            return;

        foreach (var path in files.ReadText(cleanup).Split('\n')[..^1].Reverse())
        {
            if (!files.Exists(InstancePath.Parent(path)))
                continue;
            if (files.LinkText(path) is null && files.IsFolder(path))
                files.DeleteFolderIfEmpty(path);
            else
                files.Delete(path);
        }

        files.Delete(cleanup);
    }

    private async Task ExecuteAsync(InstallStep step, StreamWriter cleanup, CancellationToken ct)
    {
        switch (step)
        {
            case InstallStep.Copy(var source, var destination):
                await cleanup.WriteLineAsync(destination);
                await CopyAsync(source, destination, ct);
                break;
            case InstallStep.MakeFolder(var folder):
                files.MakeFolder(folder);
                await cleanup.WriteLineAsync(folder);
                break;
            case InstallStep.ChangeMode(var path, var mode):
                files.SetMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
                break;
            // Nobody but root may give files away.
            case InstallStep.ChangeOwner(var path, var owner, var group) when Environment.IsPrivilegedProcess:
                files.SetOwner(
                    path,
                    owner is null ? InstanceFiles.Unchanged : accounts.User(owner),
                    group is null ? InstanceFiles.Unchanged : accounts.Group(group));
                break;
        }
    }

    private async Task CopyAsync(string source, string destination, CancellationToken ct)
    {
        if (files.LinkText(source) is { } text)
        {
            files.Delete(destination);
            files.MakeLink(destination, text);
            return;
        }

        await using var from = files.OpenRead(source);
        await using var to = files.OpenWrite(destination);
        await from.CopyToAsync(to, ct);

        var facts = Native.Facts(from.SafeFileHandle);
        if (Environment.IsPrivilegedProcess)
            files.SetOwner(destination, facts.Owner, facts.Group);
        files.SetMode(destination, facts.Mode);
        File.SetLastWriteTimeUtc(to.SafeFileHandle, File.GetLastWriteTimeUtc(from.SafeFileHandle));
    }
}
