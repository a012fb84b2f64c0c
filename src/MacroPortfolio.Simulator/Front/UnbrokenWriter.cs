using System.Text;

namespace MacroPortfolio.Simulator.Front;

/// <summary>Hands each text to the stream in one write; the console's own writer breaks long lines into several.</summary>
public sealed class UnbrokenWriter(Stream stream) : TextWriter
{
    public override Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value) => stream.Write(Encoding.GetBytes(value ?? ""));

    public override void WriteLine(string? value) => Write($"{value}\n");

    public override void Flush() => stream.Flush();
}
