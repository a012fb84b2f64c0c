using System.Text.RegularExpressions;

namespace MacroPortfolio.Simulator.Tests;

/// <summary>docs/simulator.md says of each behaviour where it is written down and which tests hold it. Both must be so.</summary>
public sealed partial class DocumentTests
{
    private const string Header = "| behaviour | source | test |";
    private static readonly string Root = RootAbove(new DirectoryInfo(AppContext.BaseDirectory));

    private static string[][] Rows => [.. Tables(File.ReadAllLines(Path.Combine(Root, "docs", "simulator.md"))).Select(Cells)];

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var names = Rows.SelectMany(row => Names().Matches(row[2]).Select(match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value))).Distinct().ToList();

        names.Should().HaveCountGreaterThan(150).And.OnlyContain(name => IsThere(name.Class, name.Method));
    }

    [Fact]
    public void Every_row_has_a_behaviour_a_source_and_a_test()
    {
        Rows.Should().HaveCountGreaterThan(100).And.OnlyContain(row => row.Length == 3 && row[0].Length > 0 && Source().IsMatch(row[1]) && Tests().IsMatch(row[2]));
    }

    [Fact]
    public void No_behaviour_is_listed_twice()
    {
        Rows.Select(row => row[0]).Should().OnlyHaveUniqueItems();
    }

    private static bool IsThere(string type, string method) => Directory.EnumerateFiles(Path.Combine(Root, "tests"), $"{type}.cs", SearchOption.AllDirectories)
        .Any(file => Regex.IsMatch(File.ReadAllText(file), $@"^    public (?:async )?(?:Task|void) {Regex.Escape(method)}\(", RegexOptions.Multiline));

    private static IEnumerable<string> Tables(string[] lines) => lines
        .Select((line, index) => (Line: line, Index: index))
        .Where(one => one.Line == Header)
        .SelectMany(header => lines.Skip(header.Index + 2).TakeWhile(line => line.StartsWith('|')));

    private static string[] Cells(string row) => [.. row.Trim('|').Split('|').Select(cell => cell.Trim())];

    private static string RootAbove(DirectoryInfo? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException("MacroPortfolio.Action.sln is in no folder above the tests."),
        _ when File.Exists(Path.Combine(folder.FullName, "MacroPortfolio.Action.sln")) => folder.FullName,
        _ => RootAbove(folder.Parent),
    };

    [GeneratedRegex(@"`(\w+)\.(\w+)`")]
    private static partial Regex Names();

    /// <summary>Said to be assumed or to differ, an address, or a document by the keys that the page explains.</summary>
    [GeneratedRegex(@"\bassumed\b|^differs from AWS$|\]\(https://|\b(?:API|UG|agent|IAM|STS|S3|EC2|GitHub) \S")]
    private static partial Regex Source();

    [GeneratedRegex(@"^`\w+\.\w+`(?:, `\w+\.\w+`)*\z")]
    private static partial Regex Tests();
}
