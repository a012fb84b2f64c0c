using MacroPortfolio.Action.Yaml;
using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Planning;
using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Action.GitHub;

/// <summary>What a release file says of whom to turn to.</summary>
internal static class ReleaseFile
{
    /// <summary>Null when the file is of another application, names nobody, or cannot be read.</summary>
    public static ServiceContact? Contact(string text, ApplicationName application)
    {
        if (YamlText.Read(text) is not YamlDocument.Read { Root: YamlNode.Mapping file })
        {
            return null;
        }

        var contact = new ServiceContact(Word(file, "owner"), Word(file, "runbook"));
        return (Word(file, "application") ?? application.Value) == application.Value && contact != new ServiceContact(null, null) ? contact : null;
    }

    /// <summary>Why it cannot be read; null when it can.</summary>
    public static string? Problem(string text) => YamlText.Read(text) switch
    {
        YamlDocument.Unreadable wrong => $"line {wrong.Line}, column {wrong.Column}: {wrong.Why}",
        YamlDocument.Read { Root: null or YamlNode.Mapping } => null,
        YamlDocument.Read { Root: var other } => $"line {other.Line}, column {other.Column}: it is no map of sections",
        _ => null,
    };

    private static string? Word(YamlNode.Mapping file, string key) => file[key] is YamlNode.Scalar { Text: { Length: > 0 } word } ? word : null;
}
