using System.Diagnostics;
using System.Globalization;
using MacroPortfolio.EndToEnd.Tests.Harness;

namespace MacroPortfolio.Bench;

/// <summary>P3: a thousand instances in 25 groups, deployed to in one run.</summary>
internal static class SizeBench
{
    private const int Groups = 25;
    private const int InstancesEach = 40;

    private static readonly string[] Batched = ["deploymentIds", "targetIds", "deploymentGroupNames"];

    public static async Task RunAsync(Scores scores, Programs programs, TimeProvider time)
    {
        var groups = Enumerable.Range(1, Groups).Select(number => new Group($"group-{number:00}", InstancesEach)).ToList();
        await using var cloud = await Cloud.RaiseAsync(programs, time, World.Render(0.01, groups));
        var job = await cloud.JobAsync();
        job["INPUT_DEPLOYMENT-GROUP"] = string.Join('\n', groups.Select(group => group.Name));
        var before = cloud.Count;
        var kilobytes = await PeakAsync(programs, job, "deploy");
        var requests = await cloud.SinceAsync(before);

        scores.AtMost("P3", $"resident memory at most, {Groups * InstancesEach:#,0} instances in {Groups} groups", kilobytes / 1024.0, 64, 64, " MB");
        scores.AtMost("P3", "ids in the largest batch", requests.Max(Ids), 25, 25, "");
        scores.AtMost("P3", "calls for instances beyond those that batches of 25 take", requests.Of("BatchGetDeploymentTargets").Count - Groups * ((InstancesEach + 24) / 25), 0, 0, "");
        scores.AtMost("P3", "status calls that were not batched", requests.Of("GetDeployment").Count, 0, 0, "");
        scores.AtMost("P3", "summary", new FileInfo(job["GITHUB_STEP_SUMMARY"]).Length / 1024.0, 1024, 1024, " KB");
        var result = (await File.ReadAllLinesAsync(job["GITHUB_OUTPUT"])).Where(line => line.StartsWith('{')).Max(line => line.Length);
        scores.AtMost("P3", "result record", result / 1024.0, 64, 64, " KB");
        var comments = requests.Where(request => request.Operation.Contains("/comments", StringComparison.Ordinal) && request.Operation[0] == 'P').Select(request => request.Request?["body"]?["body"]?.ToString().Length ?? 0).DefaultIfEmpty(0);
        scores.AtMost("P3", "comment", comments.Max(), 65_536, 65_536, " characters");
    }

    private static int Ids(RequestRecord request) =>
        Batched.Max(name => request.Request?[name] is System.Text.Json.Nodes.JsonArray ids ? ids.Count : 0);

    /// <summary>The kernel's own high-water mark, read until the process is gone: it never falls, so the last reading is at most a moment old.</summary>
    internal static async Task<long> PeakAsync(Programs programs, Dictionary<string, string> job, string verb)
    {
        var start = new ProcessStartInfo(programs.MacroPortfolio, [verb]) { RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach (var (name, value) in job)
        {
            start.Environment[name] = value;
        }

        using var run = Process.Start(start)!;
        var said = run.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!run.HasExited)
        {
            peak = Math.Max(peak, HighWater(run.Id));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        await run.WaitForExitAsync();
        return run.ExitCode == 0 ? peak : throw new InvalidOperationException($"The run ended with {run.ExitCode}:\n{await said}");
    }

    private static long HighWater(int process)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/status").Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)).FirstOrDefault();
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
