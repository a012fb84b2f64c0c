using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Amazon.CodeDeploy.Tests.Server;

/// <summary>A server on bytes: it records what it is sent and answers by script, the last answer over and over.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<ReceivedRequest> requests = new();
    private readonly TaskCompletionSource received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<Answer> script;
    private readonly Task accepting;

    public RawServer(params IEnumerable<Answer> script)
    {
        this.script = new Queue<Answer>(script);
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Url => $"http://{listener.LocalEndpoint}";

    public IReadOnlyList<ReceivedRequest> Requests => [.. requests];

    /// <summary>Completes with the first request.</summary>
    public Task Received => received.Task;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
                conversations.Add(ConverseAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        finally
        {
            await Task.WhenAll(conversations).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            var incoming = new BufferedStream(stream);
            while (await ReceivedRequest.ReadAsync(incoming, stop.Token) is { } request)
            {
                requests.Enqueue(request);
                received.TrySetResult();
                switch (NextAnswer())
                {
                    case Answer.Http http: await stream.WriteAsync(http.ToBytes(), stop.Token); break;
                    case Answer.Dropped: return;
                    case Answer.Silence: await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token); break;
                }
            }
        }
    }

    private Answer NextAnswer()
    {
        lock (script)
            return script.Count > 1 ? script.Dequeue() : script.Peek();
    }
}
