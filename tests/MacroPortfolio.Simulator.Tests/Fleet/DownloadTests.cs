using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using MacroPortfolio.Simulator.Fleet;

namespace MacroPortfolio.Simulator.Tests.Fleet;

public sealed class DownloadTests
{
    private const UnixFileMode Executable = (UnixFileMode)0x1ED; // 0755
    private const UnixFileMode Plain = (UnixFileMode)0x1A0; // 0640
    private static readonly DateTimeOffset Then = new(2026, 3, 5, 16, 30, 0, TimeSpan.Zero);

    public static TheoryData<Mode> Modes => Views.Modes;

    [Theory]
    [InlineData("tar")]
    [InlineData("tgz")]
    [InlineData("zip")]
    public async Task Archives_of_each_type_are_unpacked_with_modes_and_times(string type)
    {
        var bundle = type == "zip"
            ? Zip(("appspec.yml", "x", Plain), ("bin/run", "run", Executable))
            : Tar(File("appspec.yml", "x", Plain), File("bin/run", "run", Executable));
        await using var fleet = await StartAsync(type == "tgz" ? GZip(bundle) : bundle);

        var result = await DownloadAsync(fleet, type);

        result.Succeeded.Should().BeTrue(result.Message);
        fleet.Read(Archive("bin/run")).Should().Be("run");
        fleet.ModeOf(Archive("bin/run")).Should().Be(Executable);
        fleet.ModeOf(Archive("appspec.yml")).Should().Be(Plain);
        System.IO.File.GetLastWriteTimeUtc(fleet.PathOf(Archive("bin/run"))).Should().BeCloseTo(Then.UtcDateTime, TimeSpan.FromHours(24));
        System.IO.File.ReadAllBytes(fleet.AgentPath("group-id/d-1/bundle.tar")).Should().NotBeEmpty();
        fleet.Read("/opt/codedeploy-agent/deployment-root/deployment-instructions/group-id_most_recent_install")
            .Should().Be("/opt/codedeploy-agent/deployment-root/group-id/d-1");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task What_would_leave_the_archive_fails_the_event_and_touches_nothing(Mode mode)
    {
        TarEntry[] bad =
        [
            File("../outside", "x"),
            File("a/../../outside", "x"),
            File("/outside", "x"),
            Link("link", "/etc"),
            Link("link", "../outside"),
            Link("a/link", "../../outside"),
            HardLink("copy", "../../../../../etc/passwd"),
            HardLink("copy", "/etc/passwd"),
            new PaxTarEntry(TarEntryType.CharacterDevice, "null"),
            new PaxTarEntry(TarEntryType.BlockDevice, "disk"),
            new PaxTarEntry(TarEntryType.Fifo, "pipe"),
        ];
        foreach (var entry in bad)
        {
            await using var fleet = await StartAsync(Tar(File("appspec.yml", "x"), entry), mode);

            var result = await DownloadAsync(fleet, "tar");

            result.ErrorCode.Should().Be("UnknownError", entry.Name);
            result.Message.Should().StartWith("Error extracting tar archive: ");
            Directory.EnumerateFileSystemEntries(fleet.State, "*", SearchOption.AllDirectories).Select(Path.GetFileName)
                .Should().NotContain(["outside", "link", "copy", "null", "disk", "pipe"]);
        }
    }

    [Fact]
    public async Task Links_that_stay_inside_one_by_one_but_leave_together_lead_nowhere()
    {
        await using var fleet = await StartAsync(Tar(
            File("appspec.yml", "x"), Link("here", "."), Link("up", "here/.."), File("up/../outside", "x"), File("up/inside", "x")));

        var result = await DownloadAsync(fleet, "tar");

        result.Succeeded.Should().BeTrue(result.Message);
        System.IO.File.Exists(fleet.PathOf(Archive("inside"))).Should().BeTrue();
        System.IO.File.Exists(fleet.PathOf(Archive("outside"))).Should().BeTrue();
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/outside")]
    [InlineData("a/../../outside")]
    public async Task Zip_entries_that_leave_the_archive_fail_the_event(string name)
    {
        await using var fleet = await StartAsync(Zip(("appspec.yml", "x", Plain), (name, "x", Plain)));

        var result = await DownloadAsync(fleet, "zip");

        result.Message.Should().Be($"Error extracting zip archive: {name} is outside the archive");
    }

    [Fact]
    public async Task Links_in_a_zip_are_judged_like_those_in_a_tar()
    {
        const int linkType = 0xA000;
        await using var good = await StartAsync(Zip(("appspec.yml", "x", Plain), ("link", "appspec.yml", (UnixFileMode)(linkType | 0x1FF))));
        await using var bad = await StartAsync(Zip(("appspec.yml", "x", Plain), ("link", "/etc/passwd", (UnixFileMode)(linkType | 0x1FF))));

        (await DownloadAsync(good, "zip")).Succeeded.Should().BeTrue();
        (await DownloadAsync(bad, "zip")).Message.Should().Be("Error extracting zip archive: the link link leads out of the archive, to /etc/passwd");

        new FileInfo(good.PathOf(Archive("link"))).LinkTarget.Should().Be("appspec.yml");
    }

    [Fact]
    public async Task Hard_links_links_and_repeated_entries_are_unpacked()
    {
        await using var fleet = await StartAsync(Tar(
            File("appspec.yml", "x"),
            File("a.txt", "old"),
            File("a.txt", "new"),
            HardLink("b.txt", "a.txt"),
            File("real/d.txt", "d"),
            Link("sub", "real"),
            File("sub/c.txt", "c")));

        var result = await DownloadAsync(fleet, "tar");

        result.Succeeded.Should().BeTrue(result.Message);
        fleet.Read(Archive("b.txt")).Should().Be("new");
        fleet.Read(Archive("a.txt")).Should().Be("new");
        fleet.Read(Archive("real/c.txt")).Should().Be("c");
    }

    [Theory]
    [InlineData("tar")]
    [InlineData("tgz")]
    [InlineData("zip")]
    [InlineData("rar")]
    public async Task What_is_not_such_an_archive_fails_the_event(string type)
    {
        await using var fleet = await StartAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("this is no archive of any kind. ", 100))));

        var result = await DownloadAsync(fleet, type);

        result.ErrorCode.Should().Be("UnknownError");
        result.Message.Should().NotBeEmpty();
    }

    [Fact]
    public async Task An_archive_that_was_cut_off_fails_the_event()
    {
        var whole = Tar(File("appspec.yml", "x"), File("large", new string('x', 100_000)));
        await using var fleet = await StartAsync(whole[..50_000]);

        var result = await DownloadAsync(fleet, "tar");

        result.Message.Should().StartWith("Error extracting tar archive: ");
    }

    [Fact]
    public async Task A_single_top_folder_is_stripped_when_the_AppSpec_is_in_it()
    {
        await using var stripped = await StartAsync(Tar(File("site-1/appspec.yml", "x"), File("site-1/a/b.txt", "b")));
        await using var kept = await StartAsync(Tar(File("site-1/readme", "x")));

        await DownloadAsync(stripped, "tar");
        await DownloadAsync(kept, "tar");

        stripped.Read(Archive("a/b.txt")).Should().Be("b");
        kept.Read(Archive("site-1/readme")).Should().Be("x");
        Directory.Exists(stripped.AgentPath("group-id/d-1/deployment-archive-temp")).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_bundle_that_is_not_there_fails_the_event_with_the_stores_words(Mode mode)
    {
        using var repository = new TestRepository();
        await using var fleet = await TestFleet.StartAsync(mode, repository);

        var result = await fleet.RunAsync("DownloadBundle", fleet.Deployment(new string('a', 40)));

        result.ErrorCode.Should().Be("UnknownError");
        result.Message.Should().StartWith("Could not download bundle at 'https://api.github.com/repos/acme/site/tarball/aaaa");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Five_revisions_are_kept_and_the_last_successful_one_whatever_its_age(Mode mode)
    {
        using var repository = new TestRepository();
        var commit = repository.Commit();
        await using var fleet = await TestFleet.StartAsync(mode, repository);
        (await fleet.DeployAsync(fleet.Deployment(commit, "d-first"))).Succeeded.Should().BeTrue();
        Directory.SetLastWriteTimeUtc(fleet.AgentPath("group-id/d-first"), Then.UtcDateTime);

        for (var number = 1; number <= 7; number++)
        {
            (await fleet.RunAsync("DownloadBundle", fleet.Deployment(commit, $"d-{number}"))).Succeeded.Should().BeTrue();

            // The age of a folder is its time of change; these are made within one tick of some file systems.
            Directory.SetLastWriteTimeUtc(fleet.AgentPath($"group-id/d-{number}"), Then.UtcDateTime.AddHours(number));
        }

        Directory.GetDirectories(fleet.AgentPath("group-id")).Select(Path.GetFileName).Should().BeEquivalentTo("d-first", "d-4", "d-5", "d-6", "d-7");
    }

    private static string Archive(string path) => $"/opt/codedeploy-agent/deployment-root/group-id/d-1/deployment-archive/{path}";

    private static Task<TestFleet> StartAsync(byte[] bundle, Mode mode = Mode.Folder) => TestFleet.StartAsync(mode, new FixedBundle(bundle));

    private static Task<EventResult> DownloadAsync(TestFleet fleet, string type) =>
        fleet.RunAsync("DownloadBundle", fleet.Deployment(new BundleSource.S3("bundles", "site", null, null, type), "d-1"));

    private static PaxTarEntry File(string name, string text, UnixFileMode mode = Plain) => new(TarEntryType.RegularFile, name)
    {
        Mode = mode,
        ModificationTime = Then,
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
    };

    private static PaxTarEntry Link(string name, string text) => new(TarEntryType.SymbolicLink, name) { LinkName = text };

    private static PaxTarEntry HardLink(string name, string original) => new(TarEntryType.HardLink, name) { LinkName = original };

    private static byte[] Tar(params TarEntry[] entries)
    {
        var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }

        return archive.ToArray();
    }

    private static byte[] GZip(byte[] bytes)
    {
        var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionMode.Compress, leaveOpen: true))
            gzip.Write(bytes);
        return archive.ToArray();
    }

    private static byte[] Zip(params (string Name, string Text, UnixFileMode Mode)[] entries)
    {
        var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text, mode) in entries)
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = Then;
                entry.ExternalAttributes = (int)mode << 16;
                using var writer = new StreamWriter(entry.Open());
                writer.Write(text);
            }
        }

        return archive.ToArray();
    }
}
