using System.Diagnostics;
using System.Text;
using CsCheck;
using MacroPortfolio.Core.Planning.Bundles;

namespace MacroPortfolio.Action.Tests.Bundles;

/// <summary>What an ignore file leaves out is what git would: git itself is asked.</summary>
public sealed class IgnoreRulesTests : IDisposable
{
    private const int Cases = 250;

    private static readonly string[] Paths =
    [
        "a", "b", "ab", "abc", "a.b", ".a", "a b", "a ", "#a", "!a", "ä", "[a]", "*", "a/b", "a/b/c", "b/a", "a/b/c/d", "ab/a.b", "x/a/b", "x/y/a", "x/y/z/a.b", "a/a", "build/x", "src/build/x", "src/a.o", "src/sub/a.o", "A", "a\\b",
    ];

    private readonly DirectoryInfo repository = Directory.CreateTempSubdirectory("macro-portfolio-ignore-");

    public IgnoreRulesTests() => Git("", "init", "--quiet");

    public void Dispose() => repository.Delete(recursive: true);

    [Theory]
    [InlineData("build/")]
    [InlineData("/build")]
    [InlineData("*.o\n!src/a.o")]
    [InlineData("src/**/a.o")]
    [InlineData("**/a")]
    [InlineData("a/**")]
    [InlineData("a/**/d")]
    [InlineData("**")]
    [InlineData("x/*/a")]
    [InlineData("x/**a")]
    [InlineData("\\#a\n\\!a")]
    [InlineData("# a\n\n   \na\\ ")]
    [InlineData("a ")]
    [InlineData("a\\")]
    [InlineData("[")]
    [InlineData("[a")]
    [InlineData("[]a]b")]
    [InlineData("[!a]")]
    [InlineData("[^a-b]*")]
    [InlineData("[[:alpha:]]")]
    [InlineData("[[:nonsense:]]")]
    [InlineData("[a-")]
    [InlineData("[\\]a]")]
    [InlineData("\\[a\\]")]
    [InlineData("?")]
    [InlineData("??")]
    [InlineData("a\r\nb\r")]
    [InlineData("\uFEFFa")]
    [InlineData("a\n!a\na/b")]
    [InlineData("/*\n!/a\n/a/*\n!/a/b")]
    [InlineData("a//b")]
    [InlineData("//a")]
    [InlineData("/")]
    [InlineData("!")]
    [InlineData("***/a")]
    [InlineData("a***")]
    [InlineData("a/***/d")]
    public void It_leaves_out_what_git_ignores(string file)
    {
        var ours = LeftOut(file);

        ours.Should().Equal(GitIgnores(file));
    }

    [Fact]
    public void So_it_does_whatever_is_written()
    {
        string[] pieces =
        [
            "a", "b", "c", "ab", "x", "y", "/", "/", "*", "**", "?", "!", "[ab]", "[!a]", "[a-c]", "[", "]", "\\", "\\*", " ", ".", "#", "ä", "build", ".o", "\r", "^", "-", "[[:alpha:]]", "[\\]a]",
        ];
        var piece = Gen.Int[0, pieces.Length - 1].Select(at => pieces[at]);
        var line = piece.Array[0, 6].Select(string.Concat);
        var texts = line.Array[1, 4].Select(lines => string.Join('\n', lines));

        texts.Sample(text => LeftOut(text).SequenceEqual(GitIgnores(text)) ? true : throw new InvalidOperationException($"{text}: ours {string.Join(' ', LeftOut(text))}, git's {string.Join(' ', GitIgnores(text))}"), iter: Cases, threads: 1);
    }

    [Fact]
    public void A_row_of_stars_takes_no_age()
    {
        var rule = IgnoreRule.Parse(".codedeployignore", 1, string.Concat(Enumerable.Repeat("*a", 40)) + "b")!;

        rule.Matches(new string('a', 4_000), isFolder: false).Should().BeFalse();
    }

    [Fact]
    public void A_rule_says_where_it_stands()
    {
        var file = IgnoreFile.Parse("web/", "# what is built\n*.map\n");

        file.Deciding("web/js/app.map", isFolder: false).Should().BeEquivalentTo(new { File = "web/.codedeployignore", Line = 2, Text = "*.map", TakesBack = false });
        file.Deciding("web/js/app.js", isFolder: false).Should().BeNull();
    }

    /// <summary>Below a folder that is left out nothing is looked at, which is how a bundle is read.</summary>
    private static List<string> LeftOut(string text)
    {
        var file = IgnoreFile.Parse("", text);
        bool IsOut(string path, bool isFolder) =>
            (path.LastIndexOf('/') is var slash and > 0 && IsOut(path[..slash], isFolder: true)) || file.Deciding(path, isFolder) is { TakesBack: false };
        return [.. Paths.Where(path => IsOut(path, isFolder: false))];
    }

    private List<string> GitIgnores(string text)
    {
        File.WriteAllText(Path.Combine(repository.FullName, ".gitignore"), text, new UTF8Encoding(false));
        var said = Git(string.Join('\0', Paths) + "\0", "-c", "core.quotePath=false", "check-ignore", "--no-index", "-z", "--stdin").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return [.. Paths.Where(said.Contains)];
    }

    private string Git(string input, params string[] words)
    {
        var start = new ProcessStartInfo("git", words) { WorkingDirectory = repository.FullName, RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8 };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        using var git = Process.Start(start)!;
        git.StandardInput.Write(input);
        git.StandardInput.Close();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode is 0 or 1 ? output : throw new InvalidOperationException($"git {string.Join(' ', words)} ended with {git.ExitCode}");
    }
}
