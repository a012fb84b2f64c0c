using System.Text;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Tests.Iam;

/// <summary>The signatures are those of AWS's own documentation and test suite.</summary>
public class SignatureV4Tests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static readonly Scope S3 = new("20130524", "us-east-1", "s3");

    [Fact]
    public void A_bare_request_of_the_test_suite_is_signed_as_AWS_signs_it()
    {
        var parts = new SignedParts("GET", "/", [], [new("host", "example.amazonaws.com"), new("x-amz-date", "20150830T123600Z")], EmptyHash);

        var signature = SignatureV4.Sign(parts, "20150830T123600Z", new Scope("20150830", "us-east-1", "service"), "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

        signature.Should().Be("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    [Fact]
    public void An_object_of_S3_is_read_with_the_documented_signature()
    {
        var parts = new SignedParts("GET", "/test.txt", [],
            [new("host", "examplebucket.s3.amazonaws.com"), new("range", "bytes=0-9"), new("x-amz-content-sha256", EmptyHash), new("x-amz-date", "20130524T000000Z")], EmptyHash);

        var signature = SignatureV4.Sign(parts, "20130524T000000Z", S3, Secret);

        signature.Should().Be("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    [Fact]
    public void A_presigned_request_has_the_documented_signature()
    {
        var parts = new SignedParts("GET", "/test.txt",
            [
                new("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), new("X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request"),
                new("X-Amz-Date", "20130524T000000Z"), new("X-Amz-Expires", "86400"), new("X-Amz-SignedHeaders", "host"),
            ],
            [new("host", "examplebucket.s3.amazonaws.com")], "UNSIGNED-PAYLOAD");

        var signature = SignatureV4.Sign(parts, "20130524T000000Z", S3, Secret);

        signature.Should().Be("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    }

    [Theory]
    [InlineData("s3", "/a%20b//c/../d", "/a%20b//c/../d")]
    [InlineData("codedeploy", "/a%20b//c/../d/", "/a%2520b/d/")]
    [InlineData("codedeploy", "/", "/")]
    public void A_path_is_encoded_once_for_S3_and_normalised_and_encoded_twice_for_the_others(string service, string path, string canonical)
    {
        var scope = new Scope("20130524", "us-east-1", service);
        var request = $"GET\n{canonical}\na=&b=%20%2B%2F\nhost:h\nx-a:one two\n\nhost;x-a\n{EmptyHash}";

        var signature = SignatureV4.Sign(
            new SignedParts("GET", path, [new("b", " +/"), new("a", "")], [new("X-A", " one  two "), new("Host", "h")], EmptyHash), "20130524T000000Z", scope, Secret);

        var text = $"AWS4-HMAC-SHA256\n20130524T000000Z\n{scope}\n{SignatureV4.Hash(Encoding.UTF8.GetBytes(request))}";
        signature.Should().Be(SignatureV4.SignText(text, scope, Secret));
    }

    [Fact]
    public void The_documented_upload_in_chunks_is_accepted_and_a_changed_byte_is_not()
    {
        var body = Chunks();
        var changed = (byte[])body.Clone();
        changed[66_000] = (byte)'b';

        var results = (ChunkedPayload.IsSigned(body, Claim(), Secret, hasTrailer: false), ChunkedPayload.IsSigned(changed, Claim(), Secret, hasTrailer: false));

        results.Should().Be((true, false));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(66_000)]
    public void An_upload_that_ends_early_is_not_accepted(int length)
    {
        var result = ChunkedPayload.IsSigned(Chunks()[..length], Claim(), Secret, hasTrailer: false);

        result.Should().BeFalse();
    }

    [Fact]
    public void A_trailer_must_be_signed_too()
    {
        var end = SignatureV4.SignText($"AWS4-HMAC-SHA256-PAYLOAD\n20130524T000000Z\n{S3}\nseed\n{EmptyHash}\n{EmptyHash}", S3, Secret);
        const string trailer = "x-amz-checksum-crc32c:sOO8/Q==";
        var signature = SignatureV4.SignText($"AWS4-HMAC-SHA256-TRAILER\n20130524T000000Z\n{S3}\n{end}\n{SignatureV4.Hash(Encoding.UTF8.GetBytes($"{trailer}\n"))}", S3, Secret);
        byte[] Body(string said) => Encoding.ASCII.GetBytes($"0;chunk-signature={end}\r\n{trailer}\r\nx-amz-trailer-signature:{said}\r\n\r\n");
        var claim = Claim() with { Signature = "seed" };

        var results = (ChunkedPayload.IsSigned(Body(signature), claim, Secret, hasTrailer: true), ChunkedPayload.IsSigned(Body(end), claim, Secret, hasTrailer: true));

        results.Should().Be((true, false));
    }

    private static SignatureClaim Claim() => new("AKIAIOSFODNN7EXAMPLE", S3, ["host"], "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9", "20130524T000000Z", null, null);

    private static byte[] Chunks() => Encoding.ASCII.GetBytes(
        $"10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n{new string('a', 65_536)}\r\n"
        + $"400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n{new string('a', 1024)}\r\n"
        + "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n");
}
