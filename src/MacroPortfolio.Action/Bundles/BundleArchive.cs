using System.Security.Cryptography;
using System.Text;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Bundles;

/// <summary>
/// A zip of a folder, in a file of this machine's. The same folder gives the same bytes: entries are in the order of their paths, all of one time, and executable or not.
/// </summary>
/// <param name="Hash">SHA-256, hexadecimal.</param>
/// <param name="Crc32">As S3 has it: base64 of the big-endian number.</param>
internal sealed record BundleArchive(string Place, long Size, string Hash, string Crc32) : IDisposable
{
    private static readonly int ExecutableFile = Mode("100755");
    private static readonly int PlainFile = Mode("100644");
    private static readonly int Folder = Mode("40755");
    private static readonly int Link = Mode("120777");

    private const int BufferSize = 1 << 18;

    /// <param name="temporary">The folder to keep the archive in.</param>
    public static BundleArchive Write(BundleTree tree, string temporary, CancellationToken ct)
    {
        var place = Path.Combine(temporary, $"bundle-{Guid.NewGuid():N}.zip");
        try
        {
            using (var deflate = new ParallelDeflate(tree.Entries.Where(entry => entry.Kind == FileKind.File), ct))
            using (var zip = new ZipWriter(new FileStream(place, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize)))
            {
                foreach (var entry in tree.Entries)
                {
                    ct.ThrowIfCancellationRequested();
                    zip.Add(entry.Path, ModeOf(entry), entry.Size, entry.Kind switch
                    {
                        FileKind.File => deflate.WriteNext,
                        _ => output => WriteWhole(output, Encoding.UTF8.GetBytes(entry.Target ?? "")),
                    });
                }
            }

            return Described(place, ct);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            File.Delete(place);
            throw new DeployException(Outcome.Failed, $"The bundle could not be made: {ex.Message}", "Nothing was uploaded.", ex);
        }
        catch
        {
            File.Delete(place);
            throw;
        }
    }

    public void Dispose() => File.Delete(Place);

    private static ZipContent WriteWhole(Stream output, byte[] content)
    {
        output.Write(content);
        return new ZipContent(Crc32Of(content), content.Length, false);
    }

    private static int ModeOf(TreeEntry entry) => entry switch
    {
        { Kind: FileKind.Link } => Link,
        { Kind: FileKind.Folder } => Folder,
        { IsExecutable: true } => ExecutableFile,
        _ => PlainFile,
    };

    private static BundleArchive Described(string place, CancellationToken ct)
    {
        using var file = new FileStream(place, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var crc = new System.IO.Hashing.Crc32();
        var buffer = new byte[BufferSize];
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            ct.ThrowIfCancellationRequested();
            sha.AppendData(buffer, 0, read);
            crc.Append(buffer.AsSpan(0, read));
        }

        var number = crc.GetCurrentHash();
        Array.Reverse(number);
        return new BundleArchive(place, file.Length, Convert.ToHexStringLower(sha.GetHashAndReset()), Convert.ToBase64String(number));
    }

    private static uint Crc32Of(byte[] content) => System.IO.Hashing.Crc32.HashToUInt32(content);

    private static int Mode(string octal) => Convert.ToInt32(octal, 8);
}
