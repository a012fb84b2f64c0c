using System.Runtime.CompilerServices;

namespace MacroPortfolio.Core.Tests;

/// <summary>Compares a rendering with the one that a person has read and approved. To approve a new one, rename the received file.</summary>
internal static class Approved
{
    public static void Match(string received, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var stem = $"{Path.ChangeExtension(file, null)}.{test}";
        var approved = File.Exists($"{stem}.approved.txt") ? File.ReadAllText($"{stem}.approved.txt").ReplaceLineEndings("\n") : "";
        File.WriteAllText($"{stem}.received.txt", received.ReplaceLineEndings("\n").TrimEnd('\n') + "\n");
        File.ReadAllText($"{stem}.received.txt").Should().Be(approved, "{0}.approved.txt says so", Path.GetFileName(stem));
        File.Delete($"{stem}.received.txt");
    }
}
