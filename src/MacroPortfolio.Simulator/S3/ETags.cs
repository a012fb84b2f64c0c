using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MacroPortfolio.Simulator.S3;

/// <summary>S3's eTags, in the double quotes that are part of them.</summary>
public static class ETags
{
    [SuppressMessage("Security", "CA5351", Justification = "S3 defines the eTag as the MD5.")]
    public static byte[] Md5(ReadOnlySpan<byte> bytes) => MD5.HashData(bytes);

    public static string Of(byte[] md5) => $"\"{Convert.ToHexStringLower(md5)}\"";

    /// <summary>Of a multipart object: the MD5 of the parts' MD5s, and how many they are.</summary>
    public static string OfParts(IReadOnlyCollection<byte[]> md5s) =>
        $"\"{Convert.ToHexStringLower(Md5(md5s.SelectMany(md5 => md5).ToArray()))}-{md5s.Count}\"";

    /// <summary>Compares as S3 does: with or without the quotes, and any for <c>*</c>.</summary>
    public static bool Match(string wanted, string eTag) =>
        wanted.Split(',', StringSplitOptions.TrimEntries).Any(one => one == "*" || one.Trim('"') == eTag.Trim('"'));
}
