using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using MacroPortfolio.Action.Bundles;
using MacroPortfolio.Core.Releases;

namespace MacroPortfolio.Action.Tests.Bundles;

public sealed class BundleTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("macro-portfolio-bundle-");

    public void Dispose() => root.Delete(recursive: true);

    private string Folder => Path.Combine(root.FullName, "app");

    [Fact]
    public void The_same_content_gives_the_same_bytes_whatever_times_modes_and_order_say()
    {
        Write("b/two.txt", "two");
        Write("a.sh", "#!/bin/sh\n", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var first = Zip();
        Directory.Delete(Folder, recursive: true);
        Write("a.sh", "#!/bin/sh\n", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Write("b/two.txt", "two", UnixFileMode.UserRead | UnixFileMode.GroupWrite | UnixFileMode.UserWrite);
        File.SetLastWriteTimeUtc(Path.Combine(Folder, "a.sh"), new DateTime(2031, 5, 6, 7, 8, 9, DateTimeKind.Utc));

        var second = Zip();

        second.Should().Equal(first);
    }

    [Fact]
    public void Other_content_another_name_or_another_executable_bit_give_other_bytes()
    {
        Write("a", "one");
        var first = Zip();

        Write("a", "two");
        var content = Zip();
        Write("a", "one", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var mode = Zip();
        Directory.Delete(Folder, recursive: true);
        Write("b", "one");
        var name = Zip();

        new[] { first, content, mode, name }.Select(Convert.ToHexString).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Files_keep_only_whether_they_can_be_run_and_entries_stand_in_the_order_of_their_bytes()
    {
        Write("Zoë", "");
        Write("run", "#!/bin/sh\n", UnixFileMode.UserRead | UnixFileMode.GroupExecute);
        Write("a-b", "x");
        Write("a/b", "y");
        Directory.CreateDirectory(Path.Combine(Folder, "logs"));
        File.CreateSymbolicLink(Path.Combine(Folder, "current"), "a/b");

        using var zip = new ZipArchive(new MemoryStream(Zip()));

        zip.Entries.Select(entry => $"{entry.FullName} {Convert.ToString(entry.ExternalAttributes >>> 16, 8)}").Should().Equal(
            "Zo\u00eb 100644", "a-b 100644", "a/b 100644", "current 120777", "logs/ 40755", "run 100755");
        zip.Entries.Should().OnlyContain(entry => entry.LastWriteTime.Year == 1980);
        Read(zip, "current").Should().Be("a/b");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData((3 << 20) + 12_345)]
    public void Content_of_any_size_comes_out_as_it_went_in(int size)
    {
        var random = new Random(7);
        var (noise, words) = (new byte[size], Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, (size / 10) + 1).Select(number => $"line {number,5}")))[..size]);
        random.NextBytes(noise);
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(Path.Combine(Folder, "noise"), noise);
        File.WriteAllBytes(Path.Combine(Folder, "words"), words);

        using var zip = new ZipArchive(new MemoryStream(Zip()));

        Bytes(zip, "noise").Should().Equal(noise);
        Bytes(zip, "words").Should().Equal(words);
        zip.GetEntry("noise")!.CompressedLength.Should().BeLessThanOrEqualTo(size + 1_000);
    }

    [Fact]
    public void What_ignore_files_name_stays_out_and_so_do_they_and_git()
    {
        Write(".codedeployignore", "*.log\n/target/\n");
        Write("web/.codedeployignore", "!keep.log\n");
        Write("web/keep.log", "");
        Write("web/other.log", "");
        Write("target/app.jar", "");
        Write(".git/config", "");
        Write("vendor/lib/.git", "gitdir: elsewhere");
        Write("vendor/lib/code", "");
        Write(".gitignore", "");

        var tree = BundleTree.Read(Folder);

        tree.Entries.Select(entry => entry.Path).Should().Equal(".gitignore", "vendor/lib/code", "web/keep.log");
        tree.LeftOut.Select(left => $"{left.Key} by {left.Value.File}:{left.Value.Line}").Should().BeEquivalentTo("web/other.log by .codedeployignore:1", "target by .codedeployignore:2");
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../app2/file")]
    [InlineData("sub/../../x")]
    [InlineData("self/../secret")]
    public void A_link_that_leads_outside_is_refused_by_name(string target)
    {
        Write("file", "");
        File.CreateSymbolicLink(Path.Combine(Folder, "self"), ".");
        File.CreateSymbolicLink(Path.Combine(Folder, "bad"), target);

        var reading = () => BundleTree.Read(Folder);

        reading.Should().Throw<DeployException>().Where(error => error.Outcome == Outcome.BadInput).WithMessage($"'bad' is a link to '{target}', which is outside of the bundle*");
    }

    [Fact]
    public void Links_that_go_round_are_refused_and_those_that_stay_inside_are_kept()
    {
        Write("releases/1/app", "");
        File.CreateSymbolicLink(Path.Combine(Folder, "current"), "releases/1");
        File.CreateSymbolicLink(Path.Combine(Folder, "app"), "./current/../1/app");
        File.CreateSymbolicLink(Path.Combine(Folder, "releases", "up"), "../current");
        BundleTree.Read(Folder).Entries.Should().HaveCount(4);
        File.CreateSymbolicLink(Path.Combine(Folder, "round"), "about");
        File.CreateSymbolicLink(Path.Combine(Folder, "about"), "round");

        var reading = () => BundleTree.Read(Folder);

        reading.Should().Throw<DeployException>().WithMessage("'about' is a link to 'round'*'round' is a link to 'about'*");
    }

    [Fact]
    public void Everything_that_no_bundle_can_hold_is_told_at_once()
    {
        Write("file", "");
        Process.Start("mkfifo", [Path.Combine(Folder, "pipe")]).WaitForExit();
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Path.Combine(Folder, "s")));

        var reading = () => BundleTree.Read(Folder);

        reading.Should().Throw<DeployException>().Where(error => error.Outcome == Outcome.BadInput)
            .Which.Message.Should().Contain("'pipe' is a FIFO").And.Contain("'s' is a socket");
    }

    [Fact]
    public void A_FIFO_that_is_left_out_is_nobodys_business()
    {
        Write("file", "");
        Write(".codedeployignore", "pipe\n");
        Process.Start("mkfifo", [Path.Combine(Folder, "pipe")]).WaitForExit();

        BundleTree.Read(Folder).Entries.Should().ContainSingle();
    }

    [Fact]
    public void A_folder_that_is_none_or_empty_is_bad_input()
    {
        var missing = () => BundleTree.Read(Folder);
        missing.Should().Throw<DeployException>().WithMessage("There is no folder '*app'*checked out*");

        Write(".codedeployignore", "*\n");
        Write("file", "");

        var empty = () => BundleTree.Read(Folder);
        empty.Should().Throw<DeployException>().WithMessage("*has nothing to deploy: .codedeployignore leaves all of it out.");
    }

    [Fact]
    public void A_file_that_vanishes_meanwhile_ends_it_in_words_and_leaves_nothing_behind()
    {
        Write("file", "x");
        var tree = BundleTree.Read(Folder);
        File.Delete(Path.Combine(Folder, "file"));

        var writing = () => BundleArchive.Write(tree, root.FullName, CancellationToken.None);

        writing.Should().Throw<DeployException>().WithMessage("The bundle could not be made: *file*");
        root.GetFiles().Should().BeEmpty();
    }

    private void Write(string path, string text, UnixFileMode? mode = null)
    {
        var place = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.Delete(place);
        File.WriteAllText(place, text);
        if (mode is { } known && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(place, known);
        }
    }

    private byte[] Zip()
    {
        using var archive = BundleArchive.Write(BundleTree.Read(Folder), root.FullName, CancellationToken.None);
        archive.Hash.Should().Be(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(archive.Place))));
        return File.ReadAllBytes(archive.Place);
    }

    private static string Read(ZipArchive zip, string name) => Encoding.UTF8.GetString(Bytes(zip, name));

    private static byte[] Bytes(ZipArchive zip, string name)
    {
        using var content = zip.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }
}
