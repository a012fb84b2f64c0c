using MacroPortfolio.Simulator.Fleet.Machine;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>Finds the AppSpec file in an unpacked revision.</summary>
internal static class AppSpecFile
{
    /// <summary>For hooks there is one name only.</summary>
    public static AppSpec ReadForHooks(InstanceFiles files, string archive) => Read(files, archive, [AppSpec.FileName]);

    /// <summary>Install also takes the other ending.</summary>
    public static AppSpec ReadForInstall(InstanceFiles files, string archive)
    {
        var appSpec = Read(files, archive, [AppSpec.FileName, AppSpec.OtherFileName]);
        var unknown = appSpec.Hooks.Keys.Except(LifecycleEvents.All).ToArray();
        return unknown.Length == 0
            ? appSpec
            : throw new AgentException($"appspec.yml file contains unknown lifecycle events: [{string.Join(", ", unknown.Select(name => $"\"{name}\""))}]");
    }

    private static AppSpec Read(InstanceFiles files, string archive, string[] names) =>
        names.Select(name => InstancePath.Join(archive, name)).FirstOrDefault(files.Exists) is { } path
            ? AppSpecParser.Parse(files.ReadText(path))
            : throw new AgentException(
                $"The CodeDeploy agent did not find an AppSpec file within the unpacked revision directory at revision-relative path \"{names[0]}\". " +
                $"The revision was unpacked to directory \"{archive}\", and the AppSpec file was expected but not found at path \"{archive}/{names[0]}\". " +
                "Consult the AWS CodeDeploy Appspec documentation for more information at " +
                "http://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html");
}
