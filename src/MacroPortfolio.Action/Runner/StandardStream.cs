using System.Collections.Concurrent;
using System.Text;

namespace MacroPortfolio.Action.Runner;

/// <summary>
/// Standard output or error. Whoever reads them may stop reading, and then a write to them blocks the thread: so a thread of its own writes,
/// and whoever waits for a text can give up waiting.
/// </summary>
internal sealed class StandardStream : TextWriter
{
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<(string Text, TaskCompletionSource Written)> texts = [];
    private readonly Stream stream;
    private readonly Thread writer;

    public StandardStream(Stream stream)
    {
        this.stream = stream;
        writer = new Thread(WriteAll) { IsBackground = true };
        writer.Start();
    }

    public override Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public override void Write(char value) => throw new NotSupportedException("Texts are written here, and awaited.");

    /// <summary>Ends when the text has gone out.</summary>
    public override Task WriteAsync(string? value)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        texts.Add((value ?? "", written));
        return written.Task;
    }

    public override Task WriteLineAsync(string? value) => WriteAsync($"{value}\n");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            texts.CompleteAdding();
            if (writer.Join(LastPatience))
            {
                texts.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void WriteAll()
    {
        foreach (var (text, written) in texts.GetConsumingEnumerable())
        {
            try
            {
                stream.Write(Encoding.GetBytes(text));
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
