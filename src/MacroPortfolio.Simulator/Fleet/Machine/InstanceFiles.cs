using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MacroPortfolio.Simulator.Fleet.Machine;

/// <summary>The files of one instance, by the paths that the instance knows. Whatever links are in the way, no call reads or writes outside its root.</summary>
internal sealed class InstanceFiles : IDisposable
{
    /// <summary>Leaves an owner or a group as it is.</summary>
    public const uint Unchanged = uint.MaxValue;

    private const UnixFileMode FolderMode = (UnixFileMode)0x1ED; // 0755
    private const UnixFileMode PlainMode = (UnixFileMode)0x1A4; // 0644

    private readonly SafeFileHandle _root;

    /// <param name="root">The folder that is the instance's <c>/</c>, as this process sees it.</param>
    public InstanceFiles(string root) : this(Native.OpenFolder(root)) { }

    private InstanceFiles(SafeFileHandle root) => _root = root;

    /// <summary>The same for a folder of the instance: paths count from it, and none leaves it.</summary>
    public InstanceFiles Below(string folder) => new(Native.OpenInside(_root, folder, Native.OpenPath) ?? throw Native.Missing(folder));

    /// <summary>What is at the path when links have been followed; null when nothing is.</summary>
    public FileFacts? Facts(string path)
    {
        using var handle = Native.OpenInside(_root, path, Native.OpenPath);
        return handle is null ? null : Native.Facts(handle);
    }

    public bool Exists(string path) => Facts(path) is not null;

    public bool IsFolder(string path) => Facts(path) is { IsFolder: true };

    /// <summary>Where the file is for this process when links have been followed.</summary>
    public string RealPath(string path)
    {
        using var target = Target(path);
        return new FileInfo(target.Path).LinkTarget!;
    }

    public FileStream OpenRead(string path) =>
        new(Native.OpenInside(_root, path, Native.OpenForReading) ?? throw Native.Missing(path), FileAccess.Read, bufferSize: 0);

    public string ReadText(string path)
    {
        using var reader = new StreamReader(OpenRead(path), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Opens a file to write it anew, making it if need be. An existing one keeps its mode, as with cp.</summary>
    public FileStream OpenWrite(string path) => Open(path, Native.OpenTruncate);

    public FileStream OpenAppend(string path) => Open(path, Native.OpenAppend);

    public void WriteText(string path, string text)
    {
        using var writer = new StreamWriter(OpenWrite(path));
        writer.Write(text);
    }

    public void MakeFolder(string path)
    {
        using var place = Locate(path);
        Directory.CreateDirectory(place.Path);
        Native.ChangeMode(place.Path, FolderMode);
    }

    public void MakeFolders(string path)
    {
        if (IsFolder(path))
            return;
        MakeFolders(InstancePath.Parent(path));
        MakeFolder(path);
    }

    public IReadOnlyList<string> Names(string folder)
    {
        using var target = Target(folder);
        return [.. Directory.EnumerateFileSystemEntries(target.Path).Select(InstancePath.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>What a symbolic link says; null when the path is not one.</summary>
    public string? LinkText(string path)
    {
        using var place = Locate(path);
        return new FileInfo(place.Path).LinkTarget;
    }

    public void MakeLink(string path, string text)
    {
        using var place = Locate(path);
        File.CreateSymbolicLink(place.Path, text);
    }

    public void SetMode(string path, UnixFileMode mode)
    {
        using var target = Target(path);
        Native.ChangeMode(target.Path, mode);
    }

    public void SetOwner(string path, uint owner, uint group)
    {
        using var target = Target(path);
        Native.ChangeOwner(target.Path, owner, group);
    }

    public DateTime Modified(string path)
    {
        using var place = Locate(path);
        return File.GetLastWriteTimeUtc(place.Path);
    }

    /// <summary>Removes a file or a link, never what the link points to.</summary>
    public void Delete(string path)
    {
        using var place = Locate(path);
        File.Delete(place.Path);
    }

    public void DeleteFolderIfEmpty(string path)
    {
        if (Names(path).Count > 0)
            return;
        using var place = Locate(path);
        Directory.Delete(place.Path);
    }

    public void DeleteTree(string path)
    {
        if (!IsFolder(path))
            return;
        using var place = Locate(path);
        Directory.Delete(place.Path, recursive: true);
    }

    public void MoveFolder(string from, string to)
    {
        using var source = Locate(from);
        using var destination = Locate(to);
        Directory.Move(source.Path, destination.Path);
    }

    public void Dispose() => _root.Dispose();

    private FileStream Open(string path, int flags) =>
        new(Native.OpenInside(_root, path, Native.OpenForWriting | Native.OpenCreate | flags, (uint)PlainMode)!, FileAccess.Write, bufferSize: 0);

    /// <summary>The path itself, the last link not followed: an open handle on its folder, and its name there.</summary>
    private Place Locate(string path)
    {
        var parent = InstancePath.Parent(path);
        return new Place(Native.OpenInside(_root, parent, Native.OpenPath) ?? throw Native.Missing(parent), "/" + InstancePath.Name(path));
    }

    /// <summary>What the path leads to, links followed.</summary>
    private Place Target(string path) => new(Native.OpenInside(_root, path, Native.OpenPath) ?? throw Native.Missing(path), "");

    private readonly struct Place(SafeFileHandle handle, string name) : IDisposable
    {
        public string Path => $"/proc/self/fd/{handle.DangerousGetHandle()}{name}";

        public void Dispose() => handle.Dispose();
    }
}
