using System.Reflection;
using CommandLine;
using MacroPortfolio.Action;
using MacroPortfolio.Action.Verbs;

namespace MacroPortfolio.EndToEnd.Tests.Metadata;

/// <summary>The files of this repository that GitHub and Docker read.</summary>
internal static class Repository
{
    public static string Root { get; } = RootAbove(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The verbs of the program, each by its options.</summary>
    public static IReadOnlyList<Verb> Verbs { get; } =
        [.. typeof(App).Assembly.GetTypes().Where(type => type.GetCustomAttribute<VerbAttribute>() is { Hidden: false }).Select(type => new Verb(type))];

    /// <summary>The workflows that others call, and our own.</summary>
    public static IReadOnlyList<string> Workflows { get; } = FilesIn(".github/workflows");

    /// <summary>The workflows that others copy.</summary>
    public static IReadOnlyList<string> Callers { get; } = FilesIn("workflows");

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static Yaml ReadYaml(string path) => Yaml.Parse(Read(path));

    /// <summary>Where the action of a verb is described: the Marketplace wants one at the root.</summary>
    public static string PathOfAction(string verb) => verb == "deploy" ? "action.yml" : $"action/{verb}/action.yml";

    private static IReadOnlyList<string> FilesIn(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Root, folder)).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)];

    private static string RootAbove(DirectoryInfo? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException("MacroPortfolio.Action.sln is in no folder above the tests."),
        _ when File.Exists(Path.Combine(folder.FullName, "MacroPortfolio.Action.sln")) => folder.FullName,
        _ => RootAbove(folder.Parent),
    };
}
