using Amazon.Runtime;
using MacroPortfolio.Action.Wire;

namespace MacroPortfolio.Action.Aws;

/// <summary>
/// One pool of connections for AWS and for the job's tokens. Left to itself the SDK gives each client as many pools as there are processors and takes turns among them,
/// so that nearly every request before the create request would pay for a connection and a TLS handshake of its own. The pool obeys the proxy variables.
/// </summary>
internal sealed class Connections(TimeProvider time) : HttpClientFactory, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A run may last for hours, and what a name stands for changes. Neither AWS nor GitHub's token service redirects, and one that does must not get
    /// a token or a create request a second time.
    /// </summary>
    private readonly SocketsHttpHandler pool = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(10), AllowAutoRedirect = false, UseCookies = false };

    /// <summary>The SDK disposes the client with its own; the pool stays.</summary>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => Client(clientConfig.Timeout ?? Limit);

    /// <param name="limit">For each call.</param>
    public HttpClient Client(TimeSpan limit) => new(new CallLimit(pool, limit, time), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => pool.Dispose();
}
