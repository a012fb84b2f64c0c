using MacroPortfolio.Core.Reporting;

namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>One script of an event: whether the agent finds it, and whether the instance can run it.</summary>
internal sealed class ScriptRules(string lifecycleEvent, YamlNode at, string location, bool isWindows, Findings findings)
{
    public void Check(InstallForecast forecast, BundleListing? bundle)
    {
        var path = isWindows ? location.Replace('\\', '/') : location;
        switch (bundle?.Resolve(path))
        {
            case Found.Nothing:
                Missing(path, bundle);
                break;
            case Found.Outside:
            case null when InstancePaths.Climbs(path):
                findings.Warning(AppSpecStage.Hook, at, $"the script {Findings.Quote(location)} is outside of the revision", "name a script that is in it; locations begin at the revision's top");
                break;
            case Found.Entry { What: BundleEntry.Folder }:
                Fails($"the script {Findings.Quote(location)} is a folder", "name the script in it");
                break;
            case Found.Entry { What: BundleEntry.File file }:
                CheckRunnable(file, bundle);
                break;
            case null when forecast.Destinations.Any(destination => InstancePaths.IsBelow(path, destination)) || InstancePaths.LooksLikeInstance(path):
                findings.Warning(AppSpecStage.Hook, at, $"the script {Findings.Quote(location)} looks like a path on the instance", "name it by its path in the revision: scripts run from there, not from where 'files' copies them");
                break;
        }
    }

    private void Missing(string path, BundleListing bundle)
    {
        var fix = path switch
        {
            _ when bundle.RuleAgainst(path) is { } rule => $"the ignore file leaves it out by the rule {Findings.Quote(rule)}: take the rule away or except the script",
            _ when path.IndexOf(' ') is > 0 and var space && bundle.Resolve(path[..space]) is Found.Entry => "take the arguments away: a script gets none; put them into another script that calls it",
            _ when bundle.Like(path) is { } like => $"write {Findings.Quote(like)} if that is meant; locations begin at the revision's top, and case counts",
            _ => "add it to the revision, or take it out of the event; locations begin at the revision's top",
        };
        Fails($"the script {Findings.Quote(location)} is not in the revision", fix);
    }

    /// <summary>What fails this deployment, or the next one, for certain; where the event may never happen, only maybe.</summary>
    private void Fails(string what, string fix)
    {
        if (LifecycleEvents.OfTraffic.Contains(lifecycleEvent))
        {
            findings.Warning(AppSpecStage.Hook, at, $"{what}; {lifecycleEvent} happens where the deployment group has a load balancer", fix);
        }
        else if (LifecycleEvents.Unscripted.Contains(lifecycleEvent))
        {
            findings.Warning(AppSpecStage.Hook, at, what, fix);
        }
        else if (LifecycleEvents.OfTheLastInstall.Contains(lifecycleEvent))
        {
            findings.Error(AppSpecStage.Hook, at, $"{what}; the next deployment fails, because {lifecycleEvent} runs what the last one installed", fix);
        }
        else
        {
            findings.Error(AppSpecStage.Hook, at, what, fix);
        }
    }

    private void CheckRunnable(BundleEntry.File file, BundleListing bundle)
    {
        if (location.Contains(' '))
        {
            findings.Warning(AppSpecStage.Hook, at, $"the location {Findings.Quote(location)} has a space, where the agent's command line ends", "give the script and its folders names without spaces");
        }

        if (isWindows)
        {
            return;
        }

        if (file.Executable is false)
        {
            findings.Warning(AppSpecStage.Hook, at, $"the script {Findings.Quote(location)} is not executable; the agent makes it so, and other programs do not", $"run: git update-index --chmod=+x {Bash.Quote(file.Path)}");
        }

        if (bundle.FirstLine(file.Path) is { } line)
        {
            CheckFirstLine(file.Path, line);
        }
    }

    private void CheckFirstLine(string path, string line)
    {
        var text = line.TrimEnd('\n');
        if (text.StartsWith("\u007fELF", StringComparison.Ordinal))
        {
            return;
        }

        if (!text.StartsWith("#!", StringComparison.Ordinal) || text[2..].Trim().Length == 0)
        {
            var why = text.StartsWith('\uFEFF') ? "a byte order mark comes before it" : "it does not begin with '#!'";
            findings.InScript(AppSpecSeverity.Warning, path, $"the script has no interpreter in its first line ({why}), so it runs in sh", "begin it with '#!/bin/bash' or what it is written for");
            return;
        }

        var interpreter = text[2..].Trim(' ', '\t').Split(' ', '\t')[0];
        if (text.EndsWith('\r'))
        {
            findings.InScript(AppSpecSeverity.Error, path, $"the first line ends with CR LF, and Linux takes the CR for a part of {Findings.Quote(interpreter.TrimEnd('\r'))}, which fails", "save the script with LF line ends, and keep it so: '*.sh text eol=lf' in .gitattributes");
        }
        else if (!interpreter.StartsWith('/'))
        {
            findings.InScript(AppSpecSeverity.Error, path, $"the interpreter {Findings.Quote(interpreter)} is not an absolute path, so it is not found", $"write '#!/usr/bin/env {PlainText.Short(InstancePaths.Name(interpreter), 60)}'");
        }
    }
}
