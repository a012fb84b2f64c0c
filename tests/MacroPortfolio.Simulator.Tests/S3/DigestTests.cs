using System.Security.Cryptography;
using MacroPortfolio.Simulator.S3;

namespace MacroPortfolio.Simulator.Tests.S3;

public sealed class DigestTests
{
    [Theory]
    [InlineData("CRC32", "cbf43926")]
    [InlineData("CRC32C", "e3069283")]
    [InlineData("CRC64NVME", "ae8b14860a799888")]
    [InlineData("SHA1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441")]
    [InlineData("SHA256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225")]
    public void Each_algorithm_gives_its_published_check_value(string name, string check)
    {
        var algorithm = ChecksumAlgorithm.Parse(name);

        var value = algorithm.Of("123456789"u8);

        Convert.ToHexStringLower(Convert.FromBase64String(value)).Should().Be(check);
    }

    [Theory]
    [InlineData("CRC32")]
    [InlineData("CRC64NVME")]
    public void Pieces_of_any_size_give_what_the_whole_gives(string name)
    {
        var algorithm = ChecksumAlgorithm.Parse(name);
        var bytes = RandomNumberGenerator.GetBytes(1000);

        var digest = algorithm.Start();
        foreach (var piece in bytes.Chunk(13))
            digest.Append(piece);

        Convert.ToBase64String(digest.Finish()).Should().Be(algorithm.Of(bytes));
    }
}
