using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using MacroPortfolio.Core.Inputs;

namespace MacroPortfolio.Action.Runner;

/// <summary>
/// What a run must not say. Its own words never hold a secret, but those of others may: AWS answers a wrong signature with all that was signed, session token
/// included. The runner hides masked values in the log; nobody hides them in a comment, an output or a file.
/// </summary>
internal sealed class Secrets
{
    /// <summary>What is shorter would be found where it is not meant.</summary>
    private const int Shortest = 6;

    private ImmutableArray<string> forms = [];

    public Secrets(IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            Add(new Secret(value));
        }
    }

    public void Add(Secret secret)
    {
        if (secret.Value.Length >= Shortest)
        {
            // Longer ones first: a form may hold another.
            ImmutableInterlocked.Update(ref forms, (known, more) => [.. known.Union(more).OrderByDescending(form => form.Length)], Forms(secret.Value));
        }
    }

    public string Hide(string text)
    {
        foreach (var form in forms)
        {
            text = text.Replace(form, "***", StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>As it is, and as it may come back: in an address, in JSON, in base64 wherever in a longer text it began.</summary>
    private static IReadOnlyList<string> Forms(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return [value, Uri.EscapeDataString(value), JavaScriptEncoder.Default.Encode(value), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value), .. Enumerable.Range(0, 3).SelectMany(offset => Base64(bytes, offset))];
    }

    /// <summary>The characters of the base64 of a longer text that hang on these bytes alone, when so many others stand before them; in both alphabets.</summary>
    private static IEnumerable<string> Base64(byte[] bytes, int before)
    {
        var whole = Convert.ToBase64String([.. new byte[before], .. bytes]);
        var from = ((before * 8) + 5) / 6;
        var text = whole[from..((before + bytes.Length) * 8 / 6)];
        return [text, text.Replace('+', '-').Replace('/', '_')];
    }
}
