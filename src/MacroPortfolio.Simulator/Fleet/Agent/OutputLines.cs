using System.Text;

namespace MacroPortfolio.Simulator.Fleet.Agent;

/// <summary>Takes a script's output apart into lines in a bounded space, whatever the script writes.</summary>
internal static class OutputLines
{
    /// <summary>Longer lines come in pieces.</summary>
    private const int LongestLine = 4096;

    /// <summary>Reads to the end. Bytes that are not UTF-8 become replacement characters.</summary>
    public static async Task ReadAsync(Stream output, Action<string> take)
    {
        using var reader = new StreamReader(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: false);
        var buffer = new char[LongestLine];
        var line = new StringBuilder();
        while (await reader.ReadAsync(buffer) is > 0 and var read)
        {
            foreach (var character in buffer.AsSpan(0, read))
            {
                if (character != '\n')
                    line.Append(character);
                if (character == '\n' || line.Length == LongestLine)
                {
                    take(line.ToString());
                    line.Clear();
                }
            }
        }

        if (line.Length > 0)
            take(line.ToString());
    }
}
