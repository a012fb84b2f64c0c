using System.Collections;
using System.Runtime.InteropServices;
using MacroPortfolio.Action;
using MacroPortfolio.Action.Runner;
using MacroPortfolio.Core.Releases;

// The runner sends SIGINT, 7.5 s later SIGTERM, and kills 2.5 s after that.
var (untilKilled, afterTerm) = (TimeSpan.FromSeconds(9.5), TimeSpan.FromSeconds(2));
using var stop = new CancellationTokenSource();
using var last = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    if (!stop.IsCancellationRequested)
    {
        last.CancelAfter(untilKilled);
        stop.Cancel();
    }
    else if (signal.Signal == PosixSignal.SIGTERM)
    {
        last.CancelAfter(afterTerm);
    }
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

using var output = new StandardStream(Console.OpenStandardOutput());
using var errors = new StandardStream(Console.OpenStandardError());
var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
var stopping = new Stopping(stop.Token, last.Token);
var post = Path.GetFileName(Environment.GetCommandLineArgs()[0]) == "macro-portfolio-post";
return (int)(post
    ? await App.SettleAsync(environment, output, errors, TimeProvider.System, stopping)
    : await App.RunAsync(args, environment, output, errors, TimeProvider.System, stopping));
