using System.Globalization;
using System.Net;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>The comparisons that condition operators make of one value of a policy with one of the request.</summary>
internal static class Operators
{
    private static readonly Dictionary<string, Func<string, string, bool>> Comparisons = new()
    {
        ["StringEquals"] = (wanted, actual) => Variables.Plain(wanted) == actual,
        ["StringEqualsIgnoreCase"] = (wanted, actual) => Variables.Plain(wanted).Equals(actual, StringComparison.OrdinalIgnoreCase),
        ["StringLike"] = (wanted, actual) => Wildcard.Match(wanted, actual),
        ["ArnEquals"] = ArnLike,
        ["ArnLike"] = ArnLike,
        ["Bool"] = (wanted, actual) => Variables.Plain(wanted).Equals(actual, StringComparison.OrdinalIgnoreCase),
        ["BinaryEquals"] = (wanted, actual) => Variables.Plain(wanted) == actual,
        ["IpAddress"] = IsIn,
        ["NumericEquals"] = Ordered(Number, order => order == 0),
        ["NumericLessThan"] = Ordered(Number, order => order < 0),
        ["NumericLessThanEquals"] = Ordered(Number, order => order <= 0),
        ["NumericGreaterThan"] = Ordered(Number, order => order > 0),
        ["NumericGreaterThanEquals"] = Ordered(Number, order => order >= 0),
        ["DateEquals"] = Ordered(Date, order => order == 0),
        ["DateLessThan"] = Ordered(Date, order => order < 0),
        ["DateLessThanEquals"] = Ordered(Date, order => order <= 0),
        ["DateGreaterThan"] = Ordered(Date, order => order > 0),
        ["DateGreaterThanEquals"] = Ordered(Date, order => order >= 0),
    };

    private static readonly Dictionary<string, string> Negations = new()
    {
        ["StringNotEquals"] = "StringEquals",
        ["StringNotEqualsIgnoreCase"] = "StringEqualsIgnoreCase",
        ["StringNotLike"] = "StringLike",
        ["ArnNotEquals"] = "ArnEquals",
        ["ArnNotLike"] = "ArnLike",
        ["NotIpAddress"] = "IpAddress",
        ["NumericNotEquals"] = "NumericEquals",
        ["DateNotEquals"] = "DateEquals",
    };

    public static IReadOnlyList<string> Known { get; } = [.. Comparisons.Keys, .. Negations.Keys];

    /// <param name="compare">The comparison itself; for a negated operator the one that must not hold.</param>
    public static bool IsNegated(string name, out Func<string, string, bool> compare)
    {
        var isNegated = Negations.TryGetValue(name, out var positive);
        compare = Comparisons[positive ?? name];
        return isNegated;
    }

    private static bool ArnLike(string wanted, string actual)
    {
        var (patterns, parts) = (wanted.Split(':', 6), actual.Split(':', 6));
        return patterns.Length == 6 && parts.Length == 6 && patterns.Zip(parts).All(pair => Wildcard.Match(pair.First, pair.Second));
    }

    private static bool IsIn(string wanted, string actual) =>
        IPAddress.TryParse(actual, out var address)
        && (IPNetwork.TryParse(wanted, out var network) ? network.Contains(address) : IPAddress.TryParse(wanted, out var one) && one.Equals(address));

    private static Func<string, string, bool> Ordered<T>(Func<string, T?> read, Func<int, bool> accept) where T : struct, IComparable<T> =>
        (wanted, actual) => read(wanted) is { } right && read(actual) is { } left && accept(left.CompareTo(right));

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Date(string text) =>
        long.TryParse(text, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date
        : null;
}
