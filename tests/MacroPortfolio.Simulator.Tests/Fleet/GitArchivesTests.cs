using System.Formats.Tar;
using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.Fleet.Bundles;
using MacroPortfolio.Simulator.World;

namespace MacroPortfolio.Simulator.Tests.Fleet;

public sealed class GitArchivesTests : IDisposable
{
    private readonly TestRepository _repository = new();

    [Fact]
    public async Task A_commit_is_an_archive_with_one_folder_named_after_it()
    {
        var commit = _repository.Commit();

        var names = await NamesAsync(commit);

        names.Should().Contain($"acme-site-{commit}/site/index.html").And.OnlyContain(name => name.StartsWith($"acme-site-{commit}/"));
    }

    [Fact]
    public async Task The_archive_is_of_that_commit_and_not_of_a_later_one_or_the_work_tree()
    {
        var commit = _repository.Commit();
        _repository.Write("site/later.html", "later");
        _repository.Commit();
        _repository.Write("site/uncommitted.html", "not yet");

        var names = await NamesAsync(commit);

        names.Should().NotContain(name => name.Contains("later") || name.Contains("uncommitted"));
    }

    [Fact]
    public async Task An_archive_of_many_megabytes_is_streamed_whole()
    {
        _repository.Write("site/large.bin", string.Concat(Enumerable.Range(0, 500_000).Select(number => $"{number:D9}\n")));
        var archives = new GitArchives(TestFleet.WorldOf(_repository), "/");

        await using var archive = await archives.OpenAsync(new BundleSource.GitHub(TestRepository.Name, _repository.Commit()), default);
        var copy = new MemoryStream();
        await archive.CopyToAsync(copy);

        copy.Length.Should().BeGreaterThan(5_000_000);
    }

    [Fact]
    public async Task A_repository_is_found_relative_to_the_world_file_and_whatever_the_case_of_its_name()
    {
        var commit = _repository.Commit();
        var known = new RepositoryWorld { Name = "Acme/Site", Git = Path.GetFileName(_repository.Folder) };
        var archives = new GitArchives(new WorldFile { GitHub = new GitHubWorld { Repositories = [known] } }, Path.GetDirectoryName(_repository.Folder)!);

        await using var archive = await archives.OpenAsync(new BundleSource.GitHub(TestRepository.Name, commit), default);

        archive.ReadByte().Should().NotBe(-1);
    }

    [Fact]
    public async Task What_is_not_a_full_commit_id_of_the_repository_is_not_found()
    {
        var commit = _repository.Commit();
        var tree = _repository.Git("rev-parse", "HEAD^{tree}");

        foreach (var other in (string[])["main", "HEAD", commit[..12], new string('0', 40), tree, "--output=/tmp/x", ""])
            await ShouldNotBeFoundAsync(TestRepository.Name, other);
        await ShouldNotBeFoundAsync("acme/other", commit);
    }

    [Fact]
    public async Task A_folder_inside_a_repository_is_not_one()
    {
        var commit = _repository.Commit();
        var world = new WorldFile { GitHub = new GitHubWorld { Repositories = [new RepositoryWorld { Name = TestRepository.Name, Git = "site" }] } };

        var open = () => new GitArchives(world, _repository.Folder).OpenAsync(new BundleSource.GitHub(TestRepository.Name, commit), default);

        await open.Should().ThrowAsync<BundleNotFoundException>();
    }

    [Fact]
    public async Task Each_kind_of_revision_is_opened_by_its_own_store()
    {
        var store = new BundleStore(gitHub: new FixedBundle([1]), s3: new FixedBundle([2]));

        await using var gitHub = await store.OpenAsync(new BundleSource.GitHub("acme/site", new string('0', 40)), default);
        await using var s3 = await store.OpenAsync(new BundleSource.S3("bundles", "site.zip", null, null, "zip"), default);

        (gitHub.ReadByte(), s3.ReadByte()).Should().Be((1, 2));
    }

    public void Dispose() => _repository.Dispose();

    private async Task ShouldNotBeFoundAsync(string repository, string commit)
    {
        var open = () => new GitArchives(TestFleet.WorldOf(_repository), "/").OpenAsync(new BundleSource.GitHub(repository, commit), default);

        (await open.Should().ThrowAsync<BundleNotFoundException>()).Which.Message.Should()
            .Contain($"https://api.github.com/repos/{repository}/tarball/{commit}").And.Contain("404 'Not Found'");
    }

    private async Task<List<string>> NamesAsync(string commit)
    {
        var archives = new GitArchives(TestFleet.WorldOf(_repository), "/");
        await using var archive = await archives.OpenAsync(new BundleSource.GitHub(TestRepository.Name, commit), default);
        await using var reader = new TarReader(archive);
        var names = new List<string>();
        while (await reader.GetNextEntryAsync() is { } entry)
        {
            if (entry.EntryType != TarEntryType.GlobalExtendedAttributes)
                names.Add(entry.Name);
        }

        return names;
    }
}
