using MacroPortfolio.Action.Aws;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning.AppSpec;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.Bundles;

/// <summary>A folder into an object that a deployment can name: read, zipped, uploaded unless it is there, and registered as a revision.</summary>
internal sealed class Push(BundleStore store, RevisionRegistry registry, ApplicationName application, TimeProvider time)
{
    /// <param name="temporary">A folder that has room for the archive.</param>
    /// <param name="judge">Of the AppSpec, before anything else is done.</param>
    /// <param name="before">Ends well where the rest of the run's inputs are right; nothing is uploaded before.</param>
    /// <returns>The object, in a dry run without what only an upload would tell; and in a line what was done.</returns>
    public async Task<(Revision.S3 Revision, string Words)> RunAsync(string folder, string temporary, Origin? origin, long run, bool dryRun, Func<IReadOnlyList<AppSpecFinding>, Task> judge, Task before, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var tree = BundleTree.Read(folder);
        await judge(AppSpecReading.Of(tree));
        using var archive = await Task.Run(() => BundleArchive.Write(tree, temporary, ct), ct);
        await before;
        var key = store.KeyOf(application, archive);
        var content = $"{Words.Some(tree.Entries.Count, "file")}{(tree.LeftOut.Count > 0 ? $" ({tree.LeftOut.Count} left out by .codedeployignore)" : "")}, {Words.Bytes(tree.Size)}, {Words.Bytes(archive.Size)} as zip";
        if (await store.FindAsync(key, archive, ct) is { } there)
        {
            there = there with { BuiltOf = origin };
            if (!dryRun)
            {
                await registry.RegisterAsync(there, origin, run, ct);
            }

            return (there, $"The bundle is in its bucket already, so nothing {(dryRun ? "would be" : "was")} uploaded: {there.Label} ({content}).");
        }

        if (dryRun)
        {
            return (new Revision.S3(store.Bucket, key, "zip", null, null) { BuiltOf = origin }, $"The bundle would be uploaded to s3://{store.Bucket}/{key} ({content}).");
        }

        var pushed = await store.PutAsync(key, archive, new BundleOrigin(origin?.Repository.Value, origin?.Id.Value, run), ct) with { BuiltOf = origin };
        await registry.RegisterAsync(pushed, origin, run, ct);
        return (pushed, $"The bundle is uploaded: {pushed.Label} ({content}, in {time.GetElapsedTime(began).TotalSeconds:0.0} s).");
    }
}
