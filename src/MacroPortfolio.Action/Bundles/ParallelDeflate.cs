using System.Collections.Concurrent;
using System.IO.Compression;
using System.IO.Hashing;

namespace MacroPortfolio.Action.Bundles;

/// <summary>A piece of an entry, as it stands in the archive.</summary>
/// <param name="Raw">The same as it is; null where the entry has several pieces.</param>
internal sealed record Piece(ReadOnlyMemory<byte> Deflated, ReadOnlyMemory<byte>? Raw, bool IsLast, uint Crc, long Size);

/// <summary>
/// Deflates entries on all processors, in pieces of a fixed size that know nothing of each other, so that how many processors there are changes no byte.
/// Some pieces are ahead of the writer and no more, which bounds the memory.
/// </summary>
internal sealed class ParallelDeflate : IDisposable
{
    private const int PieceSize = 1 << 20;
    private const int SampleSize = 1 << 12;

    /// <summary>Two times as fast as the highest, and a fiftieth larger.</summary>
    private static readonly ZLibCompressionOptions Level = new() { CompressionLevel = 2 };

    private static readonly ZLibCompressionOptions AsItIs = new() { CompressionLevel = 0 };

    private readonly BlockingCollection<Task<Piece>> ahead = new(Environment.ProcessorCount * 4);
    private readonly CancellationTokenSource stopped;
    private readonly Task reading;

    public ParallelDeflate(IEnumerable<TreeEntry> files, CancellationToken ct)
    {
        stopped = CancellationTokenSource.CreateLinkedTokenSource(ct);
        reading = Task.Factory.StartNew(() => Read(files), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Writes the next file, in the order in which they were given.</summary>
    public ZipContent WriteNext(Stream output)
    {
        while (true)
        {
            var piece = Take();
            var isStored = piece is { IsLast: true, Raw: { } all } && all.Length <= piece.Deflated.Length;
            output.Write(isStored ? piece.Raw!.Value.Span : piece.Deflated.Span);
            if (piece.IsLast)
            {
                return new ZipContent(piece.Crc, piece.Size, !isStored);
            }
        }
    }

    public void Dispose()
    {
        stopped.Cancel();
        reading.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        ahead.Dispose();
        stopped.Dispose();
    }

    private Piece Take()
    {
        if (ahead.TryTake(out var next, Timeout.Infinite, stopped.Token))
        {
            return next.GetAwaiter().GetResult();
        }

        // Nothing more comes: what went wrong is told here.
        reading.GetAwaiter().GetResult();
        throw new InvalidOperationException("there are no more files");
    }

    private void Read(IEnumerable<TreeEntry> files)
    {
        try
        {
            foreach (var entry in files)
            {
                using var file = new FileStream(entry.Place, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
                Split(file);
            }
        }
        finally
        {
            ahead.CompleteAdding();
        }
    }

    private void Split(FileStream file)
    {
        var crc = new Crc32();
        var size = 0L;
        var piece = Next(file);
        for (var isFirst = true; ; isFirst = false)
        {
            crc.Append(piece.Span);
            size += piece.Length;
            var following = piece.Length < PieceSize ? ReadOnlyMemory<byte>.Empty : Next(file);
            var (now, isLast, isOnly) = (piece, following.IsEmpty, isFirst && following.IsEmpty);
            var (sum, read) = (isLast ? crc.GetCurrentHashAsUInt32() : 0, size);
            ahead.Add(Task.Run(() => new Piece(Deflate(now.Span, isLast), isOnly ? now : (ReadOnlyMemory<byte>?)null, isLast, sum, read), stopped.Token), stopped.Token);
            if (isLast)
            {
                return;
            }

            piece = following;
        }
    }

    private static ReadOnlyMemory<byte> Next(FileStream file)
    {
        var left = file.Length - file.Position;
        var buffer = new byte[Math.Clamp(left + 1, 1, PieceSize)];
        return buffer.AsMemory(0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
    }

    /// <summary>What is not the last piece ends at a whole byte and not as a stream ends, so that the next can follow.</summary>
    private static ReadOnlyMemory<byte> Deflate(ReadOnlySpan<byte> piece, bool isLast)
    {
        var output = new MemoryStream((piece.Length / 2) + 64);
        using (var deflate = new DeflateStream(output, Shrinks(piece) ? Level : AsItIs, leaveOpen: true))
        {
            deflate.Write(piece);
            if (!isLast)
            {
                deflate.Flush();
                return output.GetBuffer().AsMemory(0, (int)output.Length);
            }
        }

        // .NET leaves out the end of a stream that nothing was written to.
        return output.Length == 0 ? new byte[] { 3, 0 } : output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    /// <summary>Deflating what is compressed or encrypted already takes longest and gains nothing. There nearly all bytes are equally frequent, which samples tell.</summary>
    private static bool Shrinks(ReadOnlySpan<byte> piece)
    {
        if (piece.Length < 4 * SampleSize)
        {
            return true;
        }

        Span<long> counts = stackalloc long[256];
        Count(piece[..SampleSize], counts);
        Count(piece.Slice((piece.Length - SampleSize) / 2, SampleSize), counts);
        Count(piece[^SampleSize..], counts);
        var squares = 0L;
        foreach (var count in counts)
        {
            squares += count * count;
        }

        // As many as chance would give, and a fifth more.
        const long sampled = 3 * SampleSize;
        return squares > sampled + (sampled * sampled * 6 / (256 * 5));
    }

    private static void Count(ReadOnlySpan<byte> bytes, Span<long> counts)
    {
        foreach (var one in bytes)
        {
            counts[one]++;
        }
    }
}
