namespace MacroPortfolio.Simulator.CodeDeploy.State;

/// <summary>Something that may happen once while others wait for it.</summary>
public sealed class Signal
{
    private readonly TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool HasCome => came.Task.IsCompleted;

    public void Come() => came.TrySetResult();

    /// <summary>Waits for the first of several, and no longer than that. True: one came.</summary>
    public static async Task<bool> AnyComesWithinAsync(IEnumerable<Signal> signals, TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        try
        {
            await Task.WhenAny(signals.Select(signal => signal.came.Task)).WaitAsync(patience, time, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Waits for it, and no longer than that. True: it came.</summary>
    public Task<bool> ComesWithinAsync(TimeSpan patience, TimeProvider time, CancellationToken ct) => AnyComesWithinAsync([this], patience, time, ct);
}
