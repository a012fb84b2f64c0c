using MacroPortfolio.Simulator.Fleet.Machine;

namespace MacroPortfolio.Simulator.Fleet.Bundles;

/// <summary>
/// The folder that an archive is unpacked into. Nothing is written outside it: names and links that would lead out are refused as tar would fail,
/// and links that are inside are followed only within it.
/// </summary>
internal sealed class UnpackedFolder(string type, InstanceFiles folder, long mostBytes)
{
    // A folder that nobody may write to is closed only when it is full.
    private readonly Dictionary<string, UnixFileMode> _folderModes = [];
    private long _bytes;

    public AgentException Refusal(string why) => new($"Error extracting {type} archive: {why}");

    public void AddFolder(string name, UnpackedFacts facts)
    {
        var path = Inside(name);
        folder.MakeFolders(path);
        if (path == "/")
            return;
        SetOwner(path, facts);
        _folderModes[path] = facts.Mode;
    }

    public async Task AddFileAsync(string name, Stream data, UnpackedFacts facts, CancellationToken ct)
    {
        var path = MakeRoom(name);
        await using var file = folder.OpenWrite(path);
        await CopyAsync(data, file, ct);
        SetOwner(path, facts);
        folder.SetMode(path, facts.Mode);
        File.SetLastWriteTimeUtc(file.SafeFileHandle, facts.Modified);
    }

    public void AddLink(string name, string text)
    {
        var path = MakeRoom(name);
        if (text.StartsWith('/') || Climbs($"{InstancePath.Parent(path)}/{text}"))
            throw Refusal($"the link {name} leads out of the archive, to {text}");
        folder.MakeLink(path, text);
    }

    /// <summary>A hard link; that the two are one file is lost, as the agent loses it when it installs them.</summary>
    public async Task AddCopyAsync(string name, string original, UnpackedFacts facts, CancellationToken ct)
    {
        await using var data = folder.OpenRead(Inside(original));
        await AddFileAsync(name, data, facts, ct);
    }

    public void Finish()
    {
        foreach (var (path, mode) in _folderModes)
            folder.SetMode(path, Environment.IsPrivilegedProcess ? mode : mode | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task CopyAsync(Stream data, FileStream file, CancellationToken ct)
    {
        var buffer = new byte[81_920];
        while (await data.ReadAsync(buffer, ct) is > 0 and var read)
        {
            _bytes += read;
            if (_bytes > mostBytes)
                throw Refusal($"it unpacks to more than {mostBytes / 1024 / 1024} MB");
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }

    private void SetOwner(string path, UnpackedFacts facts)
    {
        if (Environment.IsPrivilegedProcess)
            folder.SetOwner(path, facts.Owner, facts.Group);
    }

    private string MakeRoom(string name)
    {
        var path = Inside(name);
        folder.MakeFolders(InstancePath.Parent(path));
        if (path == "/" || (folder.LinkText(path) is null && folder.IsFolder(path)))
            throw Refusal($"{name} is a folder already");
        folder.Delete(path);
        return path;
    }

    private string Inside(string name) => name.StartsWith('/') || Climbs(name) ? throw Refusal($"{name} is outside the archive") : InstancePath.Absolute(name);

    /// <summary>Whether a path, read from left to right, is ever above where it began.</summary>
    private static bool Climbs(string path)
    {
        var depth = 0;
        return path.Split('/').Any(part => (depth += part switch { "" or "." => 0, ".." => -1, _ => 1 }) < 0);
    }
}

internal sealed record UnpackedFacts(UnixFileMode Mode, DateTime Modified, uint Owner, uint Group);
