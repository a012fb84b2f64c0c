namespace MacroPortfolio.Simulator.Fleet.Bundles;

/// <summary>Opens each kind of revision with the store that holds it.</summary>
public sealed class BundleStore(IBundleStore gitHub, IBundleStore s3) : IBundleStore
{
    public Task<Stream> OpenAsync(BundleSource source, CancellationToken ct) => source switch
    {
        BundleSource.GitHub => gitHub.OpenAsync(source, ct),
        BundleSource.S3 => s3.OpenAsync(source, ct),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "An unknown kind of revision."),
    };
}
