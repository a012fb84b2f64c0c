using MacroPortfolio.Simulator.Fleet.Bundles;
using MacroPortfolio.Simulator.Fleet.Machine;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>DownloadBundle: makes room, fetches the revision, unpacks it.</summary>
internal sealed class Download(InstanceFiles files, IBundleStore bundles)
{
    /// <summary><c>max_revisions</c> of the agent's configuration.</summary>
    private const int KeptRevisions = 5;

    public async Task RunAsync(HostDeployment deployment, CancellationToken ct)
    {
        var folders = AgentFolders.Of(deployment);
        Prune(folders);

        await using (var revision = await bundles.OpenAsync(deployment.Bundle, ct))
        await using (var file = files.OpenWrite(folders.Bundle))
        {
            if (deployment.DiskIsFull)
                throw new AgentException($"No space left on device @ io_write - {folders.Bundle}");
            await revision.CopyToAsync(file, ct);
        }

        files.DeleteTree(folders.Archive);
        files.MakeFolder(folders.Archive);
        using (var archive = files.Below(folders.Archive))
        await using (var bundle = files.OpenRead(folders.Bundle))
            await Archive.UnpackAsync(bundle, deployment.Bundle is BundleSource.S3 s3 ? s3.BundleType : "tar", archive, ct);
        StripTopFolder(folders);

        files.MakeFolders(AgentFolders.Instructions);
        files.WriteText(folders.MostRecentInstall, folders.Deployment);
    }

    /// <summary>Keeps the newest deployments of the group, and the last successful one however old it is.</summary>
    private void Prune(AgentFolders folders)
    {
        var others = files.Names(folders.Group).Select(name => InstancePath.Join(folders.Group, name)).Where(folder => folder != folders.Deployment).ToArray();
        var lastSuccessful = files.Exists(folders.LastSuccessfulInstall) ? files.ReadText(folders.LastSuccessfulInstall).Trim() : null;
        foreach (var folder in others.Where(folder => folder != lastSuccessful).OrderBy(files.Modified).Take(others.Length - KeptRevisions + 1))
            files.DeleteTree(folder);
    }

    /// <summary>GitHub puts all files into one folder. It counts as the bundle's top when the AppSpec is in it.</summary>
    private void StripTopFolder(AgentFolders folders)
    {
        if (files.Names(folders.Archive) is not [var only])
            return;
        var top = InstancePath.Join(folders.Archive, only);
        if (files.LinkText(top) is not null || !files.IsFolder(top) || !files.Names(top).Any(name => name.Contains("appspec", StringComparison.OrdinalIgnoreCase)))
            return;

        var aside = $"{folders.Archive}-temp";
        files.DeleteTree(aside);
        files.MoveFolder(folders.Archive, aside);
        files.MoveFolder(InstancePath.Join(aside, only), folders.Archive);
        files.DeleteFolderIfEmpty(aside);
    }
}
