using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Front;

/// <summary>One request of the log.</summary>
public sealed record LogEntry(DateTimeOffset Time, string Service, string Operation, int Status, string? Principal, double Milliseconds, JsonNode? Request, string? Fault = null);

/// <summary>Writes each request as one line of JSON, in one write, so that lines of requests at the same moment never mix.</summary>
public sealed class RequestLog(TextWriter writer)
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Lock _lock = new();

    public void Write(LogEntry entry)
    {
        var line = new JsonObject
        {
            ["time"] = entry.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
            ["service"] = entry.Service,
            ["operation"] = entry.Operation,
            ["status"] = entry.Status,
            ["principal"] = entry.Principal,
            ["milliseconds"] = Math.Round(entry.Milliseconds, 1),
            ["request"] = entry.Request?.DeepClone(),
        };
        if (entry.Fault is not null)
            line["fault"] = entry.Fault;
        lock (_lock)
        {
            writer.Write($"{line.ToJsonString(Options)}\n");
            writer.Flush();
        }
    }
}
