using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.S3;

/// <summary>Revisions in S3, as the agent downloads them: this version if one is named, and only with this eTag if one is named.</summary>
public sealed class S3Bundles(S3Store store) : IBundleStore
{
    public async Task<Stream> OpenAsync(BundleSource source, CancellationToken ct)
    {
        if (source is not BundleSource.S3 s3)
            throw new ArgumentException($"'{source}' is not in S3.", nameof(source));
        try
        {
            var opened = store.Open(s3.Bucket, s3.Key, s3.Version);
            if (s3.ETag is null || ETags.Match(s3.ETag, opened.Version.ETag))
                return opened.Content;
            await opened.DisposeAsync();
            throw new BundleNotFoundException($"Expected deployment bundle etag {s3.ETag} but was actually {opened.Version.ETag}");
        }
        catch (AwsException error)
        {
            throw new BundleNotFoundException(error.Message);
        }
    }
}
