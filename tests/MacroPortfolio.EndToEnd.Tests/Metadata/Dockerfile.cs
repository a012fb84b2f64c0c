using System.Text.Json;
using System.Text.RegularExpressions;

namespace MacroPortfolio.EndToEnd.Tests.Metadata;

/// <summary>The Dockerfile's instructions, comments left out and continued lines joined.</summary>
internal sealed record Dockerfile(IReadOnlyList<(string Instruction, string Text)> Lines)
{
    /// <summary>In exec form; in the shell's there is no list to read.</summary>
    public IReadOnlyList<string> Entrypoint => JsonSerializer.Deserialize<List<string>>(Of("ENTRYPOINT").Single())!;

    public IEnumerable<string> Of(string instruction) => Lines.Where(line => line.Instruction == instruction).Select(line => line.Text);

    /// <summary>What an <c>ARG</c> is when nobody gives it.</summary>
    public string Default(string argument) => Of("ARG").Select(text => text.Split('=', 2)).Single(pair => pair[0] == argument)[1];

    public static Dockerfile Read() => new([.. Regex.Replace(Repository.Read("Dockerfile"), @"\\\n\s*", "").Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' ', 2))
        .Select(words => (words[0], words[1]))]);
}
