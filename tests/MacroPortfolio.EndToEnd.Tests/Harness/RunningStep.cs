using System.Diagnostics;
using MacroPortfolio.EndToEnd.Tests.Runner;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>The program at work in a job.</summary>
public sealed class RunningStep
{
    private static readonly string[] CommandFiles = ["GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY", "GITHUB_ENV"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static int count;

    private readonly Job job;
    private readonly Process process;
    private readonly DateTimeOffset began;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private RunningStep(Job job, Process process, DateTimeOffset began)
    {
        (this.job, this.process, this.began) = (job, process, began);
        (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>What it runs in.</summary>
    public Job Job => job;

    internal static RunningStep Start(Job job, string program, IReadOnlyList<string> words)
    {
        var number = Interlocked.Increment(ref count);
        foreach (var name in CommandFiles.Where(job.Environment.ContainsKey))
        {
            job = job.With(name, $"{job[name]}_{number}");
            File.WriteAllBytes(job[name], []);
        }

        // Whoever runs these tests in the background has everything below ignore SIGINT; a runner starts its steps without that.
        var start = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT", program, .. words])
        {
            WorkingDirectory = job.Environment.GetValueOrDefault("GITHUB_WORKSPACE", "/"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in job.Environment)
        {
            start.Environment[name] = value;
        }

        var began = TimeProvider.System.GetUtcNow();
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new RunningStep(job, process, began);
    }

    /// <summary>Sends a signal and says when.</summary>
    /// <param name="name">INT or TERM.</param>
    public async Task<DateTimeOffset> SignalAsync(string name)
    {
        var now = TimeProvider.System.GetUtcNow();
        await Shell.SignalAsync(process, name);
        return now;
    }

    /// <summary>Sends a signal to a process that may have ended by now.</summary>
    public Task SignalIfAliveAsync(string name) => Shell.RunAsync("/", "", "bash", "-c", $"kill -{name} {process.Id} || true");

    /// <summary>Returns when the process has ended.</summary>
    public Task ExitedAsync() => process.WaitForExitAsync();

    /// <summary>Ends the process as nobody can resist. One that has ended by itself is as it is.</summary>
    public Task<StepResult> KillAsync()
    {
        process.Kill();
        return EndAsync();
    }

    public async Task<StepResult> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new InvalidOperationException($"The program did not end within {Patience}. It said:\n{await output}{await errors}");
        }

        using (process)
        {
            var ended = TimeProvider.System.GetUtcNow();
            var requests = (await job.Cloud.RequestsAsync()).Where(request => request.Time >= began.AddMilliseconds(-1)).ToList();
            var step = new StepResult(
                process.ExitCode,
                await output,
                await errors,
                await CommandFile.ReadAsync(job.Environment.GetValueOrDefault("GITHUB_OUTPUT")),
                await CommandFile.ReadAsync(job.Environment.GetValueOrDefault("GITHUB_STATE")),
                await SummaryAsync(job.Environment.GetValueOrDefault("GITHUB_STEP_SUMMARY")),
                requests,
                ended);
            return step.Log.Refused.Count == 0 ? step : throw new InvalidOperationException($"The runner would fail the step for {step.Log.Refused[0]}:\n{step}");
        }
    }

    /// <summary>A larger one is not shown: https://github.com/actions/runner/blob/v2.336.0/src/Runner.Worker/CreateStepSummaryCommand.cs</summary>
    private static async Task<string> SummaryAsync(string? path)
    {
        const int limit = 1024 * 1024;
        return path is null ? ""
            : new FileInfo(path).Length <= limit ? await File.ReadAllTextAsync(path)
            : throw new InvalidOperationException($"The runner would not show the summary: it is larger than {limit} bytes.");
    }
}
