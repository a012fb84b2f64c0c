using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>Gathers what the rules find in one AppSpec file.</summary>
internal sealed class Findings(string file)
{
    private const int LongestValue = 120;

    private readonly List<AppSpecFinding> _all = [];

    /// <summary>In the file's order, then what was found in scripts.</summary>
    public IReadOnlyList<AppSpecFinding> Sorted =>
        [.. _all.OrderBy(finding => finding.File != file).ThenBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column)];

    /// <summary>A value from outside, on one line and short enough to be read.</summary>
    public static string Quote(string value) => $"'{PlainText.Short(value, LongestValue)}'";

    public void Error(AppSpecStage stage, YamlNode at, string what, string fix) => Add(AppSpecSeverity.Error, stage, file, at.Line, at.Column, what, fix);

    public void Warning(AppSpecStage stage, YamlNode at, string what, string fix) => Add(AppSpecSeverity.Warning, stage, file, at.Line, at.Column, what, fix);

    public void Error(AppSpecStage stage, int line, int column, string what, string fix) => Add(AppSpecSeverity.Error, stage, file, line, column, what, fix);

    public void Warning(AppSpecStage stage, int line, int column, string what, string fix) => Add(AppSpecSeverity.Warning, stage, file, line, column, what, fix);

    /// <summary>Of a script's first line. Scripts that several events name are told once.</summary>
    public void InScript(AppSpecSeverity severity, string script, string what, string fix)
    {
        if (!_all.Any(finding => finding.File == script && finding.What == what))
        {
            Add(severity, AppSpecStage.Hook, script, 1, 1, what, fix);
        }
    }

    private void Add(AppSpecSeverity severity, AppSpecStage stage, string where, int line, int column, string what, string fix) =>
        _all.Add(new AppSpecFinding(severity, stage, where, line, column, what, fix));
}
