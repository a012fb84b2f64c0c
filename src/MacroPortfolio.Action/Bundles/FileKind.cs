using System.Runtime.InteropServices;
using System.Text;

namespace MacroPortfolio.Action.Bundles;

/// <summary>What lies at a path, without following a link.</summary>
internal enum FileKind
{
    File,
    Folder,
    Link,
    Fifo,
    Socket,
    Device,
    Unknown,
}

/// <summary>Asked of Linux itself: .NET tells a FIFO from a file only by waiting for somebody to write to it.</summary>
internal static class FileKinds
{
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint TypeAndMode = 0x3;
    private const int ModeAt = 28;

    public static FileKind Of(FileSystemInfo info)
    {
        if (!OperatingSystem.IsLinux())
        {
            return info.LinkTarget is not null ? FileKind.Link : info is DirectoryInfo ? FileKind.Folder : FileKind.File;
        }

        // https://man7.org/linux/man-pages/man2/statx.2.html: unlike that of stat, its structure is the same on every architecture.
        var answer = new byte[256];
        return statx(CurrentFolder, [.. Encoding.UTF8.GetBytes(info.FullName), 0], DoNotFollow, TypeAndMode, answer) != 0
            ? FileKind.Unknown
            : (BitConverter.ToUInt16(answer, ModeAt) & 0xF000) switch
            {
                0x8000 => FileKind.File,
                0x4000 => FileKind.Folder,
                0xA000 => FileKind.Link,
                0x1000 => FileKind.Fifo,
                0xC000 => FileKind.Socket,
                0x2000 or 0x6000 => FileKind.Device,
                _ => FileKind.Unknown,
            };
    }

#pragma warning disable SYSLIB1054 // The generated code would be unsafe, and these arguments need no marshalling.
    [DllImport("libc", SetLastError = true)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, byte[] answer);
#pragma warning restore SYSLIB1054
}
