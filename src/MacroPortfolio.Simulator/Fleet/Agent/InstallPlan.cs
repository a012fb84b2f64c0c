using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>What an installation will do, complete before anything is touched; the agent keeps it as <c>install.json</c>.</summary>
internal sealed class InstallPlan
{
    private readonly List<InstallStep> _steps = [];
    private readonly Dictionary<string, string> _copies = [];
    private readonly HashSet<string> _folders = [];
    private readonly HashSet<string> _permitted = [];

    public IReadOnlyList<InstallStep> Steps => _steps;

    public IEnumerable<string> Files => _copies.Keys;

    public IEnumerable<string> Folders => _folders;

    public void Copy(string source, string destination)
    {
        if (_copies.TryGetValue(destination, out var other))
        {
            throw new AgentException(
                $"The deployment failed because the application specification file specifies two source files named {source} and {other} for the same " +
                $"destination ({destination}). Remove one of the source file paths from the AppSpec file, and then try again.");
        }

        if (_folders.Contains(destination))
        {
            throw new AgentException(
                $"The deployment failed because the application specification file calls for installing the file {source}, but a file with that name " +
                $"already exists at the location ({destination}). Update your AppSpec file or directory structure, and then try again.");
        }

        _copies[destination] = source;
        _steps.Add(new InstallStep.Copy(source, destination));
    }

    public void MakeFolder(string folder)
    {
        if (_copies.TryGetValue(folder, out var source))
        {
            throw new AgentException("The deployment failed because the application specification file includes an mkdir command more than once for the same " +
                $"destination path ({folder}) from ({source}). Update the files section of the AppSpec file, and then try again.");
        }

        if (_folders.Add(folder))
            _steps.Add(new InstallStep.MakeFolder(folder));
    }

    public void Permit(string path, PermissionRule permission)
    {
        if (!_permitted.Add(path))
        {
            throw new AgentException($"The deployment failed because the permissions setting for ({path}) is specified more than once in the application " +
                "specification file. Update the files section of the AppSpec file, and then try again.");
        }

        if (permission.Mode is not null)
            _steps.Add(new InstallStep.ChangeMode(path, permission.Mode));
        if (permission.Owner is not null || permission.Group is not null)
            _steps.Add(new InstallStep.ChangeOwner(path, permission.Owner, permission.Group));
    }

    public bool IsCopied(string path) => _copies.ContainsKey(path);

    public bool IsMade(string folder) => _folders.Contains(folder);

    public string ToJson() => new JsonObject { ["instructions"] = new JsonArray([.. _steps.Select(step => step.ToJson())]) }.ToJsonString();
}

/// <summary>One instruction of an installation.</summary>
internal abstract record InstallStep
{
    private InstallStep() { }

    public abstract JsonNode ToJson();

    public sealed record Copy(string Source, string Destination) : InstallStep
    {
        public override JsonNode ToJson() => new JsonObject { ["type"] = "copy", ["source"] = Source, ["destination"] = Destination };
    }

    public sealed record MakeFolder(string Folder) : InstallStep
    {
        public override JsonNode ToJson() => new JsonObject { ["type"] = "mkdir", ["directory"] = Folder };
    }

    public sealed record ChangeMode(string Path, string Mode) : InstallStep
    {
        public override JsonNode ToJson() => new JsonObject { ["type"] = "chmod", ["mode"] = Mode, ["file"] = Path };
    }

    public sealed record ChangeOwner(string Path, string? Owner, string? Group) : InstallStep
    {
        public override JsonNode ToJson() => new JsonObject { ["type"] = "chown", ["owner"] = Owner, ["group"] = Group, ["file"] = Path };
    }
}
