using System.Diagnostics;
using System.Globalization;
using MacroPortfolio.Simulator.Fleet.Agent;

namespace MacroPortfolio.Simulator.Fleet.Machine;

/// <summary>
/// A copy-on-write view of this machine: mount and pid namespaces whose <c>/</c> is an overlay of the machine's. What is written is in the instance's folder.
/// The namespace lives as long as its process 1, which reads a pipe that only the simulator holds: when the simulator ends, however it does, the kernel
/// ends them all.
/// </summary>
internal sealed class ViewSpace : Space
{
    /// <summary>
    /// Arguments: the instance's upper folder, its work folder, its mount point, the agent's folder. An overlay does not contain what is mounted below its
    /// lower folder, so every other file system of the machine (a /var of its own, say) gets one too. A change of /dev or /sys must not reach the machine
    /// either, so these are new ones. No signal from inside ends process 1, and while it waits it reaps whatever has lost its parent; a script that kills all
    /// it can see gets only the reader, of which there is then a new one.
    /// </summary>
    private const string Holder = """
        set -e
        upper=$1 work=$2 view=$3 agent=$4
        read -r holder rest < /proc/self/stat
        overlay() {
          mkdir -p "$2" "$3"
          chmod --reference="$1" "$2"
          chown --reference="$1" "$2"
          mount -t overlay overlay -o "index=off,lowerdir=$1,upperdir=$2,workdir=$3" "$4"
        }
        overlay / "$upper" "$work/root" "$view"
        findmnt -rn -o TARGET -t ext4,xfs,btrfs,zfs,ext3,f2fs | while read -r part; do
          [ "$part" = / ] || [ ! -d "$part" ] || overlay "$part" "$upper$part" "$work$part" "$view$part" || :
        done
        mkdir -p "$view$agent"
        for file in /etc/resolv.conf /etc/hosts; do
          real=$(readlink -f "$file") || continue
          if [ -s "$real" ] && [ ! -s "$view$real" ]; then mkdir -p "$view${real%/*}"; cat "$real" > "$view$real"; fi
        done
        cd "$view"
        mount -t tmpfs -o mode=755,nosuid tmpfs dev
        for device in null zero full random urandom tty; do : > dev/$device; mount --bind /dev/$device dev/$device; done
        mkdir -m 1777 dev/shm
        mkdir dev/pts
        mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
        ln -s pts/ptmx dev/ptmx
        ln -s /proc/self/fd dev/fd
        ln -s fd/0 dev/stdin
        ln -s fd/1 dev/stdout
        ln -s fd/2 dev/stderr
        mount -t sysfs -o ro sysfs sys
        mount -t proc proc proc
        pivot_root . .
        umount -l .
        cd /
        echo "$holder"
        exec 3<&0 < /dev/null > /dev/null 2>&1
        while :; do cat <&3 & wait $! && exit; done
        """;

    private readonly Process _namespace;
    private readonly string _holder;
    private readonly string _scaffold;

    private ViewSpace(Process theNamespace, string holder, string scaffold) : base(new InstanceFiles($"/proc/{holder}/root"))
    {
        _namespace = theNamespace;
        _holder = holder;
        _scaffold = scaffold;
        Accounts = new Accounts(Files.ReadText);
    }

    public override string RootForScripts => "";

    public override Accounts Accounts { get; }

    /// <exception cref="IOException">This machine, this user or this file system does not allow it; the message says what failed.</exception>
    public static async Task<ViewSpace> StartAsync(string stateFolder, string id)
    {
        if (!Environment.IsPrivilegedProcess)
            throw new IOException("only root may mount");

        var upper = Path.Combine(stateFolder, "instances", id);
        var scaffold = Path.Combine(stateFolder, "views", id);
        DeleteScaffold(scaffold);
        Directory.CreateDirectory(upper);
        Directory.CreateDirectory(Path.Combine(scaffold, "root"));
        HideMachineTemp(Path.Combine(upper, "tmp"));

        // Paths relative to the state folder: commas and colons in its name would end an option of the mount.
        var start = new ProcessStartInfo("setsid")
        {
            ArgumentList =
            {
                "unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", Holder, "holder",
                $"instances/{id}", $"views/{id}/work", $"views/{id}/root", AgentFolders.Home,
            },
            WorkingDirectory = stateFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = StartProcess(start);
        try
        {
            var holder = await process.StandardOutput.ReadLineAsync();
            return int.TryParse(holder, CultureInfo.InvariantCulture, out _)
                ? new ViewSpace(process, holder, scaffold)
                : throw new IOException((await process.StandardError.ReadToEndAsync()).Trim().ReplaceLineEndings("; "));
        }
        catch
        {
            await EndAsync(process, scaffold);
            throw;
        }
    }

    public override string PathForScripts(string path) => path;

    public override bool HasProgram(string path) => path.StartsWith('/') && Files.Exists(path);

    public override async ValueTask DisposeAsync()
    {
        Files.Dispose();
        await EndAsync(_namespace, _scaffold);
    }

    protected override void Enter(ProcessStartInfo start, IReadOnlyList<string> command, string workingFolder)
    {
        string[] enter = ["nsenter", $"--target={_holder}", "--mount", "--pid", $"--wd=/proc/{_holder}/root{workingFolder}", "--"];
        foreach (var argument in enter.Concat(command))
            start.ArgumentList.Add(argument);
    }

    private static Process StartProcess(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception ex)
        {
            throw new IOException(ex.Message, ex);
        }
    }

    /// <summary>An opaque folder hides the machine's one below it: the view has a /tmp of its own.</summary>
    private static void HideMachineTemp(string folder)
    {
        Directory.CreateDirectory(folder);
        Native.ChangeMode(folder, (UnixFileMode)0x3FF); // 1777
        Native.SetAttribute(folder, "trusted.overlay.opaque", "y"u8.ToArray());
    }

    private static async Task EndAsync(Process theNamespace, string scaffold)
    {
        theNamespace.StandardInput.Close();
        await theNamespace.WaitForExitAsync();
        theNamespace.Dispose();
        DeleteScaffold(scaffold);
    }

    private static void DeleteScaffold(string scaffold)
    {
        if (Directory.Exists(scaffold))
            Directory.Delete(scaffold, recursive: true);
    }
}
