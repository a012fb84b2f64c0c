using System.Net;

namespace MacroPortfolio.Simulator.Tests.S3;

public sealed class ListingTests
{
    private static async Task<S3World> WithKeysAsync(params string[] keys)
    {
        var s3 = await S3World.StartAsync();
        foreach (var key in keys)
            s3.Store.Put("bundles", key, "x"u8);
        return s3;
    }

    [Fact]
    public async Task Objects_are_listed_by_key_with_their_facts()
    {
        await using var s3 = await WithKeysAsync("b.zip", "a.zip");

        var list = await s3.GetAsync("/bundles?list-type=2");

        list.Values("Name").Should().Equal("bundles");
        list.Values("KeyCount").Should().Equal("2");
        list.Values("MaxKeys").Should().Equal("1000");
        list.Values("IsTruncated").Should().Equal("false");
        list.Values("Contents", "Key").Should().Equal("a.zip", "b.zip");
        list.Values("Contents", "Size").Should().Equal("1", "1");
        list.Values("Contents", "ETag").Should().AllBe("\"9dd4e461268c8034f5c8564e155c67a6\"");
        list.Values("Contents", "LastModified").Should().AllBe("2026-10-01T09:30:00.000Z");
        list.Values("Contents", "Owner").Should().BeEmpty();
        s3.Guard.Demands.Should().Equal("s3:ListBucket arn:aws:s3:::bundles");
    }

    [Fact]
    public async Task Keys_sort_by_their_bytes()
    {
        await using var s3 = await WithKeysAsync("\U0001F600", "\uFFFD", "z", "Z", "a/b", "a");

        var list = await s3.GetAsync("/bundles?list-type=2");

        list.Values("Contents", "Key").Should().Equal("Z", "a", "a/b", "z", "\uFFFD", "\U0001F600");
    }

    [Fact]
    public async Task A_deleted_object_is_not_listed()
    {
        await using var s3 = await WithKeysAsync("a", "b");
        await s3.DeleteAsync("/bundles/a");

        var list = await s3.GetAsync("/bundles?list-type=2");

        list.Values("Contents", "Key").Should().Equal("b");
    }

    [Fact]
    public async Task A_prefix_selects_and_a_delimiter_folds()
    {
        await using var s3 = await WithKeysAsync("logs/1", "site/a.zip", "site/b.zip", "site/old/1.zip", "site/old/2.zip", "site/z.zip");

        var list = await s3.GetAsync("/bundles?list-type=2&prefix=site%2F&delimiter=%2F");

        list.Values("Contents", "Key").Should().Equal("site/a.zip", "site/b.zip", "site/z.zip");
        list.Values("CommonPrefixes", "Prefix").Should().Equal("site/old/");
        list.Values("KeyCount").Should().Equal("4");
        list.Values("Delimiter").Should().Equal("/");
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_overlap()
    {
        await using var s3 = await WithKeysAsync("a/1", "a/2", "b", "c/1", "c/2", "d");
        var names = new List<string>();

        string? token = null;
        do
        {
            var page = await s3.GetAsync($"/bundles?list-type=2&delimiter=/&max-keys=1{(token is null ? "" : $"&continuation-token={Uri.EscapeDataString(token)}")}");
            page.Values("KeyCount").Should().Equal("1");
            names.AddRange([.. page.Values("Contents", "Key"), .. page.Values("CommonPrefixes", "Prefix")]);
            token = page.Values("NextContinuationToken").SingleOrDefault();
            page.Values("IsTruncated").Should().Equal(token is null ? "false" : "true");
        }
        while (token is not null);

        names.Should().Equal("a/", "b", "c/", "d");
    }

    [Fact]
    public async Task Start_after_is_echoed_and_obeyed()
    {
        await using var s3 = await WithKeysAsync("a", "b", "c");

        var list = await s3.GetAsync("/bundles?list-type=2&start-after=a&fetch-owner=true");

        list.Values("Contents", "Key").Should().Equal("b", "c");
        list.Values("StartAfter").Should().Equal("a");
        list.Values("Contents", "Owner", "ID").Should().AllBe("123456789012");
    }

    [Fact]
    public async Task Keys_are_url_encoded_on_demand()
    {
        await using var s3 = await WithKeysAsync("a b/港+1");

        var encoded = await s3.GetAsync("/bundles?list-type=2&encoding-type=url");
        var wrong = await s3.GetAsync("/bundles?list-type=2&encoding-type=rot13");

        encoded.Values("Contents", "Key").Should().Equal("a+b/%E6%B8%AF%2B1");
        encoded.Values("EncodingType").Should().Equal("url");
        wrong.ErrorCode.Should().Be("InvalidArgument");
    }

    [Fact]
    public async Task A_key_with_a_control_character_can_be_listed()
    {
        await using var s3 = await WithKeysAsync("a\u0001b");

        var list = await s3.GetAsync("/bundles?list-type=2");

        list.Text.Should().Contain("<Key>a&#x1;b</Key>");
    }

    [Theory]
    [InlineData("max-keys=many")]
    [InlineData("max-keys=-1")]
    [InlineData("continuation-token=%21")]
    [InlineData("continuation-token=nonsense")]
    public async Task Parameters_that_are_wrong_are_invalid_arguments(string parameter)
    {
        await using var s3 = await WithKeysAsync("a");

        var list = await s3.GetAsync($"/bundles?list-type=2&{parameter}");

        list.Status.Should().Be(HttpStatusCode.BadRequest);
        list.ErrorCode.Should().Be("InvalidArgument");
    }

    [Fact]
    public async Task No_more_than_a_thousand_keys_come_at_once()
    {
        await using var s3 = await WithKeysAsync([.. Enumerable.Range(0, 1001).Select(i => $"{i:D4}")]);

        var first = await s3.GetAsync("/bundles?list-type=2&max-keys=5000");
        var none = await s3.GetAsync("/bundles?list-type=2&max-keys=0");

        first.Values("KeyCount").Should().Equal("1000");
        first.Values("IsTruncated").Should().Equal("true");
        none.Values("KeyCount").Should().Equal("0");
        none.Values("IsTruncated").Should().Equal("false");
    }

    [Fact]
    public async Task Versions_are_listed_newest_first_with_delete_markers()
    {
        await using var s3 = await WithKeysAsync("a", "a", "b");
        await s3.DeleteAsync("/bundles/b");

        var list = await s3.GetAsync("/bundles?versions");

        list.Values("Version", "Key").Should().Equal("a", "a", "b");
        list.Values("Version", "IsLatest").Should().Equal("true", "false", "false");
        list.Values("DeleteMarker", "Key").Should().Equal("b");
        list.Values("DeleteMarker", "IsLatest").Should().Equal("true");
        list.Values("Version", "VersionId").Concat(list.Values("DeleteMarker", "VersionId")).Should().BeEquivalentTo(
            s3.Store.Versions("bundles").Select(version => version.VersionId));
    }

    [Fact]
    public async Task Pages_of_versions_follow_one_another_within_a_key()
    {
        await using var s3 = await WithKeysAsync("a", "a", "a", "b", "c/1", "c/2");
        var seen = new List<string>();

        var marker = "";
        do
        {
            var page = await s3.GetAsync($"/bundles?versions&delimiter=/&max-keys=2{marker}");
            seen.AddRange([.. page.Values("Version", "VersionId"), .. page.Values("CommonPrefixes", "Prefix")]);
            marker = page.Values("NextKeyMarker").SingleOrDefault() is { } key
                ? $"&key-marker={key}&version-id-marker={page.Values("NextVersionIdMarker").SingleOrDefault()}"
                : null;
        }
        while (marker is not null);

        seen.Should().Equal([.. s3.Store.Versions("bundles").Take(4).Select(version => version.VersionId), "c/"]);
    }

    [Fact]
    public async Task A_key_marker_alone_passes_over_all_versions_of_that_key()
    {
        await using var s3 = await WithKeysAsync("a", "a", "b");

        var behind = await s3.GetAsync("/bundles?versions&key-marker=a");
        var wrong = await s3.GetAsync("/bundles?versions&version-id-marker=x");

        behind.Values("Version", "Key").Should().Equal("b");
        wrong.ErrorCode.Should().Be("InvalidArgument");
    }
}
