using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MacroPortfolio.Simulator.CodeDeploy.Shapes;
using MacroPortfolio.Simulator.Front;

namespace MacroPortfolio.Simulator.CodeDeploy.Protocol;

/// <summary>AWS's JSON 1.1 protocol. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html</summary>
public static class JsonProtocol
{
    public const string ContentType = "application/x-amz-json-1.1";

    private const string TargetPrefix = "CodeDeploy_20141006.";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new EpochSeconds() },
    };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The operation's name, or what stands in its place when the target is not CodeDeploy's.</summary>
    public static string Operation(HttpRequest request)
    {
        var target = request.Headers["X-Amz-Target"].ToString();
        return target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : target;
    }

    public static JsonObject Parse(byte[] body)
    {
        try
        {
            return body.Length == 0 ? [] : JsonNode.Parse(body, documentOptions: Strict) as JsonObject ?? throw Unreadable("The request body is not a JSON object.");
        }
        catch (JsonException ex)
        {
            throw Unreadable($"The request body is not JSON: {ex.Message}");
        }
    }

    /// <summary>The body where it can be read, without a word about one that cannot.</summary>
    public static JsonObject? Peek(byte[] body)
    {
        try
        {
            return Parse(body);
        }
        catch (AwsException)
        {
            return null;
        }
    }

    public static T Read<T>(JsonObject body)
    {
        try
        {
            return body.Deserialize<T>(Options)!;
        }
        catch (JsonException ex)
        {
            throw Unreadable($"Unexpected type of value at {ex.Path}.");
        }
    }

    public static byte[] Write(object answer) => answer is NoOutput ? [] : JsonSerializer.SerializeToUtf8Bytes(answer, answer.GetType(), Options);

    public static byte[] Write(ServiceError error) => Write(new JsonObject { ["__type"] = error.Code, ["message"] = error.Message });

    private static AwsException Unreadable(string message) => Fault.Of("Serialization", message);

    private sealed class EpochSeconds : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var seconds) || Math.Abs(seconds) > 2e11)
                throw new JsonException();
            return DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Round(seconds * 1000));
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.ToUnixTimeMilliseconds() / 1000m);
    }
}
