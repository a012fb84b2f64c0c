namespace MacroPortfolio.Core.Planning.AppSpec;

/// <summary>The section 'files': what is copied where.</summary>
internal static class FileRules
{
    private const string NoPatterns = "name a file or a folder, or '/' for the whole revision: patterns are not expanded here";
    private const string Example = "source: /";

    private static readonly string[] Keys = ["source", "destination"];

    public static InstallForecast Check(YamlNode? files, bool isWindows, BundleListing? bundle, Findings findings)
    {
        var forecast = new InstallForecast(bundle, findings);
        foreach (var entry in Shapes.Maps(files, "files", Example, findings))
        {
            Shapes.CheckKeys(entry, "an entry of 'files'", Keys, AppSpecStage.Install, findings, Misplaced);
            var source = Text(entry, "source", findings);
            var destination = Text(entry, "destination", findings);
            if (source is null || destination is null)
            {
                forecast.Miss();
                continue;
            }

            var path = isWindows ? source.Text.Replace('\\', '/') : source.Text;
            CheckDestination(destination, isWindows, findings);
            var what = CheckSource(source, path, bundle, findings);
            if (isWindows || !destination.Text.StartsWith('/'))
            {
                forecast.Miss();
                continue;
            }

            CheckFileName(path, what, destination, findings);
            forecast.Copy(what, InstancePaths.Name(path), destination);
        }

        return forecast;
    }

    private static string? Misplaced(string key) => key.ToLowerInvariant() switch
    {
        "file_exists_behavior" or "overwrite" => "write 'file_exists_behavior: OVERWRITE' at the top of the file, beside 'files', or choose it for the deployment",
        "mode" or "owner" or "group" or "permissions" or "runas" => "owner and mode of files are set in the section 'permissions'",
        _ => null,
    };

    private static YamlNode.Scalar? Text(YamlNode.Mapping entry, string key, Findings findings)
    {
        var node = entry[key];
        var value = RubyValue.Of(node);
        switch (value.Kind)
        {
            case RubyKind.Nil:
                findings.Error(AppSpecStage.Parse, node ?? entry, $"an entry of 'files' has no '{key}'", $"add '{key}: ' and a path");
                return null;
            case RubyKind.Text:
                return (YamlNode.Scalar)node!;
            default:
                findings.Error(AppSpecStage.Install, node!, $"'{key}' is {Shapes.Name(node!)}, which the agent does not take for a path", node is YamlNode.Scalar ? "put it in quotes" : "write an entry for each path");
                return null;
        }
    }

    /// <returns>What is copied; null when it cannot be known.</returns>
    private static BundleEntry? CheckSource(YamlNode.Scalar source, string path, BundleListing? bundle, Findings findings)
    {
        if (path.Length == 0)
        {
            findings.Warning(AppSpecStage.Install, source, "'source' is empty, which is the whole revision", "write 'source: /' if that is meant");
        }

        switch (bundle?.Resolve(path, followLast: false))
        {
            case Found.Entry { What: var what }:
                return what;
            case Found.Nothing:
                findings.Error(AppSpecStage.Install, source, $"'source' {Findings.Quote(source.Text)} is not in the revision", Missing(path, bundle));
                return null;
            case Found.Outside:
            case null when InstancePaths.Climbs(path):
                findings.Warning(AppSpecStage.Install, source, $"'source' {Findings.Quote(source.Text)} leads out of the revision", "name something that is in it; sources begin at the revision's top");
                return null;
            case null when path.Contains('*'):
                findings.Warning(AppSpecStage.Install, source, $"'source' {Findings.Quote(source.Text)} looks like a pattern", NoPatterns);
                return null;
            case null when InstancePaths.LooksLikeInstance(path):
                findings.Warning(AppSpecStage.Install, source, $"'source' {Findings.Quote(source.Text)} looks like a path on the instance", "name a path that begins at the revision's top; 'destination' is the one on the instance");
                return null;
            default:
                return null;
        }
    }

    private static string Missing(string path, BundleListing bundle) => path switch
    {
        _ when bundle.RuleAgainst(path) is { } rule => $"the ignore file leaves it out by the rule {Findings.Quote(rule)}: take the rule away or except the path",
        _ when path.Contains('*') => NoPatterns,
        _ when bundle.Like(path) is { } like => $"write {Findings.Quote(like)} if that is meant",
        _ when InstancePaths.LooksLikeInstance(path) => "name a path that begins at the revision's top; 'destination' is the one on the instance",
        _ => "add it to the revision, or take the entry away",
    };

    private static void CheckDestination(YamlNode.Scalar destination, bool isWindows, Findings findings)
    {
        var text = destination.Text;
        var hasDrive = text.Length > 2 && char.IsAsciiLetter(text[0]) && text[1] == ':' && text[2] is '\\' or '/';
        if (isWindows ? hasDrive : text.StartsWith('/'))
        {
            return;
        }

        var where = text.StartsWith('~') ? "in the home folder of the agent's user, root" : "below the folder that the agent was started in";
        var fix = isWindows ? @"begin it with a drive, as in C:\" : hasDrive ? "begin it with '/', or write 'os: windows' if the instances are such" : "begin it with '/'";
        findings.Warning(AppSpecStage.Install, destination, $"'destination' {Findings.Quote(text)} is not absolute, so it is {where}", fix);
    }

    /// <summary>The agent makes a folder of every destination and copies into it.</summary>
    private static void CheckFileName(string source, BundleEntry? what, YamlNode.Scalar destination, Findings findings)
    {
        var (name, last) = (InstancePaths.Name(source), InstancePaths.Name(destination.Text));
        var ending = Path.GetExtension(name);
        var looksLikeFile = name == last || (ending.Length > 1 && ending == Path.GetExtension(last));
        if (what is not BundleEntry.Folder && looksLikeFile && name.Contains('.') && !destination.Text.EndsWith('/'))
        {
            findings.Warning(
                AppSpecStage.Install, destination, $"'destination' {Findings.Quote(destination.Text)} is taken for a folder: the file becomes {Findings.Quote($"{destination.Text}/{name}")}",
                $"write {Findings.Quote(InstancePaths.Parent(InstancePaths.Absolute(destination.Text)))}; files keep their names");
        }
    }
}
