using System.Text.RegularExpressions;
using MacroPortfolio.Simulator.Front;
using MacroPortfolio.Simulator.Iam;

namespace MacroPortfolio.Simulator.Sts;

/// <summary>The constraints that STS checks before anything else, and the one text in which it tells all that are broken.</summary>
internal sealed partial class Parameters(Query query)
{
    private readonly List<string> _errors = [];

    public string Text(string name, int minimum, int maximum, Regex? pattern = null)
    {
        if (query[name] is not { } value)
        {
            Break("null", name, "not be null");
            return "";
        }

        Member(value, name, minimum, maximum, pattern);
        return value;
    }

    /// <param name="place">Where it stands in the request, as STS writes it.</param>
    public void Member(string? value, string place, int minimum, int maximum, Regex? pattern = null)
    {
        if (value is null)
            Break("null", place, "not be null");
        if (value?.Length < minimum)
            Break($"'{value}'", place, $"have length greater than or equal to {minimum}");
        if (value?.Length > maximum)
            Break($"'{value}'", place, $"have length less than or equal to {maximum}");
        if (value is not null && pattern?.IsMatch(value) == false)
            Break($"'{value}'", place, $"satisfy regular expression pattern: {pattern.ToString().TrimStart('^').Replace(@"\z", "", StringComparison.Ordinal)}");
    }

    public void Count(string name, int count, int maximum)
    {
        if (count > maximum)
            Break($"of {count} members", name, $"have length less than or equal to {maximum}");
    }

    public string SessionName() => Text("RoleSessionName", 2, 64, NameForm());

    public TimeSpan Duration()
    {
        var text = query["DurationSeconds"] ?? "3600";
        if (!int.TryParse(text, out var seconds))
            throw new AwsException(400, "MalformedInput", $"'{text}' is not a number.");
        if (seconds < 900)
            Break($"'{seconds}'", "DurationSeconds", "have value greater than or equal to 900");
        if (seconds > 43_200)
            Break($"'{seconds}'", "DurationSeconds", "have value less than or equal to 43200");
        return TimeSpan.FromSeconds(seconds);
    }

    /// <summary>A parameter that would narrow or change the session in a way that the simulator does not follow must not be passed over in silence.</summary>
    public void Refuse(params string[] names)
    {
        foreach (var name in names.Where(name => query[name] is not null))
            throw new AwsException(400, "ValidationError", $"The simulator does not know the parameter {name}.");
    }

    /// <exception cref="AwsException">Anything was broken.</exception>
    public void Check()
    {
        var count = _errors.Count == 1 ? "1 validation error" : $"{_errors.Count} validation errors";
        if (_errors.Count > 0)
            throw new AwsException(400, "ValidationError", $"{count} detected: {string.Join("; ", _errors)}");
    }

    public static RoleArn Role(string text) =>
        RoleArn.TryParse(text, out var arn) ? arn : throw new AwsException(400, "ValidationError", "Request ARN is invalid");

    private void Break(string value, string name, string constraint) =>
        _errors.Add($"Value {value} at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must {constraint}");

    [GeneratedRegex(@"^[\w+=,.@-]*\z", RegexOptions.ECMAScript)]
    public static partial Regex NameForm();

    [GeneratedRegex(@"^[\w+=,.@:\/-]*\z", RegexOptions.ECMAScript)]
    public static partial Regex ExternalIdForm();
}
