using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace MacroPortfolio.Core.Inputs;

public delegate bool TryParse<T>(string text, out T value);

/// <summary>
/// Reads the inputs' texts into types and collects everything that is wrong, so that a user mends all of it at once.
/// An input is named by the property that holds it: <c>options.RoleToAssume</c> is <c>role-to-assume</c>.
/// </summary>
public sealed partial class InputReader
{
    private readonly List<string> errors = [];

    public IReadOnlyList<string> Errors => errors;

    public void Reject(string error) => errors.Add(error);

    public T Required<T>(string? text, TryParse<T> parse, string expected, [CallerArgumentExpression(nameof(text))] string property = "")
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            errors.Add($"Input '{NameOf(property)}' is missing; it must be {expected}.");
            return default!;
        }

        return Read(text, parse, expected, property);
    }

    /// <summary>Null when the input was not given; the error, if any, is collected and null returned too.</summary>
    public T? Optional<T>(string? text, TryParse<T> parse, string expected, [CallerArgumentExpression(nameof(text))] string property = "")
        where T : struct
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var errorsBefore = errors.Count;
        var value = Read(text, parse, expected, property);
        return errors.Count == errorsBefore ? value : null;
    }

    public bool Boolean(string? text, [CallerArgumentExpression(nameof(text))] string property = "") =>
        Required<bool>(text, TryParseBoolean, "true or false", property);

    public T Choice<T>(string? text, IReadOnlyDictionary<string, T> choices, [CallerArgumentExpression(nameof(text))] string property = "") =>
        Required(text, (string word, out T value) => choices.TryGetValue(word, out value!), $"one of {string.Join(", ", choices.Keys)}", property);

    /// <summary>The name of the input that a property holds.</summary>
    public static string NameOf(string property) =>
        WordStart().Replace(property[(property.LastIndexOf('.') + 1)..], "-$0").TrimStart('-').ToLowerInvariant();

    private T Read<T>(string text, TryParse<T> parse, string expected, string property)
    {
        if (parse(text.Trim(), out var value))
        {
            return value;
        }

        errors.Add($"Input '{NameOf(property)}' is '{text.Trim()}', which is not {expected}.");
        return default!;
    }

    /// <summary>The six spellings of the toolkit's <c>getBooleanInput</c>: https://github.com/actions/toolkit/blob/main/packages/core/src/core.ts</summary>
    private static bool TryParseBoolean(string text, out bool value)
    {
        value = text is "true" or "True" or "TRUE";
        return value || text is "false" or "False" or "FALSE";
    }

    // S3Bucket is s3-bucket, not s-3-bucket.
    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex WordStart();
}
