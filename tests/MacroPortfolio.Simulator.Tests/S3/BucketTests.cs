using System.Net;
using System.Text;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.Tests.S3;

public sealed class BucketTests
{
    private static byte[] Constraint(string region) =>
        Encoding.UTF8.GetBytes($"<CreateBucketConfiguration xmlns=\"{S3World.Ns}\"><LocationConstraint>{region}</LocationConstraint></CreateBucketConfiguration>");

    [Fact]
    public async Task The_buckets_of_the_world_are_there()
    {
        await using var s3 = await S3World.StartAsync();

        var list = await s3.GetAsync("/");
        var bundles = await s3.GetAsync("/bundles?versioning");
        var plain = await s3.GetAsync("/plain?versioning");

        list.Values("Buckets", "Bucket", "Name").Should().Equal("bundles", "plain");
        bundles.Values("Status").Should().Equal("Enabled");
        plain.Values("Status").Should().BeEmpty();
        s3.Guard.Demands.Should().Contain("s3:ListAllMyBuckets *").And.Contain("s3:GetBucketVersioning arn:aws:s3:::bundles");
    }

    [Fact]
    public async Task A_bucket_is_made_in_the_region_and_only_there()
    {
        await using var s3 = await S3World.StartAsync();

        var unspecified = await s3.PutAsync("/releases", []);
        var elsewhere = await s3.PutAsync("/releases", Constraint("eu-west-1"));
        var made = await s3.PutAsync("/releases", Constraint("ap-east-1"));
        var again = await s3.PutAsync("/releases", Constraint("ap-east-1"));
        var location = await s3.GetAsync("/releases?location");

        unspecified.ErrorCode.Should().Be("IllegalLocationConstraintException");
        elsewhere.ErrorCode.Should().Be("IllegalLocationConstraintException");
        made.Status.Should().Be(HttpStatusCode.OK);
        made.Header("Location").Should().Be("/releases");
        again.Status.Should().Be(HttpStatusCode.Conflict);
        again.ErrorCode.Should().Be("BucketAlreadyOwnedByYou");
        location.Xml.Value.Should().Be("ap-east-1");
    }

    [Theory]
    [InlineData("/Releases")]
    [InlineData("/ab")]
    [InlineData("/-releases")]
    [InlineData("/re..leases")]
    public async Task A_name_that_S3_does_not_take_is_refused(string target)
    {
        await using var s3 = await S3World.StartAsync();

        var answer = await s3.PutAsync(target, Constraint("ap-east-1"));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.ErrorCode.Should().Be("InvalidBucketName");
    }

    [Fact]
    public async Task Head_tells_the_region_of_a_bucket_that_exists()
    {
        await using var s3 = await S3World.StartAsync();

        var there = await s3.HeadAsync("/bundles");
        var missing = await s3.HeadAsync("/nowhere");

        there.Status.Should().Be(HttpStatusCode.OK);
        there.Header("x-amz-bucket-region").Should().Be("ap-east-1");
        missing.Status.Should().Be(HttpStatusCode.NotFound);
        missing.Body.Should().BeEmpty();
    }

    [Fact]
    public async Task Versioning_is_enabled_and_suspended_and_nothing_else()
    {
        await using var s3 = await S3World.StartAsync();
        static byte[] Status(string status) => Encoding.UTF8.GetBytes($"<VersioningConfiguration xmlns=\"{S3World.Ns}\"><Status>{status}</Status></VersioningConfiguration>");

        var enabled = await s3.PutAsync("/plain?versioning", Status("Enabled"));
        var suspended = await s3.PutAsync("/bundles?versioning", Status("Suspended"));
        var wrong = await s3.PutAsync("/bundles?versioning", Status("Sometimes"));
        var broken = await s3.PutAsync("/bundles?versioning", "<Versioning"u8.ToArray());

        enabled.Status.Should().Be(HttpStatusCode.OK);
        suspended.Status.Should().Be(HttpStatusCode.OK);
        wrong.ErrorCode.Should().Be("MalformedXML");
        broken.ErrorCode.Should().Be("MalformedXML");
        (await s3.GetAsync("/plain?versioning")).Values("Status").Should().Equal("Enabled");
        (await s3.GetAsync("/bundles?versioning")).Values("Status").Should().Equal("Suspended");
    }

    [Theory]
    [InlineData("GET", "/nowhere?list-type=2")]
    [InlineData("GET", "/nowhere?versions")]
    [InlineData("GET", "/nowhere?location")]
    [InlineData("GET", "/nowhere?versioning")]
    [InlineData("GET", "/nowhere/key")]
    [InlineData("PUT", "/nowhere/key")]
    [InlineData("DELETE", "/nowhere/key")]
    [InlineData("POST", "/nowhere/key?uploads")]
    public async Task A_bucket_that_does_not_exist_is_said_so(string method, string target)
    {
        await using var s3 = await S3World.StartAsync();

        var answer = await s3.SendAsync(new HttpMethod(method), target, method == "GET" ? null : []);

        answer.Status.Should().Be(HttpStatusCode.NotFound);
        answer.ErrorCode.Should().Be("NoSuchBucket");
        answer.Xml.Element("BucketName")!.Value.Should().Be("nowhere");
        answer.Xml.Element("RequestId")!.Value.Should().Be(answer.Header("x-amz-request-id"));
    }

    [Theory]
    [InlineData("GET", "/bundles?acl", "GET Bucket acl")]
    [InlineData("GET", "/bundles", "GET Bucket")]
    [InlineData("DELETE", "/bundles", "DELETE Bucket")]
    [InlineData("POST", "/bundles?delete", "POST Bucket delete")]
    [InlineData("PUT", "/bundles/key?acl", "PUT Key acl")]
    [InlineData("POST", "/bundles/key?select&select-type=2", "POST Key select&select-type")]
    public async Task What_it_does_not_know_is_not_implemented_and_shows_in_the_log(string method, string target, string operation)
    {
        await using var s3 = await S3World.StartAsync();

        var answer = await s3.SendAsync(new HttpMethod(method), target, method == "GET" ? null : []);

        answer.Status.Should().Be(HttpStatusCode.NotImplemented);
        answer.ErrorCode.Should().Be("NotImplemented");
        s3.Last.Operation.Should().Be(operation);
    }

    [Fact]
    public async Task A_copy_is_not_taken_for_an_empty_object()
    {
        await using var s3 = await S3World.StartAsync();

        var answer = await s3.PutAsync("/bundles/copy", [], ("x-amz-copy-source", "/bundles/app.zip"));

        answer.ErrorCode.Should().Be("NotImplemented");
        s3.Store.Objects("bundles").Should().BeEmpty();
    }

    [Fact]
    public async Task Who_did_not_sign_well_gets_the_guards_words()
    {
        await using var s3 = await S3World.StartAsync();
        s3.Guard.Refusal = new AwsException(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.");

        var get = await s3.GetAsync("/bundles?list-type=2");
        var head = await s3.HeadAsync("/bundles");

        get.Status.Should().Be(HttpStatusCode.Forbidden);
        get.ErrorCode.Should().Be("SignatureDoesNotMatch");
        get.Header("Content-Type").Should().Be("application/xml");
        head.Status.Should().Be(HttpStatusCode.Forbidden);
    }
}
