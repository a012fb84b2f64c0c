namespace MacroPortfolio.Core.Reporting;

/// <summary>A JSON document on a line of the log, where the runner obeys <c>##[command]</c> wherever it stands.</summary>
internal static class JsonLine
{
    /// <summary>The same document: outside of strings JSON has no such letters, and in strings the escape means the letter.</summary>
    public static string Harmless(string json) => json.Replace("##[", "#\\u0023[", StringComparison.Ordinal);
}
