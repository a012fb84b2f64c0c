using System.Formats.Tar;
using System.IO.Compression;
using MacroPortfolio.Simulator.Fleet.Machine;

namespace MacroPortfolio.Simulator.Fleet.Bundles;

/// <summary>Unpacks a revision's archive into a folder of an instance.</summary>
internal static class Archive
{
    private const int TypeBits = 0xF000;
    private const int FolderType = 0x4000;
    private const int FileType = 0x8000;
    private const int LinkType = 0xA000;
    private const UnixFileMode FolderMode = (UnixFileMode)0x1ED; // 0755
    private const UnixFileMode FileMode = (UnixFileMode)0x1A4; // 0644

    /// <summary>More than any revision that the simulator is there for; an archive of a few kilobytes may be made to fill a disk.</summary>
    private const long MostBytes = 2L * 1024 * 1024 * 1024;

    /// <param name="mostBytes">Of all files together.</param>
    /// <exception cref="AgentException">The archive is broken, tries to leave its folder, or is too large.</exception>
    public static async Task UnpackAsync(FileStream bundle, string type, InstanceFiles folder, CancellationToken ct, long mostBytes = MostBytes)
    {
        var target = new UnpackedFolder(type, folder, mostBytes);
        try
        {
            switch (type)
            {
                case "tar":
                    await UnpackTarAsync(bundle, target, ct);
                    break;
                case "tgz":
                    await UnpackTarAsync(new GZipStream(bundle, CompressionMode.Decompress), target, ct);
                    break;
                case "zip":
                    await UnpackZipAsync(bundle, target, ct);
                    break;
                default:
                    throw new AgentException($"The bundle type '{type}' is not one of tar, tgz and zip.");
            }
        }
        catch (Exception ex) when (ex is IOException or InvalidDataException or FormatException or ArgumentException or OverflowException)
        {
            throw target.Refusal(ex.Message);
        }

        target.Finish();
    }

    private static async Task UnpackTarAsync(Stream stream, UnpackedFolder target, CancellationToken ct)
    {
        await using var reader = new TarReader(stream);
        while (await reader.GetNextEntryAsync(copyData: false, ct) is { } entry)
        {
            var facts = new UnpackedFacts(entry.Mode, entry.ModificationTime.UtcDateTime, (uint)entry.Uid, (uint)entry.Gid);
            switch (entry.EntryType)
            {
                case TarEntryType.GlobalExtendedAttributes:
                    break;
                case TarEntryType.Directory:
                    target.AddFolder(entry.Name, facts);
                    break;
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    await target.AddFileAsync(entry.Name, entry.DataStream ?? Stream.Null, facts, ct);
                    break;
                case TarEntryType.SymbolicLink:
                    target.AddLink(entry.Name, entry.LinkName);
                    break;
                case TarEntryType.HardLink:
                    await target.AddCopyAsync(entry.Name, entry.LinkName, facts, ct);
                    break;
                default:
                    throw target.Refusal($"{entry.Name} is neither a file nor a folder nor a link ({entry.EntryType})");
            }
        }
    }

    private static async Task UnpackZipAsync(Stream stream, UnpackedFolder target, CancellationToken ct)
    {
        await using var archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Read, leaveOpen: false, entryNameEncoding: null, ct);
        foreach (var entry in archive.Entries)
        {
            // The upper half of the attributes is the mode when the archive was made on a Unix, and zero when not.
            var attributes = entry.ExternalAttributes >> 16;
            var isFolder = entry.FullName.EndsWith('/');
            var mode = attributes != 0 ? (UnixFileMode)(attributes & 0xFFF) : isFolder ? FolderMode : FileMode;
            var facts = new UnpackedFacts(mode, entry.LastWriteTime.UtcDateTime, InstanceFiles.Unchanged, InstanceFiles.Unchanged);
            await using var data = await entry.OpenAsync(ct);
            switch (attributes & TypeBits)
            {
                case FolderType or 0 when isFolder:
                    target.AddFolder(entry.FullName, facts);
                    break;
                case FileType or 0:
                    await target.AddFileAsync(entry.FullName, data, facts, ct);
                    break;
                case LinkType:
                    using (var text = new StreamReader(data))
                        target.AddLink(entry.FullName, await text.ReadToEndAsync(ct));
                    break;
                default:
                    throw target.Refusal($"{entry.FullName} is neither a file nor a folder nor a link");
            }
        }
    }
}
