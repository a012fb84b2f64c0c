using System.Runtime.InteropServices;
using MacroPortfolio.Simulator.Front;

using var stop = new CancellationTokenSource();
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
await using var log = new UnbrokenWriter(Console.OpenStandardOutput());
await using var notes = new UnbrokenWriter(Console.OpenStandardError());
return (int)await CommandLine.RunAsync(args, log, notes, TimeProvider.System, stop.Token);

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
