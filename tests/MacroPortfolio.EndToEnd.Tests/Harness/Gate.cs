using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>
/// Where the scripts of the commit <c>held</c> wait: a deployment of it lasts until its application is let through, however fast or slow the machine is.
/// </summary>
internal sealed class Gate : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> open = new();

    private Gate()
    {
    }

    /// <summary>A hook script that waits here.</summary>
    public string Script => $"""
        #!/usr/bin/env bash
        exec 3<>/dev/tcp/127.0.0.1/{((IPEndPoint)listener.LocalEndpoint).Port}
        echo "$APPLICATION_NAME" >&3
        read -r _ <&3
        """;

    public static Gate Open()
    {
        var gate = new Gate();
        gate.listener.Start();
        _ = gate.ServeAsync();
        return gate;
    }

    public void Release(string application) => Of(application).TrySetResult();

    public void Close(string application) => open[application] = new TaskCompletionSource();

    public void Dispose() => listener.Dispose();

    private TaskCompletionSource Of(string application) => open.GetOrAdd(application, _ => new TaskCompletionSource());

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = HoldAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception ex) when (ex is SocketException or ObjectDisposedException)
        {
            // The cloud is over.
        }
    }

    private async Task HoldAsync(TcpClient script)
    {
        using (script)
        {
            try
            {
                using var reader = new StreamReader(script.GetStream());
                await Of(await reader.ReadLineAsync() ?? "").Task;
                await script.GetStream().WriteAsync("go\n"u8.ToArray());
            }
            catch (IOException)
            {
                // The script's instance has ended before it was let through.
            }
        }
    }
}
