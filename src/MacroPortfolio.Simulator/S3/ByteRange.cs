using System.Globalization;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.S3;

/// <summary>Which bytes of an object were asked for.</summary>
/// <param name="Partial">A range was named, be it all of them.</param>
public readonly record struct ByteRange(long First, long Length, bool Partial)
{
    /// <summary>Reads <c>bytes=a-b</c>, <c>bytes=a-</c> or <c>bytes=-n</c>. What is none of these, and several ranges at once, S3 takes as no range.</summary>
    public static ByteRange Of(string? header, long size)
    {
        var whole = new ByteRange(0, size, false);
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
            return whole;
        if (header["bytes=".Length..].Split('-') is not [var from, var to])
            return whole;
        if (from.Length == 0)
            return Number(to) is not { } last ? whole : last == 0 || size == 0 ? throw Unsatisfiable() : Between(Math.Max(0, size - last), size - 1);
        if (Number(from) is not { } first || (to.Length > 0 && (Number(to) is not { } named || named < first)))
            return whole;
        return first >= size ? throw Unsatisfiable() : Between(first, Math.Min(size - 1, Number(to) ?? long.MaxValue));
    }

    private static ByteRange Between(long first, long last) => new(first, last - first + 1, true);

    private static long? Number(string digits) => long.TryParse(digits, NumberStyles.None, null, out var number) ? number : null;

    private static AwsException Unsatisfiable() => new(416, "InvalidRange", "The requested range is not satisfiable");
}
