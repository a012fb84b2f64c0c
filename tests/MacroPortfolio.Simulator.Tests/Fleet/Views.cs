using System.Diagnostics;

namespace MacroPortfolio.Simulator.Tests.Fleet;

/// <summary>Whether this machine lets this user mount an overlay of its root, found out without the fleet's own code.</summary>
internal static class Views
{
    private static readonly Lazy<bool> Answer = new(Try);

    public static bool ArePossible => Answer.Value;

    /// <summary>The modes that tests of both can run in. <see cref="ViewTests"/> says what happens where views are not possible.</summary>
    public static TheoryData<Mode> Modes => ArePossible ? [Mode.Folder, Mode.View] : [Mode.Folder];

    private static bool Try()
    {
        var folder = Directory.CreateTempSubdirectory("fleet-views-");
        foreach (var name in (string[])["upper", "work", "view"])
            folder.CreateSubdirectory(name);
        string[] mount = ["mount", "-t", "overlay", "overlay", "-o", "lowerdir=/,upperdir=upper,workdir=work", "view"];
        using var process = Process.Start(new ProcessStartInfo("unshare", ["--mount", "--pid", "--fork", .. mount])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardError = true,
        })!;
        process.WaitForExit();
        folder.Delete(recursive: true);
        return process.ExitCode == 0;
    }
}

/// <summary>A test of views. Where none are possible the runner shows it as skipped, with this reason.</summary>
internal sealed class ViewFactAttribute : FactAttribute
{
    public ViewFactAttribute()
    {
        if (!Views.ArePossible)
            Skip = "Only root can mount a copy-on-write view of the machine, and not on every file system.";
    }
}
