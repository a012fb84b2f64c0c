using System.Text;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>What the scripts of an event say: all of it in the deployment's <c>scripts.log</c>, the end of it for the service.</summary>
internal sealed class ScriptLog(Stream file, TimeProvider time) : IDisposable
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
            file.Write(Encoding.UTF8.GetBytes($"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss} {line}\n"));

            // The end of a line that is too long by itself is still worth more than nothing.
            var entry = $"{(line.Length < TailLimit ? line : line[^(TailLimit - 2)..])}\n";
            _tail.Enqueue(entry);
            _tailLength += entry.Length;
            while (_tailLength >= TailLimit)
                _tailLength -= _tail.Dequeue().Length;
        }
    }

    public void Dispose() => file.Dispose();
}
