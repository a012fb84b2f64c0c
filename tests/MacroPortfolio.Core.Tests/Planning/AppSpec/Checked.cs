using MacroPortfolio.Action.Yaml;
using MacroPortfolio.Core.Planning.AppSpec;

namespace MacroPortfolio.Core.Tests.Planning.AppSpec;

/// <summary>AppSpec files as they are written, checked.</summary>
internal static class Checked
{
    public const string Head = "version: 0.0\nos: linux\n";

    /// <summary>A revision with a page and scripts that are right.</summary>
    public static BundleListing Site { get; } = Bundle(
        Entry("site/index.html"), Entry("site/css/main.css"), Entry("nginx.conf"), Entry("scripts/start.sh"), Entry("scripts/stop.sh"));

    public static IReadOnlyList<AppSpecFinding> File(string text, BundleListing? bundle = null, string name = "appspec.yml") =>
        AppSpecCheck.Of(new AppSpecFile(name, YamlText.Read(text)), bundle);

    /// <summary>What is found in these sections below a head that is right.</summary>
    public static IReadOnlyList<AppSpecFinding> Sections(string text, BundleListing? bundle = null) => File(Head + text, bundle);

    public static BundleEntry Entry(string path, bool? executable = true) => new BundleEntry.File(path, executable);

    public static BundleListing Bundle(params BundleEntry[] entries) => new([new BundleEntry.File("appspec.yml"), .. entries], _ => "#!/bin/bash\n");

    /// <summary>A revision whose only script begins like this.</summary>
    public static BundleListing Script(string? firstLine, bool? executable = true) => new([new BundleEntry.File("appspec.yml"), new BundleEntry.File("run.sh", executable)], path => path == "run.sh" ? firstLine : null);

    public static string Word(this AppSpecFinding finding) => $"{finding.Severity} {finding.Stage} {finding.Line}:{finding.Column} {finding.What}";
}
