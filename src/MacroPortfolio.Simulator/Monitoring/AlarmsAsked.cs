using System.Text.Json;
using System.Text.Json.Nodes;
using MacroPortfolio.Simulator.CodeDeploy.State;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.Monitoring;

/// <summary>Which alarms a DescribeAlarms asks for, in whichever protocol.</summary>
internal sealed record AlarmsAsked(IReadOnlyList<string> Names, string? Prefix, string? State, string? Limit, string? Token)
{
    private const int MaximumNames = 100;

    public static AlarmsAsked Of(Query query) =>
        new(query.List("AlarmNames", ".member"), query["AlarmNamePrefix"], query["StateValue"], query["MaxRecords"], query["NextToken"]);

    public static AlarmsAsked Of(JsonObject body) => new(
        [.. (body["AlarmNames"] as JsonArray ?? []).Select(name => $"{name}")],
        body["AlarmNamePrefix"]?.ToString(), body["StateValue"]?.ToString(), body["MaxRecords"]?.ToString(), body["NextToken"]?.ToString());

    /// <summary>Null when the body is no JSON object.</summary>
    public static JsonObject? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="alarms">By name.</param>
    public (IReadOnlyList<AlarmView> Alarms, string? Next) Page(IReadOnlyList<AlarmView> alarms)
    {
        if (Names.Count > MaximumNames)
            throw Invalid($"AlarmNames has {Names.Count} members; {MaximumNames} are possible");
        if (Names.Count > 0 && Prefix is not null)
            throw new AwsException(400, "InvalidParameterCombination", "AlarmNamePrefix cannot be specified with AlarmNames.");
        if (State is not (null or "OK" or "ALARM" or "INSUFFICIENT_DATA"))
            throw Invalid($"StateValue is '{State}'; OK, ALARM and INSUFFICIENT_DATA are possible");
        if (!int.TryParse(Limit ?? "50", out var size) || size is < 1 or > 100)
            throw Invalid($"MaxRecords is '{Limit}'; 1 to 100 is possible");

        var rest = alarms.Where(alarm => (Names.Count == 0 || Names.Contains(alarm.Name)) && alarm.Name.StartsWith(Prefix ?? "", StringComparison.Ordinal)
            && (State is null || alarm.State == State) && (Token is null || string.CompareOrdinal(alarm.Name, Token) > 0)).ToList();
        return rest.Count <= size ? (rest, null) : (rest[..size], rest[size - 1].Name);
    }

    private static AwsException Invalid(string message) => new(400, "ValidationError", $"{message}.");
}
