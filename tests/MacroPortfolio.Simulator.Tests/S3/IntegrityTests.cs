using System.Net;
using System.Security.Cryptography;
using System.Text;
using MacroPortfolio.Simulator.S3;

namespace MacroPortfolio.Simulator.Tests.S3;

public sealed class IntegrityTests
{
    private static readonly byte[] Hello = "hello, bundle"u8.ToArray();

    [Fact]
    public async Task The_md5_is_verified()
    {
        await using var s3 = await S3World.StartAsync();

        var good = await s3.PutAsync("/plain/key", Hello, ("Content-MD5", Convert.ToBase64String(ETags.Md5(Hello))));
        var bad = await s3.PutAsync("/plain/bad", Hello, ("Content-MD5", Convert.ToBase64String(ETags.Md5([1]))));
        var malformed = await s3.PutAsync("/plain/bad", Hello, ("Content-MD5", "abc"));

        good.Status.Should().Be(HttpStatusCode.OK);
        bad.Status.Should().Be(HttpStatusCode.BadRequest);
        bad.ErrorCode.Should().Be("BadDigest");
        malformed.ErrorCode.Should().Be("InvalidDigest");
        s3.Store.Objects("plain").Should().ContainSingle();
    }

    [Theory]
    [InlineData("CRC32")]
    [InlineData("CRC32C")]
    [InlineData("CRC64NVME")]
    [InlineData("SHA1")]
    [InlineData("SHA256")]
    public async Task A_checksum_is_verified_kept_and_given_back_to_who_asks(string name)
    {
        await using var s3 = await S3World.StartAsync();
        var algorithm = ChecksumAlgorithm.Parse(name);

        var put = await s3.PutAsync("/plain/key", Hello, (algorithm.Header, algorithm.Of(Hello)), ("x-amz-sdk-checksum-algorithm", name));
        var bad = await s3.PutAsync("/plain/bad", Hello, (algorithm.Header, algorithm.Of([1])));
        var invalid = await s3.PutAsync("/plain/bad", Hello, (algorithm.Header, "AAA="));
        var asked = await s3.HeadAsync("/plain/key", ("x-amz-checksum-mode", "ENABLED"));
        var notAsked = await s3.HeadAsync("/plain/key");

        put.Header(algorithm.Header).Should().Be(algorithm.Of(Hello));
        put.Header("x-amz-checksum-type").Should().Be("FULL_OBJECT");
        bad.ErrorCode.Should().Be("BadDigest");
        bad.ErrorMessage.Should().Be($"The {name} you specified did not match the calculated checksum.");
        invalid.ErrorCode.Should().Be("InvalidRequest");
        asked.Header(algorithm.Header).Should().Be(algorithm.Of(Hello));
        notAsked.Header(algorithm.Header).Should().BeNull();
        s3.Store.Objects("plain").Should().ContainSingle();
    }

    [Fact]
    public async Task Without_a_checksum_S3_makes_its_own()
    {
        await using var s3 = await S3World.StartAsync();

        var put = await s3.PutAsync("/plain/key", Hello);

        put.Header("x-amz-checksum-crc64nvme").Should().Be(ChecksumAlgorithm.Crc64Nvme.Of(Hello));
    }

    [Fact]
    public async Task One_checksum_of_the_announced_kind_is_enough_and_required()
    {
        await using var s3 = await S3World.StartAsync();
        var (crc32, sha1) = (ChecksumAlgorithm.Parse("CRC32"), ChecksumAlgorithm.Parse("SHA1"));

        var two = await s3.PutAsync("/plain/key", Hello, (crc32.Header, crc32.Of(Hello)), (sha1.Header, sha1.Of(Hello)));
        var none = await s3.PutAsync("/plain/key", Hello, ("x-amz-sdk-checksum-algorithm", "CRC32"));

        two.ErrorMessage.Should().Contain("Expecting a single x-amz-checksum- header");
        none.ErrorMessage.Should().Contain("no corresponding x-amz-checksum-* or x-amz-trailer headers were found");
    }

    [Fact]
    public async Task The_signed_hash_of_the_payload_is_verified()
    {
        await using var s3 = await S3World.StartAsync();

        var good = await s3.PutAsync("/plain/key", Hello, ("x-amz-content-sha256", Convert.ToHexStringLower(SHA256.HashData(Hello))));
        var bad = await s3.PutAsync("/plain/key", Hello, ("x-amz-content-sha256", Convert.ToHexStringLower(SHA256.HashData([1]))));
        var unsigned = await s3.PutAsync("/plain/key", Hello, ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"));

        good.Status.Should().Be(HttpStatusCode.OK);
        bad.ErrorCode.Should().Be("XAmzContentSHA256Mismatch");
        unsigned.Status.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "")]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", ";chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497")]
    public async Task Chunks_are_put_together_and_the_trailing_checksum_is_verified(string content, string extension)
    {
        await using var s3 = await S3World.StartAsync();
        var crc32 = ChecksumAlgorithm.Parse("CRC32");
        byte[] Chunked(string checksum) => Encoding.ASCII.GetBytes(
            $"7{extension}\r\nhello, \r\n6{extension}\r\nbundle\r\n0{extension}\r\nx-amz-checksum-crc32:{checksum}\r\n\r\n");
        (string, string)[] headers =
        [
            ("x-amz-content-sha256", content), ("x-amz-decoded-content-length", "13"), ("Content-Encoding", "aws-chunked,gzip"),
            ("x-amz-trailer", "x-amz-checksum-crc32"), ("x-amz-sdk-checksum-algorithm", "CRC32"),
        ];

        var good = await s3.PutAsync("/plain/key", Chunked(crc32.Of(Hello)), headers);
        var bad = await s3.PutAsync("/plain/bad", Chunked(crc32.Of([1])), headers);
        var got = await s3.GetAsync("/plain/key");

        good.Header("x-amz-checksum-crc32").Should().Be(crc32.Of(Hello));
        got.Body.Should().Equal(Hello);
        got.Header("Content-Encoding").Should().Be("gzip");
        bad.ErrorCode.Should().Be("BadDigest");
    }

    [Theory]
    [InlineData("d\r\nhello, bundle\r\n0\r\n\r\n", "14")]
    [InlineData("d\r\nhello, bundle\r\n0\r\n\r\n", "12")]
    [InlineData("d\r\nhello, bundle\r\n", "13")]
    [InlineData("ff\r\nhello, bundle\r\n0\r\n\r\n", "13")]
    [InlineData("x\r\nhello, bundle\r\n0\r\n\r\n", "13")]
    [InlineData("ffffffff\r\nhello, bundle\r\n0\r\n\r\n", "13")]
    [InlineData("c\r\nhello, bundle\r\n0\r\n\r\n", "12")]
    [InlineData("", "0")]
    [InlineData("0\r\n\r\n", "99999999999")]
    public async Task Chunks_that_do_not_add_up_are_refused(string body, string length)
    {
        await using var s3 = await S3World.StartAsync();

        var answer = await s3.PutAsync("/plain/key", Encoding.ASCII.GetBytes(body),
            ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"), ("x-amz-decoded-content-length", length));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.ErrorCode.Should().Be("IncompleteBody");
    }
}
