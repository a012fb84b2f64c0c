using System.Text;
using MacroPortfolio.Bench;

await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
if (args is not [var root, var aws, .. var parts])
{
    await output.WriteLineAsync("usage: MacroPortfolio.Bench ROOT AWS [start|watch|size|github|bundle ...]");
    return 2;
}

var scores = new Scores(output);
var programs = new Programs(Path.GetFullPath(root), aws);
bool Wanted(string part) => parts.Length == 0 || parts.Contains(part);
if (Wanted("watch"))
{
    WatchBench.Run(scores);
}

if (Wanted("start"))
{
    await StartBench.RunAsync(scores, programs, TimeProvider.System);
}

if (Wanted("size"))
{
    await SizeBench.RunAsync(scores, programs, TimeProvider.System);
}

if (Wanted("github"))
{
    await GitHubBench.RunAsync(scores, programs, TimeProvider.System);
}

if (Wanted("bundle"))
{
    await BundleBench.RunAsync(scores, programs, TimeProvider.System);
}

await output.WriteLineAsync($"{scores.Good} passed, {scores.Bad} failed");
return scores.Bad == 0 ? 0 : 1;
