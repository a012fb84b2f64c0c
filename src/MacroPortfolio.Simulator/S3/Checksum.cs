using System.Security.Cryptography;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.S3;

/// <summary>An additional checksum of S3. https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html</summary>
public sealed record ChecksumAlgorithm(string Name, int Bytes, Func<IDigest> Start)
{
    public static readonly ChecksumAlgorithm Crc64Nvme = new("CRC64NVME", 8, () => new CrcDigest(CrcDigest.Polynomial.Crc64Nvme));

    public static readonly IReadOnlyList<ChecksumAlgorithm> All =
    [
        new("CRC32", 4, () => new CrcDigest(CrcDigest.Polynomial.Crc32)),
        new("CRC32C", 4, () => new CrcDigest(CrcDigest.Polynomial.Crc32C)),
        Crc64Nvme,
        new("SHA1", 20, () => new HashDigest(HashAlgorithmName.SHA1)),
        new("SHA256", 32, () => new HashDigest(HashAlgorithmName.SHA256)),
    ];

    public string Header => $"x-amz-checksum-{Name.ToLowerInvariant()}";
    public string Element => $"Checksum{Name}";

    public static ChecksumAlgorithm Parse(string name) =>
        All.FirstOrDefault(algorithm => algorithm.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new AwsException(400, "InvalidRequest", "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
            + $"[{string.Join(", ", All.Select(algorithm => algorithm.Name))}]");

    public string Of(ReadOnlySpan<byte> bytes)
    {
        var digest = Start();
        digest.Append(bytes);
        return Convert.ToBase64String(digest.Finish());
    }
}

/// <param name="Value">Base64; of a composite one, with the number of parts behind a dash.</param>
public sealed record Checksum(ChecksumAlgorithm Algorithm, string Value, string Type = Checksum.FullObject)
{
    public const string FullObject = "FULL_OBJECT";
    public const string Composite = "COMPOSITE";

    /// <summary>Verifies the digests that the sender gave, and returns the additional checksum among them.</summary>
    public static Checksum? Verified(S3Payload payload)
    {
        if (payload.Header("Content-MD5") is { } md5)
            VerifyMd5(md5, payload.Bytes.Span);

        var given = ChecksumAlgorithm.All.Where(algorithm => payload.Header(algorithm.Header) is not null).ToList();
        var announced = payload.Header("x-amz-sdk-checksum-algorithm");
        if (given.Count > 1)
            throw new AwsException(400, "InvalidRequest", "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        if (announced is not null && !given.Contains(ChecksumAlgorithm.Parse(announced)))
        {
            throw new AwsException(400, "InvalidRequest",
                "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.");
        }

        if (given is not [var algorithm])
            return null;

        var value = payload.Header(algorithm.Header)!;
        if (!IsDigest(value, algorithm.Bytes))
            throw new AwsException(400, "InvalidRequest", $"Value for {algorithm.Header} header is invalid.");
        if (algorithm.Of(payload.Bytes.Span) != value)
            throw new AwsException(400, "BadDigest", $"The {algorithm.Name} you specified did not match the calculated checksum.");
        return new Checksum(algorithm, value);
    }

    private static void VerifyMd5(string given, ReadOnlySpan<byte> bytes)
    {
        if (!IsDigest(given, 16))
            throw new AwsException(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
        if (Convert.ToBase64String(ETags.Md5(bytes)) != given)
            throw new AwsException(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }

    private static bool IsDigest(string base64, int bytes)
    {
        Span<byte> buffer = stackalloc byte[64];
        return Convert.TryFromBase64String(base64, buffer, out var written) && written == bytes;
    }
}
