using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MacroPortfolio.Action.Bundles;

/// <summary>What of an entry's content stands in the archive.</summary>
/// <param name="IsDeflated">False: as it is.</param>
internal sealed record ZipContent(uint Crc, long Size, bool IsDeflated);

/// <summary>
/// The format of a zip, entry by entry, into a stream that can seek; large ones with ZIP64. .NET's own ZipArchive deflates on one processor only.
/// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
/// </summary>
internal sealed class ZipWriter(Stream output) : IDisposable
{
    private const ushort NeededPlain = 20;
    private const ushort NeededForZip64 = 45;

    /// <summary>Made on Unix, so that modes and links are believed.</summary>
    private const ushort MadeBy = (3 << 8) | NeededForZip64;

    private const ushort NamesAreUtf8 = 1 << 11;
    private const ushort Deflated = 8;

    /// <summary>1980-01-01, the first day that the format has.</summary>
    private const ushort Date = (1 << 5) | 1;

    private const uint Beyond32 = uint.MaxValue;
    private const ushort Beyond16 = ushort.MaxValue;

    private readonly List<Written> entries = [];

    /// <param name="mode">Of Unix, with the kind of the file.</param>
    /// <param name="size">At most; the content says how much it was.</param>
    /// <param name="writeContent">Writes what stands in the archive to the stream, and tells what it is.</param>
    public void Add(string path, int mode, long size, Func<Stream, ZipContent> writeContent)
    {
        var name = Encoding.UTF8.GetBytes(path);
        var start = output.Position;
        var isLarge = size >= Beyond32 - (Beyond32 >> 8);
        WriteHead(name, isLarge, new ZipContent(0, 0, false), 0);
        var first = output.Position;
        var content = writeContent(output);
        var written = output.Position - first;
        var end = output.Position;
        output.Position = start;
        WriteHead(name, isLarge, content, written);
        output.Position = end;
        entries.Add(new Written(name, mode, start, content, written));
    }

    public void Dispose()
    {
        var start = output.Position;
        foreach (var entry in entries)
        {
            WriteListing(entry);
        }

        WriteEnd(start, output.Position - start);
        output.Dispose();
    }

    private void WriteHead(byte[] name, bool isLarge, ZipContent content, long written)
    {
        if (!isLarge && Math.Max(content.Size, written) >= Beyond32)
        {
            throw new IOException($"'{Encoding.UTF8.GetString(name)}' grew while it was read.");
        }

        var head = new Fields()
            .U32(0x04034b50).U16(isLarge ? NeededForZip64 : NeededPlain).U16(NamesAreUtf8).U16(content.IsDeflated ? Deflated : (ushort)0).U16(0).U16(Date)
            .U32(content.Crc).U32(isLarge ? Beyond32 : (uint)written).U32(isLarge ? Beyond32 : (uint)content.Size)
            .U16((ushort)name.Length).U16((ushort)(isLarge ? 20 : 0)).Bytes(name);
        output.Write((isLarge ? head.U16(1).U16(16).U64(content.Size).U64(written) : head).Written);
    }

    private void WriteListing(Written entry)
    {
        var extra = new Fields();
        uint Word(long value)
        {
            if (value < Beyond32)
            {
                return (uint)value;
            }

            extra.U64(value);
            return Beyond32;
        }

        var (size, written, start) = (Word(entry.Content.Size), Word(entry.Size), Word(entry.Start));
        var large = extra.Written.Length > 0;
        output.Write(new Fields()
            .U32(0x02014b50).U16(MadeBy).U16(large ? NeededForZip64 : NeededPlain).U16(NamesAreUtf8).U16(entry.Content.IsDeflated ? Deflated : (ushort)0).U16(0).U16(Date)
            .U32(entry.Content.Crc).U32(written).U32(size).U16((ushort)entry.Name.Length).U16((ushort)(large ? extra.Written.Length + 4 : 0))
            .U16(0).U16(0).U16(0).U32((uint)entry.Mode << 16).U32(start).Bytes(entry.Name).Written);
        if (large)
        {
            output.Write(new Fields().U16(1).U16((ushort)extra.Written.Length).Bytes(extra.Written).Written);
        }
    }

    private void WriteEnd(long start, long size)
    {
        var end = output.Position;
        if (entries.Count >= Beyond16 || start >= Beyond32 || size >= Beyond32)
        {
            output.Write(new Fields()
                .U32(0x06064b50).U64(44).U16(MadeBy).U16(NeededForZip64).U32(0).U32(0).U64(entries.Count).U64(entries.Count).U64(size).U64(start)
                .U32(0x07064b50).U32(0).U64(end).U32(1).Written);
        }

        var count = (ushort)Math.Min(entries.Count, Beyond16);
        output.Write(new Fields().U32(0x06054b50).U16(0).U16(0).U16(count).U16(count).U32((uint)Math.Min(size, Beyond32)).U32((uint)Math.Min(start, Beyond32)).U16(0).Written);
    }

    private sealed record Written(byte[] Name, int Mode, long Start, ZipContent Content, long Size);

    /// <summary>Numbers one after the other, the lowest byte first.</summary>
    private sealed class Fields
    {
        private readonly ArrayBufferWriter<byte> bytes = new();

        public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

        public Fields U16(ushort value)
        {
            Span<byte> word = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(word, value);
            return Bytes(word);
        }

        public Fields U32(uint value)
        {
            Span<byte> word = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(word, value);
            return Bytes(word);
        }

        public Fields U64(long value)
        {
            Span<byte> word = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(word, value);
            return Bytes(word);
        }

        public Fields Bytes(ReadOnlySpan<byte> more)
        {
            bytes.Write(more);
            return this;
        }
    }
}
