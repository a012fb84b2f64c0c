using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>
/// What a value is to the agent's Ruby (YAML 1.1; ruby/psych, lib/psych/scalar_scanner.rb): <c>0644</c> is the number 420, <c>yes</c> a truth, <c>1:30</c> ninety, and a quoted number a text.
/// </summary>
/// <param name="Text">As Ruby writes it where the agent wants a text.</param>
internal readonly partial record struct RubyValue(RubyKind Kind, string Text)
{
    /// <summary>A number of more digits is no mode, timeout or version, whatever it is.</summary>
    private const int MostDigits = 40;

    public static RubyValue Of(YamlNode? node) => node switch
    {
        null => new RubyValue(RubyKind.Nil, ""),
        YamlNode.Scalar { IsPlain: true, Tag: null, Text: var text } => Plain(text),
        YamlNode.Scalar { Text: var text } => new RubyValue(RubyKind.Text, text),
        YamlNode.Sequence => new RubyValue(RubyKind.Collection, "a list"),
        _ => new RubyValue(RubyKind.Collection, "a map"),
    };

    public bool IsNil => Kind == RubyKind.Nil;

    /// <summary>Ruby's <c>value || default</c> takes the default.</summary>
    public bool IsAbsent => Kind is RubyKind.Nil or RubyKind.False;

    /// <summary>Ruby's <c>to_i</c>: the number that it begins with. Null for what has none: Ruby refuses lists, maps and truths.</summary>
    public long? Whole => Kind switch
    {
        RubyKind.Number or RubyKind.Text when Leading().Match(Text) is { Success: true, Value: var digits } =>
            (long)BigInteger.Max(long.MinValue, BigInteger.Min(long.MaxValue, BigInteger.Parse(Shortened(digits.Trim().Replace("_", "", StringComparison.Ordinal)), CultureInfo.InvariantCulture))),
        RubyKind.Number or RubyKind.Text => 0,
        _ => null,
    };

    private static RubyValue Plain(string text) => text.ToLowerInvariant() switch
    {
        "" or "~" or "null" => new RubyValue(RubyKind.Nil, ""),
        "true" or "yes" or "on" => new RubyValue(RubyKind.True, "true"),
        "false" or "no" or "off" => new RubyValue(RubyKind.False, "false"),
        _ when Number(text) is { } number => new RubyValue(RubyKind.Number, number),
        _ => new RubyValue(RubyKind.Text, text),
    };

    private static string? Number(string text)
    {
        if (text.Length > MostDigits)
        {
            return null;
        }

        var (sign, digits) = text[0] is '-' or '+' ? (text[0] == '-' ? "-" : "", text[1..]) : ("", text);
        var plain = digits.Replace("_", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        return text switch
        {
            _ when Octal().IsMatch(text) => sign + FromRadix(plain, 8),
            _ when Ten().IsMatch(text) => plain == "0" ? plain : sign + plain,
            _ when Hexadecimal().IsMatch(text) => sign + FromRadix(plain[2..], 16),
            _ when Binary().IsMatch(text) => sign + FromRadix(plain[2..], 2),
            _ when Sixty().IsMatch(text) => sign + plain.Split(':').Aggregate(BigInteger.Zero, (sum, part) => sum * 60 + BigInteger.Parse(part, CultureInfo.InvariantCulture)),
            _ when Fraction().IsMatch(text) && plain != "." && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => sign + Written(value),
            _ => null,
        };
    }

    private static BigInteger FromRadix(string digits, int radix) =>
        digits.Aggregate(BigInteger.Zero, (sum, digit) => sum * radix + (char.IsAsciiDigit(digit) ? digit - '0' : char.ToLowerInvariant(digit) - 'a' + 10));

    /// <summary>Ruby's fractions keep their point: <c>644.0</c>.</summary>
    private static string Written(double value) => value.ToString("0.0###############", CultureInfo.InvariantCulture);

    private static string Shortened(string digits) => digits.Length <= MostDigits ? digits : digits[..MostDigits];

    [GeneratedRegex(@"\A[-+]?0_*[0-7][0-7_,]*\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"\A[-+]?(?:0|[1-9](?:[0-9]|,[0-9]|_[0-9])*)\z")]
    private static partial Regex Ten();

    [GeneratedRegex(@"\A[-+]?0x_*[0-9a-fA-F][0-9a-fA-F_,]*\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\A[-+]?0b_*[01][01_,]*\z")]
    private static partial Regex Binary();

    [GeneratedRegex(@"\A[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}\z")]
    private static partial Regex Sixty();

    [GeneratedRegex(@"\A[-+]?(?:[0-9][0-9_,]*)?\.[0-9]*(?:[eE][-+][0-9]+)?\z")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\A\s*[-+]?[0-9](?:_?[0-9])*")]
    private static partial Regex Leading();
}

internal enum RubyKind
{
    Nil,
    True,
    False,
    Number,
    Text,
    Collection,
}
