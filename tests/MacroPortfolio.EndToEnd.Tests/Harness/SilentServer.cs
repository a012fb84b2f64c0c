using System.Net;
using System.Net.Sockets;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>A loopback port that takes requests and answers none of them, but knows whether anybody came.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> visitors = [];
    private readonly TaskCompletionSource visited = new();

    public SilentServer()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    public bool WasAsked => visited.Task.IsCompleted;
    public Task Visited => visited.Task;

    public void Dispose()
    {
        listener.Dispose();
        visitors.ForEach(visitor => visitor.Dispose());
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                visitors.Add(await listener.AcceptTcpClientAsync());
                visited.TrySetResult();
            }
        }
        catch (Exception ex) when (ex is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
