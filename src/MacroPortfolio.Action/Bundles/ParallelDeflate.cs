using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Compression;
using System.IO.Hashing;

namespace MacroPortfolio.Action.Bundles;

/// <summary>Bytes in an array of the pool.</summary>
internal readonly record struct Rented(byte[] Array, int Length)
{
    public ReadOnlySpan<byte> Span => Array.AsSpan(0, Length);

    public void Return() => ArrayPool<byte>.Shared.Return(Array);
}

/// <summary>A piece of an entry, as it stands in the archive and as it is.</summary>
/// <param name="IsOnly">The entry has no other.</param>
internal sealed record Piece(Rented Deflated, Rented Raw, bool IsOnly, bool IsLast, uint Crc, long Size);

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
            var isStored = piece.IsOnly && piece.Raw.Length <= piece.Deflated.Length;
            output.Write(isStored ? piece.Raw.Span : piece.Deflated.Span);
            piece.Raw.Return();
            piece.Deflated.Return();
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
            var following = piece.Length < PieceSize ? default : Next(file);
            var (now, isLast, isOnly) = (piece, following.Length == 0, isFirst && following.Length == 0);
            var (sum, read) = (isLast ? crc.GetCurrentHashAsUInt32() : 0, size);
            ahead.Add(Task.Run(() => new Piece(Deflate(now.Span, isLast), now, isOnly, isLast, sum, read), stopped.Token), stopped.Token);
            if (isLast)
            {
                return;
            }

            piece = following;
        }
    }

    private static Rented Next(FileStream file)
    {
        var wanted = (int)Math.Clamp(file.Length - file.Position + 1, 1, PieceSize);
        var buffer = ArrayPool<byte>.Shared.Rent(wanted);
        return new Rented(buffer, file.ReadAtLeast(buffer.AsSpan(0, wanted), wanted, throwOnEndOfStream: false));
    }

    /// <summary>What is not the last piece ends at a whole byte and not as a stream ends, so that the next can follow.</summary>
    private static Rented Deflate(ReadOnlySpan<byte> piece, bool isLast)
    {
        // Nothing grows by more than an eighth: that is a literal in nine bits.
        var buffer = ArrayPool<byte>.Shared.Rent(piece.Length + (piece.Length / 8) + 1_024);
        var output = new MemoryStream(buffer);
        using (var deflate = new DeflateStream(output, Shrinks(piece) ? Level : AsItIs, leaveOpen: true))
        {
            deflate.Write(piece);
            if (!isLast)
            {
                deflate.Flush();
                return new Rented(buffer, (int)output.Position);
            }
        }

        if (output.Position == 0)
        {
            // .NET leaves out the end of a stream that nothing was written to.
            output.Write([3, 0]);
        }

        return new Rented(buffer, (int)output.Position);
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
