using System.Text.Json;
using System.Text.Json.Nodes;

namespace MacroPortfolio.EndToEnd.Tests.Harness;

/// <summary>A line of the simulator's request log.</summary>
public sealed record RequestRecord(DateTimeOffset Time, string Service, string Operation, int Status, string? Principal, double Milliseconds, JsonNode? Request)
{
    public DateTimeOffset Ended => Time.AddMilliseconds(Milliseconds);

    public string? this[string name] => Request?[name]?.ToString();

    public static RequestRecord Parse(string line) => JsonSerializer.Deserialize<RequestRecord>(line, JsonSerializerOptions.Web)!;

    public override string ToString() => $"{Time:HH:mm:ss.fff} {Service} {Operation} {Status} {Milliseconds} ms";
}

internal static class RequestRecords
{
    public static IReadOnlyList<RequestRecord> Of(this IEnumerable<RequestRecord> requests, string operation) =>
        [.. requests.Where(request => request.Operation == operation)];

    public static IReadOnlyList<RequestRecord> To(this IEnumerable<RequestRecord> requests, string service) =>
        [.. requests.Where(request => request.Service == service)];

    /// <summary>How many requests lie one after another at most: the largest number of which no two overlap.</summary>
    public static int RoundTrips(this IEnumerable<RequestRecord> requests)
    {
        var (count, free) = (0, DateTimeOffset.MinValue);
        foreach (var request in requests.OrderBy(request => request.Ended))
        {
            if (request.Time >= free)
            {
                (count, free) = (count + 1, request.Ended);
            }
        }

        return count;
    }
}
