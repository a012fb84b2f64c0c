using System.Net;
using System.Security.Cryptography;
using System.Text;
using MacroPortfolio.Simulator.S3;

namespace MacroPortfolio.Simulator.Tests.S3;

public sealed class MultipartTests
{
    private const int FiveMiB = 5 * 1024 * 1024;
    private static readonly byte[] Large = [.. Enumerable.Range(0, FiveMiB).Select(i => (byte)(i * 31 >> 3))];
    private static readonly byte[] Small = "the end"u8.ToArray();

    private static async Task<string> CreateAsync(S3World s3, params (string, string)[] headers) =>
        (await s3.PostAsync("/bundles/app.zip?uploads", [], headers)).Values("UploadId").Single();

    private static byte[] Completion(params (int Number, string? ETag)[] parts) => Completion("", parts);

    private static byte[] Completion(string extra, params (int Number, string? ETag)[] parts) => Encoding.UTF8.GetBytes(
        $"<CompleteMultipartUpload xmlns=\"{S3World.Ns}\">"
        + string.Concat(parts.Select(part => $"<Part><PartNumber>{part.Number}</PartNumber><ETag>{part.ETag}</ETag>{extra}</Part>"))
        + "</CompleteMultipartUpload>");

    [Fact]
    public async Task Parts_become_one_object_with_the_eTag_of_their_md5s()
    {
        await using var s3 = await S3World.StartAsync();
        var id = await CreateAsync(s3, ("x-amz-meta-commit", "abc"), ("Content-Type", "application/zip"));
        s3.Time.Advance(TimeSpan.FromMinutes(1));

        var second = await s3.PutAsync($"/bundles/app.zip?partNumber=2&uploadId={id}", Small);
        var first = await s3.PutAsync($"/bundles/app.zip?partNumber=1&uploadId={id}", Large);
        var done = await s3.PostAsync($"/bundles/app.zip?uploadId={id}", Completion((1, first.Header("ETag")), (2, second.Header("ETag"))));
        var got = await s3.GetAsync("/bundles/app.zip", ("x-amz-checksum-mode", "ENABLED"));

        byte[] whole = [.. Large, .. Small];
        var eTag = $"\"{Convert.ToHexStringLower(ETags.Md5([.. ETags.Md5(Large), .. ETags.Md5(Small)]))}-2\"";
        done.Values("ETag").Should().Equal(eTag);
        done.Header("x-amz-version-id").Should().Be(got.Header("x-amz-version-id"));
        got.Body.Should().Equal(whole);
        got.Header("ETag").Should().Be(eTag);
        got.Header("x-amz-meta-commit").Should().Be("abc");
        got.Header("Content-Type").Should().Be("application/zip");
        got.Header("x-amz-checksum-crc64nvme").Should().Be(ChecksumAlgorithm.Crc64Nvme.Of(whole));
        got.Header("Last-Modified").Should().Be("Thu, 01 Oct 2026 09:30:00 GMT", "an object is as old as its upload");
        s3.Files.Should().ContainSingle("the parts are gone");
    }

    [Fact]
    public async Task Every_part_but_the_last_has_at_least_five_mebibytes()
    {
        await using var s3 = await S3World.StartAsync();
        var id = await CreateAsync(s3);
        var first = await s3.PutAsync($"/bundles/app.zip?partNumber=1&uploadId={id}", Large[1..]);
        var second = await s3.PutAsync($"/bundles/app.zip?partNumber=2&uploadId={id}", Small);

        var done = await s3.PostAsync($"/bundles/app.zip?uploadId={id}", Completion((1, first.Header("ETag")), (2, second.Header("ETag"))));
        var alone = await s3.PostAsync($"/bundles/app.zip?uploadId={id}", Completion((2, second.Header("ETag"))));

        done.Status.Should().Be(HttpStatusCode.BadRequest);
        done.ErrorCode.Should().Be("EntityTooSmall");
        alone.Status.Should().Be(HttpStatusCode.OK);
        (await s3.GetAsync("/bundles/app.zip")).Body.Should().Equal(Small);
    }

    [Fact]
    public async Task The_list_of_parts_must_be_what_was_uploaded_in_order()
    {
        await using var s3 = await S3World.StartAsync();
        var id = await CreateAsync(s3);
        var eTag = (await s3.PutAsync($"/bundles/app.zip?partNumber=1&uploadId={id}", Small)).Header("ETag");
        await s3.PutAsync($"/bundles/app.zip?partNumber=2&uploadId={id}", Small);

        async Task<string?> Code(byte[] completion) => (await s3.PostAsync($"/bundles/app.zip?uploadId={id}", completion)).ErrorCode;

        (await Code(Completion((2, eTag), (1, eTag)))).Should().Be("InvalidPartOrder");
        (await Code(Completion((1, eTag), (1, eTag)))).Should().Be("InvalidPartOrder");
        (await Code(Completion((1, eTag), (3, eTag)))).Should().Be("InvalidPart");
        (await Code(Completion((1, "\"00000000000000000000000000000000\"")))).Should().Be("InvalidPart");
        (await Code(Completion())).Should().Be("MalformedXML");
        (await Code("nonsense"u8.ToArray())).Should().Be("MalformedXML");
        (await Code([])).Should().Be("MalformedXML");
    }

    [Fact]
    public async Task An_upload_that_is_aborted_completed_or_anothers_does_not_exist()
    {
        await using var s3 = await S3World.StartAsync();
        var aborted = await CreateAsync(s3);
        await s3.PutAsync($"/bundles/app.zip?partNumber=1&uploadId={aborted}", Small);
        var completed = await CreateAsync(s3);
        var eTag = (await s3.PutAsync($"/bundles/app.zip?partNumber=1&uploadId={completed}", Small)).Header("ETag");

        var abort = await s3.DeleteAsync($"/bundles/app.zip?uploadId={aborted}");
        var putAborted = await s3.PutAsync($"/bundles/app.zip?partNumber=1&uploadId={aborted}", Small);
        var otherKey = await s3.PutAsync($"/bundles/other.zip?partNumber=1&uploadId={completed}", Small);
        await s3.PostAsync($"/bundles/app.zip?uploadId={completed}", Completion((1, eTag)));
        var again = await s3.PostAsync($"/bundles/app.zip?uploadId={completed}", Completion((1, eTag)));

        abort.Status.Should().Be(HttpStatusCode.NoContent);
        putAborted.Status.Should().Be(HttpStatusCode.NotFound);
        new[] { putAborted, otherKey, again }.Select(answer => answer.ErrorCode).Should().AllBe("NoSuchUpload");
        s3.Files.Should().ContainSingle();
    }

    [Fact]
    public async Task Parts_are_listed_a_page_at_a_time_and_the_last_upload_of_a_number_counts()
    {
        await using var s3 = await S3World.StartAsync();
        var id = await CreateAsync(s3);
        await s3.PutAsync($"/bundles/app.zip?partNumber=1&uploadId={id}", [1]);
        await s3.PutAsync($"/bundles/app.zip?partNumber=1&uploadId={id}", Small);
        await s3.PutAsync($"/bundles/app.zip?partNumber=7&uploadId={id}", [2]);

        var first = await s3.GetAsync($"/bundles/app.zip?uploadId={id}&max-parts=1");
        var second = await s3.GetAsync($"/bundles/app.zip?uploadId={id}&part-number-marker=1");

        first.Values("Part", "PartNumber").Should().Equal("1");
        first.Values("Part", "Size").Should().Equal("7");
        first.Values("IsTruncated").Should().Equal("true");
        first.Values("NextPartNumberMarker").Should().Equal("1");
        second.Values("Part", "PartNumber").Should().Equal("7");
        second.Values("IsTruncated").Should().Equal("false");
        s3.Guard.Demands.Should().Contain("s3:ListMultipartUploadParts arn:aws:s3:::bundles/app.zip");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task A_part_has_a_number_from_1_to_10000(int number)
    {
        await using var s3 = await S3World.StartAsync();
        var id = await CreateAsync(s3);

        var answer = await s3.PutAsync($"/bundles/app.zip?partNumber={number}&uploadId={id}", Small);

        answer.ErrorCode.Should().Be("InvalidArgument");
    }

    [Fact]
    public async Task A_composite_checksum_is_that_of_the_parts_checksums()
    {
        await using var s3 = await S3World.StartAsync();
        var sha256 = ChecksumAlgorithm.Parse("SHA256");
        var id = await CreateAsync(s3, ("x-amz-checksum-algorithm", "SHA256"));

        var without = await s3.PutAsync($"/bundles/app.zip?partNumber=1&uploadId={id}", Small);
        var part = await s3.PutAsync($"/bundles/app.zip?partNumber=1&uploadId={id}", Small, (sha256.Header, sha256.Of(Small)));
        var bare = await s3.PostAsync($"/bundles/app.zip?uploadId={id}", Completion((1, part.Header("ETag"))));
        byte[] With(string checksum) => Completion($"<ChecksumSHA256>{checksum}</ChecksumSHA256>", (1, part.Header("ETag")));
        var wrong = await s3.PostAsync($"/bundles/app.zip?uploadId={id}", With(sha256.Of([1])));
        var done = await s3.PostAsync($"/bundles/app.zip?uploadId={id}", With(sha256.Of(Small)));

        without.ErrorMessage.Should().Be("Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: null");
        part.Header(sha256.Header).Should().Be(sha256.Of(Small));
        bare.ErrorMessage.Should().Contain("It was missing for part 1 in the request.");
        wrong.ErrorCode.Should().Be("InvalidPart");
        done.Values("ChecksumSHA256").Should().Equal($"{Convert.ToBase64String(SHA256.HashData(SHA256.HashData(Small)))}-1");
        done.Values("ChecksumType").Should().Equal("COMPOSITE");
    }

    [Fact]
    public async Task A_full_object_checksum_is_that_of_the_whole()
    {
        await using var s3 = await S3World.StartAsync();
        var crc32 = ChecksumAlgorithm.Parse("CRC32");
        var id = await CreateAsync(s3, ("x-amz-checksum-algorithm", "CRC32"), ("x-amz-checksum-type", "FULL_OBJECT"));
        var first = await s3.PutAsync($"/bundles/app.zip?partNumber=1&uploadId={id}", Large, (crc32.Header, crc32.Of(Large)));
        var second = await s3.PutAsync($"/bundles/app.zip?partNumber=2&uploadId={id}", Small, (crc32.Header, crc32.Of(Small)));

        var done = await s3.PostAsync($"/bundles/app.zip?uploadId={id}", Completion((1, first.Header("ETag")), (2, second.Header("ETag"))));
        var impossible = await s3.PostAsync("/bundles/app.zip?uploads", [], ("x-amz-checksum-algorithm", "SHA256"), ("x-amz-checksum-type", "FULL_OBJECT"));

        done.Values("ChecksumCRC32").Should().Equal(crc32.Of([.. Large, .. Small]));
        impossible.ErrorCode.Should().Be("InvalidRequest");
    }
}
