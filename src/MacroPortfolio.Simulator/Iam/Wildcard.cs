namespace MacroPortfolio.Simulator.Iam;

/// <summary>The wildcards of policies and EC2 filters: <c>*</c> is any text, <c>?</c> is one character.</summary>
public static class Wildcard
{
    public static bool Match(string pattern, string text, bool ignoreCase = false)
    {
        var (at, star, resume) = (0, -1, 0);
        for (var index = 0; index < text.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
                (star, resume, at) = (at, index, at + 1);
            else if (at < pattern.Length && (pattern[at] == '?' || Same(pattern[at], text[index], ignoreCase)))
                (at, index) = (at + 1, index + 1);
            else if (star >= 0)
                (at, index) = (star + 1, ++resume);
            else
                return false;
        }

        return pattern.AsSpan(at).Trim('*').IsEmpty;
    }

    /// <summary>A star and a question mark that came out of a variable are no wildcards.</summary>
    private static bool Same(char pattern, char character, bool ignoreCase) => pattern switch
    {
        Variables.Star => character == '*',
        Variables.QuestionMark => character == '?',
        _ => pattern == character || (ignoreCase && char.ToLowerInvariant(pattern) == char.ToLowerInvariant(character)),
    };
}
