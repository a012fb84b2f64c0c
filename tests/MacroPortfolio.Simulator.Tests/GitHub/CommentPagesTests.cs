using MacroPortfolio.Simulator.GitHub;
using Microsoft.Extensions.Time.Testing;

namespace MacroPortfolio.Simulator.Tests.GitHub;

public sealed class CommentPagesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pages-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_pull_requests_file_has_its_comments_as_they_are_now()
    {
        var pages = new CommentPages(folder);
        long last = 0;
        var comments = new Comments(new FakeTimeProvider(), () => ++last, (number, all) => pages.Write("acme/site", number, all));

        var first = comments.Add(12, "github-actions[bot]", "in gray");
        var second = comments.Add(12, "dana", "looks good");
        comments.Add(13, "dana", "of another pull request");
        comments.Edit(first.Id, "in production");

        Page(12).Should().Be("in production\n\n---\n\nlooks good\n");

        comments.Delete(second.Id);

        Page(12).Should().Be("in production\n");
        Page(13).Should().Be("of another pull request\n");
    }

    private string Page(int number) => File.ReadAllText(Path.Combine(folder, "github", "acme/site", "pulls", $"{number}.md"));
}
