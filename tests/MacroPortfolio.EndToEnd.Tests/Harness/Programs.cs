using MacroPortfolio.EndToEnd.Tests.Metadata;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>What <c>./build</c> has published. A test that cannot find it fails; it never passes for want of a program.</summary>
internal static class Programs
{
    public static string MacroPortfolio => Published("macro-portfolio");
    public static string Post => Published("macro-portfolio-post");
    public static string Simulator => Published("simulator");

    /// <summary>Where the .NET is that runs this test: the simulator is no native program.</summary>
    public static string DotnetRoot { get; } = Path.GetFullPath("../../..", Path.GetDirectoryName(typeof(object).Assembly.Location)!);

    private static string Published(string name) =>
        Path.Combine(Repository.Root, "artifacts", "bin", name) is var file && File.Exists(file)
            ? file
            : throw new InvalidOperationException($"There is no {file}: run ./build first. These tests run what it publishes.");
}
