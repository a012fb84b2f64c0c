using Amazon.Runtime;

namespace MacroPortfolio.Action.Aws;

/// <summary>
/// One pool of connections for all AWS clients of a run. Left to itself the SDK gives each client as many pools as there are processors and takes turns among them,
/// so that nearly every request before the create request would pay for a connection and a TLS handshake of its own.
/// </summary>
internal sealed class Connections : HttpClientFactory, IDisposable
{
    /// <summary>A run may last for hours, and what a name stands for changes.</summary>
    private readonly SocketsHttpHandler pool = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(10) };

    /// <summary>The SDK disposes the client with its own; the pool stays.</summary>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        var client = new HttpClient(pool, disposeHandler: false);
        if (clientConfig.Timeout is { } timeout)
        {
            client.Timeout = timeout;
        }

        return client;
    }

    public void Dispose() => pool.Dispose();
}
