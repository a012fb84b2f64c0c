using System.Text;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>
/// What the scripts of an event say: all of it in the deployment's <c>scripts.log</c> and in the agent's log of all deployments, the end of it for the service.
/// </summary>
internal sealed class ScriptLog(string deploymentId, Stream file, Stream allDeployments, TimeProvider time) : IDisposable
{
    /// <summary>The agent's limit. It keeps whole lines below it.</summary>
    private const int TailLimit = 2048;

    private readonly Lock _lock = new();
    private readonly Queue<string> _tail = [];
    private int _tailLength;

    public string Tail
    {
        get
        {
            lock (_lock)
                return string.Concat(_tail);
        }
    }

    public void Add(string line)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            file.Write(Encoding.UTF8.GetBytes($"{now:yyyy-MM-dd HH:mm:ss} {line}\n"));
            allDeployments.Write(Encoding.UTF8.GetBytes($"[{now:yyyy-MM-dd HH:mm:ss.fff}] [{deploymentId}]{line}\n"));

            // The end of a line that is too long by itself is still worth more than nothing.
            var entry = $"{(line.Length < TailLimit ? line : line[^(TailLimit - 2)..])}\n";
            _tail.Enqueue(entry);
            _tailLength += entry.Length;
            while (_tailLength >= TailLimit)
                _tailLength -= _tail.Dequeue().Length;
        }
    }

    public void Dispose()
    {
        file.Dispose();
        allDeployments.Dispose();
    }
}
