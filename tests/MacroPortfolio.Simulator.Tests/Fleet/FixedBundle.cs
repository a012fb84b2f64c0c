using MacroPortfolio.Simulator.Fleet;

namespace MacroPortfolio.Simulator.Tests.Fleet;

/// <summary>A store that has one archive, whatever is asked for.</summary>
internal sealed class FixedBundle(byte[] archive) : IBundleStore
{
    public Task<Stream> OpenAsync(BundleSource source, CancellationToken ct) => Task.FromResult<Stream>(new MemoryStream(archive));
}
