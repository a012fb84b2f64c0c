using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MacroPortfolio.Simulator.S3;

/// <summary>A digest of bytes that arrive in pieces.</summary>
public interface IDigest
{
    void Append(ReadOnlySpan<byte> bytes);

    byte[] Finish();
}

/// <summary>The cryptographic digests.</summary>
public sealed class HashDigest(HashAlgorithmName name) : IDigest
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(name);

    public void Append(ReadOnlySpan<byte> bytes) => hash.AppendData(bytes);

    public byte[] Finish() => hash.GetHashAndReset();
}

/// <summary>A reflected CRC that begins and ends with all bits inverted, eight bytes a step.</summary>
public sealed class CrcDigest(CrcDigest.Polynomial polynomial) : IDigest
{
    private ulong crc = polynomial.Mask;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var tables = polynomial.Tables;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var block = crc ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            crc = 0;
            for (var i = 0; i < 8; i++)
                crc ^= tables[7 - i][(byte)(block >> (8 * i))];
        }

        foreach (var b in bytes)
            crc = tables[0][(byte)(crc ^ b)] ^ (crc >> 8);
    }

    public byte[] Finish()
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, crc ^ polynomial.Mask);
        return bytes[^(polynomial.Bits / 8)..];
    }

    /// <summary>The polynomial with its lowest power first, as reflected CRCs take it, and the tables that follow from it.</summary>
    public sealed class Polynomial
    {
        public static readonly Polynomial Crc32 = new(0xEDB88320, 32);
        public static readonly Polynomial Crc32C = new(0x82F63B78, 32);
        public static readonly Polynomial Crc64Nvme = new(0x9A6C9329AC4BC9B5, 64);

        private Polynomial(ulong reflected, int bits)
        {
            Bits = bits;
            Mask = ulong.MaxValue >> (64 - bits);
            Tables = [.. Enumerable.Range(0, 8).Select(_ => new ulong[256])];
            for (var i = 0; i < 256; i++)
            {
                var remainder = (ulong)i;
                for (var bit = 0; bit < 8; bit++)
                    remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ reflected;
                Tables[0][i] = remainder;
            }

            for (var table = 1; table < 8; table++)
            {
                for (var i = 0; i < 256; i++)
                    Tables[table][i] = Tables[0][(byte)Tables[table - 1][i]] ^ (Tables[table - 1][i] >> 8);
            }
        }

        public int Bits { get; }
        public ulong Mask { get; }
        public ulong[][] Tables { get; }
    }
}
