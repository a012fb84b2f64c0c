namespace MacroPortfolio.Core.Planning;

/// <summary>What somebody may have meant who wrote a word that is unknown.</summary>
internal static class Nearest
{
    /// <summary>Longer words are not compared: nobody mistypes those, and it would take long.</summary>
    private const int Longest = 100;

    /// <summary>Null when none of the known words is like it.</summary>
    public static string? To(string word, IEnumerable<string> known) => known
        .Select(other => (Other: other, Distance: Distance(word, other)))
        .Where(candidate => candidate.Distance <= Math.Max(1, candidate.Other.Length / 4))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Other)
        .FirstOrDefault();

    /// <summary>How many letters are to be changed, added or taken out. Case, <c>_</c> and <c>-</c> do not count.</summary>
    private static int Distance(string one, string other)
    {
        var (from, to) = (Plain(one), Plain(other));
        if (from.Length > Longest || to.Length > Longest || Math.Abs(from.Length - to.Length) > Longest / 4)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var letter = 0; letter < from.Length; letter++)
        {
            var diagonal = row[0]++;
            for (var column = 1; column <= to.Length; column++)
            {
                var replaced = diagonal + (from[letter] == to[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[^1];
    }

    private static string Plain(string word) => word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
