using System.Security.Cryptography;
using System.Text;

namespace MacroPortfolio.Simulator.World;

/// <summary>
/// Names and keys that look random and derive from the world's seed: one stream per purpose, so that what one service draws does not move what
/// another gets.
/// </summary>
public sealed class Chance(int seed, string purpose)
{
    public const string Digits = "0123456789";
    public const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    public const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly Lock _lock = new();
    private readonly byte[] _key = Encoding.UTF8.GetBytes($"{seed}/{purpose}");
    private long _drawn;

    public string Text(int length, string alphabet)
    {
        lock (_lock)
        {
            var text = new StringBuilder(length);
            while (text.Length < length)
            {
                foreach (var b in HMACSHA256.HashData(_key, BitConverter.GetBytes(_drawn++)).Take(length - text.Length))
                    text.Append(alphabet[b % alphabet.Length]);
            }

            return text.ToString();
        }
    }

    /// <summary>At least 0 and below 1.</summary>
    public double Fraction()
    {
        lock (_lock)
            return BitConverter.ToUInt32(HMACSHA256.HashData(_key, BitConverter.GetBytes(_drawn++))) / (uint.MaxValue + 1.0);
    }

    public Guid Identifier()
    {
        lock (_lock)
            return new Guid(HMACSHA256.HashData(_key, BitConverter.GetBytes(_drawn++)).AsSpan(0, 16));
    }
}
