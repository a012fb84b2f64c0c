namespace MacroPortfolio.Action.Runner;

/// <summary>The runner's commands on standard output. The other end: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs</summary>
internal static class WorkflowCommands
{
    public static string Group(string title) => $"::group::{Data(title)}";

    public const string EndGroup = "::endgroup::";

    /// <param name="file">Relative to the workspace; null where the error belongs to no file.</param>
    /// <param name="line">Of the file.</param>
    public static string Error(string title, string message, string? file = null, int? line = null) =>
        $"::error {(file is null ? "" : $"file={Property(file)},{(line is null ? "" : $"line={line},")}")}title={Property(title)}::{Data(message)}";

    public static string Warning(string message) => $"::warning::{Data(message)}";

    public static string Notice(string message) => $"::notice::{Data(message)}";

    public static string AddMask(string value) => $"::add-mask::{Data(value)}";

    public static string Stop(string token) => $"::stop-commands::{token}";

    public static string Resume(string token) => $"::{token}::";

    // '%' goes first: the other escapes contain it.
    private static string Data(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
