using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using CsCheck;
using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Fleet.Bundles;
using MacroPortfolio.Simulator.Fleet.Machine;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>Any archive is unpacked or refused, and whatever is in it, nothing outside the instance's folder is made, changed or read.</summary>
public sealed class ArchiveTests : IDisposable
{
    private const string Secret = "outside";

    private readonly string place = Directory.CreateTempSubdirectory("hostile-").FullName;

    private int cases;

    private static readonly Gen<string> Name = Gen.Frequency(
        (6, Atoms.Any(
            "a", "a/b", "a/b/c", "./a", "a//b", "a/../b", "../a", "../../a", "../../../../../../tmp/hostile-escaped", "/a", "/etc/hostile-escaped", "a/../../a", "..", ".", "", "/", "a/..", "a/.", "link", "link/a", "link/../a", "appspec.yml", "a\\..\\b", "C:\\a", "-rf",
            "a\n", "a\0b", "secret", "b/link", "b/link/secret", new string('n', 300), string.Concat(Enumerable.Repeat("d/", 600)) + "f", "\ud800", "é", "%2e%2e/a", "..%2fa", "a ", " a", "~root/a")),
        (2, Gen.Select(Atoms.Any("a", "link", "..", ".", "b"), Atoms.Any("secret", "..", "link", "c"), (folder, name) => $"{folder}/{name}")),
        (1, Atoms.Text.Select(text => text.Length > 500 ? text[..500] : text)));

    private static readonly Gen<(string Name, string Link, string Kind, int Mode, string Text)> Entry = Gen.Select(
        Name,
        Name,
        Atoms.Any("file", "file", "file", "folder", "link", "link", "hard", "fifo", "device"),
        Atoms.Any(0, 420, 493, 511, 4095, 2048 + 493, 1024 + 493, 256),
        Atoms.Any("", "words", Secret.ToUpperInvariant()),
        (name, link, kind, mode, text) => (name, link, kind, mode, text));

    private static readonly Gen<(string Type, byte[] Archive)> Archives = Gen.Select(
        Atoms.Any("tar", "tgz", "zip"),
        Entry.Array[0, 6],
        Gen.Frequency((6, Gen.Const(0)), (1, Gen.Const(1)), (2, Gen.Const(2))),
        Gen.Int[0, 100_000],
        Gen.Byte,
        (type, entries, damage, at, with) => (type, Damaged(type == "zip" ? Zip(entries) : Tar(entries, type == "tgz"), damage, at, with)));

    public void Dispose() => Directory.Delete(place, recursive: true);

    [Fact]
    public Task Nothing_leaves_the_instance() => Archives.HoldAsync(
        async sample =>
        {
            var outside = Path.Combine(place, $"{Interlocked.Increment(ref cases)}");
            var root = Path.Combine(outside, "instance");
            Directory.CreateDirectory(Path.Combine(root, "bundle"));
            await File.WriteAllTextAsync(Path.Combine(outside, "secret"), Secret);
            await File.WriteAllTextAsync(Path.Combine(root, "secret"), Secret);
            var bundle = Path.Combine(outside, "archive");
            await File.WriteAllBytesAsync(bundle, sample.Archive);
            try
            {
                using var instance = new InstanceFiles(root);
                using var folder = instance.Below("/bundle");
                await using var stream = File.OpenRead(bundle);
                try
                {
                    await Archive.UnpackAsync(stream, sample.Type, folder, CancellationToken.None);
                }
                catch (AgentException ex)
                {
                    ex.Message.Should().NotBeEmpty();
                }

                Names(outside).Should().Equal("archive", "instance", "secret");
                Names(root).Should().Equal("bundle", "secret");
                (await File.ReadAllTextAsync(Path.Combine(outside, "secret"))).Should().Be(Secret);
                (await File.ReadAllTextAsync(Path.Combine(root, "secret"))).Should().Be(Secret);
                File.Exists("/tmp/hostile-escaped").Should().BeFalse();
                File.Exists("/etc/hostile-escaped").Should().BeFalse();
                Contained(Path.Combine(root, "bundle"));
            }
            finally
            {
                Delete(outside);
            }
        },
        few: 150,
        share: 0.03);

    [Theory]
    [InlineData("tgz")]
    [InlineData("zip")]
    public async Task An_archive_that_unpacks_to_far_more_than_it_is_is_refused(string type)
    {
        var outside = Path.Combine(place, type);
        Directory.CreateDirectory(Path.Combine(outside, "bundle"));
        var bundle = Path.Combine(outside, "archive");
        await File.WriteAllBytesAsync(bundle, Zeros(type, 64 * 1024 * 1024));
        using var instance = new InstanceFiles(outside);
        using var folder = instance.Below("/bundle");
        await using var stream = File.OpenRead(bundle);

        var unpack = () => Archive.UnpackAsync(stream, type, folder, CancellationToken.None, mostBytes: 1024 * 1024);

        (await unpack.Should().ThrowAsync<AgentException>()).Which.Message.Should().Contain("1 MB");
        new DirectoryInfo(Path.Combine(outside, "bundle")).EnumerateFiles().Sum(file => file.Length).Should().BeLessThan(2 * 1024 * 1024);
    }

    /// <summary>Files, folders and links that stay inside; none of the words from outside have come in.</summary>
    private static void Contained(string folder)
    {
        foreach (var entry in Below(new DirectoryInfo(folder)))
        {
            if (entry.LinkTarget is { } target)
            {
                Path.GetFullPath(target, Path.GetDirectoryName(entry.FullName)!).Should().StartWith(folder);
            }
            else if (entry is FileInfo file)
            {
                (file.Attributes & FileAttributes.Device).Should().Be(0);
                file.Length.Should().BeLessThan(1_000);
                if (Environment.IsPrivilegedProcess)
                {
                    File.ReadAllText(file.FullName).Should().NotContain(Secret);
                }
            }
        }
    }

    /// <summary>Links are not followed.</summary>
    private static IEnumerable<FileSystemInfo> Below(DirectoryInfo folder) =>
        folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true })
            .SelectMany(entry => entry is DirectoryInfo { LinkTarget: null } inner ? Below(inner).Prepend(entry) : [entry]);

    private static IEnumerable<string> Names(string folder) => Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static void Delete(string folder)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            foreach (var inner in new DirectoryInfo(folder).EnumerateDirectories("*", SearchOption.AllDirectories).Where(inner => inner.LinkTarget is null))
            {
                inner.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    private static byte[] Tar((string Name, string Link, string Kind, int Mode, string Text)[] entries, bool compressed)
    {
        using var archive = new MemoryStream();
        using (var stream = compressed ? (Stream)new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true) : archive)
        {
            using var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
            foreach (var (name, link, kind, mode, text) in entries)
            {
                try
                {
                    var entry = new PaxTarEntry(
                        kind switch { "file" => TarEntryType.RegularFile, "folder" => TarEntryType.Directory, "link" => TarEntryType.SymbolicLink, "hard" => TarEntryType.HardLink, "fifo" => TarEntryType.Fifo, _ => TarEntryType.CharacterDevice }, name)
                    { Mode = (UnixFileMode)mode };
                    if (kind is "link" or "hard")
                    {
                        entry.LinkName = link;
                    }
                    else if (kind == "file")
                    {
                        entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
                    }

                    writer.WriteEntry(entry);
                }
                catch (ArgumentException)
                {
                    // No archive has such a name.
                }
            }
        }

        return archive.ToArray();
    }

    private static byte[] Zip((string Name, string Link, string Kind, int Mode, string Text)[] entries)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, link, kind, mode, text) in entries)
            {
                try
                {
                    var entry = zip.CreateEntry(kind == "folder" ? $"{name}/" : name);
                    entry.ExternalAttributes = (mode | kind switch { "folder" => 0x4000, "link" => 0xA000, "fifo" => 0x1000, "device" => 0x2000, _ => 0x8000 }) << 16;
                    using var data = entry.Open();
                    data.Write(Encoding.UTF8.GetBytes(kind == "link" ? link : text));
                }
                catch (ArgumentException)
                {
                    // No archive has such a name.
                }
            }
        }

        return archive.ToArray();
    }

    private static byte[] Zeros(string type, int length)
    {
        using var archive = new MemoryStream();
        if (type == "zip")
        {
            using var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true);
            using var data = zip.CreateEntry("zeros").Open();
            data.Write(new byte[length]);
        }
        else
        {
            using var stream = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true);
            using var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "zeros") { DataStream = new MemoryStream(new byte[length]) });
        }

        return archive.ToArray();
    }

    private static byte[] Damaged(byte[] archive, int damage, int at, byte with)
    {
        if (archive.Length > 0 && damage == 1)
        {
            return archive[..(at % archive.Length)];
        }

        if (archive.Length > 0 && damage == 2)
        {
            archive[at % archive.Length] = with;
        }

        return archive;
    }
}
