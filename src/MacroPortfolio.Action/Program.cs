using System.Collections;
using System.Runtime.InteropServices;
using System.Text;
using MacroPortfolio.Action;

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
// They hold nothing back, so nothing is left for an end that could fail when nobody reads any more.
var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true };
var errors = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };
var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
return (int)await App.RunAsync(args, environment, output, errors, TimeProvider.System, stop.Token);
