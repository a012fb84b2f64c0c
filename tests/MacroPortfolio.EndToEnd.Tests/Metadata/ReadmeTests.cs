namespace MacroPortfolio.EndToEnd.Tests.Metadata;

/// <summary>The README says what the actions say, and its files are there.</summary>
public sealed class ReadmeTests
{
    private static readonly string[] Verbs = ["deploy", "gray", "promote", "rollback", "push", "check", "status"];

    private static string Readme => Repository.Read("README.md");

    [Fact]
    public void Its_inputs_are_those_of_the_actions()
    {
        var rows = Verbs
            .SelectMany(verb => Repository.ReadYaml(Repository.PathOfAction(verb))["inputs"].Pairs.Select(input =>
                (Verb: verb, Input: (Name: input.Key, Default: input.Value["default"].Text ?? "", Text: input.Value["description"].Text))))
            .GroupBy(row => row.Input, row => row.Verb)
            .Select(row => $"| `{row.Key.Name}` | {(row.Count() == Verbs.Length ? "all" : string.Join(", ", row))} | {Code(row.Key.Default)} | {row.Key.Text!.Replace("<", "&lt;", StringComparison.Ordinal)} |");

        Readme.Should().Contain(string.Join('\n', ["| input | verbs | default | meaning |", "| --- | --- | --- | --- |", .. rows]) + "\n\n");
    }

    [Fact]
    public void Its_outputs_are_those_of_the_actions()
    {
        var rows = Repository.ReadYaml("action.yml")["outputs"].Pairs.Select(output => $"| `{output.Key}` | {output.Value["description"].Text} |");

        Readme.Should().Contain(string.Join('\n', ["| output | meaning |", "| --- | --- |", .. rows]) + "\n\n");
    }

    [Fact]
    public void It_opens_with_the_smallest_use_as_the_workflow_to_copy_has_it()
    {
        var step = Repository.Read("workflows/smallest.yml").Split("    steps:\n")[1].TrimEnd();

        Readme.Should().Contain(string.Join('\n', step.Split('\n').Select(line => line[4..])));
    }

    [Fact]
    public void What_it_links_to_is_there()
    {
        var links = Readme.Split("](").Skip(1).Select(rest => rest[..rest.IndexOf(')')]).Where(link => !link.Contains("://", StringComparison.Ordinal));

        links.Should().NotBeEmpty().And.OnlyContain(link => IsThere(link));
    }

    private static bool IsThere(string link) =>
        link.StartsWith('#') ? Readme.Contains($"\n## {link[1..]}\n", StringComparison.OrdinalIgnoreCase) : Path.Exists(Path.Combine(Repository.Root, link));

    private static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";
}
