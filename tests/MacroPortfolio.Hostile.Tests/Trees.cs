using System.Text;
using System.Text.RegularExpressions;
using CsCheck;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>Documents that were right and are no longer: values of another kind, names twice, no end, no bottom, another encoding, or nothing of it left.</summary>
internal static partial class Trees
{
    private static readonly string[] Wrong =
    [
        "null", "true", "false", "0", "-1", "1e999", "-1e308", "1e-400", "123456789012345678901234567890", "9223372036854775807", "-9223372036854775808", "2147483648", "1.5", "00", "NaN", "[]", "{}", "[null]", "[[]]", "{\"\":{}}",
        "\"\"", "\"Succeeded\"", "\"succeeded\"", "\"Succeeded \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\x\"", "'x'", "x", "\"", "[", "{", "]", "}", ",", ":", "/*x*/", "\"253402300800\"", "1e18", "253402300800", "-62135596801",
    ];

    /// <summary>Of texts that are right each in itself.</summary>
    public static Gen<byte[]> Of(params string[] right) => Gen.Frequency(
        (12, Gen.Select(Atoms.Any(right), Change.Array[1, 4], (text, changes) => changes.Aggregate(text, (left, change) => change(left)))),
        (1, Atoms.Text),
        (1, Atoms.Any("", " ", "null", "[]", "{}", "\"\"", "0", "true", "[null]", "{\"\":null}", "<html><body>Oops</body></html>", new string('[', 10_000), string.Concat(Enumerable.Repeat("{\"a\":", 10_000)), new string('[', 10_000) + new string(']', 10_000), "{\"a\":" + new string('9', 100_000) + "}")))
        .SelectMany(text => Encoded(text));

    /// <summary>A few of the answers are right, and some of what is around them is hostile.</summary>
    public static Gen<byte[]> MostlyRight(params string[] right) => Gen.Frequency((3, Atoms.Any(right).Select(Encoding.UTF8.GetBytes)), (1, Of(right)));

    private static Gen<byte[]> Encoded(string text) => Gen.Frequency(
        (20, Gen.Const(Encoding.UTF8.GetBytes(text))),
        (1, Gen.Const((byte[])[0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(text)])),
        (1, Gen.Const(Encoding.Unicode.GetBytes(text))),
        (1, Gen.Const(Encoding.Latin1.GetBytes(text))),
        (2, Gen.Select(Gen.Int[0, 4_000], Gen.Byte, (at, with) => Flipped(Encoding.UTF8.GetBytes(text), at, with))));

    private static byte[] Flipped(byte[] bytes, int at, byte with)
    {
        if (bytes.Length > 0)
        {
            bytes[at % bytes.Length] = with;
        }

        return bytes;
    }

    private static readonly Gen<Func<string, string>> Change = Gen.Frequency(
        (8, Gen.Select(Gen.Int[0, 1_000], Gen.OneOf(Atoms.Any(Wrong), Atoms.Text.Select(Quoted)), (at, value) => (Func<string, string>)(text => Replaced(text, at, value)))),
        (1, Gen.Int[0, 4_000].Select(at => (Func<string, string>)(text => text[..(text.Length == 0 ? 0 : at % text.Length)]))),
        (1, Gen.Select(Gen.Int[0, 4_000], Atoms.Text, (at, piece) => (Func<string, string>)(text => text.Insert(text.Length == 0 ? 0 : at % text.Length, piece)))),
        (1, Gen.Select(Gen.Int[0, 1_000], Atoms.Any("\"\\udc00\":null,", "\"\":null,", "")).Select(how => (Func<string, string>)(text => Twice(text, how.Item1, how.Item2)))),
        (1, Gen.Int[0, 1_000].Select(at => (Func<string, string>)(text => Replaced(text, at, new string('[', 10_000) + new string(']', 10_000))))));

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string Replaced(string text, int at, string with)
    {
        var values = Value().Matches(text);
        return values.Count > 0 && values[at % values.Count] is var value ? string.Concat(text.AsSpan(0, value.Index), with, text.AsSpan(value.Index + value.Length)) : with;
    }

    /// <summary>A member before another: one of a name that is no text, or the same name once more.</summary>
    private static string Twice(string text, int at, string other)
    {
        var members = Member().Matches(text);
        return members.Count > 0 && members[at % members.Count] is var member ? text.Insert(member.Index, other.Length > 0 ? other : $"{member.Value}null,") : text;
    }

    /// <summary>A value of JSON, and the innermost lists and objects.</summary>
    [GeneratedRegex("""(?<=[:\[,]\s*)(?:"(?:[^"\\]|\\.)*"|-?[0-9][0-9.]*|true|false|null|\{[^{}]*\}|\[[^\[\]]*\])""")]
    private static partial Regex Value();

    [GeneratedRegex("""(?<=[{,]\s*)"[^"]*"\s*:""")]
    private static partial Regex Member();
}
