using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using CommandLine;

namespace MacroPortfolio.Action.Verbs;

/// <summary>
/// Turns a command line and the runner's <c>INPUT_*</c> variables into one unambiguous <c>--name=value</c> an input, and collects what fits no input.
/// The parser behind it binds and documents; left to itself it takes a bare switch for unset, a switch's <c>false</c> for true, and drops left-over words.
/// </summary>
internal sealed class Arguments
{
    private readonly List<string> errors = [];
    private readonly Dictionary<string, List<string>> given = [];
    private readonly Dictionary<string, OptionAttribute> scalars = [];
    private readonly HashSet<string> lists = [];

    private Arguments([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type options)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<OptionAttribute>() is { } option)
            {
                if (property.PropertyType == typeof(string))
                {
                    scalars.Add(option.LongName, option);
                }
                else
                {
                    lists.Add(option.LongName);
                }
            }
        }
    }

    /// <param name="options">The verb's options class.</param>
    /// <param name="words">The command line behind the verb.</param>
    /// <param name="environment">Where <c>INPUT_NAME</c> is looked up, as the runner sets it: upper case, dashes kept.</param>
    public static (IReadOnlyList<string> Complete, IReadOnlyList<string> Errors) Read(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type options,
        IReadOnlyList<string> words,
        IReadOnlyDictionary<string, string> environment)
    {
        var arguments = new Arguments(options);
        arguments.ReadWords(words);
        arguments.ReadEnvironment(environment);
        return ([.. arguments.given.SelectMany(option => option.Value.SelectMany(value => Words(option.Key, value)))], arguments.errors);
    }

    /// <summary>The parser takes a value of several lines only as a word of its own, and such a word only if it does not begin like an option; white space around a value means nothing.</summary>
    private static string[] Words(string name, string value) =>
        !value.Contains('\n', StringComparison.Ordinal) ? [$"--{name}={value}"] : [$"--{name}", value.StartsWith('-') ? $"\n{value}" : value];

    private IEnumerable<string> Names => scalars.Keys.Concat(lists);

    private void ReadWords(IReadOnlyList<string> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (!word.StartsWith("--", StringComparison.Ordinal))
            {
                errors.Add($"'{word}' belongs to no option. Options are written --name value.");
                continue;
            }

            var (name, value) = word.IndexOf('=') is var equals and > 0 ? (word[2..equals], word[(equals + 1)..]) : (word[2..], null);
            if (!Names.Contains(name))
            {
                errors.Add($"There is no option '--{name}'. Options here are {string.Join(", ", Names.Order(StringComparer.Ordinal))}.");
                at += value is null && at + 1 < words.Count && !words[at + 1].StartsWith("--", StringComparison.Ordinal) ? 1 : 0;
                continue;
            }

            if (value is null && at + 1 < words.Count && !words[at + 1].StartsWith("--", StringComparison.Ordinal))
            {
                value = words[++at];
            }

            if (value is null && !IsSwitch(name))
            {
                errors.Add($"Input '{name}' has no value behind it.");
                continue;
            }

            Give(name, value ?? "true");
        }
    }

    private void ReadEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var name in Names.Where(name => !given.ContainsKey(name)).ToList())
        {
            if (environment.TryGetValue($"INPUT_{name.ToUpperInvariant()}", out var value))
            {
                Give(name, value);
            }
        }
    }

    private void Give(string name, string text)
    {
        var values = lists.Contains(name)
            ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : text.Trim() is { Length: > 0 } value ? [value] : [];
        if (values.Length == 0)
        {
            return;
        }

        if (given.TryGetValue(name, out var before) && !lists.Contains(name))
        {
            errors.Add($"Input '{name}' is given twice, as '{before[0]}' and as '{values[0]}'; it takes one value.");
            return;
        }

        given[name] = [.. before ?? [], .. values];
    }

    private bool IsSwitch(string name) => scalars.TryGetValue(name, out var option) && option.Default is "true" or "false";
}
