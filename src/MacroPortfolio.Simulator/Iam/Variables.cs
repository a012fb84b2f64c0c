using System.Text;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>
/// Policy variables: <c>${aws:username}</c>, <c>${aws:PrincipalTag/team, 'none'}</c>, and <c>${*}</c>, <c>${?}</c>, <c>${$}</c> for the characters themselves.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
/// </summary>
public static class Variables
{
    // Private-use characters stand for a star and a question mark that are meant as such until the text has been compared.
    internal const char Star = '\uE000';
    internal const char QuestionMark = '\uE001';

    /// <summary>The pattern with its variables' values, in which wildcards are mere characters. Null when a variable has no single value: it fits nothing then.</summary>
    public static string? Fill(string pattern, ContextKeys keys)
    {
        if (!pattern.Contains("${", StringComparison.Ordinal))
            return pattern;
        var filled = new StringBuilder();
        var rest = pattern.AsSpan();
        while (rest.IndexOf("${") is >= 0 and var start && rest[start..].IndexOf('}') is >= 0 and var length)
        {
            filled.Append(rest[..start]);
            if (Value(rest.Slice(start + 2, length - 2).ToString(), keys) is not { } value)
                return null;
            filled.Append(value.Replace('*', Star).Replace('?', QuestionMark));
            rest = rest[(start + length + 1)..];
        }

        return filled.Append(rest).ToString();
    }

    /// <summary>For comparisons that know no wildcards.</summary>
    public static string Plain(string filled) => filled.Replace(Star, '*').Replace(QuestionMark, '?');

    private static string? Value(string inside, ContextKeys keys)
    {
        if (inside is "*" or "?" or "$")
            return inside;
        var (name, otherwise) = inside.Split(',', 2) is [var before, var after] ? (before, after.Trim()) : (inside, "");
        return keys.Single(name.Trim()) is { Length: > 0 } value ? value
            : otherwise is ['\'', .. { Length: > 0 } given, '\''] ? given
            : null;
    }
}
