using Microsoft.AspNetCore.Http.Features;

namespace MacroPortfolio.Simulator.Front;

/// <summary>Notices when a service drops the connection instead of answering; the server itself tells it only later, on another thread.</summary>
internal sealed class DropNotice(IHttpRequestLifetimeFeature inner) : IHttpRequestLifetimeFeature
{
    private bool _aborted;

    public bool Dropped => _aborted || inner.RequestAborted.IsCancellationRequested;

    public CancellationToken RequestAborted
    {
        get => inner.RequestAborted;
        set => inner.RequestAborted = value;
    }

    public void Abort()
    {
        _aborted = true;
        inner.Abort();
    }
}
