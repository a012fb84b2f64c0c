using System.Net;
using MacroPortfolio.Simulator.Tests.World;

namespace MacroPortfolio.Simulator.Tests.S3;

public class BucketPolicyTests
{
    private const string Document =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/lee"},"Action":"s3:ListBucket","Resource":"arn:aws:s3:::bundles"}]}""";

    private static readonly Keys Lee = new("AKIALEE", "lee-secret", null);

    [Fact]
    public async Task A_policy_that_is_put_lets_in_whom_it_names_until_it_is_deleted()
    {
        await using var cloud = await TestCloud.StartAsync();

        var before = await ListAsync(cloud);
        var put = await cloud.S3Async(TestCloud.Dana, HttpMethod.Put, "/bundles?policy", Document);
        var got = await cloud.S3Async(TestCloud.Dana, HttpMethod.Get, "/bundles?policy");
        var with = await ListAsync(cloud);
        var deleted = await cloud.S3Async(TestCloud.Dana, HttpMethod.Delete, "/bundles?policy");

        (before, with, await ListAsync(cloud)).Should().Be((HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.Forbidden));
        (put.Status, got, deleted.Status).Should().Be((HttpStatusCode.NoContent, (HttpStatusCode.OK, Document), HttpStatusCode.NoContent));
    }

    [Fact]
    public async Task Where_there_is_no_policy_that_is_said()
    {
        await using var cloud = await TestCloud.StartAsync();

        var got = await cloud.S3Async(TestCloud.Dana, HttpMethod.Get, "/bundles?policy");

        got.Status.Should().Be(HttpStatusCode.NotFound);
        got.Body.Should().Contain("<Code>NoSuchBucketPolicy</Code>");
    }

    [Theory]
    [InlineData("{", "This policy contains invalid Json")]
    [InlineData("""{ "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::bundles" } }""", "Principal is missing")]
    [InlineData("""{ "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::other/*" } }""", "Policy has invalid resource")]
    public async Task What_is_no_policy_of_the_bucket_is_refused(string document, string words)
    {
        await using var cloud = await TestCloud.StartAsync();

        var put = await cloud.S3Async(TestCloud.Dana, HttpMethod.Put, "/bundles?policy", document);

        put.Status.Should().Be(HttpStatusCode.BadRequest);
        put.Body.Should().Contain("<Code>MalformedPolicy</Code>").And.Contain(words);
    }

    [Fact]
    public async Task Who_may_not_change_it_does_not()
    {
        await using var cloud = await TestCloud.StartAsync();

        var put = await cloud.S3Async(Lee, HttpMethod.Put, "/bundles?policy", Document);

        put.Body.Should().Contain("is not authorized to perform: s3:PutBucketPolicy");
        (await ListAsync(cloud)).Should().Be(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpStatusCode> ListAsync(TestCloud cloud) => (await cloud.S3Async(Lee, HttpMethod.Get, "/bundles?list-type=2")).Status;
}
