using System.Net;
using MacroPortfolio.Simulator.S3;

namespace MacroPortfolio.Simulator.Tests.S3;

public sealed class VersionTests
{
    [Fact]
    public async Task A_bucket_with_versioning_keeps_every_version()
    {
        await using var s3 = await S3World.StartAsync();

        var first = (await s3.PutAsync("/bundles/app.zip", [1])).Header("x-amz-version-id");
        var second = (await s3.PutAsync("/bundles/app.zip", [2])).Header("x-amz-version-id");
        var newest = await s3.GetAsync("/bundles/app.zip");
        var oldest = await s3.GetAsync($"/bundles/app.zip?versionId={first}");

        first.Should().MatchRegex("^[A-Za-z0-9]{32}$").And.NotBe(second);
        newest.Body.Should().Equal(2);
        newest.Header("x-amz-version-id").Should().Be(second);
        oldest.Body.Should().Equal(1);
        oldest.Header("x-amz-version-id").Should().Be(first);
        s3.Files.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_bucket_without_versioning_has_the_null_version_only()
    {
        await using var s3 = await S3World.StartAsync();
        await s3.PutAsync("/plain/app.zip", [1]);

        var put = await s3.PutAsync("/plain/app.zip", [2]);
        var byId = await s3.GetAsync("/plain/app.zip?versionId=null");
        await s3.DeleteAsync("/plain/app.zip");

        put.Header("x-amz-version-id").Should().BeNull();
        byId.Body.Should().Equal(2);
        s3.Store.Versions("plain").Should().BeEmpty();
        s3.Files.Should().BeEmpty();
    }

    [Fact]
    public async Task Deleting_makes_a_marker_and_deleting_the_marker_brings_the_object_back()
    {
        await using var s3 = await S3World.StartAsync();
        await s3.PutAsync("/bundles/app.zip", [1]);

        var deleted = await s3.DeleteAsync("/bundles/app.zip");
        var marker = deleted.Header("x-amz-version-id")!;
        var gone = await s3.GetAsync("/bundles/app.zip");
        var goneHead = await s3.HeadAsync("/bundles/app.zip");
        var markerItself = await s3.GetAsync($"/bundles/app.zip?versionId={marker}");
        var undeleted = await s3.DeleteAsync($"/bundles/app.zip?versionId={marker}");
        var back = await s3.GetAsync("/bundles/app.zip");

        deleted.Status.Should().Be(HttpStatusCode.NoContent);
        deleted.Header("x-amz-delete-marker").Should().Be("true");
        gone.ErrorCode.Should().Be("NoSuchKey");
        gone.Header("x-amz-delete-marker").Should().Be("true");
        gone.Header("x-amz-version-id").Should().Be(marker);
        goneHead.Status.Should().Be(HttpStatusCode.NotFound);
        goneHead.Header("x-amz-delete-marker").Should().Be("true");
        markerItself.Status.Should().Be(HttpStatusCode.MethodNotAllowed);
        markerItself.ErrorCode.Should().Be("MethodNotAllowed");
        markerItself.Header("Allow").Should().Be("DELETE");
        undeleted.Header("x-amz-delete-marker").Should().Be("true");
        back.Body.Should().Equal(1);
    }

    [Fact]
    public async Task A_deleted_version_is_gone_for_good()
    {
        await using var s3 = await S3World.StartAsync();
        var id = (await s3.PutAsync("/bundles/app.zip", [1])).Header("x-amz-version-id");
        await s3.PutAsync("/bundles/app.zip", [2]);

        var deleted = await s3.DeleteAsync($"/bundles/app.zip?versionId={id}");
        var gone = await s3.GetAsync($"/bundles/app.zip?versionId={id}");

        deleted.Header("x-amz-version-id").Should().Be(id);
        gone.Status.Should().Be(HttpStatusCode.NotFound);
        gone.ErrorCode.Should().Be("NoSuchVersion");
        (await s3.GetAsync("/bundles/app.zip")).Body.Should().Equal(2);
        s3.Files.Should().ContainSingle();
    }

    [Fact]
    public async Task What_cannot_be_a_version_id_is_an_invalid_argument()
    {
        await using var s3 = await S3World.StartAsync();
        await s3.PutAsync("/bundles/app.zip", [1]);

        var answer = await s3.GetAsync("/bundles/app.zip?versionId=7");

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.ErrorCode.Should().Be("InvalidArgument");
        answer.ErrorMessage.Should().Be("Invalid version id specified");
    }

    [Fact]
    public async Task Suspended_versioning_writes_over_the_null_version_and_keeps_the_others()
    {
        await using var s3 = await S3World.StartAsync();
        var kept = (await s3.PutAsync("/bundles/app.zip", [1])).Header("x-amz-version-id");
        s3.Store.SetVersioning("bundles", Versioning.Suspended);

        var put = await s3.PutAsync("/bundles/app.zip", [2]);
        await s3.PutAsync("/bundles/app.zip", [3]);
        var versions = s3.Store.Versions("bundles").Select(version => version.VersionId).ToList();
        var deleted = await s3.DeleteAsync("/bundles/app.zip");

        put.Header("x-amz-version-id").Should().Be("null");
        versions.Should().Equal("null", kept);
        deleted.Header("x-amz-version-id").Should().Be("null");
        s3.Store.Versions("bundles").Select(version => version.IsDeleteMarker).Should().Equal(true, false);
        (await s3.GetAsync($"/bundles/app.zip?versionId={kept}")).Body.Should().Equal(1);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_version_ids()
    {
        await using var one = await S3World.StartAsync();
        await using var other = await S3World.StartAsync();

        one.Store.Put("bundles", "key", [1]).VersionId.Should().Be(other.Store.Put("bundles", "key", [1]).VersionId);
    }
}
