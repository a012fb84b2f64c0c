using System.Net;
using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Tests.GitHub;

public sealed class CommentTests
{
    private static JsonObject Body(string text) => new() { ["body"] = text };

    [Fact]
    public async Task A_comment_is_made_read_edited_and_deleted()
    {
        await using var github = await GitHubApi.StartAsync();

        var made = await github.PostAsync("/issues/12/comments", Body("in gray <!-- marker -->"));
        var url = $"/issues/comments/{made["id"]}";
        github.Time.Advance(TimeSpan.FromMinutes(5));
        var edited = await github.PatchAsync(url, Body("in production"));
        var read = await github.GetAsync(url);
        var inCode = github.Store.Comments("acme/site", 12);
        var deleted = await github.DeleteAsync(url);
        var gone = await github.GetAsync(url);

        made.Status.Should().Be(HttpStatusCode.Created);
        made["body"].Should().Be("in gray <!-- marker -->");
        made["user", "login"].Should().Be("github-actions[bot]");
        made["user", "type"].Should().Be("Bot");
        made["user", "id"].Should().Be("41898282");
        made["html_url"].Should().Be($"{github.Html}/acme/site/pull/12#issuecomment-{made["id"]}");
        made["created_at"].Should().Be("2026-10-01T09:30:00Z");
        made.Header("Location").Should().Be($"{github.Api}/repos/acme/site{url}").And.Be(made["url"]);
        edited.Status.Should().Be(HttpStatusCode.OK);
        read["body"].Should().Be("in production");
        read["created_at"].Should().Be("2026-10-01T09:30:00Z");
        read["updated_at"].Should().Be("2026-10-01T09:35:00Z");
        inCode.Should().ContainSingle().Which.Body.Should().Be("in production");
        deleted.Status.Should().Be(HttpStatusCode.NoContent);
        gone.Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Comments_are_listed_oldest_first_a_page_at_a_time()
    {
        await using var github = await GitHubApi.StartAsync();
        foreach (var i in Enumerable.Range(1, 5))
            github.Site.Comments.Add(12, "dana", $"{i}");

        var first = await github.GetAsync("/issues/12/comments?per_page=2");
        var middle = await github.GetAsync("/issues/12/comments?per_page=2&page=2");
        var last = await github.GetAsync("/issues/12/comments?per_page=2&page=3");
        var all = await github.GetAsync("/issues/12/comments");

        string Link(int page, string relation) => $"<{github.Api}/repos/acme/site/issues/12/comments?per_page=2&page={page}>; rel=\"{relation}\"";
        first.Each("body").Should().Equal("1", "2");
        first.Header("Link").Should().Be($"{Link(2, "next")}, {Link(3, "last")}");
        middle.Each("body").Should().Equal("3", "4");
        middle.Header("Link").Should().Be($"{Link(1, "prev")}, {Link(3, "next")}, {Link(3, "last")}, {Link(1, "first")}");
        last.Each("body").Should().Equal("5");
        last.Header("Link").Should().Be($"{Link(2, "prev")}, {Link(1, "first")}");
        all.Header("Link").Should().BeNull();
        github.Last.Operation.Should().Be("GET /repos/{owner}/{repo}/issues/{issue_number}/comments");
    }

    [Fact]
    public async Task A_page_has_thirty_comments_and_at_most_a_hundred()
    {
        await using var github = await GitHubApi.StartAsync();
        foreach (var i in Enumerable.Range(1, 101))
            github.Site.Comments.Add(12, "dana", $"{i}");

        (await github.GetAsync("/issues/12/comments")).Each("body").Should().HaveCount(30);
        (await github.GetAsync("/issues/12/comments?per_page=1000")).Each("body").Should().HaveCount(100);
    }

    [Fact]
    public async Task Comments_since_a_time_are_those_changed_since()
    {
        await using var github = await GitHubApi.StartAsync();
        var old = github.Site.Comments.Add(12, "dana", "old");
        github.Site.Comments.Add(12, "dana", "older");
        github.Time.Advance(TimeSpan.FromMinutes(1));
        github.Site.Comments.Edit(old.Id, "edited");

        var since = await github.GetAsync("/issues/12/comments?since=2026-10-01T09:31:00Z");

        since.Each("body").Should().Equal("edited");
    }

    [Fact]
    public async Task A_body_has_at_most_65536_characters_however_many_bytes_they_are()
    {
        await using var github = await GitHubApi.StartAsync();
        var fits = string.Concat(Enumerable.Repeat("\U0001F600", 65_536));

        var good = await github.PostAsync("/issues/12/comments", Body(fits));
        var tooLong = await github.PostAsync("/issues/12/comments", Body(new string('x', 65_537)));
        var edit = await github.PatchAsync($"/issues/comments/{good["id"]}", Body(new string('x', 65_537)));

        good.Status.Should().Be(HttpStatusCode.Created);
        foreach (var refused in new[] { tooLong, edit })
        {
            refused.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
            refused.Message.Should().Be("Validation Failed");
            refused.Json["errors"]![0]!["message"]!.GetValue<string>().Should().Be("Body is too long (maximum is 65536 characters)");
            refused["status"].Should().Be("422");
        }

        github.Store.Comments("acme/site", 12).Should().ContainSingle().Which.Body.Should().Be(fits);
    }

    [Theory]
    [InlineData("""{"body":""}""", 422, "Validation Failed")]
    [InlineData("""{"body":"  "}""", 422, "Validation Failed")]
    [InlineData("""{}""", 422, "Invalid request.\n\n\"body\" wasn't supplied.")]
    [InlineData("""{"body":7}""", 422, "Invalid request.\n\nFor 'properties/body', 7 is not a string.")]
    [InlineData("""[]""", 400, "Body should be a JSON object")]
    [InlineData("""{"body":""", 400, "Problems parsing JSON")]
    [InlineData("", 400, "Problems parsing JSON")]
    public async Task A_comment_without_a_body_is_refused(string json, int status, string message)
    {
        await using var github = await GitHubApi.StartAsync();

        var answer = await github.SendAsync(HttpMethod.Post, "/repos/acme/site/issues/12/comments", json);

        ((int)answer.Status).Should().Be(status);
        answer.Message.Should().Be(message);
        answer["documentation_url"].Should().Be("https://docs.github.com/rest/issues/comments#create-an-issue-comment");
    }

    [Theory]
    [InlineData("POST", "/issues/99/comments")]
    [InlineData("GET", "/issues/99/comments")]
    [InlineData("GET", "/issues/twelve/comments")]
    [InlineData("GET", "/issues/comments/1")]
    [InlineData("PATCH", "/issues/comments/1")]
    [InlineData("DELETE", "/issues/comments/1")]
    public async Task What_is_not_there_is_not_found(string method, string path)
    {
        await using var github = await GitHubApi.StartAsync();

        var answer = await github.SendAsync(new HttpMethod(method), $"{GitHubApi.Repository}{path}", method == "GET" ? null : """{"body":"x"}""");

        answer.Status.Should().Be(HttpStatusCode.NotFound);
        answer.Message.Should().Be("Not Found");
    }

    [Fact]
    public async Task Comments_made_at_once_all_have_their_own_id()
    {
        await using var github = await GitHubApi.StartAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => github.PostAsync("/issues/12/comments", Body($"{i}"))));

        made.Select(answer => answer["id"]).Should().OnlyHaveUniqueItems();
        github.Store.Comments("acme/site", 12).Should().HaveCount(20);
    }
}
