using System.Net;
using System.Text;
using MacroPortfolio.Simulator.S3;

namespace MacroPortfolio.Simulator.Tests.S3;

public sealed class ObjectTests
{
    private static readonly byte[] Hello = "hello, bundle"u8.ToArray();

    [Fact]
    public async Task What_is_put_is_got_with_its_headers_and_metadata()
    {
        await using var s3 = await S3World.StartAsync();

        var put = await s3.PutAsync("/plain/app.zip", Hello,
            ("Content-Type", "application/zip"), ("Cache-Control", "no-store"), ("x-amz-meta-Commit", "abc123"), ("x-amz-meta-who", "dänä"),
            ("x-amz-tagging", "repo=acme%2Fsite&app=x"));
        var got = await s3.GetAsync("/plain/app.zip");
        var head = await s3.HeadAsync("/plain/app.zip");
        var tags = await s3.GetAsync("/plain/app.zip?tagging");

        put.Status.Should().Be(HttpStatusCode.OK);
        put.Header("ETag").Should().Be(ETag(Hello));
        put.Header("x-amz-version-id").Should().BeNull();
        got.Body.Should().Equal(Hello);
        foreach (var answer in new[] { got, head })
        {
            answer.Status.Should().Be(HttpStatusCode.OK);
            answer.Header("Content-Type").Should().Be("application/zip");
            answer.Header("Content-Length").Should().Be("13");
            answer.Header("Cache-Control").Should().Be("no-store");
            answer.Header("x-amz-meta-commit").Should().Be("abc123");
            answer.Header("x-amz-meta-who").Should().Be($"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes("dänä"))}?=");
            answer.Header("x-amz-tagging-count").Should().Be("2");
            answer.Header("ETag").Should().Be(ETag(Hello));
            answer.Header("Last-Modified").Should().Be("Thu, 01 Oct 2026 09:30:00 GMT");
            answer.Header("Accept-Ranges").Should().Be("bytes");
        }

        head.Body.Should().BeEmpty();
        tags.Values("TagSet", "Tag", "Value").Should().Equal("acme/site", "x");
        s3.Guard.Demands.Should().Contain("s3:PutObject arn:aws:s3:::plain/app.zip").And.Contain("s3:PutObjectTagging arn:aws:s3:::plain/app.zip")
            .And.Contain("s3:GetObject arn:aws:s3:::plain/app.zip");
    }

    [Theory]
    [InlineData("/plain/a/b/c.zip", "a/b/c.zip")]
    [InlineData("/plain/a%2Fb", "a/b")]
    [InlineData("/plain/two%20words", "two words")]
    [InlineData("/plain/plus%2Bsign", "plus+sign")]
    [InlineData("/plain/%E6%B8%AF%E8%82%A1.zip", "港股.zip")]
    [InlineData("/plain/a//b/", "a//b/")]
    [InlineData("/plain/../up", "../up")]
    [InlineData("/plain/100%25", "100%")]
    [InlineData("/plain/what%3FversionId=x", "what?versionId=x")]
    public async Task A_key_is_exactly_what_was_sent(string target, string key)
    {
        await using var s3 = await S3World.StartAsync();

        await s3.PutAsync(target, Hello);
        var got = await s3.GetAsync(target);

        got.Body.Should().Equal(Hello);
        s3.Store.Objects("plain").Should().ContainSingle().Which.Key.Should().Be(key);
        s3.Last.Request!["key"]!.GetValue<string>().Should().Be(key);
        s3.Files.Should().ContainSingle();
    }

    [Fact]
    public async Task A_missing_key_is_404_and_head_has_no_body()
    {
        await using var s3 = await S3World.StartAsync();

        var get = await s3.GetAsync("/plain/none");
        var head = await s3.HeadAsync("/plain/none");

        get.Status.Should().Be(HttpStatusCode.NotFound);
        get.ErrorCode.Should().Be("NoSuchKey");
        get.Xml.Element("Key")!.Value.Should().Be("none");
        head.Status.Should().Be(HttpStatusCode.NotFound);
        head.Body.Should().BeEmpty();
    }

    [Fact]
    public async Task Who_may_not_list_the_bucket_is_not_told_that_a_key_is_missing()
    {
        await using var s3 = await S3World.StartAsync();
        s3.Guard.Denied.Add("s3:ListBucket");

        var get = await s3.GetAsync("/plain/none");

        get.Status.Should().Be(HttpStatusCode.Forbidden);
        get.ErrorCode.Should().Be("AccessDenied");
        get.ErrorMessage.Should().Contain("s3:ListBucket");
    }

    [Theory]
    [InlineData("PUT", "/plain/key", "s3:PutObject")]
    [InlineData("GET", "/plain/key", "s3:GetObject")]
    [InlineData("GET", "/plain/key?versionId=null", "s3:GetObjectVersion")]
    [InlineData("DELETE", "/plain/key", "s3:DeleteObject")]
    [InlineData("DELETE", "/plain/key?versionId=null", "s3:DeleteObjectVersion")]
    [InlineData("GET", "/plain?list-type=2", "s3:ListBucket")]
    [InlineData("GET", "/plain?versions", "s3:ListBucketVersions")]
    [InlineData("POST", "/plain/key?uploads", "s3:PutObject")]
    public async Task What_the_policies_do_not_allow_is_access_denied(string method, string target, string action)
    {
        await using var s3 = await S3World.StartAsync();
        s3.Store.Put("plain", "key", Hello);
        s3.Guard.Denied.Add(action);

        var answer = await s3.SendAsync(new HttpMethod(method), target, method is "GET" or "DELETE" ? null : Hello);

        answer.Status.Should().Be(HttpStatusCode.Forbidden);
        answer.ErrorCode.Should().Be("AccessDenied");
        answer.ErrorMessage.Should().Contain($"not authorized to perform: {action}");
        s3.Store.Objects("plain").Should().ContainSingle();
    }

    [Theory]
    [InlineData("bytes=0-4", 206, "hello", "bytes 0-4/13")]
    [InlineData("bytes=7-", 206, "bundle", "bytes 7-12/13")]
    [InlineData("bytes=-6", 206, "bundle", "bytes 7-12/13")]
    [InlineData("bytes=7-999", 206, "bundle", "bytes 7-12/13")]
    [InlineData("bytes=-999", 206, "hello, bundle", "bytes 0-12/13")]
    [InlineData("bytes=4-1", 200, "hello, bundle", null)]
    [InlineData("bytes=0-1,3-4", 200, "hello, bundle", null)]
    [InlineData("items=0-1", 200, "hello, bundle", null)]
    public async Task A_range_is_served(string range, int status, string text, string? contentRange)
    {
        await using var s3 = await S3World.StartAsync();
        s3.Store.Put("plain", "key", Hello);

        var answer = await s3.GetAsync("/plain/key", ("Range", range));

        ((int)answer.Status).Should().Be(status);
        answer.Text.Should().Be(text);
        answer.Header("Content-Range").Should().Be(contentRange);
        answer.Header("Content-Length").Should().Be(text.Length.ToString());
    }

    [Theory]
    [InlineData("bytes=13-")]
    [InlineData("bytes=-0")]
    public async Task A_range_beyond_the_end_is_refused(string range)
    {
        await using var s3 = await S3World.StartAsync();
        s3.Store.Put("plain", "key", Hello);

        var answer = await s3.GetAsync("/plain/key", ("Range", range));

        answer.Status.Should().Be(HttpStatusCode.RequestedRangeNotSatisfiable);
        answer.ErrorCode.Should().Be("InvalidRange");
    }

    [Fact]
    public async Task Conditions_on_reading_hold()
    {
        await using var s3 = await S3World.StartAsync();
        var eTag = s3.Store.Put("plain", "key", Hello).ETag;

        var unchanged = await s3.GetAsync("/plain/key", ("If-None-Match", eTag));
        var changed = await s3.GetAsync("/plain/key", ("If-None-Match", "\"other\""));
        var matched = await s3.GetAsync("/plain/key", ("If-Match", eTag));
        var unmatched = await s3.GetAsync("/plain/key", ("If-Match", "\"other\""));
        var since = await s3.HeadAsync("/plain/key", ("If-Modified-Since", "Thu, 01 Oct 2026 09:30:00 GMT"));
        var unmodified = await s3.HeadAsync("/plain/key", ("If-Unmodified-Since", "Thu, 01 Oct 2026 09:29:59 GMT"));

        unchanged.Status.Should().Be(HttpStatusCode.NotModified);
        unchanged.Body.Should().BeEmpty();
        unchanged.Header("ETag").Should().Be(eTag);
        changed.Body.Should().Equal(Hello);
        matched.Body.Should().Equal(Hello);
        unmatched.Status.Should().Be(HttpStatusCode.PreconditionFailed);
        unmatched.ErrorCode.Should().Be("PreconditionFailed");
        since.Status.Should().Be(HttpStatusCode.NotModified);
        unmodified.Status.Should().Be(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Conditions_on_writing_hold()
    {
        await using var s3 = await S3World.StartAsync();

        var first = await s3.PutAsync("/plain/lock", Hello, ("If-None-Match", "*"));
        var second = await s3.PutAsync("/plain/lock", [1], ("If-None-Match", "*"));
        var swapped = await s3.PutAsync("/plain/lock", [2], ("If-Match", ETag(Hello)));
        var stale = await s3.PutAsync("/plain/lock", [3], ("If-Match", ETag(Hello)));
        var missing = await s3.PutAsync("/plain/none", [4], ("If-Match", ETag(Hello)));

        first.Status.Should().Be(HttpStatusCode.OK);
        second.ErrorCode.Should().Be("PreconditionFailed");
        swapped.Status.Should().Be(HttpStatusCode.OK);
        stale.Status.Should().Be(HttpStatusCode.PreconditionFailed);
        missing.ErrorCode.Should().Be("NoSuchKey");
        (await s3.GetAsync("/plain/lock")).Body.Should().Equal(2);
        s3.Files.Should().ContainSingle("what was refused or replaced leaves no file");
    }

    [Fact]
    public async Task An_answer_can_be_asked_for_under_another_content_type()
    {
        await using var s3 = await S3World.StartAsync();
        s3.Store.Put("plain", "key", Hello);

        var plain = await s3.GetAsync("/plain/key");
        var asked = await s3.GetAsync("/plain/key?response-content-type=text%2Fplain&response-content-disposition=inline");

        plain.Header("Content-Type").Should().Be("binary/octet-stream");
        asked.Header("Content-Type").Should().Be("text/plain");
        asked.Header("Content-Disposition").Should().Be("inline");
    }

    [Theory]
    [InlineData("x-amz-acl", "public-read", 400, "AccessControlListNotSupported")]
    [InlineData("x-amz-server-side-encryption", "aws:kms", 501, "NotImplemented")]
    [InlineData("x-amz-storage-class", "GLACIER", 501, "NotImplemented")]
    [InlineData("x-amz-tagging", "a=1&a=2", 400, "InvalidArgument")]
    [InlineData("x-amz-tagging", "a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1&k=1", 400, "BadRequest")]
    public async Task What_a_bucket_does_not_take_with_an_object_is_refused(string header, string value, int status, string code)
    {
        await using var s3 = await S3World.StartAsync();

        var answer = await s3.PutAsync("/plain/key", Hello, (header, value));

        ((int)answer.Status).Should().Be(status);
        answer.ErrorCode.Should().Be(code);
        s3.Store.Objects("plain").Should().BeEmpty();
    }

    [Fact]
    public async Task Too_long_keys_and_too_much_metadata_are_refused()
    {
        await using var s3 = await S3World.StartAsync();

        var longest = await s3.PutAsync($"/plain/{new string('k', 1024)}", Hello);
        var tooLong = await s3.PutAsync($"/plain/{new string('k', 1025)}", Hello);
        var fits = await s3.PutAsync("/plain/key", Hello, ("x-amz-meta-m", new string('v', 2047)));
        var tooMuch = await s3.PutAsync("/plain/key", Hello, ("x-amz-meta-m", new string('v', 2048)));

        longest.Status.Should().Be(HttpStatusCode.OK);
        tooLong.ErrorCode.Should().Be("KeyTooLongError");
        fits.Status.Should().Be(HttpStatusCode.OK);
        tooMuch.ErrorCode.Should().Be("MetadataTooLarge");
    }

    private static string ETag(byte[] bytes) => $"\"{Convert.ToHexStringLower(ETags.Md5(bytes))}\"";
}
