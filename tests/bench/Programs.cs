namespace MacroPortfolio.Bench;

/// <param name="Root">The repository; <c>./build</c> has published what runs here.</param>
/// <param name="Aws">The peer.</param>
internal sealed record Programs(string Root, string Aws)
{
    public string MacroPortfolio => Path.Combine(Root, "artifacts", "bin", "macro-portfolio");
    public string Simulator => Path.Combine(Root, "artifacts", "bin", "simulator");

    /// <summary>Where the .NET is that runs this: the simulator is no native program.</summary>
    public static string DotnetRoot { get; } = Path.GetFullPath("../../..", Path.GetDirectoryName(typeof(object).Assembly.Location)!);
}
