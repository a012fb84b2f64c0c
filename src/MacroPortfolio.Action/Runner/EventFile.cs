using System.Text.Json;

namespace MacroPortfolio.Action.Runner;

/// <summary>
/// The webhook's payload that the runner leaves at GITHUB_EVENT_PATH, read as far as it is what it should be. Whoever caused the event wrote parts of it,
/// so nothing here is trusted to have a form: what is not there or is of another kind is null.
/// </summary>
/// <param name="Problem">Why there is none, as the end of a sentence; null when it was read.</param>
internal sealed record EventFile(JsonElement? Root, string? Problem)
{
    /// <summary>GitHub sends no payload of more than 25 MB: https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap</summary>
    private const int Limit = 25 * 1024 * 1024;

    public static EventFile Read(string? path)
    {
        if (path is null)
        {
            return new EventFile(null, "GITHUB_EVENT_PATH is not set");
        }

        try
        {
            using var file = File.OpenRead(path);
            using var content = new MemoryStream();
            var buffer = new byte[81920];
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                content.Write(buffer, 0, read);
                if (content.Length > Limit)
                {
                    return new EventFile(null, $"the event file {path} is larger than {Limit / 1024 / 1024} MB, which is more than GitHub sends");
                }
            }

            using var document = JsonDocument.Parse(content.GetBuffer().AsMemory(0, (int)content.Length));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new EventFile(document.RootElement.Clone(), null)
                : new EventFile(null, $"the event file {path} is no JSON object");
        }
        catch (JsonException ex)
        {
            return new EventFile(null, $"the event file {path} is no JSON ({ex.Message.TrimEnd('.')})");
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return new EventFile(null, $"the event file {path} could not be read ({ex.Message.TrimEnd('.')})");
        }
    }
}

internal static class Payload
{
    public static JsonElement? At(this JsonElement? from, params ReadOnlySpan<string> path)
    {
        try
        {
            foreach (var name in path)
            {
                from = from is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var child) ? child : null;
            }
        }
        catch (InvalidOperationException)
        {
            // A name with an escape that is half a surrogate pair: valid JSON, and no name.
            return null;
        }

        return from is { ValueKind: JsonValueKind.Null } ? null : from;
    }

    public static string? TextAt(this JsonElement? from, params ReadOnlySpan<string> path)
    {
        try
        {
            return from.At(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // An escape that is half a surrogate pair: valid JSON, and no text.
            return null;
        }
    }

    public static long? NumberAt(this JsonElement? from, params ReadOnlySpan<string> path) =>
        from.At(path) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    public static IEnumerable<JsonElement?> ItemsAt(this JsonElement? from, params ReadOnlySpan<string> path) =>
        from.At(path) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(item => (JsonElement?)item)] : [];
}
