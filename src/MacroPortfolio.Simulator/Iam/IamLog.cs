using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MacroPortfolio.Simulator.Iam;

/// <summary>Writes each decision as one line of JSON with all that it was made of, enough for somebody else to make it again.</summary>
public sealed class IamLog(TextWriter writer)
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Lock _lock = new();

    public static IamLog None { get; } = new(TextWriter.Null);

    public void Write(Origin? origin, Access access, Caller caller, PolicyRequest request, Ballot ballot, Decision decision)
    {
        if (this == None)
            return;
        var line = new JsonObject
        {
            ["request"] = origin?.Number,
            ["service"] = origin?.Service,
            ["operation"] = origin?.Operation,
            ["action"] = request.Action,
            ["resource"] = request.Resource,
            ["resourceAccount"] = access.ResourceAccount ?? caller.Account,
            ["principal"] = caller.Name,
            ["account"] = caller.Account,
            ["keys"] = new JsonObject(request.Keys.All.Select(key => KeyValuePair.Create(key.Key, Value(key.Key, key.Value)))),
            ["policies"] = new JsonArray([.. ballot.Documents.Select(one => new JsonObject { ["kind"] = one.Kind, ["document"] = one.Policy.Document.DeepClone() })]),
            ["verdict"] = decision.Verdict.ToString(),
            ["because"] = decision.Kind.Length == 0 ? null : decision.Kind,
        };
        lock (_lock)
        {
            writer.Write($"{line.ToJsonString(Options)}\n");
            writer.Flush();
        }
    }

    private static JsonNode? Value(string name, IReadOnlyList<string> values) =>
        values is [var one] && !ContextKeys.IsList(name) ? JsonValue.Create(one) : new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
}
