using MacroPortfolio.Simulator.Fleet.Machine;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>Makes the plan of an installation from the AppSpec and from what is on the instance (aws-codedeploy-agent, installer.rb).</summary>
internal sealed class InstallPlanner(InstanceFiles files, string archive, string fileExistsBehavior)
{
    private readonly InstallPlan _plan = new();

    public InstallPlan Plan(AppSpec appSpec)
    {
        foreach (var mapping in appSpec.Files)
        {
            var source = InstancePath.Join(archive, mapping.Source);
            if (IsRealFolder(source))
            {
                AddMissingParents(mapping.Destination);
                AddFolder(source, mapping.Destination);
            }
            else
            {
                var destination = InstancePath.Join(mapping.Destination, InstancePath.Name(source));
                AddMissingParents(destination);
                AddFile(source, destination);
            }
        }

        foreach (var permission in appSpec.Permissions)
            AddPermission(permission);
        return _plan;
    }

    private void AddFolder(string source, string destination)
    {
        if (!files.IsFolder(destination))
            _plan.MakeFolder(destination);

        foreach (var name in files.Names(source))
        {
            var (from, to) = (InstancePath.Join(source, name), InstancePath.Join(destination, name));
            if (IsRealFolder(from))
                AddFolder(from, to);
            else
                AddFile(from, to);
        }
    }

    private void AddFile(string source, string destination)
    {
        switch (files.Exists(destination), fileExistsBehavior)
        {
            case (true, "RETAIN"):
                break;
            case (true, "DISALLOW"):
                throw new AgentException($"The deployment failed because a specified file already exists at this location: {destination}");
            case (false, _) or (_, "OVERWRITE"):
                _plan.Copy(source, destination);
                break;
            default:
                throw new AgentException($"The deployment failed because an invalid option was specified for fileExistsBehavior: {fileExistsBehavior}. " +
                    "Valid options include OVERWRITE, RETAIN, and DISALLOW.");
        }
    }

    private void AddMissingParents(string destination)
    {
        var missing = new Stack<string>();
        for (var parent = InstancePath.Parent(destination); parent != "/" && !files.Exists(parent); parent = InstancePath.Parent(parent))
            missing.Push(parent);
        foreach (var folder in missing)
            _plan.MakeFolder(folder);
    }

    /// <summary>Only what this installation copies or makes is touched.</summary>
    private void AddPermission(PermissionRule permission)
    {
        if (_plan.IsCopied(permission.Target))
        {
            if (!permission.Covers("file"))
                return;
            CheckForFile(permission);
            _plan.Permit(permission.Target, permission);
        }
        else if (_plan.IsMade(permission.Target) || files.IsFolder(permission.Target))
        {
            var candidates = (permission.Covers("file") ? _plan.Files : []).Concat(permission.Covers("directory") ? _plan.Folders : []);
            foreach (var path in candidates.Where(permission.Matches).ToArray())
                _plan.Permit(path, permission);
        }
    }

    private static void CheckForFile(PermissionRule permission)
    {
        if (permission.Pattern != PermissionRule.Everything)
        {
            throw new AgentException(
                $"The deployment failed because the application specification file includes an object ({permission.Target}) with an invalid " +
                $"pattern ({permission.Pattern}), such as a pattern for a file applied to a directory. Correct the permissions section of the AppSpec file, " +
                "and then try again.");
        }

        if (permission.Except.Count > 0)
        {
            throw new AgentException("The deployment failed because the except parameter for a pattern in the permissions section " +
                $"([{string.Join(", ", permission.Except)}]) for the object named {permission.Target} contains an invalid format. " +
                "Update the AppSpec file, and then try again.");
        }
    }

    private bool IsRealFolder(string path) => files.LinkText(path) is null && files.IsFolder(path);
}
