using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacroPortfolio.Simulator.Fleet.Machine;

/// <summary>The calls of Linux that .NET has no words for.</summary>
internal static partial class Native
{
    public const int OpenForReading = 0x0;
    public const int OpenForWriting = 0x1;
    public const int OpenCreate = 0x40;
    public const int OpenTruncate = 0x200;
    public const int OpenAppend = 0x400;

    /// <summary>A handle that only names a file.</summary>
    public const int OpenPath = 0x200000;

    public const int Terminate = 15;
    public const int Kill = 9;

    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFacts = 0x7ff;
    private const int OpenNonBlocking = 0x800;
    private const int OpenCloseOnExec = 0x80000;
    private const ulong ResolveInRoot = 0x10;
    private const nint OpenAt2Number = 437;
    private const int NoSuchFile = 2;
    private const int TryAgain = 11;
    private const int NotADirectory = 20;

    public static SafeFileHandle OpenFolder(string path) => Open(CurrentFolder, path, OpenPath, 0, resolve: 0) ?? throw Missing(path);

    /// <summary>Opens a path below a folder as after chroot: no link, absolute or with dots, leads out (openat2(2)). Null when there is no such file.</summary>
    public static SafeFileHandle? OpenInside(SafeFileHandle folder, string path, int flags, uint mode = 0) =>
        Open((int)folder.DangerousGetHandle(), path, flags, mode, ResolveInRoot);

    public static FileFacts Facts(SafeFileHandle handle)
    {
        if (StatX((int)handle.DangerousGetHandle(), "", EmptyPath, BasicFacts, out var facts) != 0)
            throw LastError("statx");
        return new FileFacts((facts.Mode & 0xF000) == 0x4000, (UnixFileMode)(facts.Mode & 0xFFF), facts.Owner, facts.Group);
    }

    public static void ChangeMode(string path, UnixFileMode mode)
    {
        if (ChMod(path, (uint)mode) != 0)
            throw LastError(path);
    }

    public static void ChangeOwner(string path, uint owner, uint group)
    {
        if (ChOwn(path, owner, group) != 0)
            throw LastError(path);
    }

    public static void SetAttribute(string path, string name, byte[] value)
    {
        if (SetXAttr(path, name, value, value.Length, 0) != 0)
            throw LastError(path);
    }

    public static void SignalGroup(int leader, int signal) => _ = Signal(-leader, signal);

    public static bool GroupExists(int leader) => Signal(-leader, 0) == 0;

    public static FileNotFoundException Missing(string path) => new($"No such file or directory - {path}");

    private static SafeFileHandle? Open(int folder, string path, int flags, uint mode, ulong resolve)
    {
        // A named pipe that a script left behind must not hold the agent up. Handles that only name a file take no further flags.
        var how = new OpenHow
        {
            Flags = (ulong)(flags | OpenCloseOnExec | ((flags & OpenPath) == 0 ? OpenNonBlocking : 0)),
            Mode = (flags & OpenCreate) == 0 ? 0 : mode,
            Resolve = resolve,
        };

        while (true)
        {
            var descriptor = OpenAt2(OpenAt2Number, folder, path, ref how, Marshal.SizeOf<OpenHow>());
            if (descriptor >= 0)
                return new SafeFileHandle(descriptor, ownsHandle: true);

            var error = Marshal.GetLastPInvokeError();
            if (error is NoSuchFile or NotADirectory && (flags & OpenCreate) == 0)
                return null;

            // The kernel asks to try again when something was renamed meanwhile, because it could not be sure to have stayed inside.
            if (error != TryAgain)
                throw LastError(path);
        }
    }

    private static IOException LastError(string path) => new($"{Marshal.GetLastPInvokeErrorMessage()} - {path}");

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenAt2(nint number, int folder, string path, ref OpenHow how, nint size);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out StatXFacts facts);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChMod(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChOwn(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "setxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetXAttr(string path, string name, byte[] value, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    /// <summary>struct statx, the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatXFacts
    {
        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;
    }
}

internal sealed record FileFacts(bool IsFolder, UnixFileMode Mode, uint Owner, uint Group);
