using MacroPortfolio.Core.Inputs;
using MacroPortfolio.Core.Releases;
using NodaTime;

namespace MacroPortfolio.Core.Tests;

/// <summary>Answers questions of gates as it was told to, the last answer over and over, and counts them.</summary>
internal sealed class ScriptedGates : IGateSource
{
    public List<Probe> Probes { get; } = [];

    public IReadOnlyList<CheckRun>? Checks { get; set; } = [];

    public int Asked { get; private set; }

    public static Probe Good(int milliseconds = 20) => new(200, Duration.FromMilliseconds(milliseconds), true, null);

    public static Probe Bad(int status = 500) => new(status, Duration.FromMilliseconds(20), true, null);

    public static Probe Silent => new(null, Duration.Zero, false, "connection refused");

    public Task<Probe> ProbeAsync(Uri url, string? body, CancellationToken ct) => Task.FromResult(Probes[Math.Min(Asked++, Probes.Count - 1)]);

    public Task<IReadOnlyList<CheckRun>?> CheckRunsAsync(Revision revision, IReadOnlyList<string> names, CancellationToken ct)
    {
        Asked++;
        return Task.FromResult(Checks);
    }
}
