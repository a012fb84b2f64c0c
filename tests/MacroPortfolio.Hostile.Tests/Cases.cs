using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using CsCheck;

namespace MacroPortfolio.Hostile.Tests;

/// <summary>How many cases a property is tried on: a few in the ordinary run, and as many as HOSTILE_CASES says in the long one. A failure prints its case and its seed.</summary>
internal static class Cases
{
    private static readonly int? Asked = int.TryParse(Environment.GetEnvironmentVariable("HOSTILE_CASES"), out var cases) ? cases : null;

    public static bool IsLong => Asked is not null;

    /// <param name="few">In the ordinary run.</param>
    /// <param name="share">Of the cases of the long run, where one case asks many questions or each is a whole run of the program.</param>
    public static void Hold<T>(this Gen<T> gen, Action<T> property, int few, double share = 1) =>
        gen.Sample(property, iter: Count(few, share), print: Shown);

    public static Task HoldAsync<T>(this Gen<T> gen, Func<T, Task> property, int few, double share = 1, int threads = -1) =>
        gen.SampleAsync(property, iter: Count(few, share), threads: threads, print: Shown);

    private static int Count(int few, double share) => Asked is { } many ? (int)(many * share) : few;

    private static string Shown<T>(T sample) => sample switch
    {
        string text => Literal(text),
        byte[] bytes => Literal(Encoding.Latin1.GetString(bytes)),
        ITuple parts => $"({string.Join(", ", Enumerable.Range(0, parts.Length).Select(index => Shown(parts[index])))})",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Shown))}]",
        _ => sample?.ToString() ?? "null",
    };

    /// <summary>As it can be pasted into a test.</summary>
    private static string Literal(string text) =>
        $"\"{string.Concat(text.Take(4_000).Select(letter => letter is >= ' ' and <= '~' and not '"' and not '\\' ? letter.ToString() : $"\\u{(int)letter:x4}"))}\"{(text.Length > 4_000 ? $" and {text.Length - 4_000} more" : "")}";
}
