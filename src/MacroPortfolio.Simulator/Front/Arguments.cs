namespace MacroPortfolio.Simulator.Front;

/// <summary>A command line taken apart: <c>--name value</c> or <c>--name=value</c>, bare switches, and after <c>--</c> what belongs to somebody else.</summary>
public sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];
    private readonly List<string> _errors = [];

    /// <param name="options">Names that take a value.</param>
    /// <param name="switches">Names that take none.</param>
    public Arguments(IReadOnlyList<string> words, string[] options, string[] switches)
    {
        var end = words.ToList().IndexOf("--");
        Command = end < 0 ? null : [.. words.Skip(end + 1)];
        using var rest = words.Take(end < 0 ? words.Count : end).GetEnumerator();
        while (rest.MoveNext())
        {
            var word = rest.Current;
            var (name, value) = word.Split('=', 2) is [var left, var right] && word.StartsWith("--", StringComparison.Ordinal) ? (left, right) : (word, null);
            if (switches.Contains(name) && value is null)
                Set(name, "");
            else if (!options.Contains(name))
                _errors.Add($"'{word}' is not known here; known: {string.Join(", ", [.. options, .. switches])}.");
            else if (value is not null || rest.MoveNext())
                Set(name, value ?? rest.Current);
            else
                _errors.Add($"{name} needs a value.");
        }
    }

    /// <summary>What stands after <c>--</c>; null without one.</summary>
    public IReadOnlyList<string>? Command { get; }

    public IReadOnlyList<string> Errors => _errors;

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Get(string name) => _values.GetValueOrDefault(name);

    public string Require(string name)
    {
        if (_values.TryGetValue(name, out var value) && value.Length > 0)
            return value;
        _errors.Add($"{name} is missing.");
        return "";
    }

    /// <summary>Null when it is not given.</summary>
    public long? Number(string name, long minimum, long maximum)
    {
        if (!_values.TryGetValue(name, out var text))
            return null;
        if (long.TryParse(text, out var number) && number >= minimum && number <= maximum)
            return number;
        _errors.Add($"{name} is '{text}', which is not a number from {minimum} to {maximum}.");
        return null;
    }

    /// <summary>Null when it is not given.</summary>
    public bool? Flag(string name)
    {
        if (!_values.TryGetValue(name, out var text))
            return null;
        if (text is "true" or "false")
            return text == "true";
        _errors.Add($"{name} is '{text}', which is neither true nor false.");
        return null;
    }

    public void Refuse(string error) => _errors.Add(error);

    private void Set(string name, string value)
    {
        if (!_values.TryAdd(name, value))
            _errors.Add($"{name} is given twice.");
    }
}
