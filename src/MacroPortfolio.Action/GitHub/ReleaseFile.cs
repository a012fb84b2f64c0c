using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Reporting;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MacroPortfolio.Action.GitHub;

/// <summary>What a release file says of whom to turn to. YAML's events are read, because what binds YAML to types reflects.</summary>
internal static class ReleaseFile
{
    /// <summary>Null when the file is of another application, names nobody, or cannot be read.</summary>
    public static ServiceContact? Contact(string text, ApplicationName application)
    {
        try
        {
            var words = TopLevel(new Parser(new StringReader(text)));
            var contact = new ServiceContact(words.GetValueOrDefault("owner"), words.GetValueOrDefault("runbook"));
            return words.GetValueOrDefault("application", application.Value) == application.Value && contact != new ServiceContact(null, null) ? contact : null;
        }
        catch (Exception ex) when (ex is YamlException or ArgumentException or InvalidOperationException or IOException)
        {
            // The parser has other words too for what is no YAML: an escape that is half a surrogate pair is an argument out of range to it, and one that is cut off the end of a stream.
            return null;
        }
    }

    /// <summary>Why it cannot be read; null when it can.</summary>
    public static string? Problem(string text)
    {
        try
        {
            TopLevel(new Parser(new StringReader(text)));
            return null;
        }
        catch (YamlException ex)
        {
            return $"line {ex.Start.Line}, column {ex.Start.Column}: {ex.Message}";
        }
        catch (Exception ex) when (ex is ArgumentException or InvalidOperationException or IOException)
        {
            return ex.Message;
        }
    }

    private const int Deepest = 50;

    /// <summary>The file's own keys whose values are plain words.</summary>
    private static Dictionary<string, string> TopLevel(Parser events)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        events.Consume<StreamStart>();
        if (!events.TryConsume<DocumentStart>(out _) || !events.TryConsume<MappingStart>(out _))
        {
            return words;
        }

        while (!events.TryConsume<MappingEnd>(out _))
        {
            if (!events.TryConsume<Scalar>(out var key))
            {
                Skip(events);
                Skip(events);
            }
            else if (events.TryConsume<Scalar>(out var value))
            {
                words[key.Value] = value.Value;
            }
            else
            {
                Skip(events);
            }
        }

        return words.Where(entry => entry.Value.Length > 0).ToDictionary();
    }

    /// <summary>Whatever comes next. The parser takes ever longer the deeper a text nests, and nobody's file nests as deep as this.</summary>
    private static void Skip(Parser events)
    {
        var depth = 0;
        do
        {
            depth += events.Consume<ParsingEvent>().NestingIncrease;
            if (depth > Deepest)
            {
                throw new YamlException($"nested more than {Deepest} levels deep");
            }
        }
        while (depth > 0);
    }
}
