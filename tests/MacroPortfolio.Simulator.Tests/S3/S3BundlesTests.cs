using MacroPortfolio.Simulator.Fleet;
using MacroPortfolio.Simulator.S3;

namespace MacroPortfolio.Simulator.Tests.S3;

public sealed class S3BundlesTests
{
    private static BundleSource.S3 Source(string? version = null, string? eTag = null, string bucket = "bundles", string key = "app.zip") =>
        new(bucket, key, version, eTag, "zip");

    [Fact]
    public async Task A_revision_is_the_version_that_was_named()
    {
        await using var s3 = await S3World.StartAsync();
        var first = s3.Store.Put("bundles", "app.zip", [1]);
        var second = s3.Store.Put("bundles", "app.zip", [2]);
        var bundles = new S3Bundles(s3.Store);

        (await ReadAsync(bundles, Source())).Should().Equal(2);
        (await ReadAsync(bundles, Source(first.VersionId))).Should().Equal(1);
        (await ReadAsync(bundles, Source(eTag: second.ETag))).Should().Equal(2);
        (await ReadAsync(bundles, Source(eTag: second.ETag.Trim('"')))).Should().Equal(2);
    }

    [Fact]
    public async Task What_cannot_be_downloaded_is_said_in_the_agents_words()
    {
        await using var s3 = await S3World.StartAsync();
        var version = s3.Store.Put("bundles", "app.zip", [1]);
        s3.Store.Put("bundles", "deleted.zip", [1]);
        s3.Store.Delete("bundles", "deleted.zip", null);
        var bundles = new S3Bundles(s3.Store);

        async Task<string> Why(BundleSource source) =>
            (await bundles.Invoking(b => b.OpenAsync(source, CancellationToken.None)).Should().ThrowAsync<BundleNotFoundException>()).Which.Message;

        (await Why(Source(bucket: "nowhere"))).Should().Be("The specified bucket does not exist");
        (await Why(Source(key: "none.zip"))).Should().Be("The specified key does not exist.");
        (await Why(Source(key: "deleted.zip"))).Should().Be("The specified key does not exist.");
        (await Why(Source(version: new string('x', 32)))).Should().Be("The specified version does not exist.");
        (await Why(Source(eTag: "0123"))).Should().Be($"Expected deployment bundle etag 0123 but was actually {version.ETag}");
    }

    [Fact]
    public async Task A_bundle_that_is_being_read_outlives_its_deletion()
    {
        await using var s3 = await S3World.StartAsync();
        s3.Store.Put("plain", "app.zip", [1, 2, 3]);

        await using var open = await new S3Bundles(s3.Store).OpenAsync(Source(bucket: "plain"), CancellationToken.None);
        s3.Store.Delete("plain", "app.zip", null);

        var buffer = new MemoryStream();
        await open.CopyToAsync(buffer);
        buffer.ToArray().Should().Equal(1, 2, 3);
    }

    private static async Task<byte[]> ReadAsync(S3Bundles bundles, BundleSource source)
    {
        await using var stream = await bundles.OpenAsync(source, CancellationToken.None);
        var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer);
        return buffer.ToArray();
    }
}
