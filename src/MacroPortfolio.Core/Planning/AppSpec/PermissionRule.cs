using System.Text.RegularExpressions;

namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>Which of the copied files and folders one entry of 'permissions' is for (the agent's linux_permission_info.rb).</summary>
internal sealed class PermissionRule(YamlNode.Mapping entry, string target)
{
    public const string Everything = "**";

    private readonly Regex? _pattern = RubyValue.Of(entry["pattern"]) is { IsNil: false, Text: var text } && text != Everything ? Glob(text) : null;
    private readonly Regex[] _exceptions = entry["except"] is YamlNode.Sequence { Items: var items } ? [.. items.Select(item => Glob(RubyValue.Of(item).Text))] : [];

    public YamlNode.Mapping Entry => entry;

    /// <summary>Absolute, without dots.</summary>
    public string Target => target;

    public bool CoversFiles { get; } = Covers(entry, "file");

    public bool CoversFolders { get; } = Covers(entry, "directory");

    public bool HasPattern => _pattern is not null;

    public bool HasExceptions => _exceptions.Length > 0;

    /// <summary>A pattern other than <c>**</c> reaches one level deep, and so do exceptions.</summary>
    public bool Matches(string path)
    {
        if (!InstancePaths.IsBelow(path, target))
        {
            return false;
        }

        var name = path[(target == "/" ? 1 : target.Length + 1)..];
        return name.Contains('/') ? _pattern is null : _pattern?.IsMatch(name) != false && !_exceptions.Any(except => except.IsMatch(name));
    }

    private static bool Covers(YamlNode.Mapping entry, string type) =>
        entry["type"] is not YamlNode.Sequence { Items: var items } || items.Any(item => RubyValue.Of(item).Text == type);

    /// <summary>A star stands for any letters; nothing else is special.</summary>
    private static Regex Glob(string pattern) =>
        new($@"\A{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", RegexOptions.NonBacktracking | RegexOptions.Singleline);
}
