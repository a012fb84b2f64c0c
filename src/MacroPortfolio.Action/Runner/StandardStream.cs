using System.Collections.Concurrent;
using System.Text;

namespace MacroPortfolio.Action.Runner;

/// <summary>
/// Standard output or error. Whoever reads them may stop reading, and then a write to them blocks the thread: so a thread of their own writes, line by line,
/// and whoever waits for a line can give up waiting.
/// </summary>
internal sealed class StandardStream : TextWriter
{
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<(string Line, TaskCompletionSource Written)> lines = [];
    private readonly Stream stream;
    private readonly Thread writer;

    public StandardStream(Stream stream)
    {
        this.stream = stream;
        writer = new Thread(WriteAll) { IsBackground = true };
        writer.Start();
    }

    public override Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public override void Write(char value) => throw new NotSupportedException("Whole lines are written here.");

    /// <summary>Ends when the line has gone out.</summary>
    public override Task WriteLineAsync(string? value)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lines.Add(($"{value}\n", written));
        return written.Task;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lines.CompleteAdding();
            if (writer.Join(LastPatience))
            {
                lines.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void WriteAll()
    {
        foreach (var (line, written) in lines.GetConsumingEnumerable())
        {
            try
            {
                stream.Write(Encoding.GetBytes(line));
                stream.Flush();
            }
            catch (IOException)
            {
                // Nobody listens any more: what is done matters more than what is said of it.
            }

            written.SetResult();
        }
    }
}
